// Makes digests for the people whose time has come, and ends; a Schedule starts it every five minutes.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { DeliveryActivities } from '../activities/contracts.ts';

const { composeDigests } = proxyActivities<Pick<DeliveryActivities, 'composeDigests'>>({
  // 100,000 people are 500 transactions of some 100 ms each.
  startToCloseTimeout: '5 minutes',
  // It reports before every transaction, and none lasts over 10 s.
  heartbeatTimeout: '15 seconds',
  // Tried until it succeeds: the Schedule starts no second one meanwhile.
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

export async function digest(): Promise<void> {
  const { people, digests } = await composeDigests();
  setCurrentDetails(`- people: ${people}\n- digests: ${digests}`);
}
