// The light of an assignment and whether it is overdue: computed when read, always shown with a word and a shape too.
import { isOwing, isSettled, owesReceipt, type Assignment } from './assignment.ts';
import type { Millis } from '../instant.ts';

export type Light = 'grey' | 'green' | 'yellow' | 'red' | 'blue' | 'hatched';

/** Yellow begins when at most this part of the time is left (api.md §5). */
const NEAR_DUE = 0.2;

/** While its clocks stand still nothing is overdue. */
export const isOverdue = (a: Assignment, now: Millis): boolean =>
  isOwing(a) && a.suspended === null && a.dueAt < now;

/** Is a report ready that has not left yet: for the leader to sign, or for the holder to send up? */
const awaitsHand = (a: Assignment): boolean => a.presented !== null || a.gathered !== null;

export function lightOf(a: Assignment, now: Millis): Light {
  if (a.suspended !== null) return 'hatched';
  if (isOverdue(a, now)) return 'red';
  if (awaitsHand(a)) return 'yellow';
  if (isSettled(a)) return 'blue';
  if (!isOwing(a)) return 'green';
  const receiptLate = owesReceipt(a) && a.acknowledgeBy !== null && a.acknowledgeBy < now;
  if (receiptLate || a.phase === 'returned') return 'yellow';
  if (a.dueAt - now <= NEAR_DUE * (a.dueAt - a.issuedAt)) return 'yellow';
  return a.acknowledgedAt === null ? 'grey' : 'green';
}
