// The health operators watch: does PostgreSQL answer, is the clockwork behind, has anything failed.
import type { Db, Transaction } from '../pool.ts';

export async function ping(db: Db): Promise<void> {
  await db.query({ name: 'health/ping', text: 'select 1' });
}

/** Writes some hundred kilobytes and frees them; fails as every write does while the disk is full. */
export async function probeRoom(tx: Transaction): Promise<void> {
  await tx.query('create temporary table room on commit drop as select generate_series(1, 20000) as n');
}

export type Backlog = { desksBehind: number; faults: number };

/**
 * Desks whose mark or wake has waited for over 5 seconds (design.md §3), and open assignments on which the clockwork
 * failed.
 */
export async function findBacklog(db: Db): Promise<Backlog> {
  const { rows } = await db.query<Backlog>({
    name: 'health/backlog',
    text: `
      select (select count(*) from desk
               where (asked <> looked and not ended and asked_at < clock_timestamp() - interval '5 seconds')
                  or (planned_at is not null and not ended
                      and planned_at < clock_timestamp() - interval '5 seconds')) as "desksBehind",
             (select count(*) from assignment where fault is not null and not settled) as faults`,
  });
  if (rows[0] === undefined) throw new Error('a count returned no row');
  return rows[0];
}
