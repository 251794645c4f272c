// How long a sign-in must wait after wrong passwords: by pairs of a login and its place, and by address (api.md §3).
import type { Millis } from '../instant.ts';

const MINUTE_MS = 60_000;

/** Wrong tries a pair has within its span (api.md §3). */
export const PAIR_TRIES = 5;
/**
 * The span of the first five wrong tries, of the next five, and so on: a person who mistypes waits a minute, a guesser
 * gets some thirty tries an hour. It grows no further: no person is locked out for longer than the last.
 */
const PAIR_SPANS_MS = [1, 2, 4, 8, 15].map((minutes) => minutes * MINUTE_MS);
/** Wrong tries older than this are forgotten. */
export const REMEMBERED_MINUTES = 60;
/** More than these lengthen no span: enough of a pair's wrong tries to know its wait. */
export const PAIR_COUNTED = PAIR_TRIES * PAIR_SPANS_MS.length;

/**
 * Wrong tries a minute from one address, over all logins: what a house of some hundred people behind one address
 * mistypes in the morning stays far below. Known devices are not counted and not held up by it.
 */
export const ADDRESS_TRIES = 60;

/** Until the try at `index` of `wrongAtMs`, newest first, is older than the span; 0 where there are fewer. */
function untilForgotten(wrongAtMs: readonly Millis[], index: number, spanMs: Millis, nowMs: Millis): Millis {
  const atMs = wrongAtMs[index];
  return atMs === undefined ? 0 : Math.max(0, atMs + spanMs - nowMs);
}

/** 0: it may try now. `wrongAtMs`: the wrong tries of this login from this place since its last good one, newest first. */
export function pairWaitMs(wrongAtMs: readonly Millis[], nowMs: Millis): Millis {
  const remembered = wrongAtMs.filter((atMs) => nowMs - atMs < REMEMBERED_MINUTES * MINUTE_MS);
  const step = Math.min(Math.floor(remembered.length / PAIR_TRIES), PAIR_SPANS_MS.length) - 1;
  const spanMs = PAIR_SPANS_MS[step];
  return spanMs === undefined ? 0 : untilForgotten(remembered, PAIR_TRIES - 1, spanMs, nowMs);
}

/** 0: it may try now. `wrongAtMs`: the wrong tries from this address, of any login, newest first. */
export const addressWaitMs = (wrongAtMs: readonly Millis[], nowMs: Millis): Millis =>
  untilForgotten(wrongAtMs, ADDRESS_TRIES - 1, MINUTE_MS, nowMs);
