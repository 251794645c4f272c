// A record that went back: the rows of a directive are gone, or nothing of it has gone out yet, and Temporal does not know.
import type { Pool } from '../../db/pool.ts';

const TABLES_OF_A_DIRECTIVE = [
  'notification',
  'submission',
  'event',
  'assignment',
  'plan',
  'desk',
  'attachment',
] as const;

/** As if the database had been brought back from before the directive was sent. */
export async function forget(pool: Pool, id: string): Promise<void> {
  const rows = TABLES_OF_A_DIRECTIVE.map((table) => `delete from ${table} where directive = '${id}';`);
  await pool.query(
    `begin; delete from verdict; ${rows.join(' ')} delete from directive where id = '${id}'; commit`,
  );
}

/** As if the dump had been taken while it went out: its desks stand, and no assignment of it is there. */
export async function takeBackIssue(pool: Pool, id: string): Promise<void> {
  const rows = ['notification', 'event', 'assignment'].map(
    (table) => `delete from ${table} where directive = '${id}';`,
  );
  await pool.query(`
    begin;
    ${rows.join(' ')}
    update desk set issued = false, seq = 0, hash = '', last_at = null, planned_at = null, looked = 0,
                    asked = 1, asked_at = now()
     where directive = '${id}';
    commit`);
}
