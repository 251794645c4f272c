// The oldest open transaction of the cluster that has written: lists and stream show nothing committed after it.
import type { Db } from '../pool.ts';

export type OldestTransaction = {
  /** Every transaction below this number is over; text of an xid8. */
  horizon: string;
  /** null where our role may not see it: the session is another role's, and ours lacks `pg_read_all_stats`. */
  pid: number | null;
  database: string | null;
  application: string | null;
  state: string | null;
  seconds: number | null;
};

/** null when nothing is open. */
export async function findOldestTransaction(db: Db): Promise<OldestTransaction | null> {
  const { rows } = await db.query<OldestTransaction>({
    name: 'health/oldest_transaction',
    text: `
      with seen as (
        select pid, datname::text as database, application_name as application, state,
               extract(epoch from clock_timestamp() - xact_start)::float8 as seconds
          from pg_stat_activity
         where backend_xid is not null and pid <> pg_backend_pid()
        union all
        select null, database::text, gid, 'prepared', extract(epoch from clock_timestamp() - prepared)::float8
          from pg_prepared_xacts
         order by seconds desc nulls last
         limit 1
      )
      select pg_snapshot_xmin(now.snapshot)::text as horizon, seen.*
        from (select pg_current_snapshot() as snapshot) as now left join seen on true
       -- A transaction we may not see shows only in the horizon: later ones have been committed.
       where seen.state is not null or pg_snapshot_xmin(now.snapshot) < pg_snapshot_xmax(now.snapshot)`,
  });
  return rows[0] ?? null;
}
