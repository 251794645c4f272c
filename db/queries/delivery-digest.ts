// Digests in rows of `delivery`: the waiting deliveries of a person and channel become one delivery.
import type { Channel, DeliveryWay } from '../../domain/delivery/channel.ts';
import type { Digest, DigestLine } from '../../domain/delivery/digest.ts';
import type { Db, Transaction } from '../pool.ts';

/** The deliveries that wait for one person's digest on one channel. */
export type GatheredRow = {
  person: string;
  channel: Channel;
  endpoint: string | null;
  chain: DeliveryWay[];
  count: number;
  lines: DigestLine[];
};

/** One transaction at a time over all workers: a second one finds nothing to do. */
export async function lockDigests(tx: Transaction): Promise<boolean> {
  const { rows } = await tx.query<{ locked: boolean }>({
    name: 'delivery/lock_digests',
    text: `select pg_try_advisory_xact_lock(hashtextextended('digest', 0)) as locked`,
  });
  return rows[0]?.locked ?? false;
}

/** For up to so many people whose digest is due at `atMs`; of each digest the oldest lines, and how many there are. */
export async function gatherDue(
  tx: Transaction,
  about: { atMs: number; people: number; lines: number },
): Promise<GatheredRow[]> {
  const { rows } = await tx.query<GatheredRow>({
    name: 'delivery/gather_due',
    text: `
      with people as (
        select distinct person from (
          select person from delivery
           where state = 'waiting' and digest and due_at <= to_timestamp($1::float8 / 1000)
           order by due_at, person limit $2) first),
      waiting as (
        select d.*, row_number() over w as n, count(*) over (partition by d.person, d.channel, d.endpoint) as count
          from delivery d join people p using (person)
         where d.state = 'waiting' and d.digest and d.due_at <= to_timestamp($1::float8 / 1000)
        window w as (partition by d.person, d.channel, d.endpoint order by d.id))
      select person, channel, endpoint, max(count)::int as count,
             -- the ways of the oldest delivery: the newest may be of a place that has none
             (jsonb_agg(chain order by id) -> 0) as chain,
             json_agg(json_build_object('type', type, 'assignment', assignment, 'at', at, 'data', data) order by id) as lines
        from waiting where n <= $3
       group by person, channel, endpoint
       order by person, channel`,
    values: [about.atMs, about.people, about.lines],
  });
  return rows;
}

/** Writes the digests, due at once; everything that waited for a digest goes with it. */
export async function saveDigests(
  tx: Transaction,
  atMs: number,
  digests: readonly (Omit<GatheredRow, 'lines' | 'count'> & { type: string; data: Digest })[],
): Promise<void> {
  await tx.query({
    name: 'delivery/save_digests',
    text: `
      with made as (
        insert into delivery (channel, person, endpoint, type, data, at, due_at, chain, state)
        select channel, person, endpoint, type, data, clock_timestamp(), clock_timestamp(), chain, 'waiting'
          from json_to_recordset($1::json) as x (channel text, person text, endpoint text, type text, data jsonb, chain jsonb)
        returning id, person, channel, endpoint)
      update delivery d
         set state = 'collapsed', goes_with = m.id
        from made m
       where d.person = m.person and d.channel = m.channel and d.endpoint is not distinct from m.endpoint
         and d.state = 'waiting' and d.digest and d.due_at <= to_timestamp($2::float8 / 1000)`,
    values: [JSON.stringify(digests), atMs],
  });
}

/** Has a digest been due for so long that the schedule must be gone? */
export async function areDigestsBehind(db: Db, behindMs: number): Promise<boolean> {
  const { rows } = await db.query<{ behind: boolean }>({
    name: 'delivery/are_digests_behind',
    text: `
      select exists (select from delivery
                      where state = 'waiting' and digest
                        and due_at < clock_timestamp() - $1 * interval '1 millisecond') as behind`,
    values: [behindMs],
  });
  return rows[0]?.behind ?? false;
}
