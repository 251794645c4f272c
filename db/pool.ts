// Connections to PostgreSQL, with the time limits every transaction here lives under.
import pg from 'pg';

// Counters and sequences fit in 53 bits; read them as numbers, not strings.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type Pool = pg.Pool;
export type Transaction = pg.PoolClient;
/** Whoever can run a query: the pool, or a transaction's connection. */
export type Db = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>;

/** PostgreSQL's own code for an error, e.g. `23505` (unique violation), or undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  // By what it is, not by its class: under jest Node's own errors come from another realm.
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** Is this a connection that is lost or cannot be had, rather than a statement that is wrong? */
export function isAway(error: unknown): boolean {
  const state = sqlState(error);
  // 08: connection exception, 57P: operator intervention (shutdown), 53300: too many connections.
  if (state !== undefined) return /^(08|57P|53300|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT)/.test(state);
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message)
  );
}

/**
 * For connections that only run the short prepared statements of the door and the clockwork. Their plans are made once,
 * often while a table is still empty, and kept: without this a table scan chosen then would stay when it has grown.
 */
export const DOOR_PLANNER =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';

export function createPool(
  url: string,
  options: { max: number; name: string; onError: (error: Error) => void; planner?: string },
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: `zhuanban-${options.name}`,
    connectionTimeoutMillis: 5_000,
    // design.md §2: no writing transaction lasts over 10 s, and a stuck one frees its locks.
    statement_timeout: 10_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 5_000,
    ...(options.planner === undefined ? {} : { options: options.planner }),
  });
  // An idle connection that breaks is replaced at the next use; unheard, the error would end the process.
  pool.on('error', options.onError);
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
