// Is the clockwork there? Asks Temporal every few seconds whether it answers and whether a worker polls our task queue.
import type { Client } from '@temporalio/client';
import type { Millis } from '../domain/instant.ts';
import { isOursToUse, readNamespaceMark, type NamespaceMark } from './namespace-mark.ts';
import { probeTemporal } from './temporal-probe.ts';
import type { TemporalSettings } from './temporal.ts';
import { temporalFault, temporalFaultWords, type TemporalFault } from './temporal-fault.ts';

export type ClockworkState = {
  temporal: 'up' | 'away';
  worker: 'polling' | 'none';
  /** The reason why Temporal is away. */
  fault?: TemporalFault;
};
/** The health answer is made from this: the last answer, never a wait. */
export type Clockwork = {
  state(): ClockworkState;
  /** Has a worker polled while this process lived, whether or not a caller asked? */
  hasPolled(): boolean;
};

const AWAY: ClockworkState = { temporal: 'away', worker: 'none' };

/** While something is missing a start waits for it; afterwards a few seconds late is soon enough. */
const SOON_MS = 500;
const SELDOM_MS = 3_000;
/** Longer than Temporal ever takes on a busy machine; a call without an end would be an answer that never changes. */
const DEADLINE_MS = 2_000;
/** A poll lasts 60 s at most; a worker that last polled before that is gone, though Temporal lists it for 5 minutes. */
const POLLS_WITHIN_MS = 75_000;

// temporal.api.enums.v1.TaskQueueType
type TaskQueueType = NonNullable<
  Parameters<Client['workflowService']['describeTaskQueue']>[0]['taskQueueType']
>;
/** Workflows, activities. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the client passes the enum's type on, not its values
const KINDS = [1, 2] as readonly TaskQueueType[];

/** The part of a poller's description that is read here. */
type Poller = { lastAccessTime?: { seconds?: { toString(): string } | number | null } | null };

/** Does any of these pollers still poll? */
export const isPolled = (pollers: readonly Poller[], now: Millis): boolean =>
  pollers.some(({ lastAccessTime }) => {
    const seconds = Number(lastAccessTime?.seconds?.toString() ?? Number.NaN);
    return now - seconds * 1000 < POLLS_WITHIN_MS;
  });

async function ask(client: Client, taskQueue: string): Promise<ClockworkState> {
  const pollersOf = async (taskQueueType: TaskQueueType): Promise<readonly Poller[]> => {
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType,
    });
    return pollers;
  };
  const queues = await client.withDeadline(Date.now() + DEADLINE_MS, () => Promise.all(KINDS.map(pollersOf)));
  const now = Date.now();
  return {
    temporal: 'up',
    worker: queues.every((pollers) => isPolled(pollers, now)) ? 'polling' : 'none',
  };
}

export function watchClockwork(
  client: Client,
  about: {
    taskQueue: string;
    /** As configured: for the log, and to find out why Temporal does not answer. */
    temporal: TemporalSettings;
    /** The installation that the namespace must belong to. */
    mark: NamespaceMark;
  },
  log: { info(about: object, text: string): void; warn(about: object, text: string): void },
): Clockwork & { stop(): Promise<void> } {
  let state = AWAY;
  let hasPolled = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void>;

  /** Asked when Temporal comes back, not each time: a mark changes only when an operator moves an installation. */
  const isOurs = async (): Promise<boolean> =>
    state.temporal === 'up' ||
    isOursToUse(
      about.mark,
      await client.withDeadline(Date.now() + DEADLINE_MS, () => readNamespaceMark(client)),
    );

  async function judge(): Promise<{ now: ClockworkState; reason?: unknown }> {
    try {
      const now = await ask(client, about.taskQueue);
      return (await isOurs()) ? { now } : { now: { ...AWAY, fault: 'other-installation' } };
    } catch (error) {
      const told = temporalFault(error);
      if (told !== 'unreachable') return { now: { ...AWAY, fault: told }, reason: error };
      const { fault, reason } = await probeTemporal(about.temporal);
      return { now: { ...AWAY, fault }, reason };
    }
  }

  async function look(): Promise<void> {
    const before = state;
    const { now, reason } = await judge();
    state = now;
    hasPolled ||= now.worker === 'polling';
    if (now.fault !== undefined && now.fault !== before.fault)
      log.warn({ ...now, reason }, temporalFaultWords(now.fault, about.temporal));
    else if (now.fault === undefined && (now.temporal !== before.temporal || now.worker !== before.worker))
      log.info({ ...now }, 'clockwork');
    if (isStopped) return;
    timer = setTimeout(start, state.worker === 'polling' ? SELDOM_MS : SOON_MS);
    // It keeps no process alive.
    timer.unref();
  }
  function start(): void {
    looking = look();
  }
  start();

  return {
    state: () => state,
    hasPolled: () => hasPolled,
    /** Resolves when the last question has its answer: a connection closed under one would throw out of nowhere. */
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
