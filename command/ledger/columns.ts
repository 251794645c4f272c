// A row and a desk as the columns they are written in.
import { isSettled, type Assignment } from '../../domain/assignment/assignment.ts';
import { levelOf } from '../../domain/code.ts';
import { toIso, toIsoOrNull } from '../../domain/instant.ts';
import type { AssignmentRow, DeskRow } from '../../db/queries/ledger.ts';
import type { Writing } from '../../db/queries/writing.ts';

/** A state that is not this assignment's would pass for one with nothing left to come, and be forgotten. */
export function assertSound({ id, state }: AssignmentRow): void {
  if (state.id !== id) throw new Error(`the state of ${id} is not an assignment's`);
}

/** The columns that may have changed in a row that is there already. */
export function changedColumns(
  row: AssignmentRow,
  fault: string | null,
  pack: (state: Assignment) => object,
): Writing['changed'][number] {
  const { state } = row;
  return {
    directive: row.directive,
    id: row.id,
    holder: state.holder,
    node: state.node,
    own_desk: row.ownDesk,
    phase: state.phase,
    settled: isSettled(state),
    due_at: toIso(state.dueAt),
    next_wake: toIsoOrNull(row.nextWakeMs),
    unsettled: row.unsettled,
    approved: state.approved,
    current: state.current,
    escalation: state.escalation,
    part: state.part,
    lost_approved: state.lost.approved,
    lost_reported: state.lost.reported,
    suspended: state.suspended !== null,
    transfer_to: state.transfer?.to ?? null,
    asked: state.extension !== null || state.declining !== null,
    waits: state.phase === 'submitted' || state.approved < state.current,
    state: pack(state),
    fault,
  };
}

/** The columns of a new row. */
export function columnsOf(
  row: AssignmentRow,
  fault: string | null,
  pack: (state: Assignment) => object,
): Writing['assignments'][number] {
  const { parent, item, taskForce, unit } = row.state;
  const { rank, desk } = row;
  const settled = { rank, desk, parent, item, task_force: taskForce, unit, level: levelOf(row.id) };
  return { ...changedColumns(row, fault, pack), ...settled };
}

export const deskColumns = (desk: DeskRow, ask: boolean): Writing['desks'][number] => ({
  id: desk.id,
  unsettled: desk.unsettled,
  complete: desk.complete,
  seq: desk.seq,
  hash: desk.hash,
  last_at: desk.lastAtMs === 0 ? null : toIso(desk.lastAtMs),
  ask,
  issued: desk.issued,
});
