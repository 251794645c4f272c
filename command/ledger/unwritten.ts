// What a transaction has changed and not written yet: rows, desks, events and notices, written all at once.
import { narrowed, packed } from '../../domain/assignment/stored.ts';
import { nextWake } from '../../domain/clock/ladder.ts';
import { collapseWithin } from '../../domain/delivery/delivery.ts';
import { toIsoOrNull, type Millis } from '../../domain/instant.ts';
import { askDesks, holdDesks } from '../../db/queries/desk.ts';
import type { AssignmentRow, DeskRow } from '../../db/queries/ledger.ts';
import { writeSlips, type SlipWriting } from '../../db/queries/slip.ts';
import { write, type Writing } from '../../db/queries/writing.ts';
import { isAway, sqlState, type Db } from '../../db/pool.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import { assertSound, changedColumns, columnsOf, deskColumns } from './columns.ts';
import { rewindTo } from './rewind.ts';
import { spread, type Pending } from './telling.ts';

export class Unwritten {
  private readonly held: Snapshot;
  /** Rows that are not there yet. */
  readonly born = new Set<AssignmentRow>();
  /** Rows with an event, and rows with only a counter or a clock moved. */
  readonly evolved = new Set<AssignmentRow>();
  readonly touched = new Set<AssignmentRow>();
  readonly dirtyDesks = new Set<DeskRow>();
  /** Directives of which a desk may have been waiting for a late correction. */
  readonly released = new Set<string>();
  /** Commands whose id an event of this transaction carries. */
  readonly commands = new Set<string>();
  readonly lists: Pick<Writing, 'events' | 'submissions' | 'attachments' | 'verdicts'> = {
    events: [],
    submissions: [],
    attachments: [],
    verdicts: [],
  };
  readonly told: Pending[] = [];
  readonly slipWriting: SlipWriting = { slips: [], countersignatures: [] };
  private readonly asks = new Set<string>();
  private readonly elsewhere = new Set<string>();
  private readonly faults = new Map<AssignmentRow, string>();

  constructor(held: Snapshot) {
    this.held = held;
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
      lists: [...Object.values(this.lists), this.told, ...Object.values(this.slipWriting)],
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
      this.evolved.size + this.touched.size + this.dirtyDesks.size === 0 && this.lists.verdicts.length === 0
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
    const events = deskByDesk(this.lists.events);
    const written = { ...this.lists, ...spoken, events, deliveries, assignments, changed, touched, desks };
    if (this.elsewhere.size + this.released.size > 0)
      await holdDesks(db, [...dirty.map(({ id }) => id), ...this.elsewhere], [...this.released]);
    const nudges = await write(db, this.held.epoch, written);
    const asked = this.elsewhere.size === 0 ? [] : await askDesks(db, { ids: [...this.elsewhere] });
    for (const directive of this.released) asked.push(...(await askDesks(db, { directive })));
    await writeSlips(db, this.slipWriting);
    return [...nudges, ...asked];
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
