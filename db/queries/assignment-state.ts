// The state of an assignment as it is read, put together from its row's state and its columns.
import type { Assignment, Phase } from '../../domain/assignment/assignment.ts';
import { unpacked } from '../../domain/assignment/stored.ts';
import type { Place } from '../../domain/organisation/organisation.ts';

/** Selected from `assignment a`. */
export const STATE_COLUMNS = `a.id, a.directive, a.item, a.parent, a.task_force as "taskForce", a.unit, a.holder, a.node, a.phase,
  floor(extract(epoch from a.due_at) * 1000)::float8 as "dueAtMs", a.current, a.approved, a.escalation, a.part, a.state`;

export type StateRow = {
  id: string;
  directive: string;
  item: string;
  parent: string | null;
  taskForce: string;
  unit: string | null;
  holder: Place;
  node: boolean;
  phase: Phase;
  dueAtMs: number;
  current: number;
  approved: number;
  escalation: number;
  part: number;
  state: object;
};

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
