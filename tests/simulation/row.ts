// What the simulation keeps of an assignment and of a desk.
import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { Happening } from '../../domain/assignment/happening.ts';
import type { Millis } from '../../domain/instant.ts';

/** One event in a desk's log; `isOver`: the directive had ended. */
export type Logged = { assignment: string; received: Millis; isOver: boolean; event: Happening };

export type Row = {
  state: Assignment;
  log: Happening[];
  desk: Desk;
  ownDesk: string | null;
  children: Row[];
  /** What was reported, by version; and a node's own parts by theirs. */
  reports: Map<number, number>;
  parts: Map<number, number>;
};
export type Desk = {
  id: string;
  parent: string | null;
  node: string | null;
  unsettled: number;
  lastAt: Millis;
  log: Logged[];
};
