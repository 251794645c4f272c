// Is there room on PostgreSQL's disk? Asked only after a write failed for want of it; then a probe tells when there is room again.
import { inTransaction, isDiskFull, type Pool } from './pool.ts';
import { probeRoom } from './queries/health.ts';

const PROBE_EVERY_MS = 5_000;
const SAY_EVERY_MS = 60_000;

/*
 * state   left by                      meanwhile
 * roomy   note()                       nothing is asked
 * full    a probe that has found room  a probe at most every 5 s, when `isFull` is called; each write is tried as ever
 */
export type DiskWatch = {
  /** A write has found no room. */
  note(): void;
  isFull(): Promise<boolean>;
};

type DiskLog = Record<'error' | 'info' | 'warn', (about: object, text: string) => void>;

export function watchDisk(pool: Pool, log: DiskLog): DiskWatch {
  let isFull = false;
  let saidMs = Number.NEGATIVE_INFINITY;
  let probed: { atMs: number; answer: Promise<void> } | null = null;

  async function probe(): Promise<void> {
    try {
      await inTransaction(pool, probeRoom);
      isFull = false;
      saidMs = Number.NEGATIVE_INFINITY;
      log.info({}, 'there is room on PostgreSQL’s disk again');
    } catch (error) {
      if (!isDiskFull(error)) log.warn({ err: error }, 'room on PostgreSQL’s disk could not be looked for');
    }
  }

  return {
    note() {
      isFull = true;
      const nowMs = performance.now();
      if (nowMs - saidMs < SAY_EVERY_MS) return;
      saidMs = nowMs;
      log.error({}, 'PostgreSQL’s disk is full: nothing can be written until there is room');
    },
    async isFull() {
      const nowMs = performance.now();
      if (isFull && (probed === null || nowMs - probed.atMs > PROBE_EVERY_MS))
        probed = { atMs: nowMs, answer: probe() };
      if (isFull) await probed?.answer;
      return isFull;
    },
  };
}
