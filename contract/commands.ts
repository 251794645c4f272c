// Commands on assignments, one at a time or up to 500 at once (api.md §5).
import { z } from 'zod';
import { COMMANDS, VERBS, type Verb } from '../domain/assignment/command.ts';
import { AssignmentAnswer } from './assignments.ts';
import { defineCall } from './call.ts';
import { ProblemAnswer } from './problem.ts';
import { CommandWarningAnswer } from './warnings.ts';

const tag = 'assignments';
const MOST_AT_ONCE = 500;

/** The state after a command; only the id, where the command ends one's sight of it (a transfer declined). */
export const AfterCommand = z.union([AssignmentAnswer, z.strictObject({ id: z.string() })]);
export type AfterCommand = z.infer<typeof AfterCommand>;

const CommandAnswer = z.strictObject({
  assignment: AfterCommand,
  warnings: z.array(CommandWarningAnswer).optional(),
});

/** The command's own fields stand beside these. */
export const ListedCommand = z.looseObject({
  assignment: z.string().max(300),
  command: z.enum(VERBS as [Verb, ...Verb[]]),
  ifMatch: z.int().optional(),
});

const VerdictAnswer = z.union([
  z.strictObject({ status: z.literal(200), ...CommandAnswer.shape }),
  z.strictObject({ status: z.int(), problem: ProblemAnswer }),
]);
export type VerdictAnswer = z.infer<typeof VerdictAnswer>;

const commandCall = (verb: Verb) =>
  defineCall({
    method: 'post',
    path: `/assignments/{id}/${verb}`,
    tag,
    summary: `Command: ${verb}`,
    body: COMMANDS[verb] as z.ZodType,
    answers: { 200: CommandAnswer },
  });

/** A call for each verb. */
export const VERB_CALLS = Object.fromEntries(VERBS.map((verb) => [verb, commandCall(verb)])) as Record<
  Verb,
  ReturnType<typeof commandCall>
>;

export const COMMAND_CALLS = {
  many: defineCall({
    method: 'post',
    path: '/commands',
    tag,
    summary:
      'Up to 500 commands at once; one verdict each, in order; those on one assignment are judged in this order',
    body: z.array(ListedCommand).min(1).max(MOST_AT_ONCE),
    bodyFaults: 'each',
    answers: { 200: z.array(VerdictAnswer) },
  }),
};

/** As a list arrives: each element is parsed by itself, and a fault of one element does not refuse the others. */
export const UnreadCommands = z.array(z.unknown()).min(1).max(MOST_AT_ONCE);
