// Everything `npm start` runs on one machine: brought up in order, watched, ended in the opposite order.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentWith, EXIT_BAD_CONFIG } from '../config.ts';
import type { Config } from '../config.ts';
import { startChild } from './child.ts';
import type { Child, Ready } from './child.ts';
import { lockDataFolder, markEnding, openDataFolder } from './data-folder.ts';
import { endOrphans, rememberChild } from './orphans.ts';
import { closeToOthers } from './own-files.ts';
import { LOOPBACK, portFault } from './ports.ts';
import { createServers } from './servers.ts';
import type { Addresses } from './servers.ts';
import { oneLine, StartFault } from './start-fault.ts';

const READY_WITHIN_MS = 120_000;
/** How often the servers' processes are checked; starting one takes about as long. */
const WATCH_MS = 500;
/** A server that lives shorter than this after a start has died quickly. */
const QUICK_MS = 60_000;
const QUICK_DEATHS_ALLOWED = 5;
/** The API finishes its requests (api/draining.ts), the worker its activities: no transaction lasts over 10 s (design.md §2). */
const GRACE_MS = { api: 17_000, worker: 15_000 } as const;
type Role = keyof typeof GRACE_MS;

export type InstallationOptions = {
  config: Config;
  /** First password of `admin`; used only while the database has no account. */
  adminPassword: string;
  migrate: (databaseUrl: string) => Promise<void>;
  /** Node's flags and the file of each process. */
  programs: Record<Role, readonly string[]>;
  say: (chinese: string, english: string) => void;
  onAdminCreated: () => void;
  /** The installation cannot go on by itself; the caller must stop it. */
  onFailure: (error: unknown) => void;
};
export type Installation = {
  /** Resolves when `/readyz` answers 200. */
  start: () => Promise<Addresses & { apiUrl: string }>;
  /** Ends all that was started, even in the middle of starting. Calling it again does nothing more. */
  stop: () => Promise<void>;
};

export function createInstallation(options: InstallationOptions): Installation {
  const { config } = options;
  const ending = new AbortController();
  const servers = createServers(config, ending.signal);
  // In the order in which they are ended: first the API, so that it takes no more commands, then the worker.
  const children: Child[] = [];
  let lock: { release: () => void } | null = null;
  let background: Promise<void> = Promise.resolve();
  let stopped: Promise<void> | null = null;

  function startChildren(addresses: Addresses): void {
    children.push(...(['api', 'worker'] as const).map((role) => startRole(options, role, addresses)));
  }
  async function stopChildren(): Promise<void> {
    for (const child of children.splice(0)) await child.stop();
  }

  async function start(): Promise<Addresses & { apiUrl: string }> {
    openDataFolder(config.dataDir);
    lock = await lockDataFolder(config.dataDir, ending.signal);
    await closeToOthers(config.dataDir);
    await endOrphans(config.dataDir);
    await checkPort(config);
    const addresses = await servers.start();
    ending.signal.throwIfAborted();
    await migrateOrSay(options, addresses.databaseUrl);
    ending.signal.throwIfAborted();
    startChildren(addresses);
    background = watch(addresses).catch(options.onFailure);
    const apiUrl = urlOf(config);
    await becomesReady(apiUrl, config.dataDir, ending.signal);
    return { ...addresses, apiUrl };
  }

  /** Restarts a server that died. API and worker find it at the same address, or are restarted. */
  async function watch(first: Addresses): Promise<void> {
    let known = first;
    let quickDeaths = 0;
    while (quickDeaths < QUICK_DEATHS_ALLOWED) {
      const aliveSince = Date.now();
      while (await servers.isAlive()) {
        await sleep(WATCH_MS, undefined, { signal: ending.signal }).catch(() => undefined);
        if (ending.signal.aborted) return;
      }
      quickDeaths = Date.now() - aliveSince < QUICK_MS ? quickDeaths + 1 : 0;
      options.say(
        'PostgreSQL 或 Temporal 意外退出，正在重新启动。',
        'PostgreSQL or Temporal has died; starting it again.',
      );
      const now = await servers.start();
      const moved = now.databaseUrl !== known.databaseUrl || now.temporalAddress !== known.temporalAddress;
      known = now;
      if (!moved) continue;
      await stopChildren();
      startChildren(now);
    }
    throw new StartFault(
      'PostgreSQL 或 Temporal 反复意外退出，已放弃。',
      'PostgreSQL or Temporal has died too often; giving up.',
    );
  }

  async function stop(): Promise<void> {
    ending.abort();
    if (lock !== null) markEnding(config.dataDir);
    await background;
    await stopChildren();
    await servers.stop();
    lock?.release();
  }

  return { start, stop: async () => (stopped ??= stop()) };
}

function startRole(options: InstallationOptions, role: Role, addresses: Addresses): Child {
  const { config, say } = options;
  const logFile = logFileOf(config.dataDir, role);
  return startChild({
    args: options.programs[role],
    env: environmentWith(variablesFor(role, options, addresses)),
    logFile,
    graceMs: GRACE_MS[role],
    finalCodes: [EXIT_BAD_CONFIG],
    onStarted: (mark) => {
      rememberChild(config.dataDir, role, mark);
    },
    onReady: ({ adminCreated }: Ready) => {
      if (adminCreated === true) options.onAdminCreated();
    },
    onRestart: (code) => {
      say(
        `${role} 进程退出（${code}），正在重启；日志：${logFile}`,
        `The ${role} process ended (${code}), starting it again.`,
      );
    },
    onGivenUp: (code) => {
      options.onFailure(
        new StartFault(
          `${role} 进程反复退出（${code}），已放弃；原因见 ${logFile}。`,
          `The ${role} process keeps ending (${code}), giving up; the reason is in ${logFile}.`,
        ),
      );
    },
  });
}

function variablesFor(
  role: Role,
  { config, adminPassword }: InstallationOptions,
  { appDatabaseUrl, temporalAddress }: Addresses,
): Record<string, string | null> {
  return {
    HOST: config.host,
    PORT: String(config.port),
    DATA_DIR: config.dataDir,
    DATABASE_URL: appDatabaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    ADMIN_PASSWORD: role === 'api' ? adminPassword : null,
    // The API serves its metrics at one port of its own, which two processes cannot share.
    METRICS_PORT: role === 'api' && config.metricsPort !== null ? String(config.metricsPort) : null,
    // A single process has no other to take over its work, so draining would only make Ctrl-C slow.
    DRAIN_SECONDS: '0',
    // A proxy named in the environment is for the outside network only.
    ...(config.temporal.address === null ? { no_grpc_proxy: LOOPBACK } : {}),
  };
}

const logFileOf = (dataDir: string, role: Role): string => path.join(dataDir, 'logs', `${role}.log`);

/** The address to reach it from this machine: an address that means "all interfaces" cannot be connected to. */
function urlOf({ host, port }: Config): string {
  const reachable = host === '0.0.0.0' ? LOOPBACK : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function checkPort({ host, port }: Config): Promise<void> {
  const fault = await portFault(port, host);
  if (fault === null) return;
  if (fault === 'EADDRINUSE')
    throw new StartFault(
      `端口 ${host}:${port} 已被占用；请停止占用它的程序，或用 PORT 另选一个。`,
      `Port ${host}:${port} is in use; stop the program that uses it, or choose another one with PORT.`,
    );
  throw new StartFault(
    `无法在 ${host}:${port} 上监听（${fault}）；请检查 HOST 和 PORT。`,
    `Cannot listen on ${host}:${port} (${fault}); look at HOST and PORT.`,
  );
}

async function migrateOrSay({ migrate }: InstallationOptions, databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl);
  } catch (error) {
    throw new StartFault(
      `数据库无法连接或升级：${oneLine(error)}`,
      `The database cannot be reached or migrated: ${oneLine(error)}`,
      { cause: error },
    );
  }
}

async function becomesReady(apiUrl: string, dataDir: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const status = await fetch(`${apiUrl}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => null,
    );
    if (status === 200) return;
    await sleep(100);
  }
  throw new StartFault(
    `${READY_WITHIN_MS / 1_000} 秒内未能就绪；日志在 ${path.join(dataDir, 'logs')}。`,
    `It did not become ready within ${READY_WITHIN_MS / 1_000} s; the logs are in ${path.join(dataDir, 'logs')}.`,
  );
}
