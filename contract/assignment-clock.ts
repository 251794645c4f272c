// The clocks of an assignment as a page shows them: which calendar, what is left, what is nearest, and why a light is yellow.
import { z } from 'zod';
import { Calendar } from '../domain/calendar/calendar-data.ts';
import { published } from './naming.ts';

export const YELLOW_REASONS = ['nearDue', 'receiptLate', 'returned', 'toSign'] as const;
export const CLOCK_NAMES = ['receipt', 'due', 'review', 'decision', 'signature'] as const;

/** `workingMsLeft`: below 0 it is late by so much; null where the calendar does not know the year. */
export const ClockAnswer = published(
  'AssignmentClock',
  z.strictObject({
    calendar: z.string(),
    version: z.int(),
    workingMsLeft: z.int().nullable(),
    runsNow: z.boolean().nullable(),
  }),
);

/** Beside the fields of an assignment, where a page shows it. */
export const ClockFields = {
  clock: ClockAnswer,
  /** Why the light is yellow; null where it is not. */
  reason: z.enum(YELLOW_REASONS).nullable(),
  /** The clock that runs out first; null where none runs. */
  nearest: z.strictObject({ clock: z.enum(CLOCK_NAMES), at: z.string() }).nullable(),
};

/** A version of a calendar, for reckoning on the device; it never changes. */
export const CalendarTerms = published(
  'CalendarTerms',
  z.strictObject({ id: z.string(), version: z.int(), calendar: z.strictObject({ ...Calendar.shape }) }),
);
export type CalendarTerms = z.output<typeof CalendarTerms>;
