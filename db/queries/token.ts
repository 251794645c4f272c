// Rows of `token`: long-lived credentials of services and devices, kept as hashes.
import type { TokenScope } from '../../domain/access/token-scope.ts';
import type { Db } from '../pool.ts';

export type TokenRow = {
  seq: number;
  id: string;
  name: string;
  person: string;
  madeBy: string;
  madeAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  scopes: TokenScope[];
  /** A day in China's time. */
  lastUsedOn: string | null;
};

const COLUMNS = `
  seq, id, name, person, made_by as "madeBy", made_at as "madeAt",
  expires_at as "expiresAt", revoked_at as "revokedAt", scopes,
  (select used_on::text from token_use u where u.token = id) as "lastUsedOn"`;

type NewToken = {
  id: string;
  hash: string;
  name: string;
  person: string;
  madeBy: string;
  /** The token by which it was made, if any. */
  madeWith: string | null;
  expiresAt: string | null;
  scopes: readonly TokenScope[];
};

export async function insertToken(db: Db, token: NewToken): Promise<void> {
  await db.query({
    name: 'token/insert',
    text: `
      insert into token (id, hash, name, person, made_by, made_with, expires_at, scopes)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      token.id,
      token.hash,
      token.name,
      token.person,
      token.madeBy,
      token.madeWith,
      token.expiresAt,
      token.scopes,
    ],
  });
}

/** `mustChange`: the person was given a password that has not been changed yet. */
export type LiveToken = {
  id: string;
  person: string;
  madeBy: string;
  mustChange: boolean;
  expiresAt: Date | null;
  scopes: TokenScope[];
};

/** By hash; null if expired or revoked. */
export async function findLiveToken(db: Db, hash: string): Promise<LiveToken | null> {
  const { rows } = await db.query<LiveToken>({
    name: 'token/find_live',
    text: `
      select t.id, t.person, t.made_by as "madeBy", t.expires_at as "expiresAt",
             coalesce(a.must_change, false) as "mustChange", t.scopes
        from token t
        left join account a on a.person = t.person
       where t.hash = $1
         and t.revoked_at is null
         and (t.expires_at is null or t.expires_at > now())`,
    values: [hash],
  });
  return rows[0] ?? null;
}

export async function findToken(db: Db, id: string): Promise<TokenRow | null> {
  const { rows } = await db.query<TokenRow>({
    name: 'token/find',
    text: `select ${COLUMNS} from token where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Oldest first; `person` null means all people. */
export async function listTokens(
  db: Db,
  person: string | null,
  after: number | null,
  limit: number,
): Promise<TokenRow[]> {
  const { rows } = await db.query<TokenRow>({
    name: 'token/list',
    text: `
      select ${COLUMNS}
        from token
       where ($1::text is null or person = $1)
         and seq > coalesce($2, 0)
       order by seq
       limit $3`,
    values: [person, after, limit],
  });
  return rows;
}

/** With all that were made by it. Revoking twice keeps the first time. */
export async function revokeToken(db: Db, id: string): Promise<void> {
  await db.query({
    name: 'token/revoke',
    text: `
      with recursive descent as (
        select id from token where id = $1
        union
        select t.id from token t join descent d on t.made_with = d.id
      )
      update token set revoked_at = now() where id in (select id from descent) and revoked_at is null`,
    values: [id],
  });
}

/** Writes once a day: who uses a token hears nothing else of it. */
export async function noteTokenUses(db: Db, ids: readonly string[]): Promise<void> {
  await db.query({
    name: 'token_use/note',
    text: `
      insert into token_use (token, used_on)
      select used.token, today.day from unnest($1::text[]) as used (token),
             (select (now() at time zone 'Asia/Shanghai')::date as day) as today
       where not exists (select from token_use u where u.token = used.token and u.used_on >= today.day)
       order by used.token
      on conflict (token) do update set used_on = excluded.used_on`,
    values: [ids],
  });
}

/** Revokes the tokens a person made for themselves, and answers their ids; those made for them, as a service, go on. */
export async function revokeOwnTokens(db: Db, person: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'token/revoke_own',
    text: `update token set revoked_at = now() where person = $1 and made_by = $1 and revoked_at is null
      returning id`,
    values: [person],
  });
  return rows.map(({ id }) => id);
}
