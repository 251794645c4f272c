// A database whose clock a test moves: our schema comes first and replaces the time functions the queries call.
import pg from 'pg';
import type { TestDatabase } from './stack.ts';

export type MovedClock = {
  /** The clock the API is given. */
  now: () => number;
  /** Never backwards once a row has been written with it. */
  moveTo: (instant: number) => Promise<void>;
  close: () => Promise<void>;
};

const SHADOW = `
  create schema moved;
  create table moved.clock (ahead interval not null);
  insert into moved.clock values (interval '0');
  create function moved.clock_timestamp() returns timestamptz language sql volatile
    as 'select pg_catalog.clock_timestamp() + ahead from moved.clock';
  create function moved.now() returns timestamptz language sql stable
    as 'select pg_catalog.now() + ahead from moved.clock';`;

/**
 * Call it before any connection of the installation is opened: later connections find the schema, earlier ones do not.
 */
export async function moveClockOf({ url }: TestDatabase): Promise<MovedClock> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(SHADOW);
  const name = new URL(url).pathname.slice(1);
  await client.query(`alter database "${name}" set search_path = moved, public, pg_catalog`);
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    async moveTo(instant) {
      const { rows } = await client.query<{ ms: number }>(
        `select extract(epoch from pg_catalog.clock_timestamp())::float8 * 1000 as ms`,
      );
      aheadMs = instant - (rows[0]?.ms ?? Date.now());
      await client.query(`update moved.clock set ahead = $1 * interval '1 millisecond'`, [aheadMs]);
    },
    close: () => client.end(),
  };
}
