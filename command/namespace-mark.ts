// The mark that names a Temporal namespace's installation: in the memo of the digests' Schedule, made by any worker.
import {
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  ScheduleAlreadyRunning,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client';
import { DIGEST_SCHEDULE_ID, DIGEST_WORKFLOW_ID } from '../workflows/messages.ts';

/** The installation and the epoch of its record (db/epoch.ts). */
export type NamespaceMark = { installation: string; epoch: number };

/** A Schedule belongs to the namespace and may be written by every client that may start workflows. */
const MEMO = 'zhuanban';

/**
 * May a record with `ours` use a namespace marked `theirs`? Two installations in one namespace would drive each other's
 * desks, since their ids are alike. A record brought back elsewhere has the higher epoch and takes over; the record it
 * was copied from, if it still runs, is then the other.
 */
export const isOursToUse = (ours: NamespaceMark, theirs: NamespaceMark | null): boolean =>
  theirs === null || (theirs.installation === ours.installation && theirs.epoch <= ours.epoch);

/** null where no installation has marked it yet. */
export async function readNamespaceMark(client: Client): Promise<NamespaceMark | null> {
  try {
    const { action } = await client.schedule.getHandle(DIGEST_SCHEDULE_ID).describe();
    return readMark(action.memo?.[MEMO]);
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

/** A memo from an older version, or written by hand, is no mark. */
function readMark(memo: unknown): NamespaceMark | null {
  if (typeof memo !== 'object' || memo === null) return null;
  const { installation, epoch } = memo as { installation?: unknown; epoch?: unknown };
  return typeof installation === 'string' && typeof epoch === 'number' ? { installation, epoch } : null;
}

/**
 * Marks the namespace as this installation's and makes its Schedule, or brings both up to date. Answers null, or the
 * mark of the other installation that has it; then nothing was changed, unless told to take over. Idempotent.
 */
export async function claimNamespace(
  { client, taskQueue, mark }: { client: Client; taskQueue: string; mark: NamespaceMark },
  takesOver = false,
): Promise<NamespaceMark | null> {
  const options = scheduleOf(taskQueue, mark);
  try {
    await client.schedule.create({ scheduleId: DIGEST_SCHEDULE_ID, ...options });
    return null;
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  const theirs = await readNamespaceMark(client);
  if (!takesOver && !isOursToUse(mark, theirs)) return theirs;
  await client.schedule.getHandle(DIGEST_SCHEDULE_ID).update((was) => ({ ...options, state: was.state }));
  return null;
}

const scheduleOf = (taskQueue: string, mark: NamespaceMark) =>
  ({
    spec: { intervals: [{ every: '5 minutes' }] },
    action: {
      type: 'startWorkflow',
      workflowType: 'digest',
      workflowId: DIGEST_WORKFLOW_ID,
      taskQueue,
      args: [],
      memo: { [MEMO]: mark },
    },
    policies: {
      overlap: ScheduleOverlapPolicy.SKIP,
      // After an outage of an hour the next digest has all that waited: no reader needs the ones in between.
      catchupWindow: '1 hour',
    },
  }) satisfies Omit<ScheduleOptions, 'scheduleId'>;
