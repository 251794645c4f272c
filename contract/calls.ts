// Every call of the API: the published contract, and what the tests hold every answer to, is made from this list.
import type { ApiCall } from './call.ts';
import { PEOPLE_CALLS } from './people.ts';
import { POST_CALLS } from './posts.ts';
import { SESSION_CALLS } from './session.ts';
import { TASK_FORCE_CALLS } from './task-forces.ts';
import { UNIT_CALLS } from './units.ts';

const BY_NOUN: readonly Readonly<Record<string, ApiCall>>[] = [
  SESSION_CALLS,
  UNIT_CALLS,
  PEOPLE_CALLS,
  TASK_FORCE_CALLS,
  POST_CALLS,
];

export const CALLS: readonly ApiCall[] = BY_NOUN.flatMap((calls) => Object.values(calls));
