// `npm run api`: the API in one process, or in several (API_PROCESSES) that share its address.
import cluster, { type Worker } from 'node:cluster';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from './command/log.ts';
import { configOrExit, EXIT_BAD_CONFIG, readOutsideConfig, type OutsideConfig } from './config.ts';
import { onParentGone, tellParent, type ReadyMessage } from './embedded/parent.ts';

const config = configOrExit(readOutsideConfig);
/** A process that dies at once, again and again, must not overload the machine. */
const AGAIN_AFTER_MS = 1_000;

// A single process needs no parent.
if (config.apiProcesses === 1) await import('./server.ts');
else lead(config);

/** Starts the processes, replaces one that dies, and passes on the order to stop. Exits when the last has ended. */
function lead({ apiProcesses, metricsPort, logLevel }: OutsideConfig): void {
  const log = createLog('api-processes', logLevel);
  cluster.setupPrimary({
    exec: path.join(import.meta.dirname, 'server.ts'),
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const stopping = new AbortController();
  let wasCreated = false;
  const ready = new Set<number>();

  /** Each has a port of its own for metrics, one after the other, because it counts only its own work. */
  function launch(index: number): void {
    const worker = cluster.fork(metricsPort === null ? {} : { METRICS_PORT: String(metricsPort + index) });
    worker.on('message', (message: ReadyMessage) => {
      wasCreated ||= message.adminCreated === true;
      ready.add(index);
      if (ready.size === apiProcesses) tellParent({ type: 'ready', adminCreated: wasCreated });
    });
    worker.on('exit', (code, signal) => void replace(worker, index, code, signal));
  }

  async function replace(worker: Worker, index: number, code: number, signal: string): Promise<void> {
    if (stopping.signal.aborted) {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0);
      return;
    }
    // Another try would read the same environment.
    if (code === EXIT_BAD_CONFIG) process.exit(code);
    log.error({ pid: worker.process.pid, code, signal }, 'an API process has ended: starting another');
    await pause(AGAIN_AFTER_MS, undefined, { signal: stopping.signal }).then(
      () => {
        launch(index);
      },
      () => undefined,
    );
  }

  const stop = (): void => {
    stopping.abort();
    const workers = Object.values(cluster.workers ?? {});
    if (workers.length === 0) process.exit(0);
    for (const worker of workers) worker?.process.kill('SIGTERM');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  onParentGone(stop);
  for (let index = 0; index < apiProcesses; index += 1) launch(index);
}
