// A day of a calendar as a page shows it.
import { z } from 'zod';
import { DayKind } from './calendar-data.ts';

export const DayAnswer = z.strictObject({
  date: z.iso.date(),
  /** `unknown`: its year has not been loaded; we do not guess. */
  kind: z.enum([...DayKind.options, 'unknown']),
  /** null where the year is not known. */
  isWorkday: z.boolean().nullable(),
  hours: z.array(z.tuple([z.string(), z.string()])),
});
export type DayAnswer = z.infer<typeof DayAnswer>;
