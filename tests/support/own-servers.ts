// Servers and a worker that a test may kill: its own PostgreSQL and Temporal, worker.ts in a process, an API in this one.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { watchClockwork } from '../../command/clockwork.ts';
import { createNudger } from '../../command/nudge.ts';
import { createPool } from '../../db/pool.ts';
import { migrate } from '../../db/migrate.ts';
import { startPostgres, type EmbeddedPostgres } from '../../embedded/postgres.ts';
import { startTemporal } from '../../embedded/temporal.ts';
import { startApi, type TestApi } from './api.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const TASK_QUEUE = 'zhuanban';
/** Only for speed: what a test kills is a process, never the machine. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export type WorkerProcess = { isAlive: () => boolean; kill: () => Promise<void>; stop: () => Promise<void> };
export type OwnServers = {
  api: TestApi;
  client: Client;
  startWorker: () => Promise<WorkerProcess>;
  /** `npm run rebuild`; its exit code. */
  rebuild: () => Promise<number | null>;
  stopPostgres: () => Promise<void>;
  startPostgres: () => Promise<void>;
  killTemporal: () => Promise<void>;
  startTemporal: () => Promise<void>;
  /** Everything Temporal knew; it must not be running. */
  loseTemporal: () => void;
  close: () => Promise<void>;
};

export async function startOwnServers(organisation: unknown, deskLimit: number): Promise<OwnServers> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-own-'));
  // Under root, PostgreSQL runs as another user and must be able to enter.
  chmodSync(dataDir, 0o711);
  const start = (): Promise<EmbeddedPostgres> => startPostgres({ dataDir, settings: SETTINGS });
  const [postgres, temporal] = await Promise.all([start(), startTemporal({ dataDir })]);
  await migrate(postgres.url);

  const client = new Client({ connection: Connection.lazy({ address: temporal.address }) });
  const clockwork = watchClockwork(client, TASK_QUEUE, pino({ level: 'silent' }));
  const pool = createPool(postgres.url, { max: 4, name: 'test-nudger', onError: () => undefined });
  const nudger = createNudger({ pool, client, taskQueue: TASK_QUEUE, onFailure: () => undefined });
  const nudge = (desks: readonly string[]): void => {
    nudger.nudge(desks);
  };
  const database = { url: postgres.url, drop: () => Promise.resolve() };
  const api = await startApi({ nudge, clockwork, deskLimit }, database);
  const { status, body } = await api.call('POST', '/organisation/import', { body: organisation });
  if (status !== 200) throw new Error(JSON.stringify(body));

  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_TASK_QUEUE: TASK_QUEUE,
    LOG_LEVEL: 'fatal',
  };
  const run = (file: string): ChildProcess =>
    fork(path.join(ROOT, file), { env: environment, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const workers = new Set<ChildProcess>();
  const end = async (worker: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    workers.delete(worker);
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    const exited = once(worker, 'exit');
    worker.kill(signal);
    await exited;
  };
  const temporalPid = (): number => {
    const state = readFileSync(path.join(dataDir, 'temporal', 'state.json'), 'utf8');
    return (JSON.parse(state) as { mark: { pid: number } }).mark.pid;
  };

  return {
    api,
    client,
    startWorker: async () => {
      const worker = run('worker.ts');
      workers.add(worker);
      await once(worker, 'message');
      return {
        isAlive: () => worker.exitCode === null && worker.signalCode === null,
        kill: () => end(worker, 'SIGKILL'),
        stop: () => end(worker, 'SIGTERM'),
      };
    },
    rebuild: async () => {
      const [code] = (await once(run('sentinel.ts'), 'exit')) as [number | null];
      return code;
    },
    stopPostgres: () => postgres.stop(),
    startPostgres: async () => {
      await start();
    },
    killTemporal: async () => {
      process.kill(temporalPid(), 'SIGKILL');
      while (temporal.isAlive()) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    startTemporal: async () => {
      const again = await startTemporal({ dataDir });
      if (again.address !== temporal.address)
        throw new Error('Temporal has moved: its port was taken meanwhile');
    },
    loseTemporal: () => {
      const folder = path.join(dataDir, 'temporal');
      for (const file of readdirSync(folder)) if (file.includes('.db')) rmSync(path.join(folder, file));
    },
    close: async () => {
      for (const worker of [...workers]) await end(worker, 'SIGTERM');
      clockwork.stop();
      await nudger.idle();
      await client.connection.close();
      await api.close();
      await pool.end();
      await (await startTemporal({ dataDir })).stop();
      await (await start()).stop();
      rmSync(postgres.folder, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
