// The metrics Prometheus scrapes of an API process: its requests and refusals, its command door, its pools, and the record.
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { SECONDS } from './buckets.ts';
import { doorMetrics, type DoorMetrics } from './door-metrics.ts';
import type { Exposition } from './metrics-server.ts';
import { poolGauges } from './pool-gauges.ts';
import { recordGauges } from './record-gauges.ts';
import { nudgeFailures } from './worker-metrics.ts';
import type { Pool } from '../../db/pool.ts';
import type { FailureCode } from '../../domain/failure.ts';

export type Metrics = Exposition &
  DoorMetrics & {
    /** `route` is the pattern, never the path: a label for each id would be a memory leak. */
    observeRequest: (about: {
      method: string;
      route: string;
      status: number;
      ms: number;
      /** One, or of a list of commands each that was refused. */
      refusals: Partial<Record<FailureCode, number>>;
    }) => void;
    observeNudgeFailure: () => void;
  };

/** `door`: the pool of the command door, if it has its own. `askEveryMs`: tests are in more of a hurry. */
export function createMetrics(
  pool: Pool,
  { door, askEveryMs }: { door?: Pool; askEveryMs?: number } = {},
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'zhuanban_http_request_seconds',
    help: 'HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers,
  });
  const refusals = new Counter({
    name: 'zhuanban_http_refusals_total',
    help: 'HTTP requests refused, and commands of lists, by the code of the refusal',
    labelNames: ['code'] as const,
    registers,
  });
  // Prometheus sees an increase only from a value that was there before.
  refusals.inc({ code: 'INTERNAL' }, 0);
  const nudges = nudgeFailures(registers);
  poolGauges(door === undefined ? { api: pool } : { api: pool, door }, registers);
  recordGauges(pool, registers, askEveryMs);

  return {
    ...doorMetrics(registers),
    observeRequest: ({ method, route, status, ms, refusals: counts }) => {
      requests.observe({ method, route, status: String(status) }, ms / 1000);
      for (const [code, count] of Object.entries(counts)) refusals.inc({ code }, count);
    },
    observeNudgeFailure: () => {
      nudges.inc();
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
