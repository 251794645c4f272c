// A rate with a reserve: what is asked costs a token, tokens come back with time, and the reserve bounds a burst.

/** `burst`: tokens in the reserve when it is full; `aSecond`: tokens that come back. */
export type Rate = { burst: number; aSecond: number };

/** Tokens left at that moment. */
export type Bucket = { tokens: number; atMs: number };

export type Taken = { bucket: Bucket; waitSeconds: 0 } | { bucket: Bucket; waitSeconds: number };

/**
 * Takes one token. `waitSeconds` is 0 where there was one, else whole seconds until there is. A clock that goes back
 * gives nothing and takes nothing.
 */
export function takeToken(known: Bucket | undefined, { burst, aSecond }: Rate, nowMs: number): Taken {
  const { tokens, atMs } = known ?? { tokens: burst, atMs: nowMs };
  const gained = (Math.max(0, nowMs - atMs) / 1000) * aSecond;
  const full = Math.min(burst, tokens + gained);
  const at = Math.max(atMs, nowMs);
  if (full >= 1) return { bucket: { tokens: full - 1, atMs: at }, waitSeconds: 0 };
  return { bucket: { tokens: full, atMs: at }, waitSeconds: Math.max(1, Math.ceil((1 - full) / aSecond)) };
}
