// What a directive is to whoever asks for it: the office's, to be read whole, in part, as a superior, or none of theirs.
import type { Request } from 'express';
import { seesDirective } from '../../db/queries/access.ts';
import { findDirective, type DirectiveRow } from '../../db/queries/directive.ts';
import { readsAll, receivesHandUps } from '../../domain/assignment/access.ts';
import type { Millis } from '../../domain/instant.ts';
import { actsFor, unitPlace, type Directory } from '../../domain/organisation/organisation.ts';
import { actorOf } from './authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { param } from '../parse.ts';

/** `whole`: auditors and administrators; `part`: who holds something of it; `superior`: what was handed up. */
export type DirectiveReader = 'office' | 'whole' | 'part' | 'superior';

export type Access = { directive: DirectiveRow; directory: Directory; as: DirectiveReader };

/** The directive named in the path; 404 for strangers. */
export async function accessTo(deps: RouteDeps, req: Request): Promise<Access> {
  const { person } = actorOf(req);
  const directory = await deps.directory.current(deps.pool);
  const directive = await findDirective(deps.pool, param(req, 'id'));
  const as = directive && (await readerOf(deps, directory, person, directive, deps.now()));
  if (!directive || !as) throw refused('NOT_FOUND');
  return { directive, directory, as };
}

async function readerOf(
  deps: RouteDeps,
  directory: Directory,
  person: string,
  directive: DirectiveRow,
  now: Millis,
): Promise<DirectiveReader | null> {
  if (actsFor(directory, person, unitPlace(directive.office), null, now)) return 'office';
  if (readsAll(directory, person, now)) return 'whole';
  // Before `part`: a superior who also holds something of it reads hand-ups here, and his part where the tree is asked for.
  if (receivesHandUps(directory, person, directive, now)) return 'superior';
  return (await seesDirective(deps.pool, directory, person, directive.id, now)) ? 'part' : null;
}

/** The office may act on its directive; others who see it are told so, strangers see nothing. */
export async function officeOf(deps: RouteDeps, req: Request): Promise<Access> {
  const access = await accessTo(deps, req);
  if (access.as !== 'office') throw refused('FORBIDDEN');
  return access;
}
