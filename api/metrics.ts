// What Prometheus scrapes: this process, its requests, the command door's batches, and how far the clockwork is behind.
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { watchTransactions } from '../command/transaction-watch.ts';
import type { Pool } from '../db/pool.ts';
import { findBacklog, type Backlog } from '../db/queries/health.ts';

/** From a command alone to a summary of 100,000 leaves. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** A batch holds at most 200 commands (design.md §2). */
const COMMANDS = [1, 2, 5, 10, 20, 50, 100, 200];

export type Metrics = {
  /** `route` is the pattern, never the path: a label for each id would be a memory leak. */
  observeRequest: (method: string, route: string, status: number, ms: number) => void;
  /** For the command door: one transaction, how many commands it carried, how long it took. */
  observeBatch: (commands: number, ms: number) => void;
  contentType: string;
  text: () => Promise<string>;
};

export function createMetrics(pool: Pool): Metrics {
  const registers = [new Registry()];
  const registry = registers[0] as Registry;
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'zhuanban_http_request_seconds',
    help: 'HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers,
  });
  const batchSize = new Histogram({
    name: 'zhuanban_command_batch_size',
    help: 'Commands in one transaction',
    buckets: COMMANDS,
    registers,
  });
  const batchSeconds = new Histogram({
    name: 'zhuanban_command_batch_seconds',
    help: 'From the begin of a transaction of commands to its commit',
    buckets: SECONDS,
    registers,
  });
  backlogGauges(pool, registers);
  oldestTransactionGauge(pool, registers);

  return {
    observeRequest: (method, route, status, ms) => {
      requests.observe({ method, route, status: String(status) }, ms / 1000);
    },
    observeBatch: (commands, ms) => {
      batchSize.observe(commands);
      batchSeconds.observe(ms / 1000);
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** Asked at each scrape, once for both; without PostgreSQL they are not a number, and all else is still told. */
function backlogGauges(pool: Pool, registers: Registry[]): void {
  let asking: Promise<Backlog | null> | null = null;
  const backlog = (): Promise<Backlog | null> =>
    (asking ??= findBacklog(pool)
      .catch(() => null)
      .finally(() => (asking = null)));
  const gauge = (name: string, help: string, valueOf: (found: Backlog) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const found = await backlog();
        this.set(found === null ? Number.NaN : valueOf(found));
      },
    });
  };
  gauge(
    'zhuanban_desks_behind',
    'Desks whose mark or wake has waited over 5 s',
    (found) => found.desksBehind,
  );
  gauge('zhuanban_assignments_faulted', 'Open assignments with a fault', (found) => found.faults);
}

/** Of the whole cluster, as far as our role may see it; 0 where none is open. */
function oldestTransactionGauge(pool: Pool, registers: Registry[]): void {
  const watch = watchTransactions(pool);
  new Gauge({
    name: 'zhuanban_oldest_transaction_seconds',
    help: 'Age of the oldest transaction that holds back lists and stream',
    registers,
    async collect() {
      this.set(
        await watch.look().then(
          (oldest) => oldest?.seconds ?? 0,
          () => Number.NaN,
        ),
      );
    },
  });
}
