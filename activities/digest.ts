// Makes digests: for every person whose time has come, one delivery of all that waited.
import { heartbeat } from '@temporalio/activity';
import { inTransaction, type Pool } from '../db/pool.ts';
import { gatherDue, lockDigests, saveDigests } from '../db/queries/delivery-digest.ts';
import { readClock } from '../db/queries/installation.ts';
import { composeDigest, MAX_LINES } from '../domain/delivery/digest.ts';
import { DIGEST } from '../domain/delivery/message.ts';

/** People in one transaction: some 100 ms. */
const PEOPLE_AT_ONCE = 200;
/** Temporal's clock starts this, PostgreSQL's decides what is due: they differ by less than this. */
const AHEAD_MS = 20_000;

export async function composeDueDigests({
  pool,
}: {
  pool: Pool;
}): Promise<{ people: number; digests: number }> {
  const atMs = (await readClock(pool)) + AHEAD_MS;
  const done = { people: 0, digests: 0 };
  for (;;) {
    heartbeat(done);
    const digests = await inTransaction(pool, async (tx) => {
      if (!(await lockDigests(tx))) return [];
      const gathered = await gatherDue(tx, { atMs, people: PEOPLE_AT_ONCE, lines: MAX_LINES });
      const composed = gathered.map(({ count, lines, ...about }) => ({
        ...about,
        type: DIGEST,
        data: composeDigest(count, lines),
      }));
      if (composed.length > 0) await saveDigests(tx, atMs, composed);
      return composed;
    });
    if (digests.length === 0) return done;
    done.people += new Set(digests.map(({ person }) => person)).size;
    done.digests += digests.length;
  }
}
