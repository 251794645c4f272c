// The work calendar: which instants are working time, and the arithmetic of deadlines in it.
import type { Calendar } from './calendar-data.ts';
import { clockMs, dayHours, earliestWith, latestWith, orEarlier, orLater, workedBy } from './day-hours.ts';
import { dayOf, startOf } from './day.ts';
import type { DueRule } from './due-rule.ts';
import { DAY_MS, readDuration, toMillis, type Duration, type Millis } from '../instant.ts';
import { stretchAround, stretchesOf, type Workdays } from './workdays.ts';

export type { Calendar } from './calendar-data.ts';
export type { DueRule, WorkdaysRule } from './due-rule.ts';
export { CalendarYearUnknown } from './workdays.ts';

/**
 * Work received after close or on a free day counts as received at the next opening; in a break, when the break ends.
 * The moment of closing itself is not yet after it.
 */
export function receivedAs(calendar: Calendar, at: Millis): Millis {
  const day = dayOf(at);
  const workdays = around(calendar, day);
  const rank = workdays.rank(day);
  if (!workdays.isWorkday(day)) return openingOf(workdays, rank);
  const span = workdays.hours(rank).spans.find(({ close }) => at <= startOf(day) + close);
  return span === undefined ? openingOf(workdays, rank + 1) : Math.max(at, startOf(day) + span.open);
}

/**
 * The earliest instant with `duration` of working time since `from` behind it; nothing added is `from` itself. Whole
 * days come first and keep the time of day, or where that day's hours are others the closing before it; outside hours
 * they run from when `from` counts as received.
 */
export function addWorking(calendar: Calendar, from: Millis, duration: Duration): Millis {
  const start =
    duration.days === 0 ? from : daysOn(calendar, receivedAs(calendar, from), duration.days, orEarlier);
  if (duration.ms === 0) return start;
  const workdays = around(calendar, dayOf(start));
  const target = workedUntil(workdays, start) + duration.ms;
  const rank = workdays.rankEnding(target);
  return startOf(workdays.day(rank)) + earliestWith(workdays.hours(rank), target - workdays.before(rank));
}

/**
 * The latest instant with `duration` of working time between it and `from`; nothing taken away is `from` itself.
 * Undoes `addWorking` for an instant within hours and before their closing, unless the whole days lead to a day that
 * is not worked at that time.
 */
export function subtractWorking(calendar: Calendar, from: Millis, duration: Duration): Millis {
  let end = from;
  if (duration.ms > 0) {
    const workdays = around(calendar, dayOf(from));
    const target = workedUntil(workdays, from) - duration.ms;
    const rank = workdays.rankBeginning(target);
    end = startOf(workdays.day(rank)) + latestWith(workdays.hours(rank), target - workdays.before(rank));
  }
  return duration.days === 0 ? end : daysOn(calendar, lastInHours(calendar, end), -duration.days, orLater);
}

/** Working milliseconds in [from, to); 0 if `to` is not after `from`. */
export function workingBetween(calendar: Calendar, from: Millis, to: Millis): number {
  if (to <= from) return 0;
  const workdays = around(calendar, dayOf(from));
  return workedUntil(workdays, to) - workedUntil(workdays, from);
}

/** Working milliseconds of an ordinary workday, half days and events left aside. */
export const workdayMs = (calendar: Calendar): number => lookupOf(calendar).ordinaryMs;

/** The first opening of a workday after this instant; round the clock, 24 hours later. */
export function nextOpening(calendar: Calendar, after: Millis): Millis {
  if (calendar.roundTheClock) return after + DAY_MS;
  const workdays = around(calendar, dayOf(after));
  const rank = workdays.rank(dayOf(after));
  const opening = openingOf(workdays, rank);
  return opening > after ? opening : openingOf(workdays, rank + 1);
}

/**
 * When work received at that instant is due. An instant stands as it is, but its year must be known. A time of day
 * stands too, also outside hours: a half day counts as a workday like any other.
 */
export function resolveDue(calendar: Calendar, receivedAt: Millis, rule: DueRule): Millis {
  if (typeof rule === 'string') {
    const at = toMillis(rule);
    around(calendar, dayOf(at));
    return at;
  }
  const received = receivedAs(calendar, receivedAt);
  if ('within' in rule) return addWorking(calendar, received, readDuration(rule.within));
  const workdays = around(calendar, dayOf(received));
  return startOf(workdays.day(workdays.rank(dayOf(received)) + rule.workdays)) + clockMs(rule.at);
}

type Lookup = { stretches: Workdays[]; ordinaryMs: number };

const lookups = new WeakMap<Calendar, Lookup>();

function lookupOf(calendar: Calendar): Lookup {
  let lookup = lookups.get(calendar);
  if (lookup === undefined) {
    const ordinaryMs = calendar.roundTheClock ? DAY_MS : dayHours(calendar.hours).ms;
    lookups.set(calendar, (lookup = { stretches: stretchesOf(calendar), ordinaryMs }));
  }
  return lookup;
}

/** The stretch this day lies in. Throws `CalendarYearUnknown` if it lies in none. */
const around = (calendar: Calendar, day: number): Workdays =>
  stretchAround(lookupOf(calendar).stretches, day);

const openingOf = (workdays: Workdays, rank: number): Millis =>
  startOf(workdays.day(rank)) + workdays.hours(rank).opening;

/** Working milliseconds from the stretch's first day until `at`. */
function workedUntil(workdays: Workdays, at: Millis): number {
  const day = dayOf(at);
  const rank = workdays.rank(day);
  const before = workdays.before(rank);
  return workdays.isWorkday(day) ? before + workedBy(workdays.hours(rank), at - startOf(day)) : before;
}

/** So many workdays on, or back, at the same time of day if that day works then; `at` is in hours. */
function daysOn(
  calendar: Calendar,
  at: Millis,
  count: number,
  fit: typeof orEarlier | typeof orLater,
): Millis {
  const day = dayOf(at);
  const workdays = around(calendar, day);
  const rank = workdays.rank(day) + count;
  return startOf(workdays.day(rank)) + fit(workdays.hours(rank), at - startOf(day));
}

/** The last instant in hours, closing included, not after `at`. */
function lastInHours(calendar: Calendar, at: Millis): Millis {
  const day = dayOf(at);
  const workdays = around(calendar, day);
  const rank = workdays.rank(day);
  if (workdays.isWorkday(day)) {
    const hours = workdays.hours(rank);
    if (at >= startOf(day) + hours.opening) return startOf(day) + orEarlier(hours, at - startOf(day));
  }
  return startOf(workdays.day(rank - 1)) + workdays.hours(rank - 1).closing;
}
