// Which scope of a token each call belongs to: every call that changes something has a row; verbs have it in their own table.
import type { TokenScope } from '../domain/access/token-scope.ts';
import type { Verb } from '../domain/assignment/command.ts';
import { VERB_TABLE } from '../domain/assignment/verb-table.ts';

/** Of `POST /assignments/{id}/<verb>`, and of each command in a list. */
export const scopeOfVerb = (verb: Verb): TokenScope => VERB_TABLE[verb].scope;

/**
 * Every other call that is no GET; contract/calls.test.ts fails where one is missing. `read` stands with those that
 * change nothing, or nothing but the token's own: what a new token may do is judged by itself.
 */
const CALL_SCOPES: Readonly<Record<string, TokenScope>> = {
  'POST /directives/preview': 'read',
  'POST /directives/{id}/amend/preview': 'read',
  'POST /calendars/{id}/preview': 'read',
  'POST /downloads': 'read',
  'DELETE /session': 'read',
  'POST /tokens': 'read',
  // Each command in it by its verb.
  'POST /commands': 'read',

  'POST /files': 'report',
  'POST /assignments/{id}/sheet': 'report',
  'POST /assignments/{id}/sheet/reports': 'report',
  'POST /notifications/read-all': 'report',
  'POST /notifications/{id}/read': 'report',

  'POST /directives': 'command',
  'PUT /directives/{id}': 'command',
  'DELETE /directives/{id}': 'command',
  'POST /directives/{id}/issue': 'command',
  'POST /directives/{id}/copy': 'command',
  'POST /directives/{id}/cancel': 'command',
  'POST /directives/{id}/close': 'command',
  'POST /directives/{id}/amend': 'command',
  'POST /directives/{id}/urge': 'command',
  'POST /directives/{id}/hand-up': 'command',
  'POST /assignments/{id}/urge-below': 'command',
  'PUT /forms/{name}': 'command',
  'POST /forms/{name}/clone': 'command',
  'PUT /elements/{key}': 'command',
  'PUT /forms/{name}/templates/{template}': 'command',
  'PUT /me/preferences': 'command',

  'POST /audit/checkpoints': 'administer',
  'POST /people/{id}/password': 'administer',
  'DELETE /sessions/{id}': 'administer',
  'DELETE /tokens/{id}': 'administer',
  'POST /units': 'administer',
  'PATCH /units/{code}': 'administer',
  'POST /people': 'administer',
  'PATCH /people/{id}': 'administer',
  'POST /task-forces': 'administer',
  'PATCH /task-forces/{code}': 'administer',
  'POST /posts': 'administer',
  'PATCH /posts/{id}': 'administer',
  'POST /organisation/import': 'administer',
  'PUT /calendars/{id}': 'administer',
  'POST /calendars/{id}/notice': 'administer',
  'PUT /policies/{name}': 'administer',
  'POST /endpoints': 'administer',
  'PATCH /endpoints/{id}': 'administer',
  'DELETE /endpoints/{id}': 'administer',
  'POST /endpoints/{id}/test': 'administer',
};

const VERB_CALL = /^POST \/assignments\/\{id\}\/([a-z-]+)$/;

/** By method and path as the contract writes them; null for a call without a row: no token may make it. */
export function scopeOfCall(method: string, path: string): TokenScope | null {
  const call = `${method.toUpperCase()} ${path}`;
  if (/^(GET|HEAD) /.test(call)) return 'read';
  const verb = VERB_CALL.exec(call)?.[1] ?? '';
  return CALL_SCOPES[call] ?? (Object.hasOwn(VERB_TABLE, verb) ? scopeOfVerb(verb as Verb) : null);
}
