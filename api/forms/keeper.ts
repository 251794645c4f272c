// People who may issue directives, and administrators, may write forms, elements and templates.
import type { Request } from 'express';
import type { Keeper } from '../../command/form/library.ts';
import { hasRole, officesOf } from '../../domain/organisation/organisation.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { forbidden } from '../errors.ts';

/** 403 for all other people. */
export async function demandKeeper(deps: RouteDeps, req: Request): Promise<Keeper> {
  const { person } = actorOf(req);
  const directory = await deps.directory.current(deps.pool);
  const offices = officesOf(directory, person, deps.now());
  const isAdministrator = hasRole(directory, person, 'administrator', deps.now());
  if (offices.length === 0 && !isAdministrator)
    throw forbidden({
      zh: '仅办公室人员和系统管理员可进行此操作',
      en: 'Only an office’s people and administrators may do this',
    });
  return { person, offices, isAdministrator };
}
