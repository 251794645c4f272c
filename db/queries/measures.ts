// Figures of the record for a scrape: read by indexes or from the catalogue, never by a scan of a table that grows.
import type { Channel } from '../../domain/delivery/channel.ts';
import type { Db } from '../pool.ts';

export type DeskLag = {
  /** How long the desk that is furthest behind has been so; 0 where none is. */
  oldestDeskSeconds: number;
  /** Our sessions that wait for a lock at this moment, in all processes. */
  lockWaiters: number;
};

export async function findStanding(db: Db): Promise<DeskLag> {
  const { rows } = await db.query<DeskLag>({
    name: 'measures/standing',
    text: `
      select coalesce(extract(epoch from clock_timestamp() - least(
               (select min(asked_at) from desk where asked <> looked and not ended),
               (select min(planned_at) from desk
                 where planned_at is not null and not ended and planned_at < clock_timestamp()))),
               0)::float8 as "oldestDeskSeconds",
             (select count(*) from pg_stat_activity
               where wait_event_type = 'Lock' and datname = current_database()
                 and application_name like 'zhuanban-%') as "lockWaiters"`,
  });
  if (rows[0] === undefined) throw new Error('an aggregate returned no row');
  return rows[0];
}

/** Counted up to here: more would be no greater alarm, and would take long to count. */
const MOST_COUNTED = 10_000;

export type Unsent = { channel: Channel; due: number; oldestSeconds: number };

/** For each channel how many deliveries are due and unsent, up to 10,000, and how long the oldest has been due. */
export async function findUnsent(db: Db, channels: readonly Channel[]): Promise<Unsent[]> {
  const { rows } = await db.query<Unsent>({
    name: 'measures/unsent',
    text: `
      select c.channel,
             (select count(*) from (select from delivery d
                where d.channel = c.channel and d.state = 'waiting' and not d.digest
                  and d.due_at <= clock_timestamp() limit $2) as counted) as due,
             greatest(0, coalesce(extract(epoch from clock_timestamp() - (select d.due_at from delivery d
                where d.channel = c.channel and d.state = 'waiting' and not d.digest
                order by d.due_at limit 1)), 0))::float8 as "oldestSeconds"
        from unnest($1::text[]) as c (channel)`,
    values: [channels, MOST_COUNTED],
  });
  return rows;
}

export type TableSize = { table: string; bytes: number; rows: number };

/** Sizes with indexes and TOAST; row counts as the planner estimates them. */
export async function findTableSizes(db: Db): Promise<TableSize[]> {
  const { rows } = await db.query<TableSize>({
    name: 'measures/table_sizes',
    text: `
      select relname::text as "table", coalesce(pg_total_relation_size(oid), 0)::float8 as bytes,
             greatest(reltuples, 0)::float8 as rows
        from pg_class
       where relkind = 'r' and relnamespace = current_schema()::regnamespace`,
  });
  return rows;
}
