// The hours of a day as they are posted: spans of work in order.
import { z } from 'zod';
import { dayHours } from './day-hours.ts';

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
