// Wraps activities to measure them: how long each took, and which failed.
import { CancelledFailure } from '@temporalio/common';

type Run = (...given: unknown[]) => Promise<unknown>;

/** The same activities, measured. A cancelled one has not failed: its process is ending. */
export function measured<A extends object>(
  activities: A,
  observe: (activity: string, seconds: number, failed: boolean) => void,
): A {
  const watched = Object.entries(activities).map(([name, run]: [string, Run]) => {
    const timed: Run = async (...given) => {
      const startedMs = performance.now();
      const seconds = (): number => (performance.now() - startedMs) / 1000;
      try {
        const result = await run(...given);
        observe(name, seconds(), false);
        return result;
      } catch (error) {
        if (!(error instanceof CancelledFailure)) observe(name, seconds(), true);
        throw error;
      }
    };
    return [name, timed] as const;
  });
  return Object.fromEntries(watched) as A;
}
