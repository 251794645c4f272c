// A process that starts while a service it needs is away waits for it, and logs so: at once, and then each minute.
import { setTimeout as pause } from 'node:timers/promises';

/** Soon enough that the process goes on within a second of the service's return. */
const ASK_EVERY_MS = 500;
const SAY_EVERY_MS = 60_000;

export type AwaitedLog = { info(about: object, text: string): void; warn(about: object, text: string): void };

/** Repeats `ask` until it resolves, and answers its result. Throws errors that cannot pass by waiting (`mayPass`). */
export async function awaited<T>(
  what: string,
  ask: () => Promise<T>,
  { log, mayPass = () => true }: { log: AwaitedLog; mayPass?: (error: unknown) => boolean },
): Promise<T> {
  const sinceMs = performance.now();
  let saidMs: number | null = null;
  for (;;) {
    try {
      const answer = await ask();
      if (saidMs !== null) log.info({ waitedSeconds: secondsSince(sinceMs) }, `${what} is there`);
      return answer;
    } catch (error) {
      if (!mayPass(error)) throw error;
      if (saidMs === null || performance.now() - saidMs >= SAY_EVERY_MS) {
        saidMs = performance.now();
        log.warn({ err: error, waitedSeconds: secondsSince(sinceMs) }, `${what} is away: waiting for it`);
      }
    }
    await pause(ASK_EVERY_MS);
  }
}

const secondsSince = (startedMs: number): number => Math.round((performance.now() - startedMs) / 1000);
