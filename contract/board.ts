// The office's overview: every directive with its light, how complete it is, and what holds it up (page.md §8, B2, B13).
import { z } from 'zod';
import { LightAnswer } from './assignments.ts';
import { CalendarTerms } from './assignment-clock.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';
import { CountsAnswer, CoverageCounts, KindedPlaceAnswer } from './places.ts';
import { DirectivePhase, Urgency } from '../domain/directive/directive.ts';

const tag = 'directives';

export const WAITS_FOR = ['receipt', 'report', 'review'] as const;

export const StuckItem = published(
  'StuckItem',
  z.strictObject({
    assignment: z.string(),
    holder: KindedPlaceAnswer,
    waitsFor: z.enum(WAITS_FOR),
    since: z.string(),
    /** Working milliseconds since; null where the calendar does not know the year. */
    workingMs: z.int().nullable(),
    /** Reports that wait behind it, its own included. */
    behind: z.int(),
    escalation: z.int(),
    slips: z.int(),
  }),
);
export type StuckItem = z.output<typeof StuckItem>;

export const BoardItem = published(
  'BoardItem',
  z.strictObject({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    urgency: Urgency,
    phase: DirectivePhase,
    light: LightAnswer,
    dueAt: z.string().nullable(),
    calendar: z.string(),
    calendarVersion: z.int(),
    counts: CountsAnswer,
    coverage: CoverageCounts,
    /** Leaves by light, for a strip. */
    strip: z.strictObject({
      grey: z.int(),
      green: z.int(),
      yellow: z.int(),
      red: z.int(),
      blue: z.int(),
      hatched: z.int(),
    }),
    /** Receipts that are late. */
    receiptsLate: z.int(),
    stuck: StuckItem.nullable(),
  }),
);
export type BoardItem = z.output<typeof BoardItem>;

export const BOARD_CALLS = {
  board: defineCall({
    method: 'get',
    path: '/board',
    tag,
    summary: 'Directives you see whole: light, due time, how complete, and what holds each up',
    query: z.strictObject({
      ...pageQuery,
      light: LightAnswer.optional(),
      taskForce: z.string().max(40).optional(),
      q: z.string().min(1).max(100).optional(),
    }),
    answers: {
      200: z.strictObject({
        ...pageAnswer(BoardItem).shape,
        now: z.string(),
        /** How many of the page by light. */
        totals: z.partialRecord(LightAnswer, z.int()),
        calendars: z.array(CalendarTerms),
      }),
    },
  }),
  stuck: defineCall({
    method: 'get',
    path: '/directives/{id}/stuck',
    tag,
    summary: 'Who holds it up now: what is waited for, since when, and how much waits behind it',
    query: z.strictObject({ limit: pageQuery.limit }),
    answers: { 200: z.array(StuckItem) },
  }),
};
