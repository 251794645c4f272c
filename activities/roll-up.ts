// Merges what is in and sends it up: the nodes in a desk, the desk's own node, and at the top the directive's end.
import { askDesks, findMark, isIssuing, isIssuingBelow, type Mark } from '../db/queries/desk.ts';
import { endDirective } from '../db/queries/directive.ts';
import { loadInnerNodes, type AssignmentRow } from '../db/queries/ledger.ts';
import { findCopyValues } from '../db/queries/submission.ts';
import type { Transaction } from '../db/pool.ts';
import { clockwork, type Ledger } from '../command/ledger.ts';
import { mergeBelow, mergedOf } from '../command/merge.ts';
import { loadInto } from '../command/opening.ts';
import { rollUp } from '../domain/decide.ts';
import { toIso } from '../domain/instant.ts';
import { GRACE_MS, onDesks, type ActivityDeps } from './desk-transaction.ts';

export async function rollUpDesk(deps: ActivityDeps, desk: string): Promise<void> {
  const mark = await findMark(deps.pool, desk);
  if (mark === null || mark.ended) return;
  await sendInnerNodes(deps, desk, mark);
  if (mark.kind === 'directive') await closeDirective(deps, desk, mark);
  else await sendNode(deps, desk, mark);
}

/** Nodes whose children are in the same desk, deepest first: their issuer is in this desk too. */
async function sendInnerNodes(deps: ActivityDeps, desk: string, mark: Mark): Promise<void> {
  await onDesks(deps, { directive: mark.directive, desks: [desk] }, async (tx, ledger) => {
    if (ledger.desks.get(desk)?.issued !== true) return;
    const nodes = await loadInnerNodes(tx, desk);
    if (nodes.length === 0) return;
    ledger.take([], nodes);
    await loadInto(ledger, tx, nodes);
    for (const node of nodes)
      await treat(deps, ledger, node, () => send(tx, ledger, node, node.unsettled === 0));
  });
}

/** The desk's own node stands in the desk above: both are locked, and what is below is looked at again. */
async function sendNode(deps: ActivityDeps, desk: string, mark: Mark): Promise<void> {
  const { directive, node, parent } = mark;
  if (node === null || parent === null) return;
  const work = { directive, desks: [desk, parent], assignments: [{ directive, id: node }] };
  await onDesks(deps, work, async (tx, ledger) => {
    const own = ledger.desks.get(desk);
    const above = ledger.desks.get(parent);
    const row = ledger.rows.get(node);
    if (!own || !above || !own.issued) return;
    // Without a row the node itself never went out: cancelled before, and nothing below it did either.
    const isComplete = own.unsettled === 0 && !(await isIssuingBelow(tx, directive, node));
    const isSection = own.id !== node;
    if (row && !isSection) {
      row.below = own.unsettled;
      await treat(deps, ledger, row, () => send(tx, ledger, row, isComplete));
    } else if (row && (row.state.copy !== null || row.state.dueAt <= ledger.nowMs)) {
      // A section is seen by nobody: the desk it is a part of merges it with its siblings.
      ledger.ask(parent);
    }
    if (!isComplete || own.complete) return;
    own.complete = true;
    ledger.touchDesk(own);
    above.unsettled -= 1;
    ledger.touchDesk(above);
    if (row && !isSection) ledger.touchRow(row);
    if (above.unsettled === 0) ledger.ask(parent);
  });
}

/** One bad row stalls nobody. */
async function treat(
  deps: ActivityDeps,
  ledger: Ledger,
  row: AssignmentRow,
  work: () => Promise<void>,
): Promise<void> {
  const seq = ledger.desks.get(row.desk)?.seq;
  try {
    await work();
  } catch (error) {
    // What has been appended must not be half of something, and a broken transaction holds nothing more.
    if (
      ledger.desks.get(row.desk)?.seq !== seq ||
      !(error instanceof RangeError || error instanceof TypeError)
    )
      throw error;
    deps.onFault({ desk: row.desk, assignment: row.id, error });
    ledger.fault(row, error.message);
  }
}

/** Sends a copy where one is due: all settled, or the due time reached with something in, or the copy before left behind. */
async function send(tx: Transaction, ledger: Ledger, row: AssignmentRow, isComplete: boolean): Promise<void> {
  ledger.carry(row);
  const { state } = row;
  if (state.phase === 'cancelled') return;
  const directive = ledger.directiveOf(row);
  const item = directive.items.get(state.item);
  const isAuto = item?.rollUp === 'auto' || state.closing !== null || directive.standing.phase === 'closed';
  const isFirst = state.copy === null;
  if (isFirst && !isAuto) return;
  if (isFirst && !isComplete && state.dueAt > ledger.nowMs) return;
  const below = await mergeBelow(tx, ledger, row);
  if (isFirst && !isComplete && below.coverage.approved === 0) return;
  const { merged, content } = mergedOf(below, isComplete);
  const old = isFirst ? {} : await findCopyValues(tx, row.directive, row.id, state.current);
  const receivedMs = ledger.nowMs + GRACE_MS;
  const events = rollUp(state, { ...merged, received: receivedMs, review: item?.review ?? 'manual', old });
  if (events.length === 0) return;
  for (const event of events) ledger.append(row, event, { ...clockwork(ledger.nowMs), receivedMs });
  ledger.report(row, row.state.current, 'roll-up', content, null, receivedMs);
  ledger.restated(row);
}

/** All is settled: the directive closes by itself. */
async function closeDirective(deps: ActivityDeps, desk: string, mark: Mark): Promise<void> {
  const isClosed = await onDesks(deps, { directive: mark.directive, desks: [desk] }, async (tx, ledger) => {
    const own = ledger.desks.get(desk);
    const directive = ledger.directives.get(mark.directive);
    if (!own || !directive || own.unsettled > 0 || directive.standing.phase !== 'open') return false;
    if (!own.issued || (await isIssuing(tx, mark.directive))) return false;
    const receivedMs = ledger.nowMs + GRACE_MS;
    ledger.appendToDesk(own, 'closed', { outcome: 'settled' }, { ...clockwork(ledger.nowMs), receivedMs });
    await endDirective(tx, {
      id: mark.directive,
      phase: 'closed',
      orders: directive.standing.orders,
      at: toIso(receivedMs),
    });
    return true;
  });
  // Every desk plans its end anew.
  if (isClosed) deps.nudge(await askDesks(deps.pool, { directive: mark.directive }));
}
