// A question to PostgreSQL that several gauges share, asked at most once in a time however often they are scraped.

/** null where it could not be answered. */
export type Seldom<T> = () => Promise<T | null>;

export function seldom<T>(ask: () => Promise<T>, everyMs: number): Seldom<T> {
  let asked: { answer: Promise<T | null>; atMs: number } | null = null;
  let isUnderWay = false;
  return () => {
    const nowMs = performance.now();
    // One that hangs is not asked again beside itself.
    if (asked !== null && (isUnderWay || nowMs - asked.atMs < everyMs)) return asked.answer;
    isUnderWay = true;
    const answer = ask()
      .catch(() => null)
      .finally(() => {
        isUnderWay = false;
      });
    asked = { answer, atMs: nowMs };
    return answer;
  };
}
