// Where an assignment stands among all of its directive, as text that sorts: a node before the assignments below it, siblings as handed out.

/**
 * Digits enough for the siblings of the largest directive (100,000 leaves). The sign sorts after every letter of a
 * code: before there were ranks an assignment had its id in this place, and a part handed out below it later sorts after that.
 */
const DIGITS = 6;
const MARK = '~';

/** The rank of the `nth` (from 0) child of the assignment with rank `above`; the office's own rank is the directive's id. */
export const rankBelow = (above: string, nth: number): string =>
  `${above}.${MARK}${String(nth).padStart(DIGITS, '0')}`;

/** The rank of the assignment `depth` steps below the directive on the way to this one; the directive's own is depth 0. */
export const rankAbove = (rank: string, depth: number): string => rank.split('.', depth + 1).join('.');
