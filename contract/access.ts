// The rule of access of each call of the contract: from the table of calls, or for a verb from the table of verbs.
import type { AccessRule } from '../domain/access/access-rule.ts';
import { CALL_TABLE } from '../domain/access/call-table.ts';
import { VERB_ACCESS } from '../domain/assignment/verb-access.ts';
import type { ApiCall, CallKey } from './call.ts';

const ROWS: Readonly<Record<string, AccessRule>> = { ...CALL_TABLE, ...VERB_ACCESS };

/** As the tables name a call: `GET /directives/{id}`. */
export const callKey = ({ method, path }: Pick<ApiCall, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path}`;

/** `defineCall` does not compile for a call without a row. */
export function ruleOfCall(call: Pick<ApiCall, 'method' | 'path'>): AccessRule {
  const rule = ROWS[callKey(call)];
  if (rule === undefined) throw new Error(`no row of access: ${callKey(call)}`);
  return rule;
}

export const CALL_KEYS = Object.keys(ROWS) as CallKey[];
