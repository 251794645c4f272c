// Debian's own PostgreSQL 15 on a throw-away folder: started, stopped and started again at the same port, as an
// operator would.
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from '../../../embedded/command.ts';
import { freePort, LOOPBACK } from '../../../embedded/ports.ts';
import { administer, databaseUrl } from '../stack.ts';

const PROGRAMS = '/usr/lib/postgresql/15/bin';
/** PostgreSQL refuses to run as root; uid and gid of "nobody", which every Linux knows. */
const RUN_AS = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
const SETTINGS = [
  `listen_addresses=${LOOPBACK}`,
  // A socket's path must be short; all clients here use TCP.
  `unix_socket_directories=''`,
  'max_connections=200',
  'shared_buffers=128MB',
];

export type DebianPostgres = {
  /** Address of the database `zhuanban`, owned by the superuser of the cluster. */
  url: string;
  /** As `systemctl stop`: every connection is ended, nothing is lost. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  remove: () => Promise<void>;
};

/** `folder`: the folder for the data; by default one of its own below the system's temporary folder. */
export async function startDebianPostgres(folder = freshFolder()): Promise<DebianPostgres> {
  if (!existsSync(PROGRAMS)) throw new Error(`${PROGRAMS} is missing: apt-get install postgresql-15`);
  const data = path.join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  if (RUN_AS !== undefined) chownSync(folder, RUN_AS.uid, RUN_AS.gid);
  const run = async (program: string, ...args: string[]): Promise<void> => {
    const { code, output } = await runCommand(path.join(PROGRAMS, program), args, {
      runAs: RUN_AS,
      cwd: folder,
    });
    if (code !== 0) throw new Error(`${program}: ${output}`);
  };
  const port = await freePort();
  const options = [`-p ${port}`, ...SETTINGS.map((setting) => `-c ${setting}`)].join(' ');
  const log = path.join(folder, 'log');
  const start = (): Promise<void> =>
    run('pg_ctl', '-D', data, '-w', '-t', '120', '-l', log, '-o', options, 'start');
  const stop = (): Promise<void> => run('pg_ctl', '-D', data, '-w', '-t', '120', '-m', 'fast', 'stop');

  await run('initdb', '-D', data, '-U', 'zhuanban', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
  await start();
  const server = `postgresql://zhuanban@${LOOPBACK}:${port}/postgres`;
  await administer(server, 'create database zhuanban');
  return {
    url: databaseUrl(server, 'zhuanban'),
    start,
    stop,
    remove: async () => {
      await stop().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const freshFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'zhuanban-production-'));
