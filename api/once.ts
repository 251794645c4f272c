// Idempotency-Key for everything but commands: the work is done once, the answer given again (api.md §2).
import type { Request } from 'express';
import { commandId, requestHash } from '../command/identity.ts';
import { inTransaction, type Db, type Pool, type Transaction } from '../db/pool.ts';
import { findVerdict, insertVerdict, lockVerdict } from '../db/queries/verdict.ts';
import { FAILURES, type Refusal } from '../domain/failure.ts';
import { RefusalThrown } from '../domain/refusal-thrown.ts';
import { actorOf } from './access/authenticate.ts';
import { Refused, refused } from './errors.ts';
import { Reply } from './reply.ts';

const MAX_KEY_LENGTH = 200;

/** The request's Idempotency-Key, or null; 400 when it is none. */
export function idempotencyKey(req: Request): string | null {
  const key = req.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_LENGTH)
    throw refused('MALFORMED', {
      errors: [{ path: 'Idempotency-Key', code: 'TOO_LONG', params: { max: MAX_KEY_LENGTH } }],
    });
  return key;
}

/** `kept` is what `present` needs to show the result again, as JSON; the status is the first one's. */
export type Done<K> = { status: number; kept: K };

type Task<K, B> = {
  /** In one transaction; throws a refusal for a person's fault, and then leaves nothing behind. */
  work: (tx: Transaction) => Promise<Done<K>>;
  /** The present state, after the commit and at every repetition. */
  present: (db: Db, kept: K) => Promise<B>;
};

type Kept<K> = { kept: K } | { refusal: Refusal };

/** Runs under a savepoint, so that a refusal rolls the work back and can itself be kept. */
async function attempt<K>(tx: Transaction, work: Task<K, unknown>['work']): Promise<Done<K> | RefusalThrown> {
  await tx.query('savepoint work');
  try {
    return await work(tx);
  } catch (error) {
    if (!(error instanceof RefusalThrown)) throw error;
    await tx.query('rollback to savepoint work');
    return error;
  }
}

async function judge<K>(
  tx: Transaction,
  req: Request,
  key: string,
  task: Task<K, unknown>,
): Promise<Done<K> | RefusalThrown> {
  const id = commandId(actorOf(req).person, key, 0);
  const request = requestHash(req.method, req.originalUrl, req.bodyText ?? '');
  // A repetition of a request that is still at work waits for its answer, for as long as a transaction may last.
  await tx.query(`set local lock_timeout = '9s'`);
  await lockVerdict(tx, id);
  const found = await findVerdict(tx, id);
  if (found !== null) {
    if (found.request !== request) return refused('IDEMPOTENCY_KEY_REUSED');
    const body = found.body as Kept<K>;
    return 'refusal' in body ? new Refused(body.refusal) : { status: found.status, kept: body.kept };
  }
  const done = await attempt(tx, task.work);
  const verdict =
    done instanceof RefusalThrown
      ? {
          status: FAILURES[done.refusal.code].status,
          code: done.refusal.code,
          body: { refusal: done.refusal },
        }
      : { status: done.status, code: null, body: { kept: done.kept } };
  await insertVerdict(tx, { id, request, ...verdict });
  return done;
}

/** Parse, 404 and 403 come before this; 412, 409 and 422 inside `work`. */
export async function once<K, B = unknown>(pool: Pool, req: Request, task: Task<K, B>): Promise<Reply<B>> {
  const key = idempotencyKey(req);
  const done = await inTransaction(pool, (tx) => (key === null ? task.work(tx) : judge(tx, req, key, task)));
  if (done instanceof RefusalThrown) throw done;
  return new Reply(done.status, await task.present(pool, done.kept));
}
