// A request to urge all units that owe: planned once under its Idempotency-Key, then carried out; a repetition goes on where it ended.
import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { planUrging, urgeAll, type Urged } from '../command/urging.ts';
import type { Transaction } from '../db/pool.ts';
import type { UrgingCall } from '../domain/assignment/urging.ts';
import { isRefusal, type Refusal } from '../domain/failure.ts';
import { actorOf } from './access/authenticate.ts';
import type { RouteDeps } from './deps.ts';
import { Refused } from './errors.ts';
import { idempotencyKey, once } from './once.ts';
import { requestOf } from './posted-command.ts';

type Kept = { calls: UrgingCall[]; receivedMs: number };

/**
 * `under`: the node, or null for the whole directive; `check` refuses in the transaction (409, 422). The caller
 * decides who may ask for it: the door permits each urge again.
 */
export async function urgeOwing(
  deps: RouteDeps,
  req: Request,
  about: {
    directive: string;
    under: string | null;
    office: string;
    note: string | undefined;
    check: (tx: Transaction) => Promise<Refusal | null>;
  },
): Promise<Urged> {
  const { directive, under, office, note, check } = about;
  const actor = actorOf(req);
  const key = idempotencyKey(req) ?? randomUUID();
  const { body } = await once<Kept>(deps.pool, req, {
    work: async (tx) => {
      const refusal = await check(tx);
      if (refusal) throw new Refused(refusal);
      const at = deps.now();
      const directory = await deps.directory.current(tx);
      const calls = await planUrging(tx, { directory, directive, under, office, at });
      if (isRefusal(calls)) throw new Refused(calls);
      return { status: 200, kept: { calls, receivedMs: at } };
    },
    present: (_, { calls, receivedMs }) =>
      urgeAll(
        deps.commands,
        {
          ...{ actor, directive, of: under ?? directive, note, key, receivedMs },
          ...{ request: requestOf(req), requestId: req.requestId, commandIds: (req.commandIds = []) },
        },
        calls,
      ),
  });
  const urged = body as Urged | Refusal;
  if (isRefusal(urged)) throw new Refused(urged, { headers: { 'retry-after': '2' } });
  return urged;
}
