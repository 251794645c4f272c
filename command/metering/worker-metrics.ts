// Metrics of a worker for Prometheus: this process, its pool, the sentinel, wakes, activities, deliveries, the record.
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Pool } from '../../db/pool.ts';
import { Channel } from '../../domain/delivery/channel.ts';
import { LATE_SECONDS, SECONDS } from './buckets.ts';
import type { Exposition } from './metrics-server.ts';
import { poolGauges } from './pool-gauges.ts';
import { recordGauges } from './record-gauges.ts';

export type WorkerMetrics = Exposition & {
  /** A round of the sentinel, if this worker was the one to make it. */
  observeRound: (round: { seconds: number; failed: boolean }) => void;
  /** Desks behind that were nudged, desks with a workflow started anew, and desks that had ended early. */
  observeHealed: (kind: 'nudged' | 'restarted' | 'revived', desks: number) => void;
  /** A clock that has fired, how long after its time. */
  observeWake: (lateSeconds: number) => void;
  observeActivity: (activity: string, seconds: number, failed: boolean) => void;
  /** How long a transaction of the clockwork waited for its desks. */
  observeLock: (seconds: number) => void;
  /** A row that could not be treated. */
  observeFault: () => void;
  observeDelivery: (channel: string, outcome: string, deliveries: number) => void;
  observeNudgeFailure: () => void;
};

export function createWorkerMetrics(pool: Pool): WorkerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  poolGauges({ worker: pool }, registers);
  recordGauges(pool, registers);
  const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []): Counter<L> =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <L extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: L[] = [],
  ): Histogram<L> => new Histogram({ name, help, buckets, labelNames, registers });

  const rounds = histogram('zhuanban_sentinel_round_seconds', 'Rounds of the sentinel', SECONDS, ['result']);
  const healed = counter(
    'zhuanban_sentinel_healed_total',
    'Desks nudged as behind, restarted, or revived after an early end',
    ['kind'],
  );
  const wakes = histogram(
    'zhuanban_wake_late_seconds',
    'How long after its time a clock fired',
    LATE_SECONDS,
  );
  const activities = histogram('zhuanban_activity_seconds', 'Activities that ended well', SECONDS, [
    'activity',
  ]);
  const failures = counter('zhuanban_activity_failures_total', 'Attempts of activities that failed', [
    'activity',
  ]);
  const locks = histogram(
    'zhuanban_clockwork_lock_wait_seconds',
    'How long a transaction of the clockwork waited for its desks',
    SECONDS,
  );
  const faults = counter('zhuanban_assignment_faults_total', 'Times an assignment could not be treated');
  const deliveries = counter(
    'zhuanban_deliveries_total',
    'Attempts to deliver: sent; failed and busy are tried again, refused is not',
    ['channel', 'outcome'],
  );
  const nudges = nudgeFailures(registers);
  // An alert does not see that a series is missing, nor that it begins: each is there from the start.
  for (const result of ['made', 'failed']) rounds.zero({ result });
  for (const kind of ['nudged', 'restarted', 'revived']) healed.inc({ kind }, 0);
  for (const channel of Channel.options) deliveries.inc({ channel, outcome: 'refused' }, 0);

  return {
    observeRound: ({ seconds, failed }) => {
      rounds.observe({ result: failed ? 'failed' : 'made' }, seconds);
    },
    observeHealed: (kind, desks) => {
      healed.inc({ kind }, desks);
    },
    observeWake: (lateSeconds) => {
      wakes.observe(Math.max(0, lateSeconds));
    },
    observeActivity: (activity, seconds, failed) => {
      if (failed) failures.inc({ activity });
      else activities.observe({ activity }, seconds);
    },
    observeLock: (seconds) => {
      locks.observe(seconds);
    },
    observeFault: () => {
      faults.inc();
    },
    observeDelivery: (channel, outcome, count) => {
      deliveries.inc({ channel, outcome }, count);
    },
    observeNudgeFailure: () => {
      nudges.inc();
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** Counted by API and worker alike. */
export const nudgeFailures = (registers: Registry[]): Counter =>
  new Counter({
    name: 'zhuanban_nudge_failures_total',
    help: 'Nudges that Temporal did not take; the sentinel makes up for them',
    registers,
  });
