// Plays what sends for the record: a channel's workflow from its first round to its end, and the digests'.
import { nudgeChannels } from '../../command/delivery.ts';
import type { Channel } from '../../domain/delivery/channel.ts';
import { deliveryWorkflowId, DIGEST_WORKFLOW_ID, nudge } from '../../workflows/messages.ts';
import { fatesOf, insertDelivery } from '../support/delivery-rows.ts';
import type { Installation } from '../support/installation.ts';
import { recordRun, runOf } from './recording.ts';

const TASK_QUEUE = 'zhuanban';

/** A channel for each case: their workflows do not meet. */
const CASES: Record<
  string,
  { channel: Channel; play: (z: Installation, workflowId: string) => Promise<void> }
> = {
  /** Sends, finds nothing more for a while, ends. */
  plain: { channel: 'mail', play: () => Promise.resolve() },
  nudged: {
    channel: 'wecom',
    play: async (z, workflowId) => {
      for (let times = 0; times < 3; times += 1) await z.client.workflow.getHandle(workflowId).signal(nudge);
    },
  },
  /** Not by us: somebody's hand in Temporal's own page. */
  'cancelled-by-hand': {
    channel: 'feishu',
    play: (z, workflowId) =>
      z.client.workflow
        .getHandle(workflowId)
        .cancel()
        .then(() => undefined),
  },
  'continued-as-new': {
    channel: 'dingtalk',
    play: async (z, workflowId) => {
      await z.until(async () => {
        await z.client.workflow.getHandle(workflowId).signal(nudge);
        return (await runOf(z, workflowId, 'first')) !== (await runOf(z, workflowId, 'last'));
      }, 'continued');
    },
  },
};

/** Nobody can be reached here: a delivery whose receiver is gone is decided like any other. */
const isDecided = async (z: Installation, id: number): Promise<boolean> =>
  (await fatesOf(z.pool, 'id = $1', [id]))[0]?.state === 'failed';

export async function playDeliveries({ z }: { z: Installation }): Promise<void> {
  const log = { warn: () => undefined };
  const deps = { pool: z.pool, client: z.client, taskQueue: TASK_QUEUE, mark: z.mark, log };
  for (const [name, { channel, play }] of Object.entries(CASES)) {
    const workflowId = deliveryWorkflowId(channel);
    const id = await insertDelivery(z.pool, { channel, person: 'NOBODY', endpoint: 'none' });
    await nudgeChannels(deps);
    await z.until(() => isDecided(z, id), `${name} is under way`);
    await play(z, workflowId);
    await recordRun(z, { type: 'delivery', name, workflowId, runId: await runOf(z, workflowId, 'first') });
  }
  await insertDelivery(z.pool, { person: 'NOBODY', type: 'rolledUp', digest: true });
  const { firstExecutionRunId: runId } = await z.client.workflow.start('digest', {
    workflowId: DIGEST_WORKFLOW_ID,
    taskQueue: TASK_QUEUE,
  });
  await recordRun(z, { type: 'digest', name: 'plain', workflowId: DIGEST_WORKFLOW_ID, runId });
}
