// A directive on its way in: checked and planned for whoever posts it, who must serve its office.
import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { prepareDirective, type Prepared } from '../command/directive/directive.ts';
import type { DirectiveRequest, PostedDirective } from '../domain/directive/directive.ts';
import { isRefusal } from '../domain/failure.ts';
import type { Millis } from '../domain/instant.ts';
import { officesOf, type Directory } from '../domain/organisation/organisation.ts';
import { actorOf } from './access/authenticate.ts';
import type { RouteDeps } from './deps.ts';
import { Refused, refused } from './errors.ts';

/** A directive's own id is made where none is given: short, sortable by day, not guessable. */
export const newDirectiveId = (now: Millis): string =>
  `d${new Date(now).toISOString().slice(2, 10).replaceAll('-', '')}-${randomBytes(5).toString('hex')}`;

/** Only an office hands directives out; which office is known once the task forces are. */
export async function prepareFor(
  deps: RouteDeps,
  req: Request,
  request: PostedDirective | DirectiveRequest,
  id: string,
): Promise<{ prepared: Prepared; directory: Directory; issuedAt: Millis }> {
  const { person } = actorOf(req);
  const issuedAt = deps.now();
  const directory = await deps.directory.current(deps.pool);
  const offices = officesOf(directory, person, issuedAt);
  if (offices.length === 0) throw refused('FORBIDDEN');
  const prepared = await prepareDirective(deps.pool, deps, { id, request, issuedAt });
  if (isRefusal(prepared)) throw new Refused(prepared);
  if (!offices.includes(prepared.office)) throw refused('FORBIDDEN');
  return { prepared, directory, issuedAt };
}
