// An installation as in production: Debian's PostgreSQL, an outside Temporal, API processes and workers each a process
// of its own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { hash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { createPool, type Pool } from '../../../db/pool.ts';
import { freePort } from '../../../embedded/ports.ts';
import { sendTo, type Answer } from '../api.ts';
import { until } from '../installation.ts';
import { EVERYBODY } from '../play.ts';
import { startDebianPostgres, type DebianPostgres } from './debian-postgres.ts';
import { startProcess, type ProductionProcess, type Program } from './process.ts';
import { startTemporalBinary, startTemporalServer, type OutsideTemporal } from './temporal-server.ts';

export type ApiProcess = ProductionProcess & { url: string; port: number; ofBefore?: boolean };

export type Production = {
  postgres: DebianPostgres;
  temporal: OutsideTemporal;
  dataDir: string;
  /** The test's own connection to the record. */
  readonly pool: Pool;
  token: string;
  /** The administrator's token, after an organisation was imported. */
  administrator: string;
  /** Any program with this installation's environment. */
  run: (program: Program, variables?: Record<string, string>) => ProductionProcess;
  /** Does not wait for it. */
  startApi: (variables?: Record<string, string>, port?: number) => Promise<ApiProcess>;
  startWorker: (variables?: Record<string, string>) => ProductionProcess;
  ask: (
    api: Pick<ApiProcess, 'url' | 'ofBefore'>,
    method: string,
    to: string,
    body?: unknown,
  ) => Promise<Answer>;
  /** Uses another database of the same server from here on; the pool to the one before has been ended. */
  use: (databaseUrl: string) => void;
  stopProcesses: () => Promise<void>;
  close: () => Promise<void>;
};

/** The token of a person who holds every post of the district. */
const TOKEN = 'zbt_test-of-production';
const ADMINISTRATOR = 'zbt_test-of-administrator';

export async function startProduction(options: { migrate?: boolean } = {}): Promise<Production> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-production-'));
  chmodSync(dataDir, 0o711);
  const [postgres, temporal] = await Promise.all([
    startDebianPostgres(path.join(dataDir, 'postgres')),
    process.env.TEMPORAL_SERVER === 'build'
      ? startTemporalServer(path.join(dataDir, 'temporal'))
      : startTemporalBinary(dataDir),
  ]);
  let url = postgres.url;
  const poolOf = (): Pool => createPool(url, { max: 4, name: 'test', onError: () => undefined });
  let pool = poolOf();
  const processes = new Set<ProductionProcess>();
  const run: Production['run'] = (program, variables = {}) => {
    const started = startProcess(program, {
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: temporal.address,
      DATA_DIR: path.join(dataDir, 'data'),
      DRAIN_SECONDS: '0',
      ...variables,
    });
    processes.add(started);
    return started;
  };
  const stopProcesses = async (): Promise<void> => {
    await Promise.all([...processes].map((each) => each.stop()));
  };
  if (options.migrate !== false) {
    const migration = run('migrate');
    if ((await migration.ended) !== '0') throw new Error(JSON.stringify(migration.lines()));
  }
  return {
    postgres,
    temporal,
    dataDir,
    get pool() {
      return pool;
    },
    token: TOKEN,
    administrator: ADMINISTRATOR,
    run,
    startApi: async (variables = {}, port) => {
      const at = port ?? (await freePort());
      const started = run('api-processes', {
        PORT: String(at),
        ADMIN_PASSWORD: 'administrator-1',
        ...variables,
      });
      return { ...started, port: at, url: `http://127.0.0.1:${at}` };
    },
    startWorker: (variables = {}) => run('worker', variables),
    ask: ({ url: to, ofBefore = false }, method, path, body) =>
      sendTo(to, method, path, { ofBefore, ...(body === undefined ? {} : { body }) }, TOKEN),
    use: (databaseUrl) => {
      url = databaseUrl;
      pool = poolOf();
    },
    stopProcesses,
    close: async () => {
      await stopProcesses();
      await pool.end();
      await temporal.stop();
      await postgres.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * After an API process has made the administrator: imports the organisation, and gives `EVERYBODY` and the
 * administrator a token.
 */
export async function bringIn({ pool }: Production, api: ApiProcess, organisation: unknown): Promise<void> {
  await becomesReady(api);
  const insert = (token: string, person: string): Promise<unknown> =>
    pool.query(
      `insert into token (id, hash, name, person, made_by) values ($1, $2, 'test', $1, 'admin') on conflict do nothing`,
      [person, hash('sha256', token, 'hex')],
    );
  await insert(ADMINISTRATOR, 'admin');
  const { status, body } = await sendTo(
    api.url,
    'POST',
    '/organisation/import',
    { body: organisation, ofBefore: api.ofBefore ?? false },
    ADMINISTRATOR,
  );
  if (status !== 200) throw new Error(JSON.stringify(body));
  await insert(TOKEN, EVERYBODY);
}

export const statusOf = async (api: { url: string }, to = '/readyz'): Promise<number | null> =>
  fetch(`${api.url}${to}`).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => null,
  );

export const becomesReady = async (api: ApiProcess): Promise<void> => {
  await until(
    async () => {
      if (!api.isAlive()) throw new Error(`an API process ended: ${JSON.stringify(api.lines().at(-1))}`);
      return (await statusOf(api)) === 200;
    },
    () => `ready: ${JSON.stringify(api.lines().slice(-5))}`,
  );
};
