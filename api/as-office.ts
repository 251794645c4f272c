// The office of a directive, and nobody else: what issues, amends, hands up and ends it.
import type { Request } from 'express';
import { seesDirective } from '../db/queries/access.ts';
import { findDirective } from '../db/queries/directive.ts';
import { actsFor, unitPlace } from '../domain/organisation.ts';
import { actorOf } from './authenticate.ts';
import type { RouteDeps } from './deps.ts';
import { refused } from './errors.ts';
import { param } from './parse.ts';

/** The id of the directive named in the path. Others who see it are told 403, strangers 404. */
export async function asOffice(deps: RouteDeps, req: Request): Promise<string> {
  const { pool, directory } = deps;
  const { person } = actorOf(req);
  const at = deps.now();
  const people = await directory.current(pool);
  const directive = await findDirective(pool, param(req, 'id'));
  if (!directive) throw refused('NOT_FOUND');
  if (actsFor(people, person, unitPlace(directive.office), null, at)) return directive.id;
  const sees = await seesDirective(pool, people, person, directive.id, at);
  throw refused(sees ? 'FORBIDDEN' : 'NOT_FOUND');
}
