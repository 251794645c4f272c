// Idempotency-Key for everything but commands: the work is done once, the answer given again (api.md §2).
import type { Request } from 'express';
import { doneOnce, type OnceWork } from '../command/once.ts';
import { inTransaction, type Db, type Pool } from '../db/pool.ts';
import { RefusalThrown } from '../domain/refusal-thrown.ts';
import { actorOf } from './access/authenticate.ts';
import { refused } from './errors.ts';
import { requestOf } from './posted-command.ts';
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

type Task<K, B> = {
  /** In one transaction. */
  work: OnceWork<K>;
  /** The present state, after the commit and at every repetition. */
  present: (db: Db, kept: K) => Promise<B>;
};

/** Parse, 404 and 403 come before this; 412, 409 and 422 inside `work`. */
export async function once<K, B = unknown>(pool: Pool, req: Request, task: Task<K, B>): Promise<Reply<B>> {
  const key = idempotencyKey(req);
  const done = await inTransaction(pool, (tx) =>
    key === null
      ? task.work(tx)
      : doneOnce(tx, { person: actorOf(req).person, key, request: requestOf(req) }, task.work),
  );
  if (done instanceof RefusalThrown) throw done;
  return new Reply(done.status, await task.present(pool, done.kept));
}
