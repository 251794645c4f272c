// One delivery channel: sends what is due, looks again each second while something is due, and ends when nothing has
// come for a while.
import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeliveryActivities } from '../activities/contracts.ts';
import { deliveryStatus, nudge, type DeliveryInput, type DeliveryStatus } from './messages.ts';

const { deliver } = proxyActivities<Pick<DeliveryActivities, 'deliver'>>({
  // A round ends by itself within a minute (activities/deliver.ts); waiting for a worker comes on top.
  startToCloseTimeout: '2 minutes',
  // It reports every 3 s: a worker silent for this long is gone, and its leases end soon after.
  heartbeatTimeout: '15 seconds',
  retry: {
    initialInterval: '1 second',
    backoffCoefficient: 2,
    // The database may be away: retries more than 10 s apart would delay deliveries when it is back.
    maximumInterval: '10 seconds',
  },
});

const POLL_MS = 1_000;
/** After this the workflow ends; the sentinel starts it again within 5 s of the next delivery's time. */
const IDLE_ROUNDS = 10;

export async function delivery({ channel }: DeliveryInput): Promise<void> {
  let isNudged = false;
  let idle = 0;
  const done: DeliveryStatus = { channel, rounds: 0, sent: 0, others: 0, lastRound: null };
  setHandler(nudge, () => {
    isNudged = true;
    idle = 0;
  });
  setHandler(deliveryStatus, () => done);

  while (!workflowInfo().continueAsNewSuggested) {
    isNudged = false;
    const { sent, others } = await deliver(channel);
    done.rounds += 1;
    done.sent += sent;
    done.others += others;
    done.lastRound = new Date(Date.now()).toISOString();
    setCurrentDetails(
      `- sent: ${done.sent}\n- put off or failed: ${done.others}\n- last round: ${done.lastRound}`,
    );
    idle = sent + others > 0 ? 0 : idle + 1;
    if (idle >= IDLE_ROUNDS) return;
    await condition(() => isNudged, POLL_MS);
  }
  await continueAsNew<typeof delivery>({ channel });
}
