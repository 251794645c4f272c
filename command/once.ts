// Work that is done once: its result or its refusal is kept under the key of its request, and given again.
import type { Transaction } from '../db/pool.ts';
import { findVerdict, insertVerdict, lockVerdict } from '../db/queries/verdict.ts';
import { FAILURES, type Refusal } from '../domain/failure.ts';
import { refusing, RefusalThrown } from '../domain/refusal-thrown.ts';
import { commandId } from './identity.ts';

/** `kept` is all that is needed to show the result again, as JSON; the status is the first one's. */
export type Done<K> = { status: number; kept: K };

/** Throws a refusal for a person's fault, and then leaves nothing behind. */
export type OnceWork<K> = (tx: Transaction) => Promise<Done<K>>;

type Kept<K> = { kept: K } | { refusal: Refusal };

/** Runs under a savepoint, so that a refusal rolls the work back and can itself be kept. */
async function attempt<K>(tx: Transaction, work: OnceWork<K>): Promise<Done<K> | RefusalThrown> {
  await tx.query('savepoint work');
  try {
    return await work(tx);
  } catch (error) {
    if (!(error instanceof RefusalThrown)) throw error;
    await tx.query('rollback to savepoint work');
    return error;
  }
}

/** `request`: its hash; another request under the same key is refused. */
export async function doneOnce<K>(
  tx: Transaction,
  { person, key, request }: { person: string; key: string; request: string },
  work: OnceWork<K>,
): Promise<Done<K> | RefusalThrown> {
  const id = commandId(person, key, 0);
  // A repetition of a request that is still at work waits for its answer, for as long as a transaction may last.
  await tx.query(`set local lock_timeout = '9s'`);
  await lockVerdict(tx, id);
  const found = await findVerdict(tx, id);
  if (found !== null) {
    if (found.request !== request) return refusing('IDEMPOTENCY_KEY_REUSED');
    const body = found.body as Kept<K>;
    return 'refusal' in body ? new RefusalThrown(body.refusal) : { status: found.status, kept: body.kept };
  }
  const done = await attempt(tx, work);
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
