// Up to where the events of one directive are complete, so that writers in other directives do not hold its list back.
import type { TransactionPosition } from '../../domain/stream-position.ts';
import type { Db } from '../pool.ts';

/**
 * Below the answered number every transaction that wrote in this directive has ended, and later readers see it. A
 * writer locks its desk before it gets its transaction number, and unlocks it after it has ended. So of the
 * transactions open at the start of this statement (`open`), only those that hold locks of desks, none of them in this
 * directive, may be passed over. The locks are read a moment later; a transaction that has ended by then is seen by the
 * next statement.
 */
export async function findHorizonOf(db: Db, directive: string): Promise<TransactionPosition> {
  const { rows } = await db.query<TransactionPosition>({
    name: 'directive_horizon/find',
    text: `
      with now as materialized (select pg_current_snapshot() as snapshot),
           open as materialized (
             select tx, tx::text::bigint & 4294967295 as xid from now, pg_snapshot_xip(snapshot) as tx),
           held as materialized (
             select pid, case when locktype = 'transactionid' and mode = 'ExclusiveLock'
                              then transactionid::text::bigint end as xid,
                    -- an advisory lock stores its key in two halves
                    case when locktype = 'advisory' and objsubid = 1
                         then classid::bigint << 32 | objid::bigint end as desk
               from pg_locks
              where exists (select from open) and granted and locktype in ('transactionid', 'advisory')
                and (database is null or database = (select oid from pg_database where datname = current_database()))),
           elsewhere as materialized (
             select w.xid from held w
              where w.xid is not null
                and exists (select from held l where l.pid = w.pid and l.desk is not null)
                and not exists (select from held l join desk d on hashtextextended(d.id, 0) = l.desk
                                 where l.pid = w.pid and d.directive = $1))
      select i.epoch,
             coalesce((select tx from open
                        where xid not in (select xid from elsewhere) and pg_xact_status(tx) = 'in progress'
                        order by open.tx limit 1),
                      pg_snapshot_xmax(now.snapshot))::text as tx
        from installation i, now`,
    values: [directive],
  });
  if (rows[0] === undefined) throw new Error('the installation has no row: the database is not migrated');
  return rows[0];
}
