// The commands on an assignment as they are posted, one schema a verb.
import { z } from 'zod';

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
  }),
  approve: z.strictObject({ note: Note.optional() }),
  return: z.strictObject({
    reason: Note.optional(),
    fields: z.array(z.string().max(100)).max(200).optional(),
    due: z.iso.datetime({ offset: true }).optional(),
  }),
  cancel: z.strictObject({ reason: Note.optional() }),
  close: z.strictObject({ note: Note.optional() }),
} as const;

export type Verb = keyof typeof COMMANDS;
export const VERBS = Object.keys(COMMANDS) as Verb[];

/** A command on one assignment: its verb and what that verb carries. */
export type Command = { [V in Verb]: { verb: V } & Content<z.infer<(typeof COMMANDS)[V]>> }[Verb];
/** An empty object is inferred as one whose every key is never, the verb too: it adds nothing. */
type Content<T> = string extends keyof T ? unknown : T;
export type CommandOf<V extends Verb> = Extract<Command, { verb: V }>;
