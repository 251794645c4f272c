// Server-sent events: the events you may see and your notices, as they happen (api.md §8).
import { z } from 'zod';
import { defineCall, eventsAnswer } from './call.ts';
import { published } from './naming.ts';

/** The data of an event named `assignment` or `directive`; that of `notification` is a Notification, that of `reset` is empty. */
export const StreamEvent = published(
  'StreamEvent',
  z.strictObject({
    id: z.string(),
    at: z.string(),
    type: z.string(),
    directive: z.string(),
    assignment: z.string().nullable(),
    actor: z.string().nullable(),
  }),
);
export type StreamEvent = z.infer<typeof StreamEvent>;

export const STREAM_CALLS = {
  listen: defineCall({
    method: 'get',
    path: '/stream',
    tag: 'notifications',
    summary: 'Server-sent events: assignment, directive, notification; reset when too much was missed',
    query: z.strictObject({}),
    answers: { 200: eventsAnswer(StreamEvent) },
  }),
};
