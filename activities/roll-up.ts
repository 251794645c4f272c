// Merges what has been handed in and sends it up: a desk's inner nodes, the desk's own node, and at the top the
// directive's end.
import { ApplicationFailure } from '@temporalio/common';
import { askDesks, findMark, isIssuing, type DeskMark } from '../db/queries/desk.ts';
import { endDirective } from '../db/queries/directive.ts';
import { findHandedUpAt } from '../db/queries/hand-up.ts';
import {
  hasInnerNodes,
  loadAssignments,
  loadDesks,
  loadInnerNodes,
  lockDesks,
  type AssignmentRow,
  type DeskRow,
} from '../db/queries/ledger.ts';
import { findCopyValues } from '../db/queries/submission.ts';
import type { Transaction } from '../db/pool.ts';
import { restateHandUp } from '../command/directive/hand-up.ts';
import { type Ledger } from '../command/ledger/ledger.ts';
import { clockwork } from '../command/ledger/log.ts';
import { mergeBelow, mergedOf, type Below } from '../command/merge.ts';
import { loadInto } from '../command/ledger/opening.ts';
import { handOf as termsHandOf } from '../reading/terms.ts';
import { sendOrAsk, type SendingHand } from '../domain/assignment/decide-report.ts';
import { toIso } from '../domain/instant.ts';
import { isLed } from '../domain/organisation/organisation.ts';
import { DESK_FAILURES } from './contracts.ts';
import { databaseNow, onDesks, treat, type ActivityDeps } from './desk-transaction.ts';

export async function rollUpDesk(deps: ActivityDeps, desk: string): Promise<void> {
  const mark = await findMark(deps.pool, desk);
  if (mark === null || mark.ended) return;
  const unsent = await sendInnerNodes(deps, desk, mark);
  if (mark.kind === 'directive') await turnOffice(deps, desk, mark);
  else if (mark.node === null) await completeSection(deps, desk, mark);
  else unsent.push(...(await sendNode(deps, desk, mark)));
  // Only after everything else is done: this turn must not be the desk's last (plan.ts). Tried again at once, it would
  // only fill the log.
  if (unsent.length > 0)
    throw ApplicationFailure.nonRetryable(`not sent up: ${unsent.join(', ')}`, DESK_FAILURES.NODE_NOT_SENT);
}

/**
 * Nodes whose children are in the same desk, deepest first: their issuer is in this desk too. Answers those that could
 * not be treated.
 */
async function sendInnerNodes(deps: ActivityDeps, desk: string, mark: DeskMark): Promise<string[]> {
  // Most desks have none, so it looks without the lock: a desk that gets one is asked again.
  if (!(await hasInnerNodes(deps.pool, desk))) return [];
  return onDesks(deps, { directive: mark.directive, desks: [desk] }, async (tx, ledger) => {
    if (ledger.held.desks.get(desk)?.issued !== true) return [];
    const nodes = await loadInnerNodes(tx, desk);
    ledger.held.take([], nodes);
    await loadInto(ledger, tx, nodes);
    const unsent: string[] = [];
    for (const node of nodes) {
      const isTreated = await treat(deps, ledger, node, async () => {
        ledger.carry(node);
        const isComplete = node.unsettled === 0;
        if (!isCopyDue(ledger, node, isComplete)) return;
        await sendCopy(tx, ledger, node, isComplete, await mergeBelow(tx, ledger, node));
      });
      if (!isTreated) unsent.push(node.id);
    }
    return unsent;
  });
}

/**
 * The desk's own node is in the desk above. It is merged under this desk's lock and sent under both: the node's changes
 * since then are read again, what is below cannot have changed. Answers the node if it could not be treated.
 */
async function sendNode(deps: ActivityDeps, desk: string, mark: DeskMark): Promise<string[]> {
  const { directive, node, parent } = mark;
  if (node === null || parent === null) return [];
  return onDesks(deps, { directive, desks: [desk] }, async (tx, ledger) => {
    const own = ledger.held.desks.get(desk);
    if (!own?.issued) return [];
    // A desk below is counted from its plan on, until it has said that all is settled there; by then it has gone out.
    const isComplete = own.unsettled === 0;
    const isSection = own.id !== node;
    const before = (await loadAssignments(tx, [directive], [node]))[0];
    const isDue = before !== undefined && isCopyDue(ledger, before, isComplete);
    if (!isDue && (!isComplete || own.complete)) return [];
    const below = isDue && !isSection ? await mergeBelow(tx, ledger, before) : null;

    await lockDesks(tx, [parent]);
    ledger.held.take(await loadDesks(tx, [parent]), []);
    await loadInto(ledger, tx, [{ directive, id: node }]);
    const above = ledger.held.desks.get(parent);
    const row = ledger.held.rows.get(node);
    if (!above) return [];
    let isTreated = true;
    if (row && below) {
      isTreated = await treat(deps, ledger, row, async () => {
        row.below = own.unsettled;
        ledger.carry(row);
        if (isCopyDue(ledger, row, isComplete)) await sendCopy(tx, ledger, row, isComplete, below);
      });
    }
    // A section sends nothing up: the desk it is a part of merges it with its siblings.
    if (isDue && isSection) ledger.ask(parent);
    if (isComplete && !own.complete) complete(ledger, own, above, row);
    return isTreated ? [] : [node];
  });
}

/** A section of the directive's own desk has no node above it to send anything to, only a desk that counts it. */
async function completeSection(deps: ActivityDeps, desk: string, mark: DeskMark): Promise<void> {
  const { directive, parent } = mark;
  if (parent === null) return;
  await onDesks(deps, { directive, desks: [desk] }, async (tx, ledger) => {
    const own = ledger.held.desks.get(desk);
    if (!own?.issued || own.unsettled > 0 || own.complete) return;
    await lockDesks(tx, [parent]);
    ledger.held.take(await loadDesks(tx, [parent]), []);
    const above = ledger.held.desks.get(parent);
    if (above) complete(ledger, own, above, undefined);
  });
}

/** Tells the desk above that all is settled here. Without a row the node itself was never issued. */
function complete(ledger: Ledger, own: DeskRow, above: DeskRow, row: AssignmentRow | undefined): void {
  own.complete = true;
  ledger.touchDesk(own);
  above.unsettled -= 1;
  ledger.touchDesk(above);
  // A section of a node without a desk of its own is beside the node's other children in the desk above.
  const isAmongChildren = row?.desk === above.id && row.ownDesk === null;
  if (isAmongChildren) row.unsettled -= 1;
  if (row && (isAmongChildren || own.id === row.id)) ledger.touchRow(row);
  if (above.unsettled === 0 || (isAmongChildren && row.unsettled === 0)) ledger.ask(above.id);
}

/** All settled, or the due time reached, or a copy sent before may be out of date. */
function isCopyDue(ledger: Ledger, row: AssignmentRow, isComplete: boolean): boolean {
  const { state } = row;
  if (state.phase === 'cancelled') return false;
  // Where a person sends the result up, nothing goes up by itself: the person is asked once all reports are in.
  if (handOf(ledger, row) !== null) return isComplete && state.suspended === null;
  if (state.copy !== null) return true;
  const isEnding = state.closing !== null || ledger.held.directiveOf(row).standing.phase === 'closed';
  // While clocks stand still nothing goes up by itself either.
  if (state.suspended !== null && !isEnding) return false;
  return isComplete || state.dueAt <= ledger.held.nowMs;
}

const handOf = (ledger: Ledger, row: AssignmentRow): SendingHand =>
  termsHandOf(
    ledger.held.directiveOf(row),
    row.state,
    isLed(ledger.held.directory, row.state.holder, ledger.held.nowMs),
  );

/** Nothing where the copy would equal the one before, or where nothing has been handed in yet. */
async function sendCopy(
  tx: Transaction,
  ledger: Ledger,
  row: AssignmentRow,
  isComplete: boolean,
  below: Below,
): Promise<void> {
  const { state } = row;
  const isFirst = state.copy === null;
  if (isFirst && !isComplete && below.coverage.approved === 0 && state.part === 0) return;
  const review = ledger.held.directiveOf(row).items.get(state.item)?.review ?? 'manual';
  const { merged, content } = mergedOf(below, isComplete);
  const old = isFirst ? {} : await findCopyValues(tx, row.directive, row.id, state.current);
  const receivedMs = databaseNow(ledger);
  const events = sendOrAsk(state, { ...merged, received: receivedMs, review, old }, handOf(ledger, row));
  for (const event of events) ledger.append(row, event, clockwork(receivedMs));
  if (row.state.current === state.current) return;
  ledger.report(row, row.state.current, 'roll-up', content, null, receivedMs);
  // Copies sent up above it must be checked again.
  ledger.figureChanged(row);
}

/** A hand-up that no longer holds is written anew; if that fails the directive closes all the same. */
async function turnOffice(deps: ActivityDeps, desk: string, mark: DeskMark): Promise<void> {
  try {
    await restate(deps, desk, mark);
  } finally {
    await closeDirective(deps, desk, mark);
  }
}

/**
 * Also after closing, as long as corrections are taken. Most directives have handed up nothing, so it looks without the
 * lock first.
 */
async function restate(deps: ActivityDeps, desk: string, mark: DeskMark): Promise<void> {
  if ((await findHandedUpAt(deps.pool, mark.directive)) === null) return;
  await onDesks(deps, { directive: mark.directive, desks: [desk] }, async (tx, ledger) => {
    const own = ledger.held.desks.get(desk);
    const by = clockwork(databaseNow(ledger));
    if (own) await restateHandUp(tx, ledger, own, by);
  });
}

/** All is settled: the directive closes by itself. */
async function closeDirective(deps: ActivityDeps, desk: string, mark: DeskMark): Promise<void> {
  const asked = await onDesks(deps, { directive: mark.directive, desks: [desk] }, async (tx, ledger) => {
    const own = ledger.held.desks.get(desk);
    const directive = ledger.held.directives.get(mark.directive);
    if (!own || !directive || own.unsettled > 0 || directive.standing.phase !== 'open') return [];
    if (!own.issued || (await isIssuing(tx, mark.directive))) return [];
    const receivedMs = databaseNow(ledger);
    ledger.appendToDesk(own, 'closed', { outcome: 'settled' }, clockwork(receivedMs));
    await endDirective(tx, {
      id: mark.directive,
      phase: 'closed',
      orders: directive.standing.orders,
      at: toIso(receivedMs),
    });
    // Every desk plans its end again. They are asked in the closing transaction: a process that dies after it never
    // closes again.
    return askDesks(tx, { directive: mark.directive });
  });
  deps.nudge(asked);
}
