// The commands on an assignment as they are posted, one schema a verb.
import { z } from 'zod';
import { Code } from '../code.ts';
import { ReceiverList } from './receivers.ts';
import { Instant } from '../instant-text.ts';

const Note = z.string().trim().max(2000);

/** Faults of these envelopes are 400; a missing reason is content and 422 (api.md §5). */
export const COMMANDS = {
  acknowledge: z.strictObject({}),
  submit: z.strictObject({
    values: z.record(z.string().max(100), z.unknown()).optional(),
    rows: z.record(z.string().max(100), z.unknown()).optional(),
    attachments: z.array(z.string().min(1).max(100)).max(50).optional(),
    note: Note.optional(),
    explanations: z.record(z.string().max(100), z.string().trim().min(1).max(2000)).optional(),
    zeroReport: z.boolean().optional(),
    /** Keys of fields taken over from the prefill: they must be what it offers, and need not be given again. */
    carried: z.array(z.string().max(100)).max(200).optional(),
    /** Nothing has changed: every field not given is taken over. */
    unchanged: z.boolean().optional(),
    /** The issuer hands in the report of a unit below that could not do it itself. */
    onBehalf: z.boolean().optional(),
  }),
  approve: z.strictObject({ note: Note.optional() }),
  return: z.strictObject({
    reason: Note.optional(),
    fields: z.array(z.string().max(100)).max(200).optional(),
    due: Instant.optional(),
  }),
  withdraw: z.strictObject({ reason: Note.optional() }),
  reopen: z.strictObject({ reason: Note.optional(), due: Instant.optional() }),
  cancel: z.strictObject({ reason: Note.optional() }),
  close: z.strictObject({ note: Note.optional() }),
  progress: z.strictObject({ note: Note.optional(), percent: z.int().min(0).max(100).optional() }),
  sign: z.strictObject({}),
  'request-extension': z.strictObject({ due: Instant.optional(), reason: Note.optional() }),
  'decide-extension': z.strictObject({
    grant: z.boolean(),
    due: Instant.optional(),
    reason: Note.optional(),
  }),
  /** Another due time without a request: later or earlier. */
  reschedule: z.strictObject({ due: Instant.optional(), reason: Note.optional() }),
  decompose: z.strictObject({ receivers: ReceiverList }),
  transfer: z.strictObject({ unit: Code.optional(), taskForce: Code.optional(), reason: Note.optional() }),
  'accept-transfer': z.strictObject({}),
  'decline-transfer': z.strictObject({ reason: Note.optional() }),
  decline: z.strictObject({ basis: Note.optional() }),
  'decide-decline': z.strictObject({ accept: z.boolean(), reason: Note.optional(), unit: Code.optional() }),
  suspend: z.strictObject({ until: Instant.optional(), reason: Note.optional() }),
  resume: z.strictObject({}),
  share: z.strictObject({
    to: z.union([Code, z.strictObject({ unit: Code.optional(), taskForce: Code.optional() })]),
  }),
  urge: z.strictObject({ note: Note.optional() }),
  comment: z.strictObject({ text: Note.optional() }),
  /** By hand to a rung of the ladder, counted from 0 in the order of its clock. */
  escalate: z.strictObject({
    clock: z.enum(['acknowledge', 'due']).default('due'),
    rung: z.int().min(0).max(49),
    note: Note.optional(),
  }),
} as const;

export type Verb = keyof typeof COMMANDS;
export const VERBS = Object.keys(COMMANDS) as Verb[];

/** A command on one assignment: its verb and what that verb carries. */
export type Command = { [V in Verb]: { verb: V } & Content<z.infer<(typeof COMMANDS)[V]>> }[Verb];
/** An empty object is inferred as one whose every key is never, the verb too: it adds nothing. */
type Content<T> = string extends keyof T ? unknown : T;
export type CommandOf<V extends Verb> = Extract<Command, { verb: V }>;
