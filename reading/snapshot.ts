// The rows and desks read of the record at one moment, and the answers about a row that follow from them together.
import { issuerOf, type AssignmentStanding } from '../domain/access/relation.ts';
import type { Assignment } from '../domain/assignment/assignment.ts';
import {
  earliestDue,
  levelsAbove,
  standAbove,
  type CarryTerms,
  type Ordering,
} from '../domain/assignment/carry.ts';
import { ancestorsOf } from '../domain/code.ts';
import type { Millis } from '../domain/instant.ts';
import type { WakeContext } from '../domain/clock/ladder.ts';
import type { ClockContext } from '../domain/assignment/clock-context.ts';
import { type Reach, reach } from '../domain/policy/reach.ts';
import type { Directory, Place } from '../domain/organisation/organisation.ts';
import type { Routing } from '../domain/delivery/routing.ts';
import type { AssignmentRow, DeskRow } from '../db/queries/ledger.ts';
import { carryTermsOf, clocksOf, officeDueAt, type Directive } from './terms.ts';

/** Rows are read with these: terms of their directives, organisation and time of one moment. */
export type SnapshotOf = {
  directives: ReadonlyMap<string, Directive>;
  directory: Directory;
  routing: Routing;
  epoch: number;
  isNarrow: boolean;
  nowMs: Millis;
};

/** Immutable to readers: only the transaction it was opened in may add to it (command/ledger/growing.ts). */
export class Snapshot {
  protected readonly loadedDesks = new Map<string, DeskRow>();
  protected readonly loadedRows = new Map<string, AssignmentRow>();
  readonly desks: ReadonlyMap<string, DeskRow> = this.loadedDesks;
  readonly rows: ReadonlyMap<string, AssignmentRow> = this.loadedRows;
  /** Results of `above`, by the place directly above: a command asks ten times, and siblings share them. */
  protected readonly aboveBy = new Map<string, readonly AssignmentRow[]>();
  readonly directives: ReadonlyMap<string, Directive>;
  readonly directory: Directory;
  readonly routing: Routing;
  readonly epoch: number;
  /** How rows are written (domain/assignment/stored.ts). */
  readonly isNarrow: boolean;
  readonly nowMs: Millis;

  constructor(about: SnapshotOf, desks: readonly DeskRow[] = [], rows: readonly AssignmentRow[] = []) {
    this.directives = about.directives;
    this.directory = about.directory;
    this.routing = about.routing;
    this.epoch = about.epoch;
    this.isNarrow = about.isNarrow;
    this.nowMs = about.nowMs;
    for (const desk of desks) this.loadedDesks.set(desk.id, desk);
    for (const row of rows) this.loadedRows.set(row.id, row);
  }

  /** Assignments above, top first, as far as they are loaded. */
  above({ id }: Pick<AssignmentRow, 'id'>): readonly AssignmentRow[] {
    const place = id.slice(0, id.lastIndexOf('.'));
    const known = this.aboveBy.get(place);
    if (known) return known;
    const above = ancestorsOf(id).flatMap((each) => this.rows.get(each) ?? []);
    this.aboveBy.set(place, above);
    return above;
  }

  directiveOf(row: Pick<AssignmentRow, 'directive'>): Directive {
    const directive = this.directives.get(row.directive);
    if (!directive) throw new Error(`directive ${row.directive} is not loaded`);
    return directive;
  }

  deskOf(row: Pick<AssignmentRow, 'desk'>): DeskRow {
    const desk = this.desks.get(row.desk);
    if (!desk) throw new Error(`desk ${row.desk} is not loaded`);
    return desk;
  }

  standingOf(row: AssignmentRow): AssignmentStanding {
    return {
      holder: row.state.holder,
      above: this.above(row).map((node) => node.state.holder),
      office: this.directiveOf(row).terms.office,
      taskForce: row.state.taskForce,
      target: row.state.transfer?.to ?? null,
      shared: row.state.shared,
    };
  }

  /** The office and the nodes above, top first, each as it stands once it has taken in the orders from above it. */
  standingAbove(row: AssignmentRow): [Ordering, ...Ordering[]] {
    return standAbove(...this.wayDownTo(row));
  }

  /** The nodes above, top first, each as it stands once it has taken in the orders from above; none below the office. */
  levelsAbove(row: AssignmentRow): Assignment[] {
    return levelsAbove(...this.wayDownTo(row));
  }

  /** The office, the nodes below it down to the row, and the terms they take in orders by. */
  private wayDownTo(row: AssignmentRow): [Ordering, Assignment[], CarryTerms] {
    const directive = this.directiveOf(row);
    const dueAt = officeDueAt(directive, row.state.item) ?? row.state.dueAt;
    const office = { id: row.directive, orders: directive.standing.orders, dueAt };
    return [office, this.above(row).map(({ state }) => state), carryTermsOf(directive)];
  }

  /** Due time of the level above; for a settled level, the due time it would have if it owed again. */
  parentDueAt(row: AssignmentRow): Millis {
    return earliestDue(this.standingAbove(row));
  }

  /** The people who hold the posts of a rung or reminder at `atMs`. */
  reachOf(row: AssignmentRow, atMs: Millis): Reach {
    const standing = this.standingOf(row);
    return (targets, place, isRung) =>
      reach(this.directory, { ...standing, holder: place ?? standing.holder }, targets, atMs, isRung);
  }

  issuerOf(row: AssignmentRow): Place {
    return issuerOf(this.standingOf(row));
  }

  /** Unsettled assignments below a node: of its own desk, or its children here. */
  static belowOf(row: AssignmentRow): number {
    return row.ownDesk === null ? row.unsettled : (row.below ?? 0);
  }

  clocksOf(row: AssignmentRow): ClockContext {
    return clocksOf(this.directiveOf(row), row.state, Snapshot.belowOf(row));
  }

  wakingOf(row: AssignmentRow): WakeContext {
    return { ...this.clocksOf(row), parentDueAt: this.parentDueAt(row) };
  }
}
