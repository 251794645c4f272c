// Is a row what its log makes it? (law 7)
import { isDeepStrictEqual } from 'node:util';
import type { LoggedEvent } from '../../db/queries/event.ts';
import type { RowToVerify } from '../../db/queries/verification.ts';
import { fold } from '../../domain/assignment/evolve.ts';
import type { Happening } from '../../domain/assignment/happening.ts';

export function isFoldOf(directive: string, row: RowToVerify, log: readonly LoggedEvent[]): boolean {
  const events = log.map((event) => ({ ...event, at: event.at.toISOString() }) as unknown as Happening);
  return isDeepStrictEqual(fold(row.id, directive, events), row.state);
}
