// The new due time after clocks stood still, the level above moved, or the calendar changed.
import {
  addWorking,
  CalendarYearUnknown,
  receivedAs,
  resolveDue,
  workingBetween,
  type Calendar,
} from '../calendar/calendar.ts';
import { childDue } from '../policy/margin.ts';
import { owesReceipt, type Assignment } from './assignment.ts';
import type { DueBasis } from './due-basis.ts';
import { toIso, type Duration, type Millis } from '../instant.ts';

/** Null where the calendar does not know the year: nothing is guessed. */
export function known<T>(clock: () => T): T | null {
  try {
    return clock();
  } catch (error) {
    if (error instanceof CalendarYearUnknown) return null;
    throw error;
  }
}

/**
 * So much working time later, never past the level above. A due time that would fall into a year not loaded falls after
 * everything known, the level above included.
 */
export const shifted = (calendar: Calendar, at: Millis, ms: number, parentDueAt: Millis): Millis =>
  Math.max(at, Math.min(known(() => addWorking(calendar, at, { days: 0, ms })) ?? parentDueAt, parentDueAt));

/** Working milliseconds in which clocks stood still. */
export const pausedBetween = (calendar: Calendar, since: Millis, until: Millis): number =>
  known(() => workingBetween(calendar, since, until)) ?? 0;

/** A receipt asked for at `from` is late no later than what it is for, as long as that is still to come. */
export const receiptWithin = (late: Millis, { from, dueAt }: { from: Millis; dueAt: Millis }): Millis =>
  dueAt > from ? Math.min(late, dueAt) : late;

/** When a receipt asked for at `from` is late; null where none is asked. */
export function receiptBy(
  calendar: Calendar,
  within: Duration | null,
  asked: { from: Millis; dueAt: Millis },
): Millis | null {
  if (within === null) return null;
  const late = known(() => addWorking(calendar, receivedAs(calendar, asked.from), within));
  return late === null ? null : receiptWithin(late, asked);
}

/** A due time that comes nearer takes the receipt along; one that is late already is not asked anew. */
export function receiptPulled(a: Assignment, dueAt: Millis): { acknowledgeBy?: string } {
  if (!owesReceipt(a) || a.taken.acknowledge) return {};
  return a.acknowledgeBy !== null && a.acknowledgeBy > dueAt ? { acknowledgeBy: toIso(dueAt) } : {};
}

/** A due time worked out anew from how it came about; as it was where that is not known. Never past the level above. */
export function workedOut(
  due: { basis: DueBasis | null; dueAt: Millis },
  from: { calendar: Calendar; receivedAt: Millis; parentDueAt: Millis },
): Millis {
  const { calendar, receivedAt, parentDueAt } = from;
  return Math.min(known(() => anew(due, { calendar, receivedAt, parentDueAt })) ?? due.dueAt, parentDueAt);
}

function anew(
  { basis, dueAt }: { basis: DueBasis | null; dueAt: Millis },
  { calendar, receivedAt, parentDueAt }: { calendar: Calendar; receivedAt: Millis; parentDueAt: Millis },
): Millis {
  switch (basis?.by) {
    case 'rule':
      return resolveDue(calendar, receivedAt, basis.rule);
    case 'margin':
      return childDue(calendar, parentDueAt, basis.ms);
    case 'instant':
    case undefined:
      return dueAt;
  }
}
