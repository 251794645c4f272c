// Urges all holders who owe a report below a node, or in a whole directive, at once (api.md §4, §5).
import { z } from 'zod';
import { COMMANDS } from '../domain/assignment/command.ts';
import { AssignmentAnswer } from './assignments.ts';
import { defineCall } from './call.ts';
import { DirectiveAnswer } from './directive-answer.ts';
import { published } from './naming.ts';

/** How many assignments were urged, and how many people told: each once. */
const UrgedAnswer = published('Urged', z.strictObject({ assignments: z.int(), people: z.int() }));

export const URGING_CALLS = {
  below: defineCall({
    method: 'post',
    path: '/assignments/{id}/urge-below',
    tag: 'assignments',
    summary: 'Urges all who owe below it, one notice a person',
    body: COMMANDS.urge,
    answers: { 200: z.strictObject({ assignment: AssignmentAnswer, urged: UrgedAnswer }) },
  }),
  all: defineCall({
    method: 'post',
    path: '/directives/{id}/urge',
    tag: 'directives',
    summary: 'Urges all who owe in it, one notice a person',
    body: COMMANDS.urge,
    answers: { 200: z.strictObject({ directive: DirectiveAnswer, urged: UrgedAnswer }) },
  }),
};
