// One transaction of the clockwork: waits for its desks, opens a ledger on them, does its set of work, commits, nudges.
import { activityInfo, heartbeat } from '@temporalio/activity';
import { openLedger } from '../command/ledger/opening.ts';
import type { Named, Sources } from '../reading/opening.ts';
import type { Ledger } from '../command/ledger/ledger.ts';
import type { Millis } from '../domain/instant.ts';
import { inTransaction, type Pool, type Transaction } from '../db/pool.ts';
import { lockDesks, type AssignmentRow } from '../db/queries/ledger.ts';

/** Assignments one transaction of the clockwork treats: some 100 ms, so that commands on the desk hardly wait. */
export const AT_ONCE = 500;

/**
 * Subtracted from PostgreSQL's clock: a command received before a due time and still under way is judged first
 * (design.md §3).
 */
export const GRACE_MS = 1_000;

/** PostgreSQL's clock itself: what the clockwork writes has come in now. */
export const databaseNow = (ledger: Ledger): Millis => ledger.held.nowMs + GRACE_MS;

export type ActivityDeps = {
  pool: Pool;
  sources: Sources;
  nudge(desks: readonly string[]): void;
  /** Called for a row or an activity that failed: counted and logged. */
  onFault(about: { desk: string; assignment?: string; error: unknown }): void;
  /** How long a transaction has waited for its desks. */
  onLock?(seconds: number): void;
  /** A clock has fired, this long after its time. */
  onWake?(lateSeconds: number): void;
};

export type DeskWork = {
  directive: string;
  desks: readonly string[];
  assignments?: readonly Named[];
};

/**
 * One transaction under the desks' locks; answers what `work` answers, after the commit. Heartbeats before and after.
 */
export async function onDesks<T>(
  deps: ActivityDeps,
  about: DeskWork,
  work: (tx: Transaction, ledger: Ledger) => Promise<T>,
): Promise<T> {
  report();
  const { result, nudges } = await inTransaction(deps.pool, async (tx) => {
    const askedMs = performance.now();
    await lockDesks(tx, about.desks);
    deps.onLock?.((performance.now() - askedMs) / 1000);
    const ledger = await openLedger(tx, deps.sources, {
      directives: [about.directive],
      desks: about.desks,
      assignments: about.assignments ?? [],
      graceMs: GRACE_MS,
    });
    const result = await work(tx, ledger);
    return { result, nudges: await ledger.flush(tx) };
  });
  // A desk goes on turning by itself; only other desks are nudged.
  if (nudges.length > 0) deps.nudge(nudges);
  report();
  return result;
}

/** Only for `issue` does the server listen; a local activity is part of its workflow task. */
function report(): void {
  if (!activityInfo().isLocal) heartbeat();
}

/**
 * One bad row must not stall the others: its work is done whole or not at all. If it throws, the error is kept as its
 * fault and the row is skipped. Answers whether the work was done.
 */
export async function treat(
  deps: ActivityDeps,
  ledger: Ledger,
  row: AssignmentRow,
  work: () => void | Promise<void>,
): Promise<boolean> {
  const error = await ledger.treat(row, work);
  if (error !== null) deps.onFault({ desk: row.desk, assignment: row.id, error });
  return error === null;
}
