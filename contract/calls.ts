// Every call of the API: the published contract, and what the tests hold every answer to, is made from this list.
import { AMENDMENT_CALLS } from './amendments.ts';
import { ASSIGNMENT_CALLS } from './assignments.ts';
import type { ApiCall } from './call.ts';
import { COMMAND_CALLS, VERB_CALLS } from './commands.ts';
import { TREE_CALLS } from './directive-tree.ts';
import { COURSE_CALLS, DIRECTIVE_CALLS, DRAFT_CALLS } from './directives.ts';
import { PEOPLE_CALLS } from './people.ts';
import { POST_CALLS } from './posts.ts';
import { SESSION_CALLS } from './session.ts';
import { TASK_FORCE_CALLS } from './task-forces.ts';
import { UNIT_CALLS } from './units.ts';
import { URGING_CALLS } from './urging.ts';

const BY_NOUN: readonly Readonly<Record<string, ApiCall>>[] = [
  SESSION_CALLS,
  UNIT_CALLS,
  PEOPLE_CALLS,
  TASK_FORCE_CALLS,
  POST_CALLS,
  DIRECTIVE_CALLS,
  DRAFT_CALLS,
  COURSE_CALLS,
  TREE_CALLS,
  AMENDMENT_CALLS,
  ASSIGNMENT_CALLS,
  VERB_CALLS,
  COMMAND_CALLS,
  URGING_CALLS,
];

export const CALLS: readonly ApiCall[] = BY_NOUN.flatMap((calls) => Object.values(calls));
