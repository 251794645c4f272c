// A task force, a street, two communities and one place below: their rows under random orders, each taking in the
// orders above at its own time.
import { issue, type Assignment } from '../../domain/assignment/assignment.ts';
import { builtInCalendars } from '../../domain/calendar/calendar-years.ts';
import {
  carry,
  carriedState,
  standAbove,
  type CarryTerms,
  type Ordering,
} from '../../domain/assignment/carry.ts';
import { ancestorsOf } from '../../domain/code.ts';
import type { Command } from '../../domain/assignment/command.ts';
import { decide } from '../../domain/assignment/decide.ts';
import { evolve } from '../../domain/assignment/evolve.ts';
import { isRefusal } from '../../domain/failure.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import { wake } from '../../domain/clock/ladder.ts';
import type { Order } from '../../domain/assignment/order.ts';
import { byName } from './clock-run.ts';
import { at, clocksOf, contextOf, EVERYBODY, ISSUED } from './sample-assignment.ts';

/** The content each kind of order adds to the common fields. */
type Given = { kind: Order['kind']; ms?: number; amendment?: number; margins?: number[] };

export const TREE = ['d.i.TF', 'd.i.TF.S', 'd.i.TF.S.1', 'd.i.TF.S.2', 'd.i.TF.S.1.x'];
const MARGINS_MS = [15, 45, 60, 90].map((minutes) => minutes * 60_000);

export class SmallTree {
  now: Millis = at('2026-11-23 10:35');
  readonly office: { id: string; orders: Order[]; dueAt: Millis };
  readonly rows = new Map<string, Assignment>();
  readonly terms: CarryTerms;

  /** `dues`: of the office, then of each of `TREE`. */
  constructor(dues: readonly Millis[]) {
    const { ladder, calendar } = clocksOf();
    this.terms = { ladder, calendar, receivedAt: this.now };
    this.office = { id: 'd', orders: [], dueAt: dues[0] ?? 0 };
    TREE.forEach((id, n) => {
      const node = TREE.some((other) => other.startsWith(`${id}.`));
      const parent = ancestorsOf(id).at(-1) ?? null;
      const dueAt = toIso(dues[n + 1] ?? 0);
      const basis =
        n % 2 === 0 ? { by: 'margin' as const, ms: MARGINS_MS[2] ?? 0 } : { by: 'instant' as const };
      const data = { ...ISSUED, item: 'i', parent, node, dueAt, basis, acknowledgeBy: null };
      this.rows.set(id, issue(id, 'd', { data, at: toIso(this.now) }));
    });
  }

  row(id: string): Assignment {
    const row = this.rows.get(id);
    if (!row) throw new Error(`there is no ${id}`);
    return row;
  }

  above(id: string): [Ordering, ...Ordering[]] {
    const nodes = ancestorsOf(id).map((ancestor) => this.row(ancestor));
    return standAbove(this.office, nodes, this.terms);
  }

  parentDueAt(id: string): Millis {
    return this.above(id).at(-1)?.dueAt ?? 0;
  }

  /** As a single read shows it: with all orders from above taken in. */
  shown(id: string): Assignment {
    return carriedState(this.row(id), this.above(id), this.terms);
  }

  /** Takes in the orders from above now. */
  take(id: string): void {
    for (const { event, actor } of carry(this.row(id), this.above(id), this.terms)) {
      this.rows.set(id, evolve(this.row(id), { ...event, at: toIso(this.now), actor }));
    }
  }

  /** As the door does with a command: take in, decide, evolve. */
  command(id: string, command: Command): boolean {
    this.take(id);
    const decision = decide(
      this.row(id),
      contextOf({
        received: this.now,
        relation: EVERYBODY,
        parentDueAt: this.parentDueAt(id),
        clocks: clocksOf(),
        calendar: builtInCalendars.work,
      }),
      command,
    );
    if (isRefusal(decision)) return false;
    for (const event of decision)
      this.rows.set(id, evolve(this.row(id), { ...event, at: toIso(this.now), actor: 'P1' }));
    return true;
  }

  extend(id: string, ms: number): boolean {
    const due = toIso(Math.min(this.shown(id).dueAt + ms, this.parentDueAt(id)));
    return (
      this.command(id, { verb: 'request-extension', due, reason: 'flood' }) &&
      this.command(id, { verb: 'decide-extension', grant: true })
    );
  }

  /** As the clockwork does with a row: take in, wake. */
  wake(id: string): void {
    this.take(id);
    const context = clocksOf({}, { parentDueAt: this.parentDueAt(id) });
    for (const event of wake(this.row(id), context, this.now, byName))
      this.rows.set(id, evolve(this.row(id), { ...event, at: toIso(this.now), actor: null }));
  }

  /** The office gives an order for everything. */
  order(given: Given): void {
    const { orders } = this.office;
    const order = { n: orders.length + 1, by: 'P1', at: toIso(this.now), reason: 'so it is', ...given };
    orders.push(order as Order);
  }
}
