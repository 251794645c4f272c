// The days of a calendar, one by one, as a page shows them.
import { dayReader } from './day-reader.ts';
import type { Calendar } from './calendar-data.ts';
import { dateOf, dayOfDate } from './day.ts';
import type { DayAnswer } from './shown-day.ts';

/** A year with a month before and after it, and some room: 14 KB of answer for a year. */
export const MAX_DAYS = 400;

/** Every date from `from` to `to`, both included. */
export function daysBetween(calendar: Calendar, from: string, to: string): DayAnswer[] {
  const read = dayReader(calendar);
  const first = dayOfDate(from);
  return Array.from({ length: dayOfDate(to) - first + 1 }, (_, n): DayAnswer => {
    const date = dateOf(first + n);
    const day = read(first + n);
    if (day === null) return { date, kind: 'unknown', isWorkday: null, hours: [] };
    return { date, kind: day.kind, isWorkday: day.hours !== null, hours: day.hours ?? [] };
  });
}
