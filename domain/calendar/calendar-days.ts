// The days of a calendar, one by one, as a page shows them.
import { z } from 'zod';
import { dayReader, DayKind, type Calendar } from './calendar-data.ts';
import { dateOf, dayOfDate } from './day.ts';

/** A year with a month before and after it, and some room: 14 KB of answer for a year. */
export const MAX_DAYS = 400;

export const DayAnswer = z.object({
  date: z.iso.date(),
  /** `unknown`: nobody has loaded its year, and nobody guesses. */
  kind: z.enum([...DayKind.options, 'unknown']),
  /** null where the year is not known. */
  isWorkday: z.boolean().nullable(),
  hours: z.array(z.tuple([z.string(), z.string()])),
});
export type DayAnswer = z.infer<typeof DayAnswer>;

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
