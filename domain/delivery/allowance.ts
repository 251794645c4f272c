// How many messages a group's robot takes: 20 a minute at DingTalk and WeCom, which shut out for ten minutes a robot that sends more.
import type { Millis } from '../instant.ts';

/**
 * Ten at once and one more every six seconds: however a minute is cut out, no more than 20 fall into it
 * (10 + 60 s ÷ 6 s).
 */
export const BURST = 10;
export const EVERY_MS = 6_000;

/** `fullAt` is when the allowance is whole again; each message moves it on by the time one message takes to grow back. */
export type Allowance = { granted: true; fullAt: Millis } | { granted: false; afterMs: number };

export function takeAllowance(fullAt: Millis, now: Millis): Allowance {
  const next = Math.max(fullAt, now) + EVERY_MS;
  const over = next - now - BURST * EVERY_MS;
  return over <= 0 ? { granted: true, fullAt: next } : { granted: false, afterMs: over };
}
