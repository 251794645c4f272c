// An event of the log as readers see it; `<desk>#<seq>` names it.
import { z } from 'zod';
import { published } from './naming.ts';
import { EventSlip } from './slip-answer.ts';

export const EventAnswer = published(
  'Event',
  z.strictObject({
    id: z.string(),
    seq: z.int(),
    at: z.string(),
    received: z.string(),
    type: z.string(),
    assignment: z.string().nullable(),
    actor: z.string().nullable(),
    token: z.string().nullable(),
    /** By a one-time link from a message, not signed in. */
    by: z.literal('link').optional(),
    data: z.unknown(),
    hash: z.string(),
    /** Of an escalation that came with a slip. */
    slip: EventSlip.optional(),
  }),
);
export type EventAnswer = z.infer<typeof EventAnswer>;
