// The sentinel: finds desks whose wake or mark has been waiting and nudges them, so that nothing is ever forgotten.
import type { Client } from '@temporalio/client';
import { findBehind, saveNudged, type BehindDesk } from '../db/queries/desk-watch.ts';
import { raiseLeastSchema } from '../db/queries/installation.ts';
import { addPruned } from '../db/queries/pruned.ts';
import { dropExpiredVerdicts } from '../db/queries/verdict.ts';
import type { BrokenPart } from '../db/queries/chain-check.ts';
import type { Pool } from '../db/pool.ts';
import { CLOCKWORK } from '../workflows/messages.ts';
import type { ChainSlice } from './chain-check.ts';
import { nudgeChannels } from './delivery.ts';
import type { NamespaceMark } from './namespace-mark.ts';
import { prepareNamespace } from './namespace.ts';
import type { Pruned } from './pruning.ts';
import { endRun, forEachDesk, listRuns, nudgeDesk } from './nudge.ts';
import { tellOfTransactions, watchTransactions } from './transaction-watch.ts';

/** Rounds are this far apart, and a desk behind by as much is nudged. */
const EVERY_MS = 5_000;
const DESKS_A_ROUND = 200;
/** Longer than Temporal ever takes on a busy machine to say that it is there. */
const PATIENCE_MS = 2_000;
/**
 * Nudges without a look, the first six 5, 10 … 160 s apart: after 5 minutes a desk's workflow is taken not to work, is
 * ended and started anew.
 */
const STUCK_AFTER_NUDGES = 6;
/** Runs of an older clockwork replaced in one round: 50 a second. */
const REPLACED_A_ROUND = 250;

export type SentinelDeps = {
  pool: Pool;
  client: Client;
  taskQueue: string;
  /** The installation that has the namespace (command/namespace-mark.ts). */
  mark: NamespaceMark;
  /** Plans directives with a changed calendar again; answers how many there were. */
  replan?: () => Promise<number>;
  /** Tells people of changed hands; answers how many were told. */
  tellHands?: () => Promise<number>;
  /** Looks a slice of all chains over (command/chain-check.ts). */
  checkChains?: () => Promise<ChainSlice | null>;
  /** Lets desks that ended early turn again (command/revival.ts); answers which. */
  revive?: () => Promise<string[]>;
  /** Signs the ends of all chains once a day; answers the checkpoint's number where it has. */
  checkpoint?: () => Promise<number | null>;
  /** Deletes a slice of the rows that have been kept long enough. */
  prune?: () => Promise<Pruned>;
  /** Deletes sessions that have ended, and tells of days that are over what was deleted on them. */
  retain?: () => Promise<void>;
  log: Record<'info' | 'warn' | 'error', (about: object, text: string) => void>;
  /** Told of each round that was this worker's to make. */
  onRound?: (round: { seconds: number; failed: boolean }) => void;
  /** Told of desks behind that were nudged, of desks with a workflow started anew, and of desks that ended early. */
  onHealed?: (kind: 'nudged' | 'restarted' | 'revived', desks: number) => void;
  /** Time between rounds, time a desk may be behind, time between its first two nudges; tests are in more of a hurry. */
  everyMs?: number;
};

/** One at a time over all workers, by an advisory lock held on a connection of its own. */
const LOCK = `select pg_try_advisory_lock(hashtextextended('sentinel', 0)) as locked`;

export function startSentinel(deps: SentinelDeps): { stop(): Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const tell = tellOfTransactions(watchTransactions(deps.pool), deps.log);
  const next = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      round = watch(deps, tell)
        .catch((error: unknown) => {
          deps.log.warn({ err: error }, 'the sentinel could not make its round');
        })
        .finally(next);
    }, deps.everyMs ?? EVERY_MS);
  };
  next();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}

/** A round, if no other worker is at it. */
async function watch(deps: SentinelDeps, tell: () => Promise<void>): Promise<void> {
  const client = await deps.pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ locked: boolean }>(LOCK);
    if (rows[0]?.locked !== true) return;
    const startedMs = performance.now();
    let failed = true;
    try {
      await tell();
      await addPruned(deps.pool, 'verdicts', await dropExpiredVerdicts(deps.pool, 10_000));
      await raiseLeastSchema(deps.pool);
      await hands(deps);
      await nudgeChannels(deps);
      await revive(deps);
      await heal(deps);
      await replan(deps);
      await replaceOld(deps);
      await chains(deps);
      await checkpoint(deps);
      await prune(deps);
      await deps.retain?.();
      failed = false;
    } finally {
      deps.onRound?.({ seconds: (performance.now() - startedMs) / 1000, failed });
      await client.query(`select pg_advisory_unlock(hashtextextended('sentinel', 0))`);
    }
  } catch (error) {
    // The lock goes with the connection.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function heal(deps: SentinelDeps): Promise<void> {
  const behind = await findBehind(deps.pool, deps.everyMs ?? EVERY_MS, DESKS_A_ROUND);
  if (behind.length === 0) return;
  // A nudge that Temporal's absence swallows must not count: the desk would wait for minutes after its return.
  await deps.client.withDeadline(Date.now() + PATIENCE_MS, () =>
    deps.client.workflowService.getSystemInfo({}),
  );
  // A Temporal server that lost its database answers, and knows nothing of us.
  await prepareNamespace(deps.client.connection, deps.client.options.namespace).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'the namespace could not be made ready: do it by hand (docs/operators.md)');
  });
  deps.log.info({ desks: behind.length, oldest: behind[0]?.id }, 'desks are behind: nudging them');
  await saveNudged(
    deps.pool,
    behind.map(({ id }) => id),
  );
  deps.onHealed?.('nudged', behind.length);
  await forEachDesk(behind, (desk) => healOne(deps, desk));
}

/** They are nudged as desks behind once their mark is old enough. */
async function revive({ revive: next, log, onHealed }: SentinelDeps): Promise<void> {
  const desks = (await next?.()) ?? [];
  if (desks.length === 0) return;
  log.warn({ desks }, 'desks had ended with work left: they turn again');
  onHealed?.('revived', desks.length);
}

/** Needs nothing but PostgreSQL; a step that fails waits for the next round, and the rest of this round goes on. */
async function hands({ tellHands, log }: SentinelDeps): Promise<void> {
  try {
    const people = (await tellHands?.()) ?? 0;
    if (people > 0) log.info({ people }, 'told of changed hands');
  } catch (error) {
    log.warn({ err: error }, 'people could not be told of changed hands');
  }
}

/** A broken chain hinders nothing: it is told, at each pass again, and everything goes on. */
async function chains({ checkChains, log }: SentinelDeps): Promise<void> {
  const slice = await checkChains?.();
  for (const { desk, directive, seq, what, assignment } of slice?.faults ?? [])
    log.error({ desk, directive, seq, assignment }, BROKEN_WORDS[what]);
}

/** Without a desk it is the installation's own log. */
const BROKEN_WORDS: Record<BrokenPart, string> = {
  chain: 'the chain of a log is broken: something was changed in it',
  submission: 'a report is not the one the log tells of: it was changed or removed',
  row: 'a row of an assignment is not what its log makes it: one of them was changed',
};

/** A key that cannot be read hinders nothing else. */
async function checkpoint({ checkpoint: make, log }: SentinelDeps): Promise<void> {
  try {
    const n = (await make?.()) ?? null;
    if (n !== null) log.info({ checkpoint: n }, 'signed the ends of all chains');
  } catch (error) {
    log.error({ err: error }, 'the ends of all chains could not be signed');
  }
}

async function replan({ replan: plan, log }: SentinelDeps): Promise<void> {
  const directives = (await plan?.()) ?? 0;
  if (directives > 0) log.info({ directives }, 'planned again in a changed calendar');
}

async function prune({ prune: next, log }: SentinelDeps): Promise<void> {
  const pruned = await next?.();
  if (pruned && Object.values(pruned).some((gone) => gone > 0))
    log.info(pruned, 'deleted what has been kept long enough');
}

async function healOne(deps: SentinelDeps, desk: BehindDesk): Promise<void> {
  try {
    if (desk.nudges >= STUCK_AFTER_NUDGES) {
      deps.log.warn(
        { desk: desk.id, nudges: desk.nudges, behindSeconds: desk.behindSeconds },
        'a desk does not look: starting its workflow anew',
      );
      deps.onHealed?.('restarted', 1);
      await endRun(deps.client, desk.id, `nudged ${desk.nudges} times without a look`);
    }
    await nudgeDesk(deps.client, deps.taskQueue, desk);
  } catch (error) {
    deps.log.warn({ err: error, desk: desk.id }, 'a nudge failed');
  }
}

/** Runs of an older clockwork are ended and started anew: a desk's workflow carries no state but its id. */
async function replaceOld(deps: SentinelDeps): Promise<void> {
  if (CLOCKWORK === FIRST_CLOCKWORK) return;
  let replaced = 0;
  for await (const run of listRuns(deps.client)) {
    const { clockwork } = (run.memo ?? {}) as { clockwork?: number };
    if ((clockwork ?? FIRST_CLOCKWORK) >= CLOCKWORK) continue;
    await endRun(deps.client, run.workflowId, `replaced by clockwork ${CLOCKWORK}`);
    replaced += 1;
    if (replaced >= REPLACED_A_ROUND) return;
  }
}
const FIRST_CLOCKWORK: number = 1;
