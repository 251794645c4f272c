// The work calendars: read by all, kept in versions by administrators (api.md §6).
import { z } from 'zod';
import { CalendarRequest } from '../domain/calendar/calendar-data.ts';
import { MAX_DAYS } from '../domain/calendar/calendar-days.ts';
import { DayAnswer } from '../domain/calendar/shown-day.ts';
import { Calendar } from '../domain/calendar/calendar-data.ts';
import { NoticeRequest } from '../domain/calendar/notice-import.ts';
import { Code } from '../domain/code.ts';
import { defineCall } from './call.ts';
import { MovesAnswer } from './moves.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';

const origin = { note: z.string().nullable(), at: z.string().nullable(), by: z.string().nullable() };

export const CalendarAnswer = published(
  'CalendarVersion',
  z.strictObject({ id: z.string(), version: z.int(), ...Calendar.shape, ...origin }),
);
export type CalendarAnswer = z.output<typeof CalendarAnswer>;

const OutlineAnswer = published(
  'CalendarOutline',
  z.strictObject({ id: z.string(), version: z.int(), knownYears: z.array(z.int()), ...origin }),
);

/** The effect of storing a calendar on all open work under it. */
const CalendarMovesAnswer = z.strictObject({
  moves: MovesAnswer,
  directives: z.array(
    z.strictObject({ directive: z.string(), was: z.string(), dueAt: z.string(), moves: MovesAnswer }),
  ),
  /** There are more directives than were looked at. */
  more: z.boolean(),
});

published('CalendarRequest', CalendarRequest);
published('NoticeRequest', NoticeRequest);

const VersionQuery = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number)
    .meta({ type: 'integer', minimum: 1 })
    .optional(),
});
const tag = 'calendars';
const params = z.strictObject({ id: Code });

export const CALENDAR_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/calendars',
    tag,
    summary: 'All calendars in their latest version, by id, with the years each knows',
    query: PageQuery,
    answers: { 200: pageAnswer(OutlineAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/calendars/{id}',
    tag,
    summary: 'One calendar, in its latest version or the one asked for',
    query: VersionQuery,
    answers: { 200: CalendarAnswer },
  }),
  put: defineCall({
    method: 'put',
    path: '/calendars/{id}',
    tag,
    summary: 'Makes a calendar, or a new version of it; what is open is planned again (administrator)',
    params,
    body: CalendarRequest,
    bodyFaults: 'document',
    answers: { 200: CalendarAnswer },
  }),
  loadNotice: defineCall({
    method: 'post',
    path: '/calendars/{id}/notice',
    tag,
    summary: 'Loads the notice of a year into a new version (administrator)',
    body: NoticeRequest,
    bodyFaults: 'document',
    // 200: the latest version contains this notice already.
    answers: { 201: CalendarAnswer, 200: CalendarAnswer },
  }),
  preview: defineCall({
    method: 'post',
    path: '/calendars/{id}/preview',
    tag,
    summary:
      'What storing this calendar would move: how many open assignments, which get earlier (administrator)',
    params,
    body: CalendarRequest,
    bodyFaults: 'document',
    once: false,
    answers: { 200: CalendarMovesAnswer },
  }),
  days: defineCall({
    method: 'get',
    path: '/calendars/{id}/days',
    tag,
    summary: `What each day is, from one date to another, at most ${MAX_DAYS}`,
    query: z.strictObject({ ...VersionQuery.shape, from: z.iso.date(), to: z.iso.date() }),
    answers: { 200: z.strictObject({ id: z.string(), version: z.int(), items: z.array(DayAnswer) }) },
  }),
};
