// One transaction's work on desks it has locked: events appended in order, rows evolved, counters kept, all written at once.
import { issuerOf, type Standing } from '../domain/access.ts';
import { evolve } from '../domain/evolve.ts';
import { isSettled, issue, packed, type Assignment } from '../domain/assignment.ts';
import type { EventData, Happening, NewEvent } from '../domain/happening.ts';
import { carry, standAbove, type Ordering } from '../domain/carry.ts';
import { ancestorsOf, levelOf } from '../domain/code.ts';
import { collapseWithin, deliveriesFor, type Occasion } from '../domain/delivery.ts';
import { toIso, toIsoOrNull, type Millis } from '../domain/instant.ts';
import { nextWake, type ClockContext, type Reach, type WakeContext } from '../domain/ladder.ts';
import { reach, toldOf } from '../domain/notification.ts';
import { unitPlace, type Directory, type Place } from '../domain/organisation.ts';
import { isSilent, type Routing } from '../domain/routing.ts';
import { askDesks } from '../db/queries/desk.ts';
import { write, type AssignmentRow, type DeskRow, type Writing } from '../db/queries/ledger.ts';
import { writeSlips, type SlipWriting } from '../db/queries/slip.ts';
import { isAway, sqlState, type Db } from '../db/pool.ts';
import { linkHash } from './chain.ts';
import { noteSlips } from './slip.ts';
import { carryTermsOf, clocksOf, officeDueAt, type Directive } from './terms.ts';

/** In whose name, when it was received, and by which command. */
export type By = { actor: string | null; token: string | null; receivedMs: Millis; command: string | null };

/** The clockwork acts in nobody's name. */
export const clockwork = (nowMs: Millis): By => ({
  actor: null,
  token: null,
  receivedMs: nowMs,
  command: null,
});

type Report = Writing['submissions'][number];

export class Ledger {
  readonly desks = new Map<string, DeskRow>();
  readonly rows = new Map<string, AssignmentRow>();
  /** Rows something has happened to, and those of which only a counter or a clock has moved. */
  private readonly evolved = new Set<AssignmentRow>();
  private readonly touched = new Set<AssignmentRow>();
  private readonly dirtyDesks = new Set<DeskRow>();
  private readonly asks = new Set<string>();
  private readonly elsewhere = new Set<string>();
  private readonly faults = new Map<AssignmentRow, string>();
  private readonly writing: Omit<Writing, 'assignments' | 'touched' | 'desks'> = {
    events: [],
    submissions: [],
    notifications: [],
    deliveries: [],
    attachments: [],
    verdicts: [],
  };
  private readonly slipWriting: SlipWriting = { slips: [], countersignatures: [] };
  readonly directives: ReadonlyMap<string, Directive>;
  readonly directory: Directory;
  readonly routing: Routing;
  readonly epoch: number;
  readonly nowMs: Millis;

  constructor(about: {
    directives: ReadonlyMap<string, Directive>;
    directory: Directory;
    routing: Routing;
    epoch: number;
    nowMs: Millis;
  }) {
    this.directives = about.directives;
    this.directory = about.directory;
    this.routing = about.routing;
    this.epoch = about.epoch;
    this.nowMs = about.nowMs;
  }

  take(desks: readonly DeskRow[], rows: readonly AssignmentRow[]): void {
    for (const desk of desks) if (!this.desks.has(desk.id)) this.desks.set(desk.id, desk);
    for (const row of rows) if (!this.rows.has(row.id)) this.rows.set(row.id, row);
  }

  /** Assignments above, top first, as far as they are loaded. */
  above(row: Pick<AssignmentRow, 'id'>): AssignmentRow[] {
    return ancestorsOf(row.id).flatMap((id) => this.rows.get(id) ?? []);
  }

  directiveOf(row: Pick<AssignmentRow, 'directive'>): Directive {
    const directive = this.directives.get(row.directive);
    if (!directive) throw new Error(`directive ${row.directive} is not loaded`);
    return directive;
  }

  standingOf(row: AssignmentRow): Standing {
    return {
      holder: row.state.holder,
      above: this.above(row).map((node) => node.state.holder),
      office: this.directiveOf(row).terms.office,
      taskForce: row.state.taskForce,
      target: row.state.transfer?.to ?? null,
      shared: row.state.shared,
    };
  }

  /** Whoever is above, top first, each as it stands once it has taken in what is ordered above it. */
  standingAbove(row: AssignmentRow): [Ordering, ...Ordering[]] {
    const directive = this.directiveOf(row);
    const dueAt = officeDueAt(directive, row.state.item) ?? row.state.dueAt;
    const office = { id: row.directive, orders: directive.standing.orders, dueAt };
    const nodes = this.above(row).map(({ state }) => state);
    return standAbove(office, nodes, carryTermsOf(directive));
  }

  /** Due time of the level above. */
  parentDueAt(row: AssignmentRow): Millis {
    return this.standingAbove(row).at(-1)?.dueAt ?? row.state.dueAt;
  }

  /** Whom the posts of a rung or reminder are held by at `atMs`. */
  reachOf(row: AssignmentRow, atMs: Millis): Reach {
    const standing = this.standingOf(row);
    return (targets, place) =>
      reach(this.directory, { ...standing, holder: place ?? standing.holder }, targets, atMs);
  }

  issuerOf(row: AssignmentRow): Place {
    return issuerOf(this.standingOf(row));
  }

  /** Unsettled assignments below a node: of its own desk, or its children here. */
  static belowOf(row: AssignmentRow): number {
    return row.ownDesk === null ? row.unsettled : (row.below ?? 0);
  }

  clocksOf(row: AssignmentRow): ClockContext {
    return clocksOf(this.directiveOf(row), row.state, Ledger.belowOf(row));
  }

  wakingOf(row: AssignmentRow): WakeContext {
    return { ...this.clocksOf(row), parentDueAt: this.parentDueAt(row) };
  }

  /** A new assignment with its `issued` event; its counters were set when its desk was stored. */
  issueRow(
    row: Omit<AssignmentRow, 'state' | 'nextWakeMs' | 'below'>,
    data: EventData['issued'],
    by: By,
  ): AssignmentRow {
    const happening = this.log(row, { type: 'issued', data }, by);
    const state = issue(row.id, row.directive, { data, at: happening.at });
    const added: AssignmentRow = { ...row, below: row.ownDesk === null ? null : 1, nextWakeMs: null, state };
    this.rows.set(row.id, added);
    this.evolved.add(added);
    this.tell(added, { type: 'issued', data }, happening);
    return added;
  }

  /** Appends one event to the log of the row's desk and evolves the row. */
  append(row: AssignmentRow, event: NewEvent, by: By): void {
    const before = row.state;
    const happening = this.log(row, event, by);
    row.state = evolve(before, happening);
    this.evolved.add(row);
    if (!isSettled(before) && isSettled(row.state)) this.settled(row);
    if (changesFigure(before, row.state)) this.figureChanged(row);
    if (row.state.orders.length > before.orders.length) this.ask(row.desk);
    this.noteSlips(row, happening);
    this.tell(row, event, happening);
  }

  /** Takes in what has been ordered above and not yet been taken in (idempotent). */
  carry(row: AssignmentRow): number {
    const events = carry(row.state, this.standingAbove(row), carryTermsOf(this.directiveOf(row)));
    for (const { event, actor } of events) {
      this.append(row, event, { actor, token: null, receivedMs: this.nowMs, command: null });
    }
    return events.length;
  }

  /** An event of the directive itself, in the office's desk. */
  appendToDesk(desk: DeskRow, type: string, data: unknown, by: By): void {
    const at = this.chain(desk, { assignment: null, type, data }, by);
    if (isSilent(this.routing)) return;
    const { office } = this.directiveOf(desk).terms;
    const standing = {
      holder: unitPlace(office),
      above: [],
      office,
      taskForce: '',
      target: null,
      shared: [],
    };
    this.deliver({ ...desk, assignment: null }, { type, at, standing, people: [], data: {} });
  }

  report(
    row: AssignmentRow,
    version: number,
    kind: Report['kind'],
    content: unknown,
    by: string | null,
    atMs: Millis,
  ): void {
    const { directive, id } = row;
    this.writing.submissions.push({ directive, assignment: id, version, kind, content, by, at: toIso(atMs) });
  }

  attach(row: AssignmentRow, files: readonly string[]): void {
    for (const file of files)
      this.writing.attachments.push({ file, directive: row.directive, assignment: row.id });
  }

  judge(verdict: Writing['verdicts'][number]): void {
    this.writing.verdicts.push(verdict);
  }

  /** The clockwork must look at this desk. */
  ask(desk: string): void {
    const row = this.desks.get(desk);
    if (!row) throw new Error(`desk ${desk} is not loaded`);
    this.asks.add(desk);
    this.dirtyDesks.add(row);
  }

  /** As `ask`, of a desk that may be somebody else's: its mark is raised without its lock. */
  askElsewhere(desk: string): void {
    if (this.desks.has(desk)) this.ask(desk);
    else this.elsewhere.add(desk);
  }

  touchDesk(desk: DeskRow): void {
    this.dirtyDesks.add(desk);
  }

  touchRow(row: AssignmentRow): void {
    this.touched.add(row);
  }

  /**
   * Does its work on a row whole or not at all. What it throws is answered, and kept with the row as its fault: it is
   * skipped and tried again later. What PostgreSQL throws is rethrown: a broken transaction holds nothing more.
   */
  async treat(row: AssignmentRow, work: () => void | Promise<void>): Promise<unknown> {
    const rewind = this.rewinder(row);
    try {
      assertSound(row);
      await work();
      // What cannot be written down has not been treated either.
      if (this.evolved.has(row)) this.columnsOf(row, null);
      else nextWake(row.state, this.clocksOf(row));
      return null;
    } catch (error) {
      if (sqlState(error) !== undefined || isAway(error)) throw error;
      rewind();
      this.faults.set(row, error instanceof Error ? error.message : String(error));
      this.touched.add(row);
      return error;
    }
  }

  /** Takes back what work on one row changes: itself, counters above it, its desk, and what was to be written. */
  private rewinder(of: AssignmentRow): () => void {
    const rows = [of, ...this.above(of)].map((row) => ({ row, was: { ...row } }));
    const desks = [...this.desks.values()].map((desk) => ({ desk, was: { ...desk } }));
    const lists = [...Object.values(this.writing), ...Object.values(this.slipWriting)].map(
      (list: unknown[]) => ({ list, length: list.length }),
    );
    // Sets keep the order things were added in, and nothing is taken out of these.
    const sets: Set<unknown>[] = [
      this.evolved,
      this.touched,
      this.dirtyDesks,
      this.asks,
      this.elsewhere,
      this.commands,
    ];
    const sizes = sets.map(({ size }) => size);
    return () => {
      for (const { row, was } of rows) Object.assign(row, was);
      for (const { desk, was } of desks) Object.assign(desk, was);
      for (const { list, length } of lists) list.length = length;
      sets.forEach((set, index) => {
        for (const added of [...set].slice(sizes[index])) set.delete(added);
      });
    };
  }

  isEmpty(): boolean {
    return (
      this.evolved.size + this.touched.size + this.dirtyDesks.size === 0 && this.writing.verdicts.length === 0
    );
  }

  /** Writes everything; answers the desks to nudge once it is committed. */
  async flush(db: Db): Promise<string[]> {
    if (this.isEmpty()) return [];
    const assignments = [...this.evolved].map((row) => {
      const fault = this.faults.get(row) ?? null;
      this.plan(row, fault === null ? nextWake(row.state, this.clocksOf(row)) : this.faultPause());
      return this.columnsOf(row, fault);
    });
    const touched = [...this.touched].filter((row) => !this.evolved.has(row)).map((row) => this.clockOf(row));
    const desks = [...this.dirtyDesks].map((desk) => ({
      id: desk.id,
      unsettled: desk.unsettled,
      complete: desk.complete,
      seq: desk.seq,
      hash: desk.hash,
      last_at: desk.lastAtMs === 0 ? null : toIso(desk.lastAtMs),
      ask: this.asks.has(desk.id),
      issued: desk.issued,
    }));
    const deliveries = collapseWithin(this.writing.deliveries);
    const written = { ...this.writing, deliveries, assignments, touched, desks };
    const nudges = await write(db, this.epoch, written);
    const asked = this.elsewhere.size === 0 ? [] : await askDesks(db, { ids: [...this.elsewhere] });
    await writeSlips(db, this.slipWriting);
    return [...nudges, ...asked];
  }

  private log(row: { directive: string; id: string; desk: string }, event: NewEvent, by: By): Happening {
    const desk = this.desks.get(row.desk);
    if (!desk) throw new Error(`desk ${row.desk} is not loaded`);
    const at = this.chain(desk, { assignment: row.id, type: event.type, data: event.data }, by);
    return { ...event, at, actor: by.actor };
  }

  private chain(
    desk: DeskRow,
    event: { assignment: string | null; type: string; data: unknown },
    by: By,
  ): string {
    const atMs = Math.max(by.receivedMs, desk.lastAtMs);
    const link = {
      directive: desk.directive,
      desk: desk.id,
      seq: desk.seq + 1,
      ...event,
      actor: by.actor,
      token: by.token,
      received: toIso(by.receivedMs),
      at: toIso(atMs),
    };
    desk.seq = link.seq;
    desk.hash = linkHash(desk.hash, link);
    desk.lastAtMs = atMs;
    this.dirtyDesks.add(desk);
    // One event of a command carries its id: unique in the log for ever.
    const isFirst = by.command !== null && this.commands.size < this.commands.add(by.command).size;
    this.writing.events.push({ ...link, command: isFirst ? by.command : null, hash: desk.hash });
    return link.at;
  }
  private readonly commands = new Set<string>();

  private settled(row: AssignmentRow): void {
    const desk = this.desks.get(row.desk);
    if (!desk) return;
    desk.unsettled -= 1;
    this.dirtyDesks.add(desk);
    const parent = row.state.parent === null ? undefined : this.rows.get(row.state.parent);
    const isHere = parent !== undefined && parent.desk === row.desk && parent.ownDesk === null;
    if (isHere) {
      parent.unsettled -= 1;
      this.touched.add(parent);
    }
    if (desk.unsettled === 0 || (isHere && parent.unsettled === 0)) this.ask(row.desk);
  }

  /** What was sent up, or should have been by its due time, must be looked at again. */
  figureChanged(row: AssignmentRow): void {
    const node = this.desks.get(row.desk)?.node;
    // A part of its own is merged where what is below the node is.
    if (row.state.part > 0) this.askElsewhere(row.ownDesk ?? row.desk);
    if (this.directiveOf(row).standing.handedUp > 0) this.askElsewhere(row.directive);
    const concerned = this.above(row).filter((above) => above.desk === row.desk || above.id === node);
    if (concerned.some(({ state }) => state.copy !== null || state.dueAt <= this.nowMs)) this.ask(row.desk);
  }

  /** A rung's slip gets its number with the event; a receipt that counts open slips countersigns them. */
  private noteSlips(row: AssignmentRow, happening: Happening): void {
    noteSlips(this.slipWriting, happening, () => ({
      assignment: row.state,
      desk: row.desk,
      seq: this.desks.get(row.desk)?.seq ?? 0,
      standing: this.standingOf(row),
      directive: this.directiveOf(row),
      directory: this.directory,
    }));
  }

  private tell(row: AssignmentRow, event: NewEvent, { at, actor }: Happening): void {
    const standing = this.standingOf(row);
    const people = toldOf(event, this.directory, standing, this.nowMs, actor);
    if (people.length === 0 && this.routing.webhooks.length === 0) return;
    const data = { ...event.data, title: this.directiveOf(row).terms.title, holder: row.state.holder };
    const slim: Record<string, unknown> = Object.fromEntries(
      Object.entries(data).filter(([key]) => !HEAVY.has(key)),
    );
    for (const person of people) {
      this.writing.notifications.push({
        person,
        type: event.type,
        directive: row.directive,
        assignment: row.id,
        data: slim,
        at,
      });
    }
    this.deliver(
      { id: row.desk, directive: row.directive, assignment: row.id },
      { type: event.type, at, standing, people, data: slim },
    );
  }

  /** What of the event just logged must leave the house, by mail, robot or webhook. */
  private deliver(
    about: { id: string; directive: string; assignment: string | null },
    event: Pick<Occasion, 'type' | 'at' | 'standing' | 'people' | 'data'>,
  ): void {
    if (isSilent(this.routing)) return;
    const { id: desk, directive, assignment } = about;
    const occasion = {
      ...event,
      directive,
      assignment,
      desk,
      seq: this.desks.get(desk)?.seq ?? 0,
      urgency: this.directiveOf(about).terms.urgency,
    };
    this.writing.deliveries.push(...deliveriesFor(occasion, this.routing, this.directory, this.nowMs));
  }

  /** A row of which nothing but a counter or a clock has changed: its state, sound or not, stays as it is. */
  private clockOf(row: AssignmentRow): Writing['touched'][number] {
    let fault = this.faults.get(row) ?? null;
    try {
      assertSound(row);
      this.plan(row, fault === null ? nextWake(row.state, this.clocksOf(row)) : this.faultPause());
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
      this.plan(row, this.faultPause());
    }
    const { directive, id, unsettled } = row;
    return { directive, id, unsettled, next_wake: toIsoOrNull(row.nextWakeMs), fault };
  }

  /** A row that could not be treated is tried again, not at once. */
  private faultPause(): Millis {
    return this.nowMs + FAULT_PAUSE_MS;
  }

  private columnsOf(row: AssignmentRow, fault: string | null): Writing['assignments'][number] {
    const { state } = row;
    return {
      directive: row.directive,
      id: row.id,
      desk: row.desk,
      parent: state.parent,
      item: state.item,
      task_force: state.taskForce,
      unit: state.unit,
      holder: state.holder,
      level: levelOf(row.id),
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
      suspended: state.suspended !== null,
      transfer_to: state.transfer?.to ?? null,
      asked: state.extension !== null || state.declining !== null,
      state: packed(state),
      fault,
    };
  }

  /** A clock that now ends before the desk means to wake must be made known to it. */
  private plan(row: AssignmentRow, nextWakeMs: Millis | null): void {
    row.nextWakeMs = nextWakeMs;
    const desk = this.desks.get(row.desk);
    // Rows of another desk are written without its lock only as parents here: their clocks are their desk's.
    if (!desk || row.nextWakeMs === null || desk.asked !== desk.looked) return;
    if (desk.plannedAtMs === null || row.nextWakeMs < desk.plannedAtMs) this.ask(row.desk);
  }
}

/** What is not even this assignment's state would pass for one that has nothing left to come, and be forgotten. */
function assertSound({ id, state }: AssignmentRow): void {
  if (state.id !== id) throw new Error(`the state of ${id} is not an assignment's`);
}

/** A row with a fault is tried again after this long: long enough not to fill the log, short enough to heal the same hour. */
const FAULT_PAUSE_MS = 10 * 60_000;

/** Left out of a notification: who opens it reads them at the assignment. */
const HEAVY: ReadonlySet<string> = new Set(['values', 'old', 'notified', 'carried', 'digest']);

/** Does the approved figure, or who is expected in it, differ? */
function changesFigure(before: Assignment, after: Assignment): boolean {
  if (after.node) return before.part !== after.part || !before.node;
  return before.approved !== after.approved || (before.phase !== after.phase && isSettled(after));
}
