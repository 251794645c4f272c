// The way back for an installation without an administrator: `npm run admin` does it, on the machine itself.
import { randomBytes } from 'node:crypto';
import { endSignIns } from '../security/end-sign-ins.ts';
import { recordSecurity } from '../security/record-security.ts';
import { inTransaction, type Pool } from '../../db/pool.ts';
import { findAccount, saveAccount } from '../../db/queries/account.ts';
import { findPerson, listInstallationPosts, updatePost } from '../../db/queries/organisation-list.ts';
import {
  lockOrganisation,
  raiseOrganisationVersion,
  savePeople,
  savePosts,
} from '../../db/queries/organisation.ts';
import { readClock } from '../../db/queries/installation.ts';
import type { SecurityEvent } from '../../domain/audit/security-event.ts';
import { seatOf } from '../../domain/organisation/organisation.ts';
import { ADMINISTRATOR } from './first-administrator.ts';
import { hashPassword } from './password.ts';

/** 96 bits: read off a screen once and typed in once. */
const PASSWORD_BYTES = 12;

const ON_THE_MACHINE = { actor: null, token: null, address: null };

export type Restored = {
  person: string;
  /** False where the person was one already. */
  madeAdministrator: boolean;
  /** To be shown once and never kept; null where the password stays. */
  password: string | null;
};

/**
 * Makes `person` (null: the account every installation begins with) an administrator without an end, and gives a
 * password where there is none or a new one is asked for. Other people lose nothing. Doing it again does nothing.
 */
export async function restoreAdministrator(
  pool: Pool,
  wanted: { person: string | null; resetPassword: boolean },
): Promise<Restored> {
  const person = wanted.person ?? ADMINISTRATOR;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  const passwordHash = await hashPassword(password);
  return inTransaction(pool, async (tx) => {
    await lockOrganisation(tx);
    if ((await findPerson(tx, person)) === null) {
      if (person !== ADMINISTRATOR)
        throw new Error(`没有此人：${person} · there is nobody with the id ${person}`);
      await savePeople(tx, [{ id: person, name: '系统管理员' }]);
    }
    const now = await readClock(tx);
    const own = (await listInstallationPosts(tx)).filter(
      (post) => post.person === person && post.role === 'administrator',
    );
    const isOne = own.some((post) => {
      const { from, to } = seatOf({ role: 'administrator', person, from: post.from, to: post.to });
      return from <= now && to === Number.POSITIVE_INFINITY;
    });
    if (!isOne) {
      // A post without a beginning that has been ended is the same post: it goes on.
      const ended = own.find(({ from }) => from === null);
      if (ended === undefined) await savePosts(tx, [{ role: 'administrator', person }]);
      else await updatePost(tx, ended.id, { ...ended, to: null });
      await raiseOrganisationVersion(tx);
    }
    const needsPassword = wanted.resetPassword || (await findAccount(tx, person)) === null;
    const ended: SecurityEvent[] = [];
    if (needsPassword) {
      await saveAccount(tx, { person, passwordHash, mustChange: true });
      ended.push(...(await endSignIns(tx, person, null)));
    }
    const restored = { person, madeAdministrator: !isOne, passwordReset: needsPassword };
    const events = [{ type: 'administratorRestored' as const, data: restored }, ...ended];
    if (!isOne || needsPassword)
      await recordSecurity(tx, ...events.map((event) => ({ ...ON_THE_MACHINE, ...event })));
    return { person, madeAdministrator: !isOne, password: needsPassword ? password : null };
  });
}
