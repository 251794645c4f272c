// Sessions that began at the provider of single sign-on: named as it names them, ended when it says so.
import type { Db } from '../pool.ts';

export async function noteOidcSession(
  db: Db,
  hash: string,
  { sub, sid }: { sub: string; sid: string | null },
): Promise<void> {
  await db.query({
    name: 'session/note_oidc',
    text: `update session set oidc_sub = $2, oidc_sid = $3 where hash = $1`,
    values: [hash, sub, sid],
  });
}

export async function isOidcSession(db: Db, hash: string): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'session/is_oidc',
    text: `select exists (select from session where hash = $1 and oidc_sub is not null) as found`,
    values: [hash],
  });
  return rows[0]?.found === true;
}

/** A session named ends alone; without one all that the person has from there. */
export async function deleteOidcSessions(
  db: Db,
  { sub, sid }: { sub: string | null; sid: string | null },
): Promise<void> {
  await db.query({
    name: 'session/delete_oidc',
    text: `
      delete from session
       where oidc_sub is not null
         and ($1::text is null or oidc_sub = $1)
         and ($2::text is null or oidc_sid = $2)
         and ($1::text is not null or $2::text is not null)`,
    values: [sub, sid],
  });
}
