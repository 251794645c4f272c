// One transaction's work on desks it has locked: events appended in order, rows evolved and counted, people told.
import { evolve } from '../../domain/assignment/evolve.ts';
import { issue, type Assignment } from '../../domain/assignment/assignment.ts';
import type { EventData, Happening, NewEvent } from '../../domain/assignment/happening.ts';
import { superiorPeople } from '../../domain/directive/hand-up.ts';
import type { DirectiveEventData, DirectiveEventType } from '../../domain/directive/directive-event-data.ts';
import { DIRECTIVE_EVENTS } from '../../domain/directive/directive-events.ts';
import { carry } from '../../domain/assignment/carry.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import { eventCommand } from '../identity.ts';
import { toldOf } from '../../domain/delivery/notification.ts';
import { reach } from '../../domain/policy/reach.ts';
import { lapsedOffer } from '../../domain/assignment/offer.ts';
import { unitPlace } from '../../domain/organisation/organisation.ts';
import type { AssignmentRow, DeskRow } from '../../db/queries/ledger.ts';
import type { Writing } from '../../db/queries/writing.ts';
import type { Db } from '../../db/pool.ts';
import type { SnapshotOf } from '../../reading/snapshot.ts';
import { carryTermsOf } from '../../reading/terms.ts';
import { countChange, figureChanged } from './counting.ts';
import { GrowingSnapshot } from './growing.ts';
import { logOnto, type By } from './log.ts';
import { noteSlips } from './slip.ts';
import { pendingOf, type Told } from './telling.ts';
import { Unwritten } from './unwritten.ts';

type Report = Writing['submissions'][number];

export class Ledger {
  /** The snapshot it works on. Readers get one of their own, without the power to write. */
  readonly held: GrowingSnapshot;
  /** What it has changed and not written yet. */
  private readonly unwritten: Unwritten;

  constructor(about: SnapshotOf) {
    this.held = new GrowingSnapshot(about);
    this.unwritten = new Unwritten(this.held);
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
    this.unwritten.born.add(added);
    this.unwritten.evolved.add(added);
    this.tell(added, happening);
    return added;
  }

  /** Appends one event to the log of the row's desk and evolves the row. */
  append(row: AssignmentRow, event: NewEvent, by: By): void {
    const before = row.state;
    const happening = this.log(row, event, by);
    row.state = evolve(before, happening);
    this.unwritten.evolved.add(row);
    countChange({ held: this.held, unwritten: this.unwritten }, row, before);
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
    this.unwritten.lists.submissions.push({
      directive,
      assignment: id,
      version,
      kind,
      content,
      by,
      at: toIso(atMs),
    });
  }

  attach(row: AssignmentRow, files: readonly string[]): void {
    for (const file of files)
      this.unwritten.lists.attachments.push({ file, directive: row.directive, assignment: row.id });
  }

  judge(verdict: Writing['verdicts'][number]): void {
    this.unwritten.lists.verdicts.push(verdict);
  }

  /** The clockwork must look at this desk. */
  ask(desk: string): void {
    this.unwritten.ask(desk);
  }

  /** As `ask`, for a desk that another transaction may hold: raises its mark without its lock. */
  askElsewhere(desk: string): void {
    this.unwritten.askElsewhere(desk);
  }

  /** A report that was sent up, or should have been by its due time, must be looked at again. */
  figureChanged(row: AssignmentRow): void {
    figureChanged({ held: this.held, unwritten: this.unwritten }, row);
  }

  touchDesk(desk: DeskRow): void {
    this.unwritten.dirtyDesks.add(desk);
  }

  touchRow(row: AssignmentRow): void {
    this.unwritten.touched.add(row);
  }

  /** As `Unwritten.treat`: work on a row, whole or not at all. */
  treat(row: AssignmentRow, work: () => void | Promise<void>): Promise<unknown> {
    return this.unwritten.treat(row, work);
  }

  isEmpty(): boolean {
    return this.unwritten.isEmpty();
  }

  /** Writes everything; answers the desks to nudge once it is committed. */
  flush(db: Db): Promise<string[]> {
    return this.unwritten.flush(db);
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
    this.unwritten.dirtyDesks.add(desk);
    // One event of a command carries its id: unique in the log for ever.
    const command = by.command !== null && !this.unwritten.commands.has(by.command) ? by.command : null;
    if (command !== null) this.unwritten.commands.add(command);
    this.unwritten.lists.events.push({
      ...link,
      command_id: command === null ? null : eventCommand(command),
    });
    return link.at;
  }

  /** A rung's slip gets its number with the event; a receipt that counts open slips countersigns them. */
  private noteSlips(row: AssignmentRow, happening: Happening): void {
    noteSlips(this.unwritten.slipWriting, happening, () => ({
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
    if (pending) this.unwritten.told.push(pending);
  }
}
