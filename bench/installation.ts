// The installation under test: one of its own on a throw-away folder, or one that already runs.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAddresses } from '../embedded/addresses.ts';

export type Installation = {
  url: URL;
  password: string;
  /** null where the installation is not the bench's own. */
  databaseUrl: string | null;
  stop(): Promise<void>;
};

const READY_WITHIN_MS = 120_000;
const PASSWORD = 'bench-password-1';
/** All settings keep their defaults, unless a real user would set and pay for them too. */
const LOG_LEVEL = 'info';

export function joinInstallation(url: string, password: string): Installation {
  return { url: new URL(url), password, databaseUrl: null, stop: () => Promise.resolve() };
}

/**
 * The command that `npm start` runs; with `profile` every Node process leaves a CPU profile in that folder when it
 * ends.
 */
export async function startInstallation({
  profile,
}: {
  profile?: string | undefined;
}): Promise<Installation> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-bench-'));
  // Under root PostgreSQL runs as the user `nobody` and must be able to pass.
  chmodSync(folder, 0o711);
  const port = await freePort();
  const log = path.join(folder, 'start.log');
  const output = openSync(log, 'a');
  const start = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, '..', 'start.ts')],
    {
      stdio: ['ignore', output, output],
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: path.join(folder, 'data'),
        ADMIN_PASSWORD: PASSWORD,
        LOG_LEVEL: process.env.LOG_LEVEL ?? LOG_LEVEL,
        ...(profile === undefined
          ? {}
          : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${path.resolve(profile)}` }),
      },
    },
  );
  const url = new URL(`http://127.0.0.1:${port}`);
  const stop = async (): Promise<void> => {
    await ended(start);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await becomesReady(url, start);
  } catch (error) {
    const told = readFileSync(log, 'utf8');
    await stop();
    throw new Error(`the installation did not start:\n${told}`, { cause: error });
  }
  const { databaseUrl } = readAddresses(path.join(folder, 'data')) ?? { databaseUrl: null };
  return { url, password: PASSWORD, databaseUrl, stop };
}

async function becomesReady(url: URL, start: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && start.exitCode === null) {
    const status = await fetch(new URL('/readyz', url)).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
  throw new Error('not ready');
}

async function ended(start: ChildProcess): Promise<void> {
  if (start.exitCode !== null || start.signalCode !== null) return;
  const exited = once(start, 'exit');
  start.kill('SIGTERM');
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
