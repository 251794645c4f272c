// The activities of deliveries, built once by the worker.
import type { DeliveryActivities } from './contracts.ts';
import { deliverDue, type DeliverDeps } from './deliver.ts';
import { composeDueDigests } from './digest.ts';

export function createDeliveryActivities(deps: DeliverDeps): DeliveryActivities {
  return {
    deliver: (channel) => deliverDue(deps, channel),
    composeDigests: () => composeDueDigests(deps),
  };
}
