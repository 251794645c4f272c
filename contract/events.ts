// Events of the log as readers see them, by their type; `<desk>#<seq>` names one.
import { z } from 'zod';
import { EVENT_DATA } from '../domain/assignment/happening.ts';
import { DIRECTIVE_EVENT_DATA } from '../domain/directive/directive-event-data.ts';
import { published, someOptions, titledName } from './naming.ts';
import { EventSlip } from './slip-answer.ts';

const Logged = {
  id: z.string(),
  seq: z.int(),
  at: z.string(),
  received: z.string(),
  actor: z.string().nullable(),
  token: z.string().nullable(),
  /** By a one-time link from a message, not signed in. */
  by: z.literal('link').optional(),
  hash: z.string(),
  /** Of an escalation that came with a slip. */
  slip: EventSlip.optional(),
};

/** One schema a type, in every shape ever written of it. */
const ofAssignments = Object.entries(EVENT_DATA).map(([type, data]) =>
  published(
    `${titledName(type)}Event`,
    z.strictObject({ ...Logged, type: z.literal(type), assignment: z.string(), data }),
  ),
);
const ofDirectives = Object.entries(DIRECTIVE_EVENT_DATA).map(([type, data]) =>
  published(
    `Directive${titledName(type)}Event`,
    z.strictObject({ ...Logged, type: z.literal(type), assignment: z.null(), data }),
  ),
);

export const EventAnswer = published(
  'Event',
  z.union([
    z.discriminatedUnion('type', someOptions(ofAssignments)),
    z.discriminatedUnion('type', someOptions(ofDirectives)),
  ]),
);
export type EventAnswer = z.infer<typeof EventAnswer>;
