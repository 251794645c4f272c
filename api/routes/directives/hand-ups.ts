// Figures handed up to the superior: frozen by the office, read by both (api.md §4).
import { randomUUID } from 'node:crypto';
import { Router, type Request } from 'express';
import { HAND_UP_CALLS, type HandUpAnswer, type HandUpBriefAnswer } from '../../../contract/hand-ups.ts';
import { handUp } from '../../../command/directive/hand-up.ts';
import { commandId } from '../../../command/identity.ts';
import { findHandUp, listHandUps, type HandUpBrief, type HandUpRow } from '../../../db/queries/hand-up.ts';
import type { DirectiveRow } from '../../../db/queries/directive.ts';
import { maskedHandUp, maskedHeads, type FormOfItem } from '../../../domain/merge/masked-record.ts';
import { formsOf } from '../../views/event-view.ts';
import { isRefusal } from '../../../domain/failure.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { accessTo, officeOf, readsHandUps } from '../../access/directive-access.ts';
import { Refused, refused } from '../../errors.ts';
import { idempotencyKey, once } from '../../once.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

/** Above every number. */
const LAST = 2 ** 31 - 1;

/** Figures were merged by the form, and stand in the row as they were frozen. */
const handUpView = (formOf: FormOfItem, row: HandUpRow): HandUpAnswer =>
  ({ ...row, items: maskedHandUp(formOf, row.items), at: row.at.toISOString() }) as HandUpAnswer;
const handUpBrief = (formOf: FormOfItem, row: HandUpBrief): HandUpBriefAnswer =>
  ({ ...row, items: maskedHeads(formOf, row.items), at: row.at.toISOString() }) as HandUpBriefAnswer;

export function handUpsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  async function readable(req: Request): Promise<DirectiveRow> {
    const access = await accessTo(deps, req);
    if (!readsHandUps(access)) throw refused('NOT_FOUND');
    return access.directive;
  }

  serve(router, HAND_UP_CALLS.handUp, async ({ req, body: { note, number } }) => {
    const receivedMs = deps.now();
    const actor = actorOf(req);
    const { directive } = await officeOf(deps, req);
    const { id } = directive;
    let nudges: string[] = [];
    const reply = await once(pool, req, {
      work: async (tx) => {
        const command = commandId(actor.person, idempotencyKey(req) ?? randomUUID(), 0);
        const handed = await handUp(tx, deps.sources, {
          id,
          note: note || null,
          number: number ?? null,
          actor,
          receivedMs,
          command,
        });
        if (isRefusal(handed)) throw new Refused(handed);
        ({ nudges } = handed);
        return { status: 201, kept: handed.n };
      },
      present: async (db, n) => {
        const row = await findHandUp(db, id, n);
        if (row === null) throw refused('NOT_FOUND');
        return handUpView(formsOf(directive), row);
      },
    });
    deps.nudge(nudges);
    return reply;
  });

  serve(router, HAND_UP_CALLS.list, async ({ req, query: { limit, cursor } }) => {
    const directive = await readable(req);
    const formOf = formsOf(directive);
    const rows = await listHandUps(pool, directive.id, readCursor(SeqCursor, cursor) ?? LAST, limit + 1);
    return pageOf(
      rows,
      limit,
      ({ n }) => n,
      (row) => handUpBrief(formOf, row),
    );
  });

  serve(router, HAND_UP_CALLS.read, async ({ req, params }) => {
    const directive = await readable(req);
    const n = /^[1-9]\d{0,8}$/.exec(params.n);
    const row = n === null ? null : await findHandUp(pool, directive.id, Number(n[0]));
    if (!row) throw refused('NOT_FOUND');
    return handUpView(formsOf(directive), row);
  });

  return router;
}
