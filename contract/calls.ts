// Every call of the API: the published contract, and what the tests hold every answer to, is made from this list.
import { AMENDMENT_CALLS } from './amendments.ts';
import { ASSIGNMENT_CALLS } from './assignments.ts';
import type { ApiCall } from './call.ts';
import { COMMAND_CALLS, VERB_CALLS } from './commands.ts';
import { TREE_CALLS } from './directive-tree.ts';
import { COURSE_CALLS, DIRECTIVE_CALLS, DRAFT_CALLS } from './directives.ts';
import { CALENDAR_CALLS } from './calendars.ts';
import { DELIVERY_CALLS } from './deliveries.ts';
import { ENDPOINT_CALLS } from './endpoints.ts';
import { NOTIFICATION_CALLS } from './notifications.ts';
import { ORGANISATION_CALLS } from './organisation.ts';
import { PEOPLE_CALLS } from './people.ts';
import { POLICY_CALLS } from './policies.ts';
import { POST_CALLS } from './posts.ts';
import { PREFERENCE_CALLS } from './preferences.ts';
import { SESSION_CALLS } from './session.ts';
import { STREAM_CALLS } from './stream.ts';
import { TASK_FORCE_CALLS } from './task-forces.ts';
import { TOKEN_CALLS } from './tokens.ts';
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
  CALENDAR_CALLS,
  DELIVERY_CALLS,
  ENDPOINT_CALLS,
  NOTIFICATION_CALLS,
  ORGANISATION_CALLS,
  POLICY_CALLS,
  PREFERENCE_CALLS,
  STREAM_CALLS,
  TOKEN_CALLS,
];

export const CALLS: readonly ApiCall[] = BY_NOUN.flatMap((calls) => Object.values(calls));
