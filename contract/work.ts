// What a person owes, in one answer for the first screen: groups by day, counts for the badges (page.md §8, B1).
import { z } from 'zod';
import { AssignmentAnswer } from './assignments.ts';
import { CalendarTerms, ClockFields } from './assignment-clock.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';

export const WORK_GROUPS = ['overdue', 'today', 'week', 'later'] as const;

export const OwedItem = published(
  'OwedItem',
  AssignmentAnswer.omit({ submission: true, presented: true }).extend(ClockFields),
);
export type OwedItem = z.output<typeof OwedItem>;

const count = z.int();

export const WorkAnswer = published(
  'Work',
  z.strictObject({
    now: z.string(),
    groups: z.array(z.strictObject({ key: z.enum(WORK_GROUPS), total: z.int(), items: z.array(OwedItem) })),
    counts: z.strictObject({
      owed: count,
      unacknowledged: count,
      returned: count,
      suspended: count,
      /** Open requests of the person's own, for more time or "not ours". */
      asked: count,
      toReview: count,
      toDecide: count,
      toSign: count,
      slips: count,
    }),
    /** Of the stream: `GET /changes?since=` goes on from here. */
    position: z.string(),
    /** The calendars of the items, for reckoning what is left as time passes. */
    calendars: z.array(CalendarTerms),
  }),
);
export type WorkAnswer = z.output<typeof WorkAnswer>;

export const WORK_CALLS = {
  mine: defineCall({
    method: 'get',
    path: '/me/work',
    tag: 'assignments',
    summary: 'What you owe, by day, and how much waits for you',
    query: z.strictObject({
      limit: z
        .string()
        .refine((text) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 200, {
          params: { fault: { code: 'OUT_OF_RANGE', params: { min: 1, max: 200 } } },
        })
        .transform(Number)
        .default(100)
        .meta({ type: 'integer', minimum: 1, maximum: 200 }),
    }),
    answers: { 200: WorkAnswer },
  }),
};
