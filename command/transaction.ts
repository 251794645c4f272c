// A batch of commands in one transaction: locks, first verdicts, judgement in order of receipt, one bulk write.
import { inTransaction, type Pool, type Transaction } from '../db/pool.ts';
import { loadDesksOfNode, loadUncarried, lockDesks, tryDesks, type DeskRow } from '../db/queries/ledger.ts';
import { dropVerdicts, findVerdicts } from '../db/queries/verdict.ts';
import { findCopyValues } from '../db/queries/submission.ts';
import { refuse } from '../domain/failure.ts';
import type { Ledger } from './ledger.ts';
import { judge, refusedWith, type Outcome, type Posted, type Verdicts } from './judge.ts';
import { mergeBelow, mergedOf } from './merge.ts';
import { loadInto, openLedger, type Sources } from './opening.ts';

/** Assignments below that a command itself carries an order to; the rest is the clockwork's `cascade`. */
const CARRIED_AT_ONCE = 500;

export type BatchResult = {
  /** One for each command, in order; null where its desk was locked by somebody else. */
  outcomes: (Outcome | null)[];
  nudges: string[];
};

export type BatchDeps = { pool: Pool; sources: Sources };

/** Commands whose desk is free at once are judged; with `wait` (a single desk's) their turn is waited for. */
export function runBatch(deps: BatchDeps, batch: readonly Posted[], wait: boolean): Promise<BatchResult> {
  return inTransaction(deps.pool, async (tx) => {
    const desks = [...new Set(batch.map(({ desk }) => desk))];
    if (wait) await lockDesks(tx, desks);
    const locked = new Set(wait ? desks : await tryDesks(tx, desks));
    const ready = batch.filter(({ desk }) => locked.has(desk));
    if (ready.length === 0) return { outcomes: batch.map(() => null), nudges: [] };
    const ledger = await open(tx, deps.sources, ready, [...locked]);
    const verdicts = await loadVerdicts(tx, ready);
    const judged = new Map<Posted, Outcome>();
    for (const posted of ready) {
      judged.set(posted, judge(ledger, verdicts, posted));
      if (givesOrders(posted)) await carryBelow(tx, ledger, posted);
    }
    const nudges = await ledger.flush(tx);
    return { outcomes: batch.map((posted) => judged.get(posted) ?? null), nudges };
  });
}

/** A node's report sent up by its holder: merged under the locks of its own desk and the desk above. */
export function runRollUp(deps: BatchDeps, posted: Posted): Promise<BatchResult> {
  return inTransaction(deps.pool, async (tx) => {
    const below = await loadDesksOfNode(tx, posted.assignment);
    for (const id of [...deepestFirst(below), posted.desk]) await lockDesks(tx, [id]);
    const ledger = await open(tx, deps.sources, [posted], [posted.desk]);
    const verdicts = await loadVerdicts(tx, [posted]);
    const row = ledger.rows.get(posted.assignment);
    if (!row) return { outcomes: [refusedWith(refuse('NOT_FOUND'))], nudges: [] };
    const merged = await mergeBelow(tx, ledger, row);
    const old =
      row.state.copy === null ? {} : await findCopyValues(tx, row.directive, row.id, row.state.current);
    const isFinal = (row.ownDesk === null ? row.unsettled : (row.below ?? 0)) === 0;
    const outcome = judge(ledger, verdicts, posted, { ...mergedOf(merged, isFinal), old });
    return { outcomes: [outcome], nudges: await ledger.flush(tx) };
  });
}

/** As the clockwork locks them: a desk before the one above it, so that the two never wait for each other. */
function deepestFirst(desks: readonly DeskRow[]): string[] {
  const parents = new Map(desks.map(({ id, parent }) => [id, parent]));
  const depth = (id: string | null | undefined): number =>
    typeof id === 'string' && parents.has(id) ? 1 + depth(parents.get(id)) : 0;
  return desks.map(({ id }) => id).sort((a, b) => depth(b) - depth(a) || (a < b ? -1 : 1));
}

function open(
  tx: Transaction,
  sources: Sources,
  batch: readonly Posted[],
  desks: readonly string[],
): Promise<Ledger> {
  return openLedger(tx, sources, {
    directives: batch.map(({ directive }) => directive),
    desks,
    assignments: batch.map(({ directive, assignment }) => ({ directive, id: assignment })),
  });
}

async function loadVerdicts(tx: Transaction, batch: readonly Posted[]): Promise<Verdicts> {
  const found = await findVerdicts(
    tx,
    batch.map(({ id }) => id),
  );
  const expired = found.filter((verdict) => verdict.isExpired);
  if (expired.length > 0)
    await dropVerdicts(
      tx,
      expired.map(({ id }) => id),
    );
  return new Map(found.filter((verdict) => !verdict.isExpired).map((verdict) => [verdict.id, verdict]));
}

const givesOrders = ({ command }: Posted): boolean => command.verb === 'cancel' || command.verb === 'close';

/** What stands below in the same desk takes the order in with the command, up to a bound. */
async function carryBelow(tx: Transaction, ledger: Ledger, posted: Posted): Promise<void> {
  const row = ledger.rows.get(posted.assignment);
  const order = row?.state.orders.at(-1);
  if (!row || !order || row.ownDesk !== null) return;
  const below = await loadUncarried(tx, row.desk, { of: row.id, n: order.n }, '', CARRIED_AT_ONCE);
  await loadInto(ledger, tx, below);
  ledger.take([], below);
  for (const each of below) ledger.carry(ledger.rows.get(each.id) ?? each);
}
