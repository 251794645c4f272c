// Connections to PostgreSQL, with the time limits that every transaction here keeps to.
import pg from 'pg';

// Counters and sequences fit in 53 bits; read them as numbers, not strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type Pool = pg.Pool;
export type Transaction = pg.PoolClient;
/** Anything that can run a query: the pool, or a transaction's connection. */
export type Db = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>;

/** PostgreSQL's own code for an error, e.g. `23505` (unique violation), or undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  // Recognised by its shape, not its class: under jest Node's own errors come from another realm.
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** The unique constraint or index that a row broke, by its name; null for any other error. */
export const takenConstraint = (error: unknown): string | null =>
  sqlState(error) === '23505' && error instanceof Object && 'constraint' in error
    ? String(error.constraint)
    : null;

/** Is the connection lost or not to be had, rather than the statement wrong? */
export function isAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return AWAY_STATES.test(state);
  return Error.isError(error) && AWAY_WORDS.test(error.message);
}

/**
 * 08: connection exception (08P01 is a protocol violation), 57P: operator intervention (shutdown), 25P03: our own limit
 * of a transaction's idleness, 53300: too many connections, 53200: out of memory; and Node's codes for network errors.
 */
const AWAY_STATES =
  /^(08(?!P)|57P|25P03|53[23]00|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET|ENOENT)/;
/** The driver's own messages for a connection lost before or during a statement, or while connecting. */
const AWAY_WORDS = /Connection terminated|timeout exceeded when trying to connect|not queryable/;

/** Has PostgreSQL no disk space left to write? Reading still works. */
export const isDiskFull = (error: unknown): boolean => sqlState(error) === '53100';

/**
 * For connections that only run the short prepared statements of the door and the clockwork. Their plans are made once,
 * often while a table is still empty, and kept: without this setting a table scan chosen then would stay when the table
 * has grown.
 */
export const DOOR_PLANNER =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';

/**
 * JIT compilation takes longer than our short statements run; PostgreSQL 14 to 17 would do it for each of the door's.
 */
const NO_JIT = '-c jit=off';

export type PoolOptions = {
  max: number;
  name: string;
  /** Called for every connection that breaks, in use or not. */
  onError: (error: Error) => void;
  planner?: string;
};

export function createPool(url: string, options: PoolOptions): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: `zhuanban-${options.name}`,
    connectionTimeoutMillis: 5_000,
    // design.md §2: no writing transaction lasts over 10 s, and a stuck one frees its locks.
    statement_timeout: 10_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 5_000,
    options: options.planner === undefined ? NO_JIT : `${NO_JIT} ${options.planner}`,
  });
  // A connection may break at any moment, idle in the pool or between two statements of its user. Without a listener
  // that error would end the process. The user's next statement fails; the pool replaces the connection.
  pool.on('connect', (client) => client.on('error', options.onError));
  // The pool reports the error of an idle connection a second time.
  pool.on('error', () => undefined);
  return pool;
}

/** Runs `work` in one READ COMMITTED transaction; rolls back and rethrows on any error. */
export async function inTransaction<T>(pool: Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away, not returned.
    const broken = await client.query('rollback').then(
      () => undefined,
      (failure: unknown) => (failure instanceof Error ? failure : new Error(String(failure))),
    );
    client.release(broken);
    throw error;
  }
}
