// Does something outside answer? Asked seldom and with little patience; the log hears of a change.

/** Sooner than the caller gives up; the pool would wait 5 s. */
const PATIENCE_MS = 2_000;

/** While something stays away, the log hears of it again after this. */
const SAY_EVERY_MS = 60_000;
const saidMs = new Map<string, number>();

/** Does it answer in time? If not, the log names it: at once, then each minute, and when it is back. */
export async function answersInTime(
  what: string,
  ask: () => Promise<unknown>,
  log: Record<'info' | 'warn', (about: object, text: string) => void>,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what} has not answered for ${PATIENCE_MS} ms`));
    }, PATIENCE_MS);
  });
  try {
    await Promise.race([ask(), patience]);
    if (saidMs.delete(what)) log.info({}, `${what} is there again`);
    return true;
  } catch (error) {
    const nowMs = performance.now();
    if (nowMs - (saidMs.get(what) ?? Number.NEGATIVE_INFINITY) >= SAY_EVERY_MS) {
      saidMs.set(what, nowMs);
      log.warn({ err: error }, `${what} is away`);
    }
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Asks at most once in `everyMs`, for all callers together. */
export function askedSeldom(everyMs: number, ask: () => Promise<boolean>): () => Promise<boolean> {
  let asked: { answer: Promise<boolean>; atMs: number } | null = null;
  return () => {
    const nowMs = performance.now();
    if (asked === null || nowMs - asked.atMs > everyMs) asked = { answer: ask(), atMs: nowMs };
    return asked.answer;
  };
}
