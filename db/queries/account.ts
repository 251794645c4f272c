// Rows of `account` and `session`: passwords and sessions.
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

/** Answers the new session's end; also deletes sessions that have ended. */
export async function insertSession(db: Db, hash: string, person: string, lastsMs: number): Promise<Date> {
  await db.query({ name: 'session/sweep', text: `delete from session where expires_at < now()` });
  const { rows } = await db.query<{ expiresAt: Date }>({
    name: 'session/insert',
    text: `
      insert into session (hash, person, expires_at)
      values ($1, $2, now() + $3 * interval '1 millisecond')
      returning expires_at as "expiresAt"`,
    values: [hash, person, lastsMs],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('insert returned no row');
  return row.expiresAt;
}

export type SessionRow = { person: string; mustChange: boolean; expiresAt: Date };

export async function findSession(db: Db, hash: string): Promise<SessionRow | null> {
  const { rows } = await db.query<SessionRow>({
    name: 'session/find',
    text: `
      select s.person, a.must_change as "mustChange", s.expires_at as "expiresAt"
        from session s
        join account a on a.person = s.person
       where s.hash = $1
         and s.expires_at > now()`,
    values: [hash],
  });
  return rows[0] ?? null;
}

export async function deleteSession(db: Db, hash: string): Promise<void> {
  await db.query({ name: 'session/delete', text: `delete from session where hash = $1`, values: [hash] });
}

/** Ends all sessions of a person, except the one named. */
export async function deleteSessionsOf(db: Db, person: string, except: string | null): Promise<void> {
  await db.query({
    name: 'session/delete_of',
    text: `delete from session where person = $1 and hash is distinct from $2`,
    values: [person, except],
  });
}

/** Rises with every session, token or account that ends or changes. */
export async function findSignInVersion(db: Db): Promise<number> {
  const { rows } = await db.query<{ version: number }>({
    name: 'session/sign_in_version',
    text: 'select sign_in_version as version from installation',
  });
  return rows[0]?.version ?? 0;
}
