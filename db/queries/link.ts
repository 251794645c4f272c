// Rows of `link`, `link_secret` and `link_guess`: one-time links, the secret that signs them, and wrong guesses.
import type { LinkAction } from '../../domain/delivery/link.ts';
import type { Db } from '../pool.ts';

export async function loadLinkSecret(db: Db): Promise<Buffer> {
  const { rows } = await db.query<{ secret: Buffer }>({
    name: 'link_secret/load',
    text: 'select secret from link_secret',
  });
  if (rows[0] === undefined)
    throw new Error('the installation has no link secret: the database is not migrated');
  return rows[0].secret;
}

export type NewLink = { id: string; assignment: string; person: string; action: LinkAction };

/** The end of each link, in epoch milliseconds; a link that exists keeps its end. */
export async function insertLinks(
  db: Db,
  links: readonly NewLink[],
  lastsMs: number,
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ id: string; endsMs: number }>({
    name: 'link/insert',
    text: `
      insert into link (id, directive, assignment, person, action, expires_at)
      select id, split_part(assignment, '.', 1), assignment, person, action,
             date_trunc('milliseconds', clock_timestamp() + $5 * interval '1 millisecond')
        from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as x (id, assignment, person, action)
      on conflict (id) do update set made_at = link.made_at
      returning id, (extract(epoch from expires_at) * 1000)::float8 as "endsMs"`,
    values: [
      links.map(({ id }) => id),
      links.map(({ assignment }) => assignment),
      links.map(({ person }) => person),
      links.map(({ action }) => action),
      lastsMs,
    ],
  });
  return new Map(rows.map(({ id, endsMs }) => [id, Math.round(endsMs)]));
}

export async function findLink(db: Db, id: string): Promise<{ usedAt: Date | null } | null> {
  const { rows } = await db.query<{ usedAt: Date | null }>({
    name: 'link/find',
    text: `select used_at as "usedAt" from link where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** A second use keeps the time of the first. */
export async function markLinkUsed(db: Db, id: string): Promise<void> {
  await db.query({
    name: 'link/mark_used',
    text: 'update link set used_at = clock_timestamp() where id = $1 and used_at is null',
    values: [id],
  });
}

/**
 * Deletes links a month after their end, a bounded part at a time. After that their signature still says that they have
 * ended.
 */
export async function sweepLinks(db: Db): Promise<void> {
  await db.query({
    name: 'link/sweep',
    text: `
      delete from link where id in (
        select id from link where expires_at < now() - interval '30 days' order by expires_at limit 1000)`,
  });
}

/** Seconds until one of `limit` guesses within the last minute is forgotten, or null when there are fewer. */
export async function findGuessWait(db: Db, address: string, limit: number): Promise<number | null> {
  const { rows } = await db.query<{ wait: number }>({
    name: 'link_guess/wait',
    text: `
      select ceil(extract(epoch from at + interval '1 minute' - now()))::int as wait
        from link_guess
       where address = $1 and at > now() - interval '1 minute'
       order by at desc offset $2 limit 1`,
    values: [address, limit - 1],
  });
  return rows[0]?.wait ?? null;
}

export async function insertGuess(db: Db, address: string): Promise<void> {
  await db.query({
    name: 'link_guess/sweep',
    text: `delete from link_guess where at < now() - interval '1 minute'`,
  });
  await db.query({
    name: 'link_guess/insert',
    text: 'insert into link_guess (address) values ($1)',
    values: [address],
  });
}
