// Every call of the API: the published contract and the tests' check of every answer are made from this list.
import type { ApiCall } from './call.ts';
import { AUDIT_CALLS } from './audit.ts';
import { AMENDMENT_CALLS } from './amendments.ts';
import { ASSIGNMENT_PAGE_CALLS } from './assignment-page.ts';
import { ASSIGNMENT_CALLS } from './assignments.ts';
import { BOARD_CALLS } from './board.ts';
import { CALENDAR_CALLS } from './calendars.ts';
import { DOCUMENT_CALLS } from './documents.ts';
import { DOWNLOAD_CALLS } from './downloads.ts';
import { ELEMENT_CALLS } from './elements.ts';
import { FILE_CALLS } from './files.ts';
import { FORM_TO_FILL_CALLS } from './forms-to-fill.ts';
import { FORM_CALLS } from './forms.ts';
import { SHEET_CALLS } from './sheets.ts';
import { SUBMISSION_CALLS } from './submissions.ts';
import { TEMPLATE_CALLS } from './templates.ts';
import { COMPLIANCE_CALLS } from './compliance.ts';
import { COMMAND_CALLS, VERB_CALLS } from './commands.ts';
import { DELIVERY_CALLS } from './deliveries.ts';
import { TREE_CALLS } from './directive-tree.ts';
import { COURSE_CALLS, DIRECTIVE_CALLS, DRAFT_CALLS } from './directives.ts';
import { ENDPOINT_CALLS } from './endpoints.ts';
import { FIGURE_CALLS } from './figures.ts';
import { HAND_UP_CALLS } from './hand-ups.ts';
import { LINK_CALLS } from './links.ts';
import { NODE_CALLS } from './nodes.ts';
import { NOTIFICATION_CALLS } from './notifications.ts';
import { OIDC_CALLS } from './oidc.ts';
import { OPERATION_CALLS } from './operations.ts';
import { ORGANISATION_CALLS } from './organisation.ts';
import { OUTLIER_CALLS } from './outliers.ts';
import { PEOPLE_CALLS } from './people.ts';
import { POLICY_CALLS } from './policies.ts';
import { POST_CALLS } from './posts.ts';
import { PREFERENCE_CALLS } from './preferences.ts';
import { SESSION_CALLS } from './session.ts';
import { SLIP_CALLS } from './slips.ts';
import { STREAM_CALLS } from './stream.ts';
import { SUMMARY_CALLS } from './summaries.ts';
import { TASK_FORCE_CALLS } from './task-forces.ts';
import { TOKEN_CALLS } from './tokens.ts';
import { UNIT_CALLS } from './units.ts';
import { URGING_CALLS } from './urging.ts';
import { WORK_CALLS } from './work.ts';

const BY_NOUN: readonly Readonly<Record<string, ApiCall>>[] = [
  FORM_CALLS,
  ELEMENT_CALLS,
  TEMPLATE_CALLS,
  FORM_TO_FILL_CALLS,
  FILE_CALLS,
  SHEET_CALLS,
  SUBMISSION_CALLS,
  DOCUMENT_CALLS,
  SESSION_CALLS,
  OIDC_CALLS,
  DOWNLOAD_CALLS,
  UNIT_CALLS,
  PEOPLE_CALLS,
  TASK_FORCE_CALLS,
  POST_CALLS,
  DIRECTIVE_CALLS,
  DRAFT_CALLS,
  COURSE_CALLS,
  TREE_CALLS,
  AMENDMENT_CALLS,
  AUDIT_CALLS,
  ASSIGNMENT_CALLS,
  ASSIGNMENT_PAGE_CALLS,
  WORK_CALLS,
  NODE_CALLS,
  BOARD_CALLS,
  VERB_CALLS,
  COMMAND_CALLS,
  COMPLIANCE_CALLS,
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
  FIGURE_CALLS,
  HAND_UP_CALLS,
  LINK_CALLS,
  OPERATION_CALLS,
  OUTLIER_CALLS,
  SLIP_CALLS,
  SUMMARY_CALLS,
];

export const CALLS: readonly ApiCall[] = BY_NOUN.flatMap((calls) => Object.values(calls));
