// Rows of `account`: passwords.
import type { Db } from '../pool.ts';

export type Account = { person: string; passwordHash: string; mustChange: boolean };

export async function hasAccount(db: Db): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'account/any',
    text: `select exists (select from account) as found`,
  });
  return rows[0]?.found === true;
}

export async function findAccountByLogin(db: Db, login: string): Promise<Account | null> {
  const { rows } = await db.query<Account>({
    name: 'account/find_by_login',
    text: `
      select a.person, a.password_hash as "passwordHash", a.must_change as "mustChange"
        from account a
        join person p on p.id = a.person
       where p.login = $1`,
    values: [login],
  });
  return rows[0] ?? null;
}

export async function findAccount(db: Db, person: string): Promise<Account | null> {
  const { rows } = await db.query<Account>({
    name: 'account/find',
    text: `
      select person, password_hash as "passwordHash", must_change as "mustChange"
        from account
       where person = $1`,
    values: [person],
  });
  return rows[0] ?? null;
}

/** Those of the people who have a password. */
export async function findAccountHolders(db: Db, people: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ person: string }>({
    name: 'account/holders',
    text: `select person from account where person = any($1)`,
    values: [people],
  });
  return new Set(rows.map(({ person }) => person));
}

export async function saveAccount(db: Db, account: Account): Promise<void> {
  await db.query({
    name: 'account/save',
    text: `
      insert into account (person, password_hash, must_change)
      values ($1, $2, $3)
      on conflict (person) do update
         set password_hash = excluded.password_hash, must_change = excluded.must_change, changed_at = now()`,
    values: [account.person, account.passwordHash, account.mustChange],
  });
}

/** Rises with every session, token or account that ends or changes, and with every change of the organisation. */
export async function findSignInVersion(db: Db): Promise<number> {
  const { rows } = await db.query<{ version: number }>({
    name: 'installation/sign_in_version',
    text: 'select sign_in_version + organisation_version as version from installation',
  });
  return rows[0]?.version ?? 0;
}
