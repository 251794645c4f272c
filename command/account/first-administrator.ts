// The account every installation begins with.

import type { Pool } from 'pg';
import { inTransaction } from '../../db/pool.ts';
import { hasAccount, saveAccount } from '../../db/queries/account.ts';
import { findPerson } from '../../db/queries/organisation-list.ts';
import {
  lockOrganisation,
  savePeople,
  savePosts,
  raiseOrganisationVersion,
} from '../../db/queries/organisation.ts';
import { hashPassword } from './password.ts';

/** Person and login of the account every installation begins with. */
export const ADMINISTRATOR = 'admin';

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
