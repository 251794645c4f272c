// Where an assignment stands among all of its directive, as text that sorts: each before what is below it, siblings as they were handed out.

/**
 * Digits enough for the siblings of the largest directive (100,000 leaves). The sign sorts after every letter of a
 * code: an assignment of before ranks had its id in this place, and what is handed out below it later comes after.
 */
const DIGITS = 6;
const MARK = '~';

/** Of the `nth` (from 0) child of what stands at `above`; the office's own is the directive's id. */
export const rankBelow = (above: string, nth: number): string =>
  `${above}.${MARK}${String(nth).padStart(DIGITS, '0')}`;

/** Of what lies `depth` steps below the directive on the way to this rank; the directive's own is depth 0. */
export const rankAbove = (rank: string, depth: number): string => rank.split('.', depth + 1).join('.');
