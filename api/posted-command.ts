// The parts of a posted command that a request says: its verb and body, the version it was written for, the request itself.
import type { Request } from 'express';
import { requestHash } from '../command/identity.ts';
import { COMMANDS, type Command, type Verb } from '../domain/assignment/command.ts';
import { refused } from './errors.ts';
import { parseEnvelope } from './parse.ts';

/** A verb and its body as a command; 400 where the envelope is wrong. */
export const readCommand = (verb: Verb, body: unknown): Command =>
  // The verb's own schema has parsed the body: the compiler cannot follow that the two belong together.
  ({ verb, ...parseEnvelope(COMMANDS[verb], body) }) as Command;

/** The version named in `If-Match: "7"`; 400 where it is none. */
export function ifMatchOf(req: Request): number | null {
  const header = req.headers['if-match'];
  if (header === undefined || header === '*') return null;
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header);
  if (!match) throw refused('MALFORMED', { errors: [{ path: 'If-Match', code: 'INVALID' }] });
  return Number(match[1]);
}

export const requestOf = (req: Request): string =>
  requestHash(req.method, req.originalUrl, req.bodyText ?? '');
