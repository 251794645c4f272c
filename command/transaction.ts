// A batch of commands in one transaction: locks, first verdicts, judgement in order of receipt, one bulk write.
import { inTransaction, type Pool, type Transaction } from '../db/pool.ts';
import {
  findDeskPath,
  loadDesksOfNode,
  loadUncarried,
  lockCustody,
  lockDesks,
  tryDesks,
  type AssignmentRow,
  type DeskRow,
} from '../db/queries/ledger.ts';
import { dropVerdicts, findVerdicts } from '../db/queries/verdict.ts';
import { findCopyValues } from '../db/queries/submission.ts';
import { VERB_TABLE } from '../domain/assignment/verb-table.ts';
import { DESK_LIMIT } from '../domain/directive/cut.ts';
import { refuse } from '../domain/failure.ts';
import type { Ledger } from './ledger/ledger.ts';
import { handOut, planParts, type Decomposition } from './directive/decomposition.ts';
import {
  judgeCommand,
  NOTHING_BESIDE,
  refusedWith,
  type Beside,
  type JudgedCommand,
  type Posted,
  type Verdicts,
} from './judge.ts';
import { mergeBelow, mergedOf } from './merge.ts';
import { fallBackAbove } from './reopening.ts';
import { loadInto, openLedger } from './ledger/opening.ts';
import type { Sources } from '../reading/opening.ts';
import { namedPlace } from './directive/place.ts';

/** Assignments below that a command itself carries an order to; the rest is the clockwork's `cascade`. */
const CARRIED_AT_ONCE = 500;

export type BatchResult = {
  /** One for each command, in order; null where another transaction had locked its desk. */
  outcomes: (JudgedCommand | null)[];
  nudges: string[];
};

export type BatchDeps = {
  pool: Pool;
  sources: Sources;
  /** Assignments in one desk; the tests run with 5 as well. */
  deskLimit?: number;
};

/** Judges commands of desks that are free at once; leaves commands of desks that another transaction holds. */
export function runBatch(deps: BatchDeps, batch: readonly Posted[]): Promise<BatchResult> {
  return inTransaction(deps.pool, async (tx) => {
    const desks = [...new Set(batch.map(({ desk }) => desk))];
    const locked = new Set(await tryDesks(tx, desks));
    const ready = batch.filter(({ desk }) => locked.has(desk));
    const { judged, nudges } = await judgeAll(tx, deps, ready, [...locked]);
    return { outcomes: batch.map((posted) => judged.get(posted) ?? null), nudges };
  });
}

/** Waits for one desk, then judges the commands of `take`. `lockMs`: how long another held it, null for not at all. */
export function runWaiting(
  deps: BatchDeps,
  desk: string,
  take: () => readonly Posted[],
): Promise<BatchResult & { lockMs: number | null }> {
  return inTransaction(deps.pool, async (tx) => {
    const isFree = (await tryDesks(tx, [desk])).length === 1;
    const askedMs = performance.now();
    if (!isFree) await lockDesks(tx, [desk]);
    const lockMs = isFree ? null : performance.now() - askedMs;
    const batch = take();
    const { judged, nudges } = await judgeAll(tx, deps, batch, [desk]);
    return { outcomes: batch.map((posted) => judged.get(posted) ?? null), nudges, lockMs };
  });
}

/** Judges commands in order of receipt, under the locks of their desks; writes in bulk. */
async function judgeAll(
  tx: Transaction,
  deps: BatchDeps,
  ready: readonly Posted[],
  desks: readonly string[],
): Promise<{ judged: Map<Posted, JudgedCommand>; nudges: string[] }> {
  const judged = new Map<Posted, JudgedCommand>();
  if (ready.length === 0) return { judged, nudges: [] };
  const passing = ready.filter(({ command }) => VERB_TABLE[command.verb].passes);
  await lockCustody(
    tx,
    passing.map(({ directive }) => directive),
  );
  const ledger = await open(tx, deps.sources, ready, desks);
  const verdicts = await loadVerdicts(tx, ready);
  for (const posted of ready) {
    judged.set(posted, judgeCommand(ledger, verdicts, posted, await besideOf(tx, ledger, posted)));
    if (VERB_TABLE[posted.command.verb].orders) await carryBelow(tx, ledger, posted);
  }
  return { judged, nudges: await ledger.flush(tx) };
}

/** A command that hands out at the same time makes a desk once: a second look finds it. More looks mean a fault. */
const MAX_LOOKS = 5;

/**
 * A node's report sent up by its holder, or parts handed out: it takes the locks of the node's own desks, because their
 * figures or rows change, and of the desk above. Only under the locks do we know these desks for sure: if another
 * transaction has made one meanwhile, all begins anew, for a desk is locked before the one above it.
 */
export async function runAlone(deps: BatchDeps, posted: Posted): Promise<BatchResult> {
  if (VERB_TABLE[posted.command.verb].needs === 'above')
    return inTransaction(deps.pool, (tx) => reopenAlone(tx, deps, posted));
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const result = await inTransaction(deps.pool, (tx) => tryAlone(tx, deps, posted));
    if (result !== null) return result;
  }
  throw new Error(`the desks below ${posted.assignment} do not come to rest`);
}

/** Its desk waits again for a report opened again, and so do the desks above where that desk had said all is settled. */
async function reopenAlone(tx: Transaction, deps: BatchDeps, posted: Posted): Promise<BatchResult> {
  const desks = await findDeskPath(tx, posted.desk);
  for (const id of desks) await lockDesks(tx, [id]);
  const ledger = await open(tx, deps.sources, [posted], desks);
  const row = ledger.held.rows.get(posted.assignment);
  for (const node of row ? ledger.held.above(row) : []) ledger.carry(node);
  const outcome = judgeCommand(ledger, await loadVerdicts(tx, [posted]), posted, NOTHING_BESIDE);
  if (row && outcome.is === 'taken') fallBackAbove(ledger, row, posted);
  return { outcomes: [outcome], nudges: await ledger.flush(tx) };
}

/** Null where the desks below are not the desks locked. */
async function tryAlone(tx: Transaction, deps: BatchDeps, posted: Posted): Promise<BatchResult | null> {
  const below = deepestFirst(await loadDesksOfNode(tx, posted.assignment));
  const desks = [...below, posted.desk];
  for (const id of desks) await lockDesks(tx, [id]);
  if ((await loadDesksOfNode(tx, posted.assignment)).length !== below.length) return null;
  if (VERB_TABLE[posted.command.verb].passes) await lockCustody(tx, [posted.directive]);
  const ledger = await open(tx, deps.sources, [posted], desks);
  const verdicts = await loadVerdicts(tx, [posted]);
  const row = ledger.held.rows.get(posted.assignment);
  if (!row) return { outcomes: [refusedWith(refuse('NOT_FOUND'))], nudges: [] };
  return VERB_TABLE[posted.command.verb].needs === 'parts'
    ? decomposeAlone(tx, deps, ledger, verdicts, posted, row)
    : sendUpAlone(tx, ledger, verdicts, posted, row);
}

async function sendUpAlone(
  tx: Transaction,
  ledger: Ledger,
  verdicts: Verdicts,
  posted: Posted,
  row: AssignmentRow,
): Promise<BatchResult> {
  const summary = await mergeBelow(tx, ledger, row);
  const old =
    row.state.copy === null ? {} : await findCopyValues(tx, row.directive, row.id, row.state.current);
  const isFinal = (row.ownDesk === null ? row.unsettled : (row.below ?? 0)) === 0;
  const merged = { ...mergedOf(summary, isFinal), old };
  const outcome = judgeCommand(ledger, verdicts, posted, { ...NOTHING_BESIDE, merged });
  return { outcomes: [outcome], nudges: await ledger.flush(tx) };
}

async function decomposeAlone(
  tx: Transaction,
  { deskLimit = DESK_LIMIT }: BatchDeps,
  ledger: Ledger,
  verdicts: Verdicts,
  posted: Posted,
  row: AssignmentRow,
): Promise<BatchResult> {
  ledger.carry(row);
  const parts: Decomposition = await planParts(tx, ledger, row, posted);
  const outcome = judgeCommand(ledger, verdicts, posted, { ...NOTHING_BESIDE, parts });
  const opened = outcome.is === 'taken' ? await handOut(tx, ledger, row, parts, { posted, deskLimit }) : [];
  return { outcomes: [outcome], nudges: [...(await ledger.flush(tx)), ...opened] };
}

/** Loads the part of the record that a verb needs besides its row; most need nothing. */
async function besideOf(tx: Transaction, ledger: Ledger, posted: Posted): Promise<Beside> {
  const row = ledger.held.rows.get(posted.assignment);
  if (!row) return NOTHING_BESIDE;
  const named = await namedPlace(tx, ledger, row, posted.command);
  return named === null ? NOTHING_BESIDE : { ...NOTHING_BESIDE, named };
}

/** Sorts desks as the clockwork locks them: a desk before the one above it, so that they never wait for each other. */
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

/** Assignments below in the same desk take the order in with the command, up to a bound. */
async function carryBelow(tx: Transaction, ledger: Ledger, posted: Posted): Promise<void> {
  const row = ledger.held.rows.get(posted.assignment);
  const order = row?.state.orders.at(-1);
  if (!row || !order || row.ownDesk !== null) return;
  const given = { of: row.id, n: order.n, amendment: 0, cancel: order.kind === 'cancel' ? order.n : 0 };
  const below = await loadUncarried(tx, row.desk, given, '', CARRIED_AT_ONCE);
  await loadInto(ledger, tx, below);
  ledger.held.take([], below);
  for (const each of below) ledger.carry(ledger.held.rows.get(each.id) ?? each);
}
