// Passwords of the people in the page's tests, made when first asked for.
import { hashPassword } from '../../command/account/password.ts';
import { inTransaction } from '../../db/pool.ts';
import { saveAccount } from '../../db/queries/account.ts';
import { findPerson } from '../../db/queries/organisation-list.ts';
import type { TestApi } from './api.ts';

const PASSWORD = 'of-the-tests-4711';
const made = new WeakMap<TestApi, Set<string>>();

/** The person's login and a password of their own, not one that must be changed. */
export async function passwordOf(api: TestApi, person: string): Promise<{ login: string; password: string }> {
  const known = made.get(api) ?? new Set<string>();
  made.set(api, known);
  const found = await findPerson(api.pool, person);
  if (found === null) throw new Error(`no such person: ${person}`);
  if (!known.has(person)) {
    const passwordHash = await hashPassword(PASSWORD);
    await inTransaction(api.pool, (tx) => saveAccount(tx, { person, passwordHash, mustChange: false }));
    known.add(person);
  }
  return { login: found.login, password: PASSWORD };
}
