// The gate's answer as HTTP: 404 for a directive this person sees nothing of, 403 for a part they know of and may not have.
import type { Request } from 'express';
import type { DirectiveRow } from '../../db/queries/directive.ts';
import { decideAccess } from '../../domain/access/access-rule.ts';
import { HAND_UPS_READ, OF_ITS_OFFICE, TREE_SEEN, WHOLE_READ } from '../../domain/access/access-rules.ts';
import { grantsOfSight, type HeldGrants } from '../../domain/access/grant.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';
import { findDirectiveSeen, type Sight, type Viewer } from '../../reading/gate.ts';
import { refused } from '../errors.ts';
import { param } from '../parse.ts';
import { demandRule } from './right.ts';
import { viewerOf, type ViewerDeps } from './viewer.ts';

export type Access = { directive: DirectiveRow; directory: Directory; sight: Sight; viewer: Viewer };

/** The directive named in the path; 404 for strangers. */
export const accessTo = async (deps: ViewerDeps, req: Request): Promise<Access> =>
  accessBy(deps, await viewerOf(deps, req), param(req, 'id'));

async function accessBy(deps: ViewerDeps, viewer: Viewer, id: string): Promise<Access> {
  const seen = await findDirectiveSeen(deps.pool, viewer, id);
  if (seen === null) throw refused('NOT_FOUND');
  return { ...seen, directory: viewer.directory, viewer };
}

const grantsOf = ({ viewer: { directory, person, now }, sight }: Access): HeldGrants =>
  grantsOfSight(directory, person, sight, now);

/** The office may act on its directive; others who see it are told so, strangers see nothing. */
export async function officeOf(deps: ViewerDeps, req: Request): Promise<Access> {
  const access = await accessTo(deps, req);
  demandRule(OF_ITS_OFFICE, grantsOf(access));
  return access;
}

/** Access to the tree of a directive, or its log. A superior sees nothing of the tree, and is answered like a stranger. */
export async function treeAccessTo(deps: ViewerDeps, req: Request): Promise<Access> {
  const access = await accessTo(deps, req);
  demandRule(TREE_SEEN, grantsOf(access));
  return access;
}

/** The directive in the path, whole: its office's, auditors' and administrators' to read. */
export const wholeOf = async (deps: ViewerDeps, req: Request): Promise<Access> =>
  wholeById(deps, await viewerOf(deps, req), param(req, 'id'));

/** The same, of a directive by its id. */
export async function wholeById(deps: ViewerDeps, viewer: Viewer, id: string): Promise<Access> {
  const access = await accessBy(deps, viewer, id);
  demandRule(WHOLE_READ, grantsOf(access));
  return access;
}

/** People with a part of the tree may not read the documents handed up, unless they are the superior's people. */
export const readsHandUps = (access: Access): boolean =>
  decideAccess(HAND_UPS_READ, grantsOf(access)).allowed;
