// Sets a record back: deletes the rows of a directive, or makes it unissued, without telling Temporal.
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

/** As if the database had been restored to a time before the directive was issued. */
export async function forget(pool: Pool, id: string): Promise<void> {
  const rows = TABLES_OF_A_DIRECTIVE.map((table) => `delete from ${table} where directive = '${id}';`);
  await pool.query(
    `begin; delete from verdict; ${rows.join(' ')} delete from directive where id = '${id}'; commit`,
  );
}

/** As if the dump had been taken while it went out: its desks exist, and no assignment of it does. */
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
