// The embedded Temporal server: started or found still running, waited for, stopped.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { z } from 'zod';
import { freePort, freePortNear, isListening, LOOPBACK } from './ports.ts';
import { endProcess, findProcess, isRunning, ProcessMark } from './process-mark.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
import { StartFault } from './start-fault.ts';
import { readState, writeState } from './state-file.ts';
import { findTemporal } from './temporal-binary.ts';

type DynamicConfig = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** The default limits slow one machine long before its processors are busy. */
const DYNAMIC_CONFIG: DynamicConfig = {
  'frontend.namespaceRPS': 20_000,
  'frontend.rps': 20_000,
  'history.rps': 50_000,
  'matching.rps': 50_000,
  'frontend.persistenceMaxQPS': 100_000,
  'history.persistenceMaxQPS': 100_000,
  'matching.persistenceMaxQPS': 100_000,
  // One machine: partitions would only forward to each other.
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'history.maximumBufferedEventsBatch': 1_000,
  'frontend.namespaceCount': 5_000,
  // Its HTTP service, which we do not use, has no login: by a name that leads here, a page in a browser could reach it.
  'frontend.httpAllowedHosts': ['nobody.invalid'],
};
const LOG_LIMIT_BYTES = 20_000_000;
/** Under load, the slowest healthy start seen took 3 s. */
const HEALTHY_WITHIN_MS = 60_000;
const END_GRACE_MS = 15_000;

const State = z.object({
  mark: ProcessMark.nullable(),
  port: z.int(),
  /** null: without a page. */
  uiPort: z.int().nullable(),
  flags: z.array(z.string()),
});
type State = z.infer<typeof State>;

export type EmbeddedTemporal = {
  /** `host:port` of its gRPC service. */
  address: string;
  uiUrl: string | null;
  isAlive: () => boolean;
  /** Returns once the process is gone. Calling it again does nothing more. */
  stop: () => Promise<void>;
};
export type TemporalOptions = {
  dataDir: string;
  namespace?: string;
  /** With its page, which has no login; off if left out. */
  ui?: boolean;
  signal?: AbortSignal;
  /** Flags beside our own, where a test needs shorter times. */
  dynamicConfig?: DynamicConfig;
};

/** Starts Temporal on DATA_DIR, or takes over one left running by a kill -9. */
export async function startTemporal(options: TemporalOptions): Promise<EmbeddedTemporal> {
  const { dataDir, namespace = 'default', signal } = options;
  const folder = path.join(dataDir, 'temporal');
  const stateFile = path.join(folder, 'state.json');
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  const { program, version } = await findTemporal({ dataDir, ...(signal === undefined ? {} : { signal }) });
  const flags = flagsFor(path.join(folder, `state-${version}.db`), namespace, {
    ...DYNAMIC_CONFIG,
    ...options.dynamicConfig,
  });
  const before = readState(stateFile, State);
  if (before?.mark && isRunning(before.mark)) {
    const same =
      before.flags.join('\n') === flags.join('\n') && (before.uiPort !== null) === (options.ui === true);
    if (same && (await isHealthy(before.port, namespace))) return handleOf(before, before.mark, stateFile);
    await endProcess(before.mark, END_GRACE_MS);
  }
  // Another try takes other ports: other programs may have taken these since they were checked.
  for (let attempt = 0; attempt < 3; attempt++) {
    signal?.throwIfAborted();
    const port = await freePortNear(attempt === 0 ? before?.port : undefined);
    const uiPort = options.ui === true ? await freePort() : null;
    const page = uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)];
    const mark = launch(program, [...flags, '--port', String(port), ...page], folder);
    if (mark === null) continue;
    const state: State = { mark, port, uiPort, flags };
    writeState(stateFile, state);
    if (await becomesHealthy(mark, port, namespace, signal)) return handleOf(state, mark, stateFile);
    await endProcess(mark, END_GRACE_MS);
    signal?.throwIfAborted();
  }
  throw new StartFault(
    `Temporal 服务无法启动，原因见 ${path.join(folder, 'log')}。`,
    `The Temporal server cannot start; the reason is in ${path.join(folder, 'log')}.`,
  );
}

/**
 * The file's name has the program's version: a file of an older program is not migrated. A fresh file loses nothing:
 * what must happen is in PostgreSQL, and the sentinel starts every desk that is behind.
 */
function flagsFor(file: string, namespace: string, dynamicConfig: DynamicConfig): string[] {
  return [
    ...['server', 'start-dev', '--ip', LOOPBACK, '--log-level', 'error', '--db-filename', file],
    // FULL: answered writes of Temporal survive a power cut too.
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
    ...(namespace === 'default' ? [] : ['--namespace', namespace]),
    ...SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
  ];
}

/** In a session of its own: Ctrl-C in the terminal must not end it before the worker. */
function launch(program: string, args: string[], folder: string): ProcessMark | null {
  const file = path.join(folder, 'log');
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  const log = openSync(file, 'a', 0o600);
  const child = spawn(program, args, { cwd: folder, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.once('error', () => undefined);
  child.unref();
  return child.pid === undefined ? null : findProcess(child.pid);
}

async function becomesHealthy(
  mark: ProcessMark,
  port: number,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  while (Date.now() < deadline && signal?.aborted !== true && isRunning(mark)) {
    if ((await isListening(port)) && (await isHealthy(port, namespace))) return true;
    await sleep(50);
  }
  return false;
}

async function isHealthy(port: number, namespace: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({
      address: `${LOOPBACK}:${port}`,
      connectTimeout: 3_000,
      // A proxy named in the environment is for the outside network only.
      channelArgs: { 'grpc.enable_http_proxy': 0 },
    });
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

function handleOf(state: State, mark: ProcessMark, stateFile: string): EmbeddedTemporal {
  return {
    address: `${LOOPBACK}:${state.port}`,
    uiUrl: state.uiPort === null ? null : `http://${LOOPBACK}:${state.uiPort}`,
    isAlive: () => isRunning(mark),
    stop: async () => {
      await endProcess(mark, END_GRACE_MS);
      // The ports are kept, so that API and worker find the restarted server.
      if (existsSync(path.dirname(stateFile))) writeState(stateFile, { ...state, mark: null });
    },
  };
}
