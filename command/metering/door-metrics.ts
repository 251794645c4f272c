// Metrics of the command door: commands waiting and under way, their outcomes, and their batches.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { FailureCode, Refusal } from '../../domain/failure.ts';
import { SECONDS } from './buckets.ts';

/** A batch holds at most 200 commands (design.md §2). */
const COMMANDS = [1, 2, 5, 10, 20, 50, 100, 200];

/** One transaction of the door. */
export type BatchMeasure = {
  commands: number;
  /** Commands put back because another transaction had their desk: they wait on. */
  passedOver: number;
  seconds: number;
  /** Another transaction had its desk, and this one waited for it. */
  waited: boolean;
  /** How long it waited. */
  lockSeconds: number;
};

/** The part of an outcome that is counted. */
type Counted = { is: keyof typeof COUNTED } | { is: 'refused'; refusal: Pick<Refusal, 'code'> };
const COUNTED = { taken: 'accepted', repeated: 'repeated', forgotten: 'repeated', stale: 'stale' } as const;

export type DoorMetrics = {
  observeBatch(batch: BatchMeasure): void;
  observeOutcome(outcome: Counted): void;
  /** Asked at each scrape. */
  watchDoor(load: () => { waiting: number; underWay: number }): void;
};

export function doorMetrics(registers: Registry[]): DoorMetrics {
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
  const lockSeconds = new Histogram({
    name: 'zhuanban_command_lock_wait_seconds',
    help: 'How long a transaction of commands waited for a desk that somebody else had',
    buckets: SECONDS,
    registers,
  });
  const passedOver = new Counter({
    name: 'zhuanban_commands_passed_over_total',
    help: 'Commands put back because somebody else had their desk',
    registers,
  });
  const commands = new Counter({
    name: 'zhuanban_commands_total',
    help: 'Commands answered by the door: accepted, repeated, refused, stale',
    labelNames: ['outcome'] as const,
    registers,
  });
  const refused = new Counter({
    name: 'zhuanban_commands_refused_total',
    help: 'Commands refused at the door, by the code of the refusal',
    labelNames: ['code'] as const,
    registers,
  });
  // Prometheus sees an increase only in a series that was there before.
  refused.inc({ code: 'INTERNAL' }, 0);
  let load = { read: (): { waiting: number; underWay: number } => ({ waiting: 0, underWay: 0 }) };
  new Gauge({
    name: 'zhuanban_commands_waiting',
    help: 'Commands that wait for their transaction',
    registers,
    collect() {
      this.set(load.read().waiting);
    },
  });
  new Gauge({
    name: 'zhuanban_commands_under_way',
    help: 'Commands in a transaction',
    registers,
    collect() {
      this.set(load.read().underWay);
    },
  });

  const count = (outcome: string, code?: FailureCode): void => {
    commands.inc({ outcome });
    if (code !== undefined) refused.inc({ code });
  };
  return {
    observeBatch(batch) {
      batchSize.observe(batch.commands);
      batchSeconds.observe(batch.seconds);
      if (batch.passedOver > 0) passedOver.inc(batch.passedOver);
      if (batch.waited) lockSeconds.observe(batch.lockSeconds);
    },
    observeOutcome(outcome) {
      if (outcome.is === 'refused') count('refused', outcome.refusal.code);
      else count(COUNTED[outcome.is]);
    },
    watchDoor(read) {
      load = { read };
    },
  };
}
