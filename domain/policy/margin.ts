// A margin of a policy, taken off: when a level is due that leaves time to the one above.
import { subtractWorking, workdayMs, workingBetween, type Calendar } from '../calendar/calendar.ts';
import type { Millis } from '../instant.ts';

/**
 * When a level is due that leaves `marginMs` of working time to the one above. Whole workdays keep the time of day.
 * Never after `parentDue`; never before the issue, if the margin is the budget's.
 */
export function childDue(calendar: Calendar, parentDue: Millis, marginMs: number): Millis {
  const dayMs = workdayMs(calendar);
  const byDays = { days: Math.floor(marginMs / dayMs), ms: marginMs % dayMs };
  const dueAt = subtractWorking(calendar, parentDue, byDays);
  // Days of an event are longer than the ordinary ones a margin is counted in, and would take more time than is left.
  if (workingBetween(calendar, dueAt, parentDue) <= marginMs) return dueAt;
  return subtractWorking(calendar, parentDue, { days: 0, ms: marginMs });
}
