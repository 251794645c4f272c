// Makes a checkpoint: reads the ends of all chains at one moment, keeps those that changed, signs their digest.
import type { KeyObject } from 'node:crypto';
import { inTransaction, type Pool } from '../../db/pool.ts';
import {
  findCheckpointAge,
  insertCheckpoint,
  listCheckpoints,
  lockCheckpoints,
  openChainEnds,
  readChainEnds,
  saveChangedEnds,
  type CheckpointRow,
} from '../../db/queries/checkpoint.ts';
import { findInstallationId, readClock } from '../../db/queries/installation.ts';
import type { SecurityOrigin } from '../../domain/audit/security-event.ts';
import { toIso } from '../../domain/instant.ts';
import { EndsDigest, signStatement } from '../../reading/audit/checkpoint.ts';
import { recordSecurity } from '../security/record-security.ts';

/** Ends read in one go: some 200 kB. */
const ENDS_A_PAGE = 2_000;
const DAY_SECONDS = 24 * 3_600;
/** Whether a day has passed is asked so often, not in every round of the sentinel. */
const ASK_EVERY_MS = 60_000;

export type CheckpointDeps = { pool: Pool; signingKey: KeyObject };

/**
 * One at a time over all processes. A process that dies in it leaves ends of a checkpoint that does not exist; the next
 * one has that number and writes them again.
 */
export async function makeCheckpoint(
  { pool, signingKey }: CheckpointDeps,
  origin: SecurityOrigin,
): Promise<CheckpointRow> {
  return inTransaction(pool, async (tx) => {
    // It waits between two statements for the reading below, and writes nothing until that is done.
    await tx.query(`set local idle_in_transaction_session_timeout = '600s'`);
    await lockCheckpoints(tx);
    const [newest] = await listCheckpoints(tx, null, 1);
    const n = (newest?.n ?? 0) + 1;
    const { at, ...ends } = await keepEnds(pool, n);
    const statement = {
      format: 'zhuanban-checkpoint/1' as const,
      installation: await findInstallationId(tx),
      n,
      at,
      ...ends,
    };
    const checkpoint = { n, at, by: origin.actor, ...ends, ...signStatement(signingKey, statement) };
    await insertCheckpoint(tx, checkpoint);
    await recordSecurity(tx, { ...origin, type: 'checkpointMade', data: { checkpoint: n } });
    return { ...checkpoint, at: new Date(at) };
  });
}

type Ends = ReturnType<EndsDigest['done']> & { at: string };

async function keepEnds(pool: Pool, n: number): Promise<Ends> {
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const at = toIso(Math.floor(await readClock(tx)));
    const digest = new EndsDigest();
    await openChainEnds(tx);
    for (;;) {
      const page = await readChainEnds(tx, ENDS_A_PAGE);
      for (const end of page) digest.take(end);
      // Written by short transactions of their own: a long one that writes would hold back the lists of all who read.
      await saveChangedEnds(pool, n, page);
      if (page.length < ENDS_A_PAGE) return { ...digest.done(), at };
    }
  });
}

/** For the sentinel: one a day, whoever made the last; answers its number where one was due. */
export function createDailyCheckpoint(pool: Pool, openKey: () => KeyObject): () => Promise<number | null> {
  let askedMs = Number.NEGATIVE_INFINITY;
  return async () => {
    const nowMs = performance.now();
    if (nowMs - askedMs < ASK_EVERY_MS) return null;
    askedMs = nowMs;
    const age = await findCheckpointAge(pool);
    if (age !== null && age < DAY_SECONDS) return null;
    const origin = { actor: null, token: null, address: null };
    return (await makeCheckpoint({ pool, signingKey: openKey() }, origin)).n;
  };
}
