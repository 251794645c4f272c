// Is the clockwork there? Asks Temporal every few seconds whether it answers and whether a worker polls our task queue.
import type { Client } from '@temporalio/client';
import type { Millis } from '../domain/instant.ts';

export type ClockworkState = { temporal: 'up' | 'away'; worker: 'polling' | 'none' };
/** What health is told from; the last answer, never a wait. */
export type Clockwork = { state(): ClockworkState };

const AWAY: ClockworkState = { temporal: 'away', worker: 'none' };

/** While something is missing a start waits for it; afterwards a few seconds late is soon enough. */
const SOON_MS = 500;
const SELDOM_MS = 3_000;
/** Longer than Temporal ever takes on a busy machine; a call without an end would be an answer that never changes. */
const DEADLINE_MS = 2_000;
/** A poll waits for 60 s at most before the next; whoever has not polled for longer is gone, though Temporal lists it for 5 minutes. */
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

/** Does anybody of these still poll? */
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
  taskQueue: string,
  log: { info(about: object, text: string): void; warn(about: object, text: string): void },
): Clockwork & { stop(): void } {
  let state = AWAY;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const before = state;
    let reason: unknown;
    state = await ask(client, taskQueue).catch((error: unknown) => {
      reason = error;
      return AWAY;
    });
    if (state.temporal !== before.temporal || state.worker !== before.worker) {
      if (reason === undefined) log.info({ ...state }, 'clockwork');
      else log.warn({ ...state, err: reason }, 'clockwork');
    }
    if (isStopped) return;
    timer = setTimeout(() => void look(), state.worker === 'polling' ? SELDOM_MS : SOON_MS);
    // It keeps no process alive.
    timer.unref();
  }
  void look();

  return {
    state: () => state,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
