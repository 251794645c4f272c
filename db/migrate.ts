// Brings the database's schema up to date, forward only, while processes of the previous release go on working.
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { listMigrations, type Migration } from './migration-list.ts';
import { sqlState } from './pool.ts';

/** The advisory lock of the library used before: it keeps a run of an earlier release and ours apart. */
const TURN = '7241865325823964';
const ASK_EVERY_MS = 500;
/**
 * A statement that waits for a table's lock makes all later ones wait behind it. It waits this long at most, then lets
 * them through; for commands that is a short delay.
 */
const LOCK_TIMEOUT = '2s';
const AGAIN_AFTER_MS = 1_000;
/** Our transactions last 10 s at most. If another one blocks us for this long, a person must end it. */
const PATIENCE_MS = 300_000;

export type MigrateOptions = {
  log?: { info(about: object, text: string): void; warn(about: object, text: string): void };
  /** Tests bring migrations of their own, and have less patience. */
  migrations?: readonly Migration[];
  patienceMs?: number;
};

/** Applies the missing migrations in order, each by itself: those applied stay if a later one fails. */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'zhuanban-migrate',
    connectionTimeoutMillis: 5_000,
    options: '-c jit=off',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await takeTurn(client, options);
    await client.query(`
      create table if not exists migration (id serial primary key, name varchar(255) not null, run_on timestamp not null)`);
    const { rows } = await client.query<{ name: string }>('select name from migration');
    const applied = new Set(rows.map(({ name }) => name));
    for (const migration of options.migrations ?? listMigrations()) {
      if (applied.has(migration.name)) continue;
      if (migration.isConcurrent) await applyConcurrently(client, migration);
      else await applyPatiently(client, migration, options);
      options.log?.info({ migration: migration.name }, 'applied');
    }
  } finally {
    // The lock ends with the connection.
    await client.end().catch(() => undefined);
  }
}

/** One process at a time; the others wait, and then find nothing left to do. */
async function takeTurn(client: pg.Client, { log }: MigrateOptions): Promise<void> {
  for (let asked = 0; ; asked += 1) {
    const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(${TURN}) as taken`);
    if (rows[0]?.taken === true) return;
    if (asked === 0) log?.info({}, 'another process brings the schema up to date: waiting for it');
    await pause(ASK_EVERY_MS);
  }
}

/** One transaction, tried again when a lock cannot be had in time or in a deadlock with another transaction. */
async function applyPatiently(
  client: pg.Client,
  migration: Migration,
  options: MigrateOptions,
): Promise<void> {
  const sinceMs = performance.now();
  for (;;) {
    try {
      await applyWhole(client, migration);
      return;
    } catch (error) {
      await client.query('rollback');
      if (!['55P03', '40P01'].includes(sqlState(error) ?? '')) throw error;
      const blockers = await findOpenTransactions(client);
      if (performance.now() - sinceMs > (options.patienceMs ?? PATIENCE_MS)) throw error;
      options.log?.warn(
        { migration: migration.name, openTransactions: blockers },
        'a table is in use: trying again in a second',
      );
      await pause(AGAIN_AFTER_MS);
    }
  }
}

async function applyWhole(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
  await client.query(migration.text);
  await remember(client, migration);
  if (migration.isBreaking)
    await client.query('update installation set least_schema = greatest(least_schema, $1)', [
      migration.number,
    ]);
  await client.query('commit');
}

const remember = async (client: pg.Client, { name }: Migration): Promise<void> => {
  await client.query('insert into migration (name, run_on) values ($1, now())', [name]);
};

/** `create index concurrently if not exists x …` or `drop index concurrently if exists x`. */
const INDEX =
  /^(?:create\s+(?:unique\s+)?index\s+concurrently\s+if\s+not\s+exists|drop\s+index\s+concurrently\s+if\s+exists)\s+(\w+)/i;

/** A process that died may have run a statement before: an index it left half made is made anew. */
async function applyConcurrently(client: pg.Client, migration: Migration): Promise<void> {
  const statements = migration.text
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean);
  for (const statement of statements) {
    const index = INDEX.exec(statement)?.[1];
    if (index === undefined)
      throw new Error(
        `${migration.name}: "${statement.slice(0, 60)}" is not about an index that may be there already`,
      );
    const { rowCount } = await client.query(
      'select from pg_index where indexrelid = to_regclass($1) and not indisvalid',
      [index],
    );
    if (rowCount !== 0) await client.query(`drop index concurrently ${index}`);
    await client.query(statement);
  }
  await remember(client, migration);
}

type OpenTransaction = { pid: number; name: string; state: string; seconds: number };

/** The long transactions in this database, which may be blocking us. */
async function findOpenTransactions(client: pg.Client): Promise<OpenTransaction[]> {
  const { rows } = await client.query<OpenTransaction>(`
    select pid, application_name as name, state, round(extract(epoch from clock_timestamp() - xact_start))::int as seconds
      from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and xact_start < clock_timestamp() - interval '1 second'
     order by xact_start limit 5`);
  return rows;
}
