// One transaction's work on desks it has locked: events appended in order, rows evolved, counters kept, all written at once.
import { evolve } from '../../domain/assignment/evolve.ts';
import { isSettled, issue, type Assignment } from '../../domain/assignment/assignment.ts';
import { isCorrectionPending } from '../../domain/assignment/decision.ts';
import { narrowed, packed } from '../../domain/assignment/stored.ts';
import type { EventData, Happening, NewEvent } from '../../domain/assignment/happening.ts';
import { superiorPeople } from '../../domain/directive/hand-up.ts';
import type { DirectiveEventData, DirectiveEventType } from '../../domain/directive/directive-event-data.ts';
import { DIRECTIVE_EVENTS } from '../../domain/directive/directive-events.ts';
import { carry } from '../../domain/assignment/carry.ts';
import { collapseWithin } from '../../domain/delivery/delivery.ts';
import { toIso, toIsoOrNull, type Millis } from '../../domain/instant.ts';
import { eventCommand } from '../identity.ts';
import { nextWake } from '../../domain/clock/ladder.ts';
import { toldOf } from '../../domain/delivery/notification.ts';
import { reach } from '../../domain/policy/reach.ts';
import { lapsedOffer } from '../../domain/assignment/offer.ts';
import { unitPlace } from '../../domain/organisation/organisation.ts';
import { askDesks, holdDesks } from '../../db/queries/desk.ts';
import { type AssignmentRow, type DeskRow } from '../../db/queries/ledger.ts';
import { write, type Writing } from '../../db/queries/writing.ts';
import { writeSlips, type SlipWriting } from '../../db/queries/slip.ts';
import { isAway, sqlState, type Db } from '../../db/pool.ts';
import { assertSound, changedColumns, columnsOf, deskColumns } from './columns.ts';
import type { SnapshotOf } from '../../reading/snapshot.ts';
import { GrowingSnapshot } from './growing.ts';
import { logOnto, type By } from './log.ts';
import { rewindTo } from './rewind.ts';
import { noteSlips } from './slip.ts';
import { pendingOf, spread, type Pending, type Told } from './telling.ts';
import { carryTermsOf, correctionsUntil } from '../../reading/terms.ts';

type Report = Writing['submissions'][number];

export class Ledger {
  /** The snapshot it works on. Readers get one of their own, without the power to write. */
  readonly held: GrowingSnapshot;
  /** Rows that are not there yet. */
  private readonly born = new Set<AssignmentRow>();
  /** Rows with an event, and rows with only a counter or a clock moved. */
  private readonly evolved = new Set<AssignmentRow>();
  private readonly touched = new Set<AssignmentRow>();
  private readonly dirtyDesks = new Set<DeskRow>();
  private readonly asks = new Set<string>();
  private readonly elsewhere = new Set<string>();
  /** Directives of which a desk may have been waiting for a late correction. */
  private readonly released = new Set<string>();
  private readonly commands = new Set<string>();
  private readonly faults = new Map<AssignmentRow, string>();
  private readonly writing: Omit<
    Writing,
    'assignments' | 'changed' | 'touched' | 'desks' | 'notifications' | 'deliveries'
  > = {
    events: [],
    submissions: [],
    attachments: [],
    verdicts: [],
  };
  private readonly told: Pending[] = [];
  private readonly slipWriting: SlipWriting = { slips: [], countersignatures: [] };

  constructor(about: SnapshotOf) {
    this.held = new GrowingSnapshot(about);
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
    this.held.hold(added);
    this.born.add(added);
    this.evolved.add(added);
    this.tell(added, happening);
    return added;
  }

  /** Appends one event to the log of the row's desk and evolves the row. */
  append(row: AssignmentRow, event: NewEvent, by: By): void {
    const before = row.state;
    const happening = this.log(row, event, by);
    row.state = evolve(before, happening);
    this.evolved.add(row);
    if (!isSettled(before) && isSettled(row.state)) this.settled(row);
    if (isSettled(before) && !isSettled(row.state)) this.unsettled(row);
    if (changesFigure(before, row.state)) this.figureChanged(row);
    if (isCorrectionPending(before) && !isCorrectionPending(row.state)) this.correctionJudged(row);
    if (row.state.orders.length > before.orders.length) this.ask(row.desk);
    this.noteSlips(row, happening);
    this.tell(row, happening);
    this.tellLapsed(row, before, happening);
  }

  /** Takes in the orders from above that it has not yet taken in (idempotent). */
  carry(row: AssignmentRow): number {
    const events = carry(row.state, this.held.standingAbove(row), carryTermsOf(this.held.directiveOf(row)));
    for (const { event, actor } of events) {
      this.append(row, event, { actor, token: null, receivedMs: this.held.nowMs, command: null });
    }
    return events.length;
  }

  /** Appends an event of the directive itself to the office's desk; answers the event's time. */
  appendToDesk<T extends DirectiveEventType>(
    desk: DeskRow,
    type: T,
    data: DirectiveEventData[T],
    by: By,
  ): string {
    const at = this.chain(desk, { assignment: null, type, data }, by);
    const { office, superior } = this.held.directiveOf(desk).terms;
    const people =
      DIRECTIVE_EVENTS[type].told === 'superior'
        ? superiorPeople(this.held.directory, superior, by.receivedMs)
        : [];
    const standing = {
      holder: unitPlace(office),
      above: [],
      office,
      taskForce: '',
      target: null,
      shared: [],
    };
    this.keepTold(desk, { type, assignment: null, data, at, actor: by.actor, standing, people });
    return at;
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
    const row = this.held.desks.get(desk);
    if (!row) throw new Error(`desk ${desk} is not loaded`);
    this.asks.add(desk);
    this.dirtyDesks.add(row);
  }

  /** As `ask`, for a desk that another transaction may hold: raises its mark without its lock. */
  askElsewhere(desk: string): void {
    if (this.held.desks.has(desk)) this.ask(desk);
    else this.elsewhere.add(desk);
  }

  touchDesk(desk: DeskRow): void {
    this.dirtyDesks.add(desk);
  }

  touchRow(row: AssignmentRow): void {
    this.touched.add(row);
  }

  /**
   * Does `work` on a row whole or not at all. An error of `work` is answered, and kept with the row as its fault: the
   * row is skipped and tried again later. An error of PostgreSQL is rethrown: a broken transaction holds nothing more.
   */
  async treat(row: AssignmentRow, work: () => void | Promise<void>): Promise<unknown> {
    const rewind = this.rewinder(row);
    try {
      assertSound(row);
      await work();
      // A row that cannot be written down has not been treated either.
      if (this.evolved.has(row)) changedColumns(row, null, packed);
      else nextWake(row.state, this.held.clocksOf(row));
      return null;
    } catch (error) {
      if (sqlState(error) !== undefined || isAway(error)) throw error;
      rewind();
      this.faults.set(row, error instanceof Error ? error.message : String(error));
      this.touched.add(row);
      return error;
    }
  }

  /** Takes back the changes of work on one row: the row, counters above it, its desk, and the pending writes. */
  private rewinder(of: AssignmentRow): () => void {
    return rewindTo({
      objects: [of, ...this.held.above(of), ...this.held.desks.values()],
      lists: [...Object.values(this.writing), this.told, ...Object.values(this.slipWriting)],
      sets: [
        this.born,
        this.evolved,
        this.touched,
        this.dirtyDesks,
        this.asks,
        this.elsewhere,
        this.released,
        this.commands,
      ],
    });
  }

  isEmpty(): boolean {
    return (
      this.evolved.size + this.touched.size + this.dirtyDesks.size === 0 && this.writing.verdicts.length === 0
    );
  }

  /** Writes everything; answers the desks to nudge once it is committed. */
  async flush(db: Db): Promise<string[]> {
    if (this.isEmpty()) return [];
    const assignments: Writing['assignments'] = [];
    const changed: Writing['changed'] = [];
    const pack = this.held.isNarrow ? narrowed : packed;
    for (const row of this.evolved) {
      const fault = this.faults.get(row) ?? null;
      this.plan(row, fault === null ? nextWake(row.state, this.held.clocksOf(row)) : this.faultPause());
      if (this.born.has(row)) assignments.push(columnsOf(row, fault, pack));
      else changed.push(changedColumns(row, fault, pack));
    }
    const touched = [...this.touched].filter((row) => !this.evolved.has(row)).map((row) => this.clockOf(row));
    // In byte order, as in every write of several desks: in different orders, two transactions would deadlock.
    const dirty = [...this.dirtyDesks].sort((a, b) => (a.id < b.id ? -1 : 1));
    const desks = dirty.map((desk) => deskColumns(desk, this.asks.has(desk.id)));
    const spoken = spread(this.held, this.told);
    const deliveries = collapseWithin(spoken.deliveries);
    const events = deskByDesk(this.writing.events);
    const written = { ...this.writing, ...spoken, events, deliveries, assignments, changed, touched, desks };
    if (this.elsewhere.size + this.released.size > 0)
      await holdDesks(db, [...dirty.map(({ id }) => id), ...this.elsewhere], [...this.released]);
    const nudges = await write(db, this.held.epoch, written);
    const asked = this.elsewhere.size === 0 ? [] : await askDesks(db, { ids: [...this.elsewhere] });
    for (const directive of this.released) asked.push(...(await askDesks(db, { directive })));
    await writeSlips(db, this.slipWriting);
    return [...nudges, ...asked];
  }

  private log(row: { directive: string; id: string; desk: string }, event: NewEvent, by: By): Happening {
    const at = this.chain(
      this.held.deskOf(row),
      { assignment: row.id, type: event.type, data: event.data },
      by,
    );
    return { ...event, at, actor: by.actor };
  }

  private chain(
    desk: DeskRow,
    event: { assignment: string | null; type: string; data: unknown },
    by: By,
  ): string {
    const link = logOnto(desk, event, by);
    this.dirtyDesks.add(desk);
    // One event of a command carries its id: unique in the log for ever.
    const command = by.command !== null && !this.commands.has(by.command) ? by.command : null;
    if (command !== null) this.commands.add(command);
    this.writing.events.push({ ...link, command_id: command === null ? null : eventCommand(command) });
    return link.at;
  }

  private settled(row: AssignmentRow): void {
    const desk = this.held.desks.get(row.desk);
    if (!desk) return;
    desk.unsettled -= 1;
    this.dirtyDesks.add(desk);
    const parent = row.state.parent === null ? undefined : this.held.rows.get(row.state.parent);
    const isHere = parent !== undefined && parent.desk === row.desk && parent.ownDesk === null;
    if (isHere) {
      parent.unsettled -= 1;
      this.touched.add(parent);
    }
    if (desk.unsettled === 0 || (isHere && parent.unsettled === 0)) this.ask(row.desk);
  }

  /** One more to wait for, in each desk above too that had said it waits for nothing; they are locked (command/transaction.ts). */
  private unsettled(row: AssignmentRow): void {
    const parent = row.state.parent === null ? undefined : this.held.rows.get(row.state.parent);
    if (parent !== undefined && parent.desk === row.desk && parent.ownDesk === null) this.countAgain(parent);
    let desk = this.held.deskOf(row);
    for (;;) {
      desk.unsettled += 1;
      this.ask(desk.id);
      const above = desk.parent === null ? undefined : this.held.desks.get(desk.parent);
      if (!desk.complete || !above) return;
      desk.complete = false;
      // A section stands beside the children of its node where that has no desk of its own.
      const node = desk.node === null ? undefined : this.held.rows.get(desk.node);
      if (node?.desk === above.id && node.ownDesk === null) this.countAgain(node);
      desk = above;
    }
  }

  private countAgain(node: AssignmentRow): void {
    node.unsettled += 1;
    this.touched.add(node);
  }

  /** A report that was sent up, or should have been by its due time, must be looked at again. */
  figureChanged(row: AssignmentRow): void {
    const node = this.held.desks.get(row.desk)?.node;
    // Below a cancelled node nothing is sent up any more: the figure above that node changes.
    const cut = this.held.above(row).find(({ state }) => state.phase === 'cancelled');
    if (cut) this.askElsewhere(cut.desk);
    // A node's own part is merged where the parts below the node are.
    if (row.state.part > 0) this.askElsewhere(row.ownDesk ?? row.desk);
    if (this.held.directiveOf(row).standing.handedUp > 0) this.askElsewhere(row.directive);
    const concerned = this.held.above(row).filter((above) => above.desk === row.desk || above.id === node);
    if (concerned.some(({ state }) => state.copy !== null || state.dueAt <= this.held.nowMs))
      this.ask(row.desk);
  }

  /** Once the time for corrections is over its desk and all above it stay for this one alone: they may end now. */
  private correctionJudged(row: AssignmentRow): void {
    const until = correctionsUntil(this.held.directiveOf(row));
    if (until !== null && until <= this.held.nowMs) this.released.add(row.directive);
  }

  /** A rung's slip gets its number with the event; a receipt that counts open slips countersigns them. */
  private noteSlips(row: AssignmentRow, happening: Happening): void {
    noteSlips(this.slipWriting, happening, () => ({
      assignment: row.state,
      desk: row.desk,
      seq: this.held.desks.get(row.desk)?.seq ?? 0,
      standing: this.held.standingOf(row),
      directive: this.held.directiveOf(row),
      directory: this.held.directory,
    }));
  }

  private tell(row: AssignmentRow, happening: Happening): void {
    const standing = this.held.standingOf(row);
    const people = toldOf(happening, this.held.directory, standing, this.held.nowMs, happening.actor);
    this.keepTold(this.held.deskOf(row), { ...happening, assignment: row.id, standing, people });
  }

  /** The people asked to take it over need not answer any more: from now on they see nothing of it but this. */
  private tellLapsed(row: AssignmentRow, before: Assignment, happening: Happening): void {
    const lapsed = lapsedOffer(before, row.state, happening);
    if (lapsed === null) return;
    const standing = this.held.standingOf(row);
    const asked = { ...standing, holder: lapsed.to };
    const { notified } = reach(this.held.directory, asked, ['unit.liaisonA', 'unit.leader'], this.held.nowMs);
    const people = notified.filter((person) => person !== happening.actor);
    const { at, actor } = happening;
    this.keepTold(this.held.deskOf(row), {
      type: 'transferLapsed',
      actor,
      assignment: row.id,
      data: lapsed,
      at,
      standing,
      people,
    });
  }

  private keepTold(desk: DeskRow, told: Told): void {
    const pending = pendingOf(this.held, desk, told);
    if (pending) this.told.push(pending);
  }

  /** For a row with only a counter or a clock changed: its state, sound or not, stays as it is. */
  private clockOf(row: AssignmentRow): Writing['touched'][number] {
    let fault = this.faults.get(row) ?? null;
    try {
      assertSound(row);
      this.plan(row, fault === null ? nextWake(row.state, this.held.clocksOf(row)) : this.faultPause());
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
      this.plan(row, this.faultPause());
    }
    const { directive, id, unsettled } = row;
    return { directive, id, unsettled, next_wake: toIsoOrNull(row.nextWakeMs), fault };
  }

  /** A row that could not be treated is tried again, not at once. */
  private faultPause(): Millis {
    return this.held.nowMs + FAULT_PAUSE_MS;
  }

  /** Tells the desk of a clock that now ends before the desk means to wake. */
  private plan(row: AssignmentRow, nextWakeMs: Millis | null): void {
    row.nextWakeMs = nextWakeMs;
    const desk = this.held.desks.get(row.desk);
    // Rows of another desk are written without its lock only as parents here: their clocks are their desk's.
    if (!desk || row.nextWakeMs === null || desk.asked !== desk.looked) return;
    if (desk.plannedAtMs === null || row.nextWakeMs < desk.plannedAtMs) this.ask(row.desk);
  }
}

/** A row with a fault is tried again after this long: long enough not to fill the log, short enough to heal the same hour. */
const FAULT_PAUSE_MS = 10 * 60_000;

/** In the order they are read in; the index of a desk's log is then written place by place, and stays full. */
const deskByDesk = (events: Writing['events']): Writing['events'] =>
  [...events].sort((a, b) => (a.desk === b.desk ? a.seq - b.seq : a.desk < b.desk ? -1 : 1));

/** Does the approved figure, or the set of reports expected in it, differ? */
function changesFigure(before: Assignment, after: Assignment): boolean {
  const isGone = after.phase === 'cancelled' && before.phase !== 'cancelled';
  if (after.node) return before.part !== after.part || !before.node || isGone;
  return before.approved !== after.approved || (before.phase !== after.phase && isSettled(after));
}
