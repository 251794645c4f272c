// The embedded PostgreSQL: made, started or found still running, stopped.
import { chownSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { runCommand } from './command.ts';
import type { CommandResult } from './command.ts';
import { openPostgresHome } from './postgres-home.ts';
import type { PostgresHome } from './postgres-home.ts';
import { freePortNear, LOOPBACK, portFault } from './ports.ts';
import { commandLineOf, findProcess, isRunning } from './process-mark.ts';
import { oneLine, StartFault } from './start-fault.ts';

const USER = 'zhuanban';
const DATABASE = 'zhuanban';
/** Of API and worker, as deploy/postgres-roles.sh has it: it changes rows and nothing else. */
const APP_USER = 'zhuanban_app';
/** pg_ctl status: a server runs on this folder. */
const RUNNING = 0;
const LOG_LIMIT_BYTES = 20_000_000;

/** For speed without losing a committed transaction: fsync and synchronous_commit stay on. */
const SETTINGS: Record<string, string> = {
  listen_addresses: LOOPBACK,
  max_connections: '100',
  shared_buffers: '256MB',
  wal_compression: 'on',
  // Few, long checkpoints: after each, the next write of every page puts the whole page into the log.
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  ...(process.platform === 'win32' ? {} : { unix_socket_directories: "''" }),
};

export type EmbeddedPostgres = {
  /** Address of the database `zhuanban` for its owner, who migrates; holds a password. */
  url: string;
  /** The same for the role of API and worker. */
  appUrl: string;
  /** The folder with data and log, which is outside of DATA_DIR when root's checkout is closed to others. */
  folder: string;
  isAlive: () => boolean;
  /** Ends open connections at once, loses nothing. Calling it again does nothing more. */
  stop: () => Promise<void>;
};
export type PostgresOptions = { dataDir: string; signal?: AbortSignal; settings?: Record<string, string> };

type Cluster = { home: PostgresHome; data: string; pgCtl: (...args: string[]) => Promise<CommandResult> };

/** Starts PostgreSQL on DATA_DIR, or takes over one left running by a kill -9. */
export async function startPostgres({
  dataDir,
  signal,
  settings,
}: PostgresOptions): Promise<EmbeddedPostgres> {
  const home = await openPostgresHome(dataDir);
  const data = path.join(home.folder, 'data');
  const pgCtl: Cluster['pgCtl'] = async (...args) =>
    runCommand(home.programs.pgCtl, ['-D', data, ...args], { runAs: home.runAs, cwd: home.folder });
  const cluster: Cluster = { home, data, pgCtl };
  if (!existsSync(data)) await createCluster(home, data);
  signal?.throwIfAborted();

  const port = (await adopt(cluster)) ?? (await launch(cluster, { ...SETTINGS, ...settings }));
  home.rememberPort(port);
  await createDatabase(urlOf(home, port, 'postgres'));
  await prepareAppRole(urlOf(home, port, DATABASE), home.appPassword);
  const pid = readPostmaster(data)?.pid;
  const mark = pid === undefined ? null : findProcess(pid);
  return {
    url: urlOf(home, port, DATABASE),
    appUrl: addressOf(APP_USER, home.appPassword, port, DATABASE),
    folder: home.folder,
    isAlive: () => mark !== null && isRunning(mark),
    stop: async () => {
      if ((await pgCtl('status')).code !== RUNNING) return;
      const { code, output } = await pgCtl('stop', '-w', '-m', 'fast', '-t', '60');
      if (code !== 0 && (await pgCtl('status')).code === RUNNING)
        throw new Error(`PostgreSQL: ${output.trim()}`);
    },
  };
}

const addressOf = (user: string, password: string, port: number, database: string): string =>
  `postgresql://${user}:${password}@${LOOPBACK}:${port}/${database}?sslmode=disable`;

const urlOf = ({ password }: PostgresHome, port: number, database: string): string =>
  addressOf(USER, password, port, database);

/** initdb into a folder beside, then a rename: a kill half-way leaves nothing that looks like a cluster. */
async function createCluster(home: PostgresHome, data: string): Promise<void> {
  const fresh = `${data}.new`;
  const passwordFile = path.join(home.folder, 'password');
  rmSync(fresh, { recursive: true, force: true });
  writeFileSync(passwordFile, home.password, { mode: 0o600 });
  if (home.runAs !== undefined) chownSync(passwordFile, home.runAs.uid, home.runAs.gid);
  const args = [
    '-D',
    fresh,
    '-U',
    USER,
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '--locale=C',
  ];
  const { code, output } = await runCommand(home.programs.initdb, args, {
    runAs: home.runAs,
    cwd: home.folder,
  });
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw cannotStart(home, output);
  renameSync(fresh, data);
}

/** The port of a server that already runs on this folder and answers; null when one has to be started. */
async function adopt({ home, data, pgCtl }: Cluster): Promise<number | null> {
  const orphan = readPostmaster(data);
  if (orphan === null) return null;
  if (!commandLineOf(orphan.pid).includes('postgres')) {
    // The process id in the file now belongs to another process or a zombie: the file would needlessly stop the new
    // server.
    rmSync(path.join(data, 'postmaster.pid'), { force: true });
    await portGivenUp(orphan.port, 5_000);
    return null;
  }
  if ((await pgCtl('status')).code !== RUNNING) {
    await portGivenUp(orphan.port, 5_000);
    return null;
  }
  if (await answersWithin(5_000, urlOf(home, orphan.port, 'postgres'))) return orphan.port;
  await pgCtl('stop', '-w', '-m', 'immediate', '-t', '30');
  return null;
}

/**
 * Children of a killed server hold its port until they notice that it is gone. Another program on the port does not
 * leave, so the wait ends here.
 */
async function portGivenUp(port: number, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (Date.now() < end && (await portFault(port, LOOPBACK)) !== null) await sleep(50);
}

async function launch({ home, pgCtl }: Cluster, settings: Record<string, string>): Promise<number> {
  const log = path.join(home.folder, 'log');
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  let reason = '';
  // Again when another program took the port meanwhile, or children of a killed server still hold its memory.
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = await freePortNear(home.port);
    const logged = existsSync(log) ? statSync(log).size : 0;
    const started = await pgCtl(
      'start',
      '-w',
      '-t',
      '120',
      '-l',
      log,
      '-o',
      [`-p ${port}`, ...options].join(' '),
    );
    if (started.code === 0) return port;
    reason = (existsSync(log) && textFrom(log, logged)) || started.output;
    if (!/shared memory|already in use|lock file/i.test(reason)) break;
    await sleep(300);
  }
  throw cannotStart(home, /(?:FATAL|PANIC|ERROR): .*/.exec(reason)?.[0] ?? reason);
}

/** Lines 1 and 4 of postmaster.pid: process id and port. */
function readPostmaster(data: string): { pid: number; port: number } | null {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port } : null;
}

async function createDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

/** At each start: a data folder of an earlier release gets the role too, with rights on all that is there already. */
async function prepareAppRole(url: string, password: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [APP_USER]);
    if (rowCount === 0) await client.query(`create role ${APP_USER}`);
    // The password is of letters, digits, "-" and "_" (postgres-home.ts); a role's password takes no parameter.
    await client.query(`
      alter role ${APP_USER} login nosuperuser nocreatedb nocreaterole noreplication password '${password}';
      revoke all on database ${DATABASE} from public;
      grant connect on database ${DATABASE} to ${APP_USER};
      revoke all on schema public from public;
      grant usage on schema public to ${APP_USER};
      grant select, insert, update, delete on all tables in schema public to ${APP_USER};
      grant usage, select, update on all sequences in schema public to ${APP_USER};
      alter default privileges for role ${USER} in schema public
        grant select, insert, update, delete on tables to ${APP_USER};
      alter default privileges for role ${USER} in schema public
        grant usage, select, update on sequences to ${APP_USER}`);
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function answersWithin(timeoutMs: number, url: string): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const answer = await withClient(url, async (client) => client.query('select')).catch(() => null);
    if (answer !== null) return true;
    await sleep(100);
  }
  return false;
}

const textFrom = (file: string, offset: number): string =>
  readFileSync(file).subarray(offset).toString().trim();

function cannotStart(home: PostgresHome, reason: string): StartFault {
  return new StartFault(
    `内置 PostgreSQL（${home.folder}）无法启动：${oneLine(reason)}`,
    `The embedded PostgreSQL (${home.folder}) cannot start: ${oneLine(reason)}`,
  );
}
