// The check for an administrator of the installation.
import type { Request } from 'express';
import { hasRole } from '../../domain/organisation/organisation.ts';
import { actorOf } from './authenticate.ts';
import type { ViewerDeps } from './viewer.ts';

export async function isAdministrator(deps: ViewerDeps, req: Request): Promise<boolean> {
  const directory = await deps.directory.current(deps.pool);
  return hasRole(directory, actorOf(req).person, 'administrator', deps.now());
}
