// Watches for a transaction that stays open anywhere in the cluster: lists and stream show nothing later until it ends.
import type { Pool } from '../db/pool.ts';
import { findOldestTransaction, type OldestTransaction } from '../db/queries/oldest-transaction.ts';

/** Ours last 10 s at most: an older one is an operator's tool, a backup, or a program that hangs. */
const TOLD_AFTER_SECONDS = 30;
const TOLD_AGAIN_MS = 60_000;

export type InTheWay = OldestTransaction & { seconds: number };

export type TransactionWatch = {
  /** The oldest there is, and for how long it has been open at least; null for none. */
  look(): Promise<InTheWay | null>;
};

/** A transaction our role may not see is timed by how long we have seen the horizon stand still. */
export function watchTransactions(pool: Pool): TransactionWatch {
  let stood: { horizon: string; sinceMs: number } | null = null;
  return {
    async look() {
      const oldest = await findOldestTransaction(pool);
      const nowMs = performance.now();
      if (oldest === null) {
        stood = null;
        return null;
      }
      if (stood?.horizon !== oldest.horizon) stood = { horizon: oldest.horizon, sinceMs: nowMs };
      return { ...oldest, seconds: Math.max(oldest.seconds ?? 0, (nowMs - stood.sinceMs) / 1000) };
    },
  };
}

/** A round of telling: at once when it is in the way, and then each minute. */
export function tellOfTransactions(
  watch: TransactionWatch,
  log: { warn(about: object, text: string): void },
): () => Promise<void> {
  let told: { horizon: string; atMs: number } | null = null;
  return async () => {
    const oldest = await watch.look();
    if (oldest === null || oldest.seconds < TOLD_AFTER_SECONDS) return;
    const nowMs = performance.now();
    if (told?.horizon === oldest.horizon && nowMs - told.atMs < TOLD_AGAIN_MS) return;
    told = { horizon: oldest.horizon, atMs: nowMs };
    const { pid, database, application, state, seconds } = oldest;
    log.warn(
      { pid, database, application, state, seconds: Math.round(seconds) },
      pid === null && state === null
        ? 'a transaction is open that our role cannot see: lists and stream stand still behind it (pg_read_all_stats would show whose)'
        : 'a transaction is open: lists and stream stand still behind it until it ends',
    );
  };
}
