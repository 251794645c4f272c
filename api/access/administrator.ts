// The administrator of the installation: the check for one, and the refusal of other people.
import type { Request } from 'express';
import { hasRole } from '../../domain/organisation/organisation.ts';
import { actorOf } from './authenticate.ts';
import { forbidden } from '../errors.ts';
import type { ViewerDeps } from './directive-access.ts';

export async function isAdministrator(deps: ViewerDeps, req: Request): Promise<boolean> {
  const directory = await deps.directory.current(deps.pool);
  return hasRole(directory, actorOf(req).person, 'administrator', deps.now());
}

/** 403 for a person who is not an administrator. */
export async function demandAdministrator(deps: ViewerDeps, req: Request): Promise<void> {
  if (!(await isAdministrator(deps, req)))
    throw forbidden({ zh: '仅系统管理员可进行此操作', en: 'Only an administrator may do this' });
}
