// Server-sent events: the events you may see and your notices, as they happen (api.md §8).
import { z } from 'zod';
import { defineCall, eventsAnswer } from './call.ts';
import { published } from './naming.ts';
import { NotificationAnswer } from './notifications.ts';

/** The data of an event named `assignment` or `directive`. */
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

/** Of an event named `reset`: all that is shown must be read again. */
const StreamReset = published('StreamReset', z.strictObject({}));

export const STREAM_CALLS = {
  listen: defineCall({
    method: 'get',
    path: '/stream',
    tag: 'notifications',
    summary: 'Server-sent events: assignment, directive, notification; reset when too much was missed',
    query: z.strictObject({}),
    answers: {
      200: eventsAnswer({
        assignment: StreamEvent,
        directive: StreamEvent,
        notification: NotificationAnswer,
        reset: StreamReset,
      }),
    },
  }),
};
