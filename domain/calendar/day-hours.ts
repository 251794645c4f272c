// The hours of one day: its spans of work, and where in them so much working time has passed.
import { z } from 'zod';

export const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');

const SHORTEST_DAY_MS = 3_600_000;

/** In order, zero-padded so that they compare as text. No span ends at 24:00: midnight belongs to the next day. */
export const Hours = z
  .array(z.tuple([ClockTime, ClockTime]))
  // Aborting: nothing can be reckoned with a day that never opens.
  .min(1, { abort: true })
  .max(8)
  .refine(
    (hours) =>
      hours.every(([open, close], n) => open < close && (n === 0 || (hours[n - 1]?.[1] ?? '') < open)),
    'spans in order, each ending after it begins, with a break between them',
  )
  // With days of a few minutes a deadline of some thousand hours would lie beyond what a database calls a date.
  .refine((hours) => dayHours(hours).ms >= SHORTEST_DAY_MS, 'an hour at least');
export type Hours = z.infer<typeof Hours>;

/** What `always` works; no person can write it, because no span of theirs ends at midnight. */
export const ROUND_THE_CLOCK: Hours = [['00:00', '24:00']];

/** One stretch of a day: milliseconds since midnight, and the working milliseconds of the day before it. */
type Span = { open: number; close: number; before: number };

/** Times of day are milliseconds since midnight. */
export type DayHours = {
  spans: readonly [Span, ...Span[]];
  opening: number;
  closing: number;
  /** Working milliseconds of the whole day. */
  ms: number;
};

export function dayHours(hours: readonly (readonly [string, string])[]): DayHours {
  let ms = 0;
  const [first, ...later] = hours.map(([from, to]): Span => {
    const span = { open: clockMs(from), close: clockMs(to), before: ms };
    ms += span.close - span.open;
    return span;
  });
  if (first === undefined) throw new RangeError('a day without hours');
  return { spans: [first, ...later], opening: first.open, closing: (later.at(-1) ?? first).close, ms };
}

export function clockMs(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}

/** Working milliseconds of the day until this time. */
export const workedBy = ({ spans }: DayHours, time: number): number =>
  spans.reduce((sum, { open, close }) => sum + Math.min(Math.max(time - open, 0), close - open), 0);

/** The earliest time with so much of the day worked, for 0 < `worked` ≤ `ms`: a closing rather than an opening. */
export function earliestWith({ spans }: DayHours, worked: number): number {
  const span = spans.findLast(({ before }) => before < worked) ?? spans[0];
  return span.open + worked - span.before;
}

/** The latest time with so much of the day worked, for 0 ≤ `worked` < `ms`: an opening rather than a closing. */
export function latestWith({ spans }: DayHours, worked: number): number {
  const span = spans.findLast(({ before }) => before <= worked) ?? spans[0];
  return span.open + worked - span.before;
}

/** The same time of day if it is in hours, else the closing before it; before the first opening, that opening. */
export function orEarlier({ spans, opening }: DayHours, time: number): number {
  const span = spans.findLast(({ open }) => open <= time);
  return span === undefined ? opening : Math.min(time, span.close);
}

/** The same time of day if it is in hours, else the opening after it; after the last closing, that closing. */
export function orLater({ spans, closing }: DayHours, time: number): number {
  const span = spans.find(({ close }) => time <= close);
  return span === undefined ? closing : Math.max(time, span.open);
}
