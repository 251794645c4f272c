// The activities of a desk's clockwork, built once by the worker.
import { cascadeDesk } from './cascade.ts';
import type { DeskActivities } from './contracts.ts';
import type { ActivityDeps } from './desk-transaction.ts';
import { issueDesk } from './issue.ts';
import { planDesk } from './plan.ts';
import { rollUpDesk } from './roll-up.ts';
import { wakeDesk } from './wake.ts';

export function createDeskActivities(deps: ActivityDeps): DeskActivities {
  return {
    issue: (desk) => issueDesk(deps, desk),
    cascade: (desk) => cascadeDesk(deps, desk),
    rollUp: (desk) => rollUpDesk(deps, desk),
    plan: (turn) => planDesk(deps, turn),
    wake: (desk) => wakeDesk(deps, desk),
  };
}
