// The state of an assignment as it is read, put together from its row's state and its columns.
import type { Assignment } from '../../domain/assignment/assignment.ts';
import { unpacked, type InColumns } from '../../domain/assignment/stored.ts';

/** Selected from `assignment a`. */
export const STATE_COLUMNS = `a.id, a.directive, a.item, a.parent, a.task_force as "taskForce", a.unit, a.holder, a.node, a.phase,
  floor(extract(epoch from a.due_at) * 1000)::float8 as "dueAtMs", a.current, a.approved, a.escalation, a.part, a.state`;

export type StateRow = Omit<InColumns, 'dueAt'> & { dueAtMs: number; state: object };

export const stateOf = (row: StateRow): Assignment =>
  unpacked(row.state, {
    id: row.id,
    directive: row.directive,
    item: row.item,
    parent: row.parent,
    taskForce: row.taskForce,
    unit: row.unit,
    holder: row.holder,
    node: row.node,
    phase: row.phase,
    dueAt: row.dueAtMs,
    current: row.current,
    approved: row.approved,
    escalation: row.escalation,
    part: row.part,
  });
