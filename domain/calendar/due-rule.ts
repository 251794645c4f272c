// A due time as given: an instant, a rule in workdays, or a span of working time.
import { z } from 'zod';
import { DurationText, Instant } from '../instant-text.ts';
import { ClockTime } from './hours.ts';

export const WorkdaysRule = z.strictObject({ workdays: z.int().min(1).max(366), at: ClockTime });
export type WorkdaysRule = z.infer<typeof WorkdaysRule>;

/** An instant, a rule in workdays after the day of receipt, or a span of working time (api.md §4 `due`). */
export const DueRule = z.union([Instant, WorkdaysRule, z.strictObject({ within: DurationText })]);
export type DueRule = z.infer<typeof DueRule>;
