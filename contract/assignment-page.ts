// One assignment with all its screen shows, in one answer (page.md §8, B3).
import { z } from 'zod';
import { AssignmentAnswer } from './assignments.ts';
import { CalendarTerms, ClockFields } from './assignment-clock.ts';
import { defineCall } from './call.ts';
import { EventAnswer } from './events.ts';
import { FormToFill } from './forms-to-fill.ts';
import { published } from './naming.ts';
import { SlipAnswer } from './slip-answer.ts';

export const AssignmentPage = published(
  'AssignmentPage',
  z.strictObject({
    now: z.string(),
    assignment: AssignmentAnswer.extend(ClockFields),
    /** What the superior asks, and what came with it. */
    notice: z.strictObject({
      body: z.string(),
      attachments: z.array(
        z.strictObject({ id: z.string(), name: z.string(), size: z.int(), mediaType: z.string() }),
      ),
    }),
    /** Null where nothing is filled in: a node's report is merged from below. */
    form: FormToFill.nullable(),
    /** The last thirty, oldest first; each with its sentence in the reader's language. */
    events: z.array(
      z.strictObject({ event: EventAnswer, actorName: z.string().nullable(), text: z.string() }),
    ),
    slips: z.array(SlipAnswer),
    /** Names of the people the answer speaks of, by id. */
    people: z.record(z.string(), z.string()),
    calendars: z.array(CalendarTerms),
  }),
);
export type AssignmentPage = z.output<typeof AssignmentPage>;

export const ASSIGNMENT_PAGE_CALLS = {
  read: defineCall({
    method: 'get',
    path: '/assignments/{id}/page',
    tag: 'assignments',
    summary: 'One assignment with its notice, its form, its last events, its slips and the names in them',
    answers: { 200: AssignmentPage },
  }),
};
