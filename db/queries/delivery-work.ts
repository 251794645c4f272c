// Sending in rows of `delivery`: claimed on a lease, and each result recorded as soon as it is known.
import { Channel, type DeliveryWay } from '../../domain/delivery/channel.ts';
import type { Db, Transaction } from '../pool.ts';

/** A delivery as its sender holds it. */
export type Claimed = {
  id: number;
  uid: string;
  channel: Channel;
  person: string | null;
  endpoint: string | null;
  type: string;
  directive: string | null;
  assignment: string | null;
  desk: string | null;
  seq: number | null;
  data: Record<string, unknown>;
  chain: DeliveryWay[];
  /** Including this attempt. */
  attempts: number;
  waitedMs: number;
};

const CLAIMED = `d.id, d.uid, d.channel, d.person, d.endpoint, d.type, d.directive, d.assignment, d.desk, d.seq, d.data,
  d.chain, d.attempts, (extract(epoch from clock_timestamp() - d.made_at) * 1000)::float8 as "waitedMs"`;

/**
 * Claims the due deliveries of a channel that have no lease, earliest first, for the time of the lease. Claiming counts
 * as an attempt, also when the claiming process dies: a delivery that kills its sender must not do so for ever. Untried
 * deliveries to the same person or group that fall due within `gatherMs` are claimed too, so that they go in one
 * message.
 */
export async function claimDue(
  db: Db,
  channel: Channel,
  about: { limit: number; leaseMs: number; gatherMs: number },
): Promise<Claimed[]> {
  const { rows } = await db.query<Claimed>({
    name: 'delivery/claim_due',
    text: `
      with
        due as (
          select id, person, endpoint from delivery
           where channel = $1 and state = 'waiting' and not digest and due_at <= clock_timestamp()
             and coalesce(leased_until, '-infinity') < clock_timestamp()
           order by due_at, id
           limit $2 for update skip locked),
        along as (
          select id from delivery l
           where channel = $1 and channel <> 'webhook' and state = 'waiting' and not digest and attempts = 0
             and due_at > now() and due_at <= clock_timestamp() + $4 * interval '1 millisecond'
             and coalesce(leased_until, '-infinity') < clock_timestamp()
             and exists (select from due u
                          where case when l.endpoint is null then u.person = l.person else u.endpoint = l.endpoint end)
           order by due_at, id
           limit $2 for update skip locked)
      update delivery d
         set leased_until = clock_timestamp() + $3 * interval '1 millisecond', attempts = d.attempts + 1
       where d.id in (select id from due union select id from along)
      returning ${CLAIMED}`,
    values: [channel, about.limit, about.leaseMs, about.gatherMs],
  });
  return rows.sort((a, b) => a.id - b.id);
}

/** A delivery that has not been tried yet, whether or not it is leased; null where it has been tried. */
export async function claimFresh(db: Db, id: number, leaseMs: number): Promise<Claimed | null> {
  const { rows } = await db.query<Claimed>({
    name: 'delivery/claim_fresh',
    text: `
      update delivery d
         set leased_until = clock_timestamp() + $2 * interval '1 millisecond', attempts = 1
       where id = $1 and state = 'waiting' and attempts = 0
      returning ${CLAIMED}`,
    values: [id, leaseMs],
  });
  return rows[0] ?? null;
}

/** Sent is final: a later result changes nothing. */
export async function saveSent(db: Db, ids: readonly number[], said: string): Promise<void> {
  await db.query({
    name: 'delivery/save_sent',
    text: `
      update delivery set state = 'sent', sent_at = clock_timestamp(), said = $2, leased_until = null
       where id = any($1) and state = 'waiting'`,
    values: [ids, said],
  });
}

/** Puts it back among those that wait. An attempt that does not count is subtracted. */
export async function saveLater(
  db: Db,
  ids: readonly number[],
  later: { afterMs: number; counts: boolean; said: string | null },
): Promise<void> {
  await db.query({
    name: 'delivery/save_later',
    text: `
      update delivery
         set leased_until = null, due_at = clock_timestamp() + $2 * interval '1 millisecond',
             attempts = case when $3 then attempts else greatest(attempts - 1, 0) end, said = coalesce($4, said)
       where id = any($1) and state = 'waiting'`,
    values: [ids, later.afterMs, later.counts, later.said],
  });
}

/** Failed for good. It follows the next way where one is left; else its person is told in the application. */
export async function saveFailed(tx: Transaction, id: number, said: string): Promise<void> {
  await tx.query({
    name: 'delivery/save_failed',
    text: `
      with failed as (
        update delivery set state = 'failed', said = $2, leased_until = null
         where id = $1 and state = 'waiting' returning *),
      followed as (
        insert into delivery (channel, person, endpoint, type, directive, assignment, desk, seq, data, at, due_at, chain,
               state, follows)
        select chain -> 0 ->> 'channel', person, chain -> 0 ->> 'endpoint', type, directive, assignment, desk, seq, data,
               at, clock_timestamp(), chain - 0, 'waiting', id
          from failed where jsonb_array_length(chain) > 0)
      insert into notification (epoch, tx, person, type, directive, assignment, data, at)
      select i.epoch, pg_current_xact_id(), f.person, 'deliveryFailed', f.directive, f.assignment,
             jsonb_strip_nulls(jsonb_build_object('holder', f.data -> 'holder', 'title', f.data -> 'title',
               'channel', f.channel, 'delivery', f.id, 'of', f.type, 'reason', f.said)), clock_timestamp()
        from failed f, installation i
       where f.person is not null and jsonb_array_length(f.chain) = 0`,
    values: [id, said],
  });
}

/** Channels with a due delivery that has no lease. */
export async function findDueChannels(db: Db): Promise<Channel[]> {
  const { rows } = await db.query<{ channel: Channel }>({
    name: 'delivery/find_due_channels',
    text: `
      select c.channel from unnest($1::text[]) as c (channel)
       where exists (select from delivery d
                      where d.channel = c.channel and d.state = 'waiting' and not d.digest
                        and d.due_at <= clock_timestamp() and coalesce(d.leased_until, '-infinity') < clock_timestamp())`,
    values: [Channel.options],
  });
  return rows.map(({ channel }) => channel);
}
