// What follows from a changed state: the counters above it, and the desks that must look at it.
import { isSettled, type Assignment } from '../../domain/assignment/assignment.ts';
import { isCorrectionPending } from '../../domain/assignment/decision.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import { correctionsUntil } from '../../reading/terms.ts';
import type { Unwritten } from './unwritten.ts';

/** The record under the locks, and what is changed of it. */
type Change = { held: Snapshot; unwritten: Unwritten };

/** Counts a row again that an event has evolved, and asks the desks it concerns. */
export function countChange(change: Change, row: AssignmentRow, before: Assignment): void {
  const { state } = row;
  if (!isSettled(before) && isSettled(state)) settled(change, row);
  if (isSettled(before) && !isSettled(state)) unsettled(change, row);
  if (changesFigure(before, state)) figureChanged(change, row);
  if (isCorrectionPending(before) && !isCorrectionPending(state)) correctionJudged(change, row);
  if (state.orders.length > before.orders.length) change.unwritten.ask(row.desk);
}

function settled({ held, unwritten }: Change, row: AssignmentRow): void {
  const desk = held.desks.get(row.desk);
  if (!desk) return;
  desk.unsettled -= 1;
  unwritten.dirtyDesks.add(desk);
  const parent = row.state.parent === null ? undefined : held.rows.get(row.state.parent);
  const isHere = parent !== undefined && parent.desk === row.desk && parent.ownDesk === null;
  if (isHere) {
    parent.unsettled -= 1;
    unwritten.touched.add(parent);
  }
  if (desk.unsettled === 0 || (isHere && parent.unsettled === 0)) unwritten.ask(row.desk);
}

/** One more to wait for, in each desk above too that had said it waits for nothing; they are locked (command/transaction.ts). */
function unsettled({ held, unwritten }: Change, row: AssignmentRow): void {
  const parent = row.state.parent === null ? undefined : held.rows.get(row.state.parent);
  if (parent !== undefined && parent.desk === row.desk && parent.ownDesk === null)
    countAgain(unwritten, parent);
  let desk = held.deskOf(row);
  for (;;) {
    desk.unsettled += 1;
    unwritten.ask(desk.id);
    const above = desk.parent === null ? undefined : held.desks.get(desk.parent);
    if (!desk.complete || !above) return;
    desk.complete = false;
    // A section stands beside the children of its node where that has no desk of its own.
    const node = desk.node === null ? undefined : held.rows.get(desk.node);
    if (node?.desk === above.id && node.ownDesk === null) countAgain(unwritten, node);
    desk = above;
  }
}

function countAgain(unwritten: Unwritten, node: AssignmentRow): void {
  node.unsettled += 1;
  unwritten.touched.add(node);
}

/** A report that was sent up, or should have been by its due time, must be looked at again. */
export function figureChanged({ held, unwritten }: Change, row: AssignmentRow): void {
  const node = held.desks.get(row.desk)?.node;
  // Below a cancelled node nothing is sent up any more: the figure above that node changes.
  const cut = held.above(row).find(({ state }) => state.phase === 'cancelled');
  if (cut) unwritten.askElsewhere(cut.desk);
  // A node's own part is merged where the parts below the node are.
  if (row.state.part > 0) unwritten.askElsewhere(row.ownDesk ?? row.desk);
  if (held.directiveOf(row).standing.handedUp > 0) unwritten.askElsewhere(row.directive);
  const concerned = held.above(row).filter((above) => above.desk === row.desk || above.id === node);
  if (concerned.some(({ state }) => state.copy !== null || state.dueAt <= held.nowMs))
    unwritten.ask(row.desk);
}

/** Once the time for corrections is over its desk and all above it stay for this one alone: they may end now. */
function correctionJudged({ held, unwritten }: Change, row: AssignmentRow): void {
  const until = correctionsUntil(held.directiveOf(row));
  if (until !== null && until <= held.nowMs) unwritten.released.add(row.directive);
}

/** Does the approved figure, or the set of reports expected in it, differ? */
function changesFigure(before: Assignment, after: Assignment): boolean {
  const isGone = after.phase === 'cancelled' && before.phase !== 'cancelled';
  if (after.node) return before.part !== after.part || !before.node || isGone;
  return before.approved !== after.approved || (before.phase !== after.phase && isSettled(after));
}
