// Nudge and heal are one call: a signal that starts the desk's workflow where none runs (design.md §3).
import {
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import { findNudged } from '../db/queries/desk-watch.ts';
import type { Pool } from '../db/pool.ts';
import type { DeskKind } from '../domain/directive/cut.ts';
import { CLOCKWORK, deskInput, deskWorkflowId, nudge, searchAttributesOf } from '../workflows/messages.ts';

/** A nudge that takes longer is left to the sentinel. */
const DEADLINE_MS = 2_000;
/** Desks nudged at the same time in one process; the rest is left to the sentinel, or a Temporal outage would fill the memory. */
const AT_ONCE = 50;

export type NudgedDesk = {
  id: string;
  directive: string;
  kind: DeskKind;
  node: string | null;
  issued: boolean;
};

/** Signals the desk's workflow, starting it where there is none. Rejects when Temporal is away. */
export async function nudgeDesk(client: Client, taskQueue: string, desk: NudgedDesk): Promise<void> {
  await client.withDeadline(Date.now() + DEADLINE_MS, () =>
    client.workflow.signalWithStart(desk.kind, {
      workflowId: deskWorkflowId(desk.id),
      taskQueue,
      args: [deskInput(desk.id, desk.issued)],
      signal: nudge,
      signalArgs: [],
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      typedSearchAttributes: searchAttributesOf(desk),
      memo: { clockwork: CLOCKWORK },
    }),
  );
}

/** Runs of all desks, of this record or not. */
export const listRuns = (client: Client): ReturnType<Client['workflow']['list']> =>
  client.workflow.list({
    query: `ExecutionStatus = 'Running' and (WorkflowType = 'directive' or WorkflowType = 'taskForce' or WorkflowType = 'unit')`,
  });

/** Ends a desk's run, if there is one. */
export async function endRun(client: Client, desk: string, reason: string): Promise<void> {
  await client.workflow
    .getHandle(deskWorkflowId(desk))
    .terminate(reason)
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
}

/** So many desks at the same time: one after the other would be slow, all at once a flood. */
export async function forEachDesk<D>(desks: readonly D[], work: (desk: D) => Promise<void>): Promise<void> {
  for (let first = 0; first < desks.length; first += AT_ONCE)
    await Promise.all(desks.slice(first, first + AT_ONCE).map(work));
}

export type Nudger = {
  /** Returns at once; the sentinel heals a nudge that fails or finds no room. */
  nudge(desks: readonly string[]): void;
  /** Resolves when the nudges under way have ended. */
  idle(): Promise<void>;
};

export function createNudger(deps: {
  pool: Pool;
  client: Client;
  taskQueue: string;
  onFailure(desk: string, error: unknown): void;
}): Nudger {
  const underWay = new Set<Promise<void>>();
  let room = AT_ONCE;

  const send = async (desks: readonly string[]): Promise<void> => {
    const found = await findNudged(deps.pool, desks);
    await Promise.all(
      found.map((desk) =>
        nudgeDesk(deps.client, deps.taskQueue, desk).catch((error: unknown) => {
          deps.onFailure(desk.id, error);
        }),
      ),
    );
  };

  return {
    nudge(desks) {
      const taken = desks.slice(0, room);
      if (taken.length === 0) return;
      room -= taken.length;
      const sending = send(taken)
        .catch((error: unknown) => {
          deps.onFailure(taken.join(' '), error);
        })
        .finally(() => {
          room += taken.length;
          underWay.delete(sending);
        });
      underWay.add(sending);
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
  };
}
