// How long other requests wait for the event loop: the longest single turn while something is done.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const RESOLUTION_MS = 5;

/** Milliseconds that the longest turn takes while `work` is done. A machine that is busy with others adds to it. */
export async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await pause(4 * RESOLUTION_MS);
  delay.reset();
  await work();
  await pause(4 * RESOLUTION_MS);
  delay.disable();
  return delay.max / 1e6 - RESOLUTION_MS;
}

/** Milliseconds of the same work done here at once: what others waited before it moved away. */
export function atOnceMs(work: () => unknown): number {
  const sinceMs = performance.now();
  work();
  return performance.now() - sinceMs;
}
