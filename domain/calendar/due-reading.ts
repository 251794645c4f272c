// "Tomorrow before close of business", issued on a Friday: the two days it can mean.
import { resolveDue, type Calendar, type DueRule, type WorkdaysRule } from './calendar.ts';
import { clockMs } from './day-hours.ts';
import { dayOf, startOf } from './day.ts';
import type { Millis } from '../instant.ts';

/** A due rule that its reader may understand otherwise. The reading in workdays is the one that holds. */
export type TwoReadings = {
  /** The place of the rule in the directive. */
  path: string;
  rule: WorkdaysRule;
  /** So many workdays after the day it counts as received. */
  workdaysAt: Millis;
  /** So many days of the week after the day it came in, free or not. */
  calendarDaysAt: Millis;
};

/** Both readings where they differ; null where both are the same day. */
export function twoReadings(
  calendar: Calendar,
  receivedAt: Millis,
  due: { path: string; rule: DueRule | undefined },
): TwoReadings | null {
  const { path, rule } = due;
  if (typeof rule !== 'object' || !('workdays' in rule)) return null;
  const workdaysAt = resolveDue(calendar, receivedAt, rule);
  const calendarDaysAt = startOf(dayOf(receivedAt) + rule.workdays) + clockMs(rule.at);
  return workdaysAt === calendarDaysAt ? null : { path, rule, workdaysAt, calendarDaysAt };
}
