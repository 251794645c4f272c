// Loses the clockwork's activities between a commit and their completion, as when a worker is killed at that instant.
import { Context } from '@temporalio/activity';
import type { DeskActivities } from '../../activities/contracts.ts';
import type { Pool, Transaction } from '../../db/pool.ts';

/** The fifth attempt of an activity with limited attempts is its last (workflows/desk.ts), so it is let through. */
const LAST_BROKEN = 4;

export type LostCommits = {
  /** Places where an activity was lost, e.g. `rollUp after commit 2`, and how often. */
  lost: ReadonlyMap<string, number>;
  activities: (real: DeskActivities) => DeskActivities;
  /** From now on every transaction of an activity on this pool may be lost. */
  watch: (pool: Pool) => void;
};

/**
 * Loses attempt n of every activity after its n-th commit, and the first attempt that would complete at its end: so
 * every place between a commit and the completion is met.
 */
export function loseCommits(): LostCommits {
  const lost = new Map<string, number>();
  const commits = new WeakMap<Context, number>();
  const completed = new Set<string>();
  const watched = new WeakSet<Transaction>();

  const lose = (where: string): never => {
    lost.set(where, (lost.get(where) ?? 0) + 1);
    throw new Error(`played: killed in ${where}`);
  };

  function committed(): void {
    const context = contextOrNull();
    if (context === null) return;
    const { activityType, attempt } = context.info;
    const count = (commits.get(context) ?? 0) + 1;
    commits.set(context, count);
    if (attempt < LAST_BROKEN && attempt === count) lose(`${activityType} after commit ${count}`);
  }

  const lossy =
    <In, Out>(work: (input: In) => Promise<Out>) =>
    async (input: In): Promise<Out> => {
      const result = await work(input);
      const { activityType, activityId, attempt, workflowExecution } = Context.current().info;
      const execution = `${workflowExecution?.runId ?? ''} ${activityId}`;
      if (attempt <= LAST_BROKEN && !completed.has(execution)) {
        completed.add(execution);
        lose(`${activityType} at its end`);
      }
      return result;
    };

  return {
    lost,
    activities: (real) => ({
      issue: lossy((desk: string) => real.issue(desk)),
      cascade: lossy((desk: string) => real.cascade(desk)),
      rollUp: lossy((desk: string) => real.rollUp(desk)),
      plan: lossy((turn: Parameters<DeskActivities['plan']>[0]) => real.plan(turn)),
      wake: lossy((desk: string) => real.wake(desk)),
    }),
    watch: (pool) => {
      pool.on('acquire', (client: Transaction) => {
        if (watched.has(client)) return;
        watched.add(client);
        const query = client.query.bind(client) as (...args: unknown[]) => unknown;
        const patched = (...args: unknown[]): unknown => {
          const answer = query(...args);
          return args[0] === 'commit' ? (answer as Promise<unknown>).then(committed) : answer;
        };
        client.query = patched as Transaction['query'];
      });
    },
  };
}

function contextOrNull(): Context | null {
  try {
    return Context.current();
  } catch {
    return null;
  }
}
