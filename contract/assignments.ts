// Assignments to read: those I owe, those that wait for me, those shared with me, and one by its id (api.md §5).
import { z } from 'zod';
import type { Phase } from '../domain/assignment/assignment.ts';
import { VERBS, type Verb } from '../domain/assignment/command.ts';
import { Code } from '../domain/code.ts';
import { Rung } from '../domain/policy/policy.ts';
import { Channel } from '../domain/delivery/channel.ts';
import { defineCall } from './call.ts';
import { EventAnswer } from './events.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery, pageQuery } from './page.ts';
import {
  CountsAnswer,
  DirectiveNameAnswer,
  ItemNameAnswer,
  KindedPlaceAnswer,
  PlaceAnswer,
} from './places.ts';
import { SubmissionAnswer } from './submission-answer.ts';

export const PHASES = [
  'issued',
  'acknowledged',
  'submitted',
  'returned',
  'approved',
  'cancelled',
  'missing',
] as const satisfies Phase[];
export const PhaseAnswer = z.enum(PHASES);

/** grey not yet begun, green, yellow near due or receipt late, red overdue, blue settled, hatched suspended */
export const LightAnswer = z.enum(['grey', 'green', 'yellow', 'red', 'blue', 'hatched']);

/** A request that waits for its answer: its time, its author and its reason. */
const Ask = { reason: z.string(), by: z.string(), at: z.string() };

export const AssignmentAnswer = published(
  'Assignment',
  z.strictObject({
    id: z.string(),
    directive: DirectiveNameAnswer,
    item: ItemNameAnswer,
    parent: z.string().nullable(),
    /** The unit it was issued to; null for a task force's. */
    unit: PlaceAnswer.nullable(),
    taskForce: PlaceAnswer,
    holder: KindedPlaceAnswer,
    issuer: PlaceAnswer,
    phase: PhaseAnswer,
    light: LightAnswer,
    overdue: z.boolean(),
    suspendedUntil: z.string().nullable(),
    extension: z.strictObject({ dueAt: z.string(), ...Ask }).nullable(),
    transfer: z.strictObject({ to: KindedPlaceAnswer, ...Ask }).nullable(),
    /** "Not ours"; the reason is the basis given. */
    decline: z.strictObject(Ask).nullable(),
    awaitingSignature: z.boolean(),
    withdrawn: z.strictObject({ ...Ask, reason: z.string().nullable() }).nullable(),
    /** The report that waits for its leader's signature: for the holder's people alone. */
    presented: SubmissionAnswer.nullable(),
    progress: z
      .strictObject({ note: z.string(), percent: z.int().nullable(), at: z.string(), by: z.string() })
      .nullable(),
    /** The last amendment of the directive, and when the holder took note of it. */
    amendment: z
      .strictObject({ n: z.int(), at: z.string(), acknowledgedAt: z.string().nullable() })
      .nullable(),
    /** Supervision slips not yet countersigned. */
    slips: z.int(),
    /** Other places that may see the merged result. */
    shared: z.array(KindedPlaceAnswer),
    escalation: z.int(),
    issuedAt: z.string(),
    delivered: z.strictObject({ at: z.string(), channel: z.enum([...Channel.options, 'app']) }).nullable(),
    acknowledgeBy: z.string().nullable(),
    dueAt: z.string(),
    acknowledgedAt: z.string().nullable(),
    submittedAt: z.string().nullable(),
    settledAt: z.string().nullable(),
    onTime: z.boolean().nullable(),
    correcting: z.boolean(),
    /** The person who judged it last acts for its holder too. */
    sameHands: z.boolean(),
    submission: SubmissionAnswer.nullable(),
    returned: z
      .strictObject({ reason: z.string(), fields: z.array(z.string()), at: z.string(), by: z.string() })
      .nullable(),
    counts: CountsAnswer.nullable(),
    liaisons: z.array(
      z.strictObject({ person: z.string(), name: z.string(), role: z.enum(['liaisonA', 'liaisonB']) }),
    ),
    allowed: z.array(z.enum([...(VERBS as [Verb, ...Verb[]]), 'urge-below'])),
    /** Of each clock that runs, the lowest rung not yet taken; `escalate` may name it. */
    nextRungs: z.array(Rung.extend({ rung: z.int() })),
    version: z.int(),
  }),
);
export type AssignmentAnswer = z.infer<typeof AssignmentAnswer>;

/** An assignment for a reader who sees only its merged result, by sharing. */
export const AssignmentBrief = published(
  'AssignmentBrief',
  z.strictObject({
    id: z.string(),
    directive: DirectiveNameAnswer,
    item: ItemNameAnswer,
    holder: KindedPlaceAnswer,
  }),
);
export type AssignmentBrief = z.infer<typeof AssignmentBrief>;

const tag = 'assignments';

export const ASSIGNMENT_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/assignments',
    tag,
    summary:
      'What you owe, earliest due first; or what you issued, are asked to take over, or see the result of; or, with `scope=below`, all that lies below you; by phase, directive, unit, and by words',
    query: z.strictObject({
      ...pageQuery,
      holder: z.literal('me').optional(),
      role: z.enum(['holder', 'issuer', 'target', 'shared']).optional(),
      phase: PhaseAnswer.optional(),
      /** `below`: assignments below those you hold, and all assignments of your office's directives. */
      scope: z.literal('below').optional(),
      /** Words in the directive's title or number, in a unit's or task force's name, or in the name of a person in post there. */
      q: z.string().min(1).max(100).optional(),
      overdue: z.stringbool().optional(),
      /** Not yet acknowledged. */
      unacknowledged: z.stringbool().optional(),
      suspended: z.stringbool().optional(),
      /** With an extension or a "not ours" that waits for the issuer's decision. */
      asked: z.stringbool().optional(),
      directive: Code.optional(),
      unit: Code.optional(),
    }),
    answers: { 200: pageAnswer(z.union([AssignmentAnswer, AssignmentBrief])) },
  }),
  read: defineCall({
    method: 'get',
    path: '/assignments/{id}',
    tag,
    summary: 'One assignment',
    answers: { 200: AssignmentAnswer },
  }),
  events: defineCall({
    method: 'get',
    path: '/assignments/{id}/events',
    tag,
    summary: 'What happened to it, oldest first',
    query: PageQuery,
    answers: { 200: pageAnswer(EventAnswer) },
  }),
};
