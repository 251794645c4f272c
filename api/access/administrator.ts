// The administrator of the installation: the check for one, the refusal of other people, and the first one.
import type { Request } from 'express';
import { inTransaction, type Pool } from '../../db/pool.ts';
import { hasAccount, saveAccount } from '../../db/queries/account.ts';
import {
  lockOrganisation,
  raiseOrganisationVersion,
  savePeople,
  savePosts,
} from '../../db/queries/organisation.ts';
import { findPerson } from '../../db/queries/organisation-list.ts';
import { hasRole } from '../../domain/organisation/organisation.ts';
import { actorOf } from './authenticate.ts';
import { forbidden } from '../errors.ts';
import type { ViewerDeps } from './directive-access.ts';
import { hashPassword } from './password.ts';

/** Person and login of the account every installation begins with. */
export const ADMINISTRATOR = 'admin';

export async function isAdministrator(deps: ViewerDeps, req: Request): Promise<boolean> {
  const directory = await deps.directory.current(deps.pool);
  return hasRole(directory, actorOf(req).person, 'administrator', deps.now());
}

/** 403 for a person who is not an administrator. */
export async function demandAdministrator(deps: ViewerDeps, req: Request): Promise<void> {
  if (!(await isAdministrator(deps, req)))
    throw forbidden({ zh: '仅系统管理员可进行此操作', en: 'Only an administrator may do this' });
}

/** Makes the account `admin` while there is none at all; whether it did. Two processes at once make one. */
export async function ensureAdministrator(pool: Pool, password: string): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    await lockOrganisation(tx);
    if (await hasAccount(tx)) return false;
    if ((await findPerson(tx, ADMINISTRATOR)) === null)
      await savePeople(tx, [{ id: ADMINISTRATOR, name: '系统管理员' }]);
    await savePosts(tx, [{ role: 'administrator', person: ADMINISTRATOR }]);
    await saveAccount(tx, {
      person: ADMINISTRATOR,
      passwordHash: await hashPassword(password),
      mustChange: false,
    });
    await raiseOrganisationVersion(tx);
    return true;
  });
}
