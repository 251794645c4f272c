// Starts the senders: a channel's workflow while it has something due, and the Schedule that puts digests together.
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import { areDigestsBehind } from '../db/queries/delivery-digest.ts';
import { findDueChannels } from '../db/queries/delivery-work.ts';
import type { Pool } from '../db/pool.ts';
import type { Channel } from '../domain/delivery/channel.ts';
import { deliveryWorkflowId, DIGEST_WORKFLOW_ID, nudge } from '../workflows/messages.ts';
import { claimNamespace, type NamespaceMark } from './namespace-mark.ts';

/** As a desk's nudge: a call that takes longer is left to the next round. */
const DEADLINE_MS = 2_000;
/** The Schedule has missed three times: it was lost with Temporal's database, or deleted by hand. */
const BEHIND_MS = 15 * 60_000;

type Deps = {
  pool: Pool;
  client: Client;
  taskQueue: string;
  /** The installation that has the namespace: the Schedule carries its mark. */
  mark: NamespaceMark;
  log: { warn(about: object, text: string): void };
};

/** Part of the sentinel's round. Never rejects: a step that fails is left to the next round. */
export async function nudgeChannels(deps: Deps): Promise<void> {
  try {
    for (const channel of await findDueChannels(deps.pool)) await nudgeChannel(deps, channel);
    if (await areDigestsBehind(deps.pool, BEHIND_MS)) {
      deps.log.warn({}, 'digests are behind: making their schedule anew');
      await claimNamespace(deps);
      await deps.client.withDeadline(Date.now() + DEADLINE_MS, () =>
        deps.client.workflow.start('digest', {
          workflowId: DIGEST_WORKFLOW_ID,
          taskQueue: deps.taskQueue,
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        }),
      );
    }
  } catch (error) {
    deps.log.warn({ err: error }, 'a channel could not be nudged');
  }
}

async function nudgeChannel({ client, taskQueue }: Deps, channel: Channel): Promise<void> {
  await client.withDeadline(Date.now() + DEADLINE_MS, () =>
    client.workflow.signalWithStart('delivery', {
      workflowId: deliveryWorkflowId(channel),
      taskQueue,
      args: [{ channel }],
      signal: nudge,
      signalArgs: [],
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    }),
  );
}
