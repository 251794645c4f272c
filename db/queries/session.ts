// Rows of `session`: who is signed in, since when, and when that ends.
import type { Db } from '../pool.ts';

/** A session ends when it was not used for `idleMs`, and `maxMs` after its beginning. */
export type SessionLimits = { idleMs: number; maxMs: number };

export type NewSession = { hash: string; person: string; device: string };

/** `$1` idle, `$2` at most. `expires_at` is the end a session was begun with: a process of the release before sets it. */
const ENDS = `least(expires_at, made_at + $2 * interval '1 millisecond', used_at + $1 * interval '1 millisecond')`;

/** Answers the new session's end as it is now. */
export async function insertSession(
  db: Db,
  session: NewSession,
  { idleMs, maxMs }: SessionLimits,
): Promise<{ id: string; endsAt: Date }> {
  const { rows } = await db.query<{ id: string; endsAt: Date }>({
    name: 'session/insert',
    text: `
      insert into session (hash, person, device, expires_at)
      values ($3, $4, $5, now() + $2 * interval '1 millisecond')
      returning id, ${ENDS} as "endsAt"`,
    values: [idleMs, maxMs, session.hash, session.person, session.device],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('insert returned no row');
  return row;
}

/** Deletes sessions that have ended; answers how many. */
export async function sweepSessions(db: Db, { idleMs, maxMs }: SessionLimits): Promise<number> {
  const { rowCount } = await db.query({
    name: 'session/sweep',
    text: `delete from session where ${ENDS} < now()`,
    values: [idleMs, maxMs],
  });
  return rowCount ?? 0;
}

/** `unusedMs`: how long ago its use was last written down. */
export type SessionRow = { id: string; person: string; mustChange: boolean; endsAt: Date; unusedMs: number };

export async function findSession(
  db: Db,
  hash: string,
  { idleMs, maxMs }: SessionLimits,
): Promise<SessionRow | null> {
  const { rows } = await db.query<SessionRow>({
    name: 'session/find',
    text: `
      select s.id, s.person, coalesce(a.must_change, false) and s.oidc_sub is null as "mustChange", ${ENDS} as "endsAt",
             (extract(epoch from now() - s.used_at) * 1000)::float8 as "unusedMs"
        from session s
        left join account a on a.person = s.person
       where s.hash = $3
         and ${ENDS} > now()`,
    values: [idleMs, maxMs, hash],
  });
  return rows[0] ?? null;
}

/** Of several processes that note the same use one writes. */
export async function noteSessionUse(db: Db, hash: string, everyMs: number): Promise<void> {
  await db.query({
    name: 'session/note_use',
    text: `
      update session set used_at = now()
       where hash = $1 and used_at <= now() - $2 * interval '1 millisecond'`,
    values: [hash, everyMs],
  });
}

export type ListedSession = {
  id: string;
  begunAt: Date;
  usedAt: Date;
  endsAt: Date;
  device: string | null;
};

/** The newest first. */
export async function listSessions(
  db: Db,
  person: string,
  limits: SessionLimits,
  page: { before: { begunAt: string; id: string } | null; limit: number },
): Promise<(ListedSession & { position: string })[]> {
  const { rows } = await db.query<ListedSession & { position: string }>({
    name: 'session/list',
    text: `
      select id, made_at as "begunAt", used_at as "usedAt", ${ENDS} as "endsAt", device, made_at::text as position
        from session
       where person = $3
         and ${ENDS} > now()
         and ($4::timestamptz is null or (made_at, id) < ($4, $5))
       order by made_at desc, id desc
       limit $6`,
    values: [
      limits.idleMs,
      limits.maxMs,
      person,
      page.before?.begunAt ?? null,
      page.before?.id ?? '',
      page.limit,
    ],
  });
  return rows;
}

export async function deleteSession(db: Db, hash: string): Promise<void> {
  await db.query({ name: 'session/delete', text: `delete from session where hash = $1`, values: [hash] });
}

/** Whether the person had such a session. */
export async function deleteSessionById(db: Db, person: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'session/delete_by_id',
    text: `delete from session where person = $1 and id = $2`,
    values: [person, id],
  });
  return rowCount === 1;
}

/** Ends all sessions of a person, except the one named by its hash; answers how many. */
export async function deleteSessionsOf(db: Db, person: string, except: string | null): Promise<number> {
  const { rowCount } = await db.query({
    name: 'session/delete_of',
    text: `delete from session where person = $1 and hash is distinct from $2`,
    values: [person, except],
  });
  return rowCount ?? 0;
}
