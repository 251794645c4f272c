// PostgreSQL's clock as this process knows it: its own, corrected by the difference measured every 30 seconds.
import { readClock } from '../db/queries/installation.ts';
import type { Pool } from '../db/pool.ts';
import type { Millis } from '../domain/instant.ts';

const MEASURE_EVERY_MS = 30_000;

export type CorrectedClock = { now(): Millis; stop(): void };

/** Commands are judged by the time they were received; two machines must not disagree about it. */
export async function startClock(pool: Pool, onFailure: (error: unknown) => void): Promise<CorrectedClock> {
  let offsetMs = 0;
  const measure = async (): Promise<void> => {
    const before = Date.now();
    const theirs = await readClock(pool);
    const after = Date.now();
    offsetMs = Math.round(theirs - (before + after) / 2);
  };
  await measure();
  const timer = setInterval(() => {
    measure().catch(onFailure);
  }, MEASURE_EVERY_MS);
  timer.unref();
  return {
    now: () => Date.now() + offsetMs,
    stop: () => {
      clearInterval(timer);
    },
  };
}
