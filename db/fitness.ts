// Checks the database before a process begins: is the connection of the right kind, and does the schema fit this
// program?
import { listMigrations } from './migration-list.ts';
import { sqlState, type Pool } from './pool.ts';

/** The database answers, but trying again will not help: an operator must do what the message says. */
export class UnfitServer extends Error {}

const POOLER =
  'DATABASE_URL leads to a connection pooler (PgBouncer or the like) that does not pass on our settings of a session: ' +
  'name PostgreSQL itself there (docs/operators.md, PostgreSQL)';

/** Throws `UnfitServer` with a sentence that says what to do; PostgreSQL's own errors pass through. */
export async function checkFitness(pool: Pool): Promise<void> {
  try {
    await checkSettings(pool);
  } catch (error) {
    if (sqlState(error) === '08P01' || sqlState(error) === '26000')
      throw new UnfitServer(POOLER, { cause: error });
    throw error;
  }
  await checkSchema(pool);
}

/** A pooler in transaction mode cannot keep a session's settings: it drops them or gives them to other clients. */
async function checkSettings(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ kept: boolean }>({
    name: 'fitness/settings',
    text: `
      select current_setting('jit') = 'off' and current_setting('statement_timeout') = '10s'
             and current_setting('lock_timeout') = '2s'
             and current_setting('idle_in_transaction_session_timeout') = '5s' as kept`,
  });
  if (rows[0]?.kept !== true) throw new UnfitServer(POOLER);
}

async function checkSchema(pool: Pool): Promise<void> {
  const known = listMigrations();
  const applied = await pool.query<{ name: string }>('select name from migration').then(
    ({ rows }) => new Set(rows.map(({ name }) => name)),
    (error: unknown) => {
      if (sqlState(error) === UNDEFINED_TABLE) return new Set<string>();
      throw error;
    },
  );
  const missing = known.filter(({ name }) => !applied.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw new UnfitServer(
      `the schema is older than this program, ${missing.join(', ')} is missing: run npm run migrate`,
    );
  const { rows } = await pool.query<{ least: number }>('select least_schema as least from installation');
  const newest = Math.max(...known.map(({ number }) => number));
  const least = rows[0]?.least ?? 0;
  if (least > newest)
    throw new UnfitServer(
      `the schema is newer than this program can work with (it knows migration ${newest}, ${least} is needed): ` +
        'put the version in place that it was made for',
    );
}
const UNDEFINED_TABLE = '42P01';
