// A directive under way in memory: desks that take commands, carry orders down, wake and roll up, on the pure core alone.
import { issuerOf, relate, type Standing } from '../../domain/access.ts';
import { evolve } from '../../domain/evolve.ts';
import { isSettled, issue } from '../../domain/assignment.ts';
import type { Assignment } from '../../domain/assignment.ts';
import type { Happening, NewEvent } from '../../domain/happening.ts';
import type { Order } from '../../domain/order.ts';
import { carry, type Ordering } from '../../domain/carry.ts';
import { ancestorsOf } from '../../domain/code.ts';
import type { Command } from '../../domain/command.ts';
import { decide, rollUp, type DecideContext, type Decision } from '../../domain/decide.ts';
import { isRefusal } from '../../domain/failure.ts';
import { elapsedMs, readDuration, toIso, type Millis } from '../../domain/instant.ts';
import { compileLadder, nextWake, wake, type ClockContext, type Ladder } from '../../domain/ladder.ts';
import { reach } from '../../domain/notification.ts';
import { taskForcePlace, unitPlace } from '../../domain/organisation.ts';
import { mergedAt } from './figures.ts';
import type { Desk, Row } from './row.ts';
import { OFFICE, personOf, type World } from './world.ts';

export type Given = { command: Command; person: string; value: number; isFaulty: boolean };
/** The last command, what it met and what became of it. */
export type Judged = Given & { id: string; before: Assignment; context: DecideContext; decision: Decision };

/** More wakes in one span of time than any sequence of steps can mean: a clock that does not move. */
const MAX_WAKES = 2_000;

export class Simulation {
  readonly world: World;
  readonly ladder: Ladder;
  readonly desks = new Map<string, Desk>();
  readonly rows = new Map<string, Row>();
  readonly directive: { phase: 'open' | 'closed' | 'cancelled'; orders: Order[]; endedAt: Millis | null };
  now: Millis;
  last: Judged | null = null;

  constructor(world: World) {
    this.world = world;
    this.ladder = compileLadder(world.policy);
    this.directive = { phase: 'open', orders: [], endedAt: null };
    this.now = world.issuedAt;
    for (const { id, parent, node, unsettled } of world.desks) {
      this.desks.set(id, { id, parent, node, unsettled, lastAt: 0, log: [] });
    }
    for (const plan of world.desks) for (const row of plan.rows) this.issue(plan.id, row);
  }

  private issue(deskId: string, plan: World['desks'][number]['rows'][number]): void {
    const desk = this.desks.get(deskId) as Desk;
    const { item, parent, taskForce, unit, node } = plan;
    const data = {
      item,
      parent,
      taskForce,
      unit,
      holder: unit === null ? taskForcePlace(taskForce) : unitPlace(unit),
      node,
      dueAt: toIso(plan.dueAt),
      acknowledgeBy: plan.acknowledgeBy === null ? null : toIso(plan.acknowledgeBy),
    };
    const event: Happening = { type: 'issued', data, at: toIso(this.now), actor: personOf(OFFICE) };
    const state = issue(plan.id, this.world.directive, event);
    const row: Row = { state, log: [event], desk, ownDesk: plan.ownDesk, children: [], reports: new Map() };
    desk.log.push({ assignment: plan.id, received: this.now, isOver: false, event });
    desk.lastAt = this.now;
    this.rows.set(plan.id, row);
    if (parent !== null) this.rows.get(parent)?.children.push(row);
  }

  above(row: Row): Row[] {
    return ancestorsOf(row.state.id).flatMap((id) => this.rows.get(id) ?? []);
  }

  standingOf(row: Row): Standing {
    const above = this.above(row).map(({ state }) => state.holder);
    return { holder: row.state.holder, above, office: OFFICE, taskForce: row.state.taskForce };
  }

  clocksOf(row: Row): ClockContext {
    return {
      calendar: this.world.calendar,
      ladder: this.ladder,
      running: this.directive.phase === 'open',
      complete: this.isComplete(row),
      rollUp: this.world.item.rollUp,
    };
  }

  isComplete(row: Row): boolean {
    return row.children.every(({ state }) => isSettled(state));
  }

  contextOf(row: Row, person: string, value = 0, isFaulty = false): DecideContext {
    const { endedAt, phase } = this.directive;
    const correctionsFor = elapsedMs(readDuration(this.world.policy.correctionsFor));
    return {
      received: this.now,
      relation: relate(this.world.directory, person, this.standingOf(row), this.now),
      directive: { phase, correctionsUntil: endedAt === null ? null : endedAt + correctionsFor },
      review: this.world.item.review,
      parentDueAt: this.parentDueAt(row),
      findings: {
        faults: isFaulty ? [{ path: 'values.v', code: 'REQUIRED' }] : [],
        digest: `digest of ${value}`,
      },
      merged: row.state.node ? mergedAt(this, row) : null,
    };
  }

  parentDueAt(row: Row): Millis {
    return this.above(row).at(-1)?.state.dueAt ?? this.world.officeDueAt;
  }

  issuerPerson(row: Row): string {
    return personOf(issuerOf(this.standingOf(row)).split('/')[1] ?? '');
  }

  /** One command, judged as the door judges it: what was ordered above is taken in first. */
  command(row: Row, given: Given): Decision {
    this.carry(row);
    const { state } = row;
    const context = this.contextOf(row, given.person, given.value, given.isFaulty);
    const decision = decide(state, context, given.command);
    this.last = { ...given, id: state.id, before: state, context, decision };
    if (isRefusal(decision)) return decision;
    for (const event of decision) {
      if (event.type === 'submitted' || event.type === 'corrected')
        row.reports.set(event.data.version, given.value);
      this.append(row, event, given.person);
    }
    return decision;
  }

  /** Ends the whole directive; everything below hears of it when it is next looked at. */
  end(kind: Order['kind']): void {
    if (this.directive.phase !== 'open') return;
    const order = { n: 1, kind, by: personOf(OFFICE), at: toIso(this.now), reason: 'over' };
    this.directive.orders.push(order);
    this.directive.phase = kind === 'close' ? 'closed' : 'cancelled';
    this.directive.endedAt = this.now;
  }

  /** Cascade and roll-up until nothing more happens: what the desks' workflows do when they look. */
  turn(): void {
    for (const row of this.rows.values()) this.carry(row);
    const deepestFirst = [...this.rows.values()].filter(({ state }) => state.node).reverse();
    let isMore = true;
    while (isMore) isMore = deepestFirst.map((row) => this.sendUp(row)).some(Boolean);
    if (this.desks.get(this.world.directive)?.unsettled === 0 && this.directive.phase === 'open') {
      this.directive.phase = 'closed';
      this.directive.endedAt = this.now;
    }
  }

  advance(minutes: number, isOutage: boolean): void {
    const end = this.now + minutes * 60_000;
    for (let wakes = 0; !isOutage; wakes += 1) {
      const next = this.earliestWake();
      if (next === null || next > end) break;
      if (wakes > MAX_WAKES) throw new Error(`a clock that does not move on from ${toIso(next)}`);
      this.now = Math.max(this.now, next);
      this.wake();
      this.turn();
    }
    this.now = end;
    this.wake();
    this.turn();
  }

  nextWake(row: Row): Millis | null {
    return nextWake(row.state, this.clocksOf(row));
  }

  private earliestWake(): Millis | null {
    const times = [...this.rows.values()].map((row) => this.nextWake(row)).filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  private wake(): void {
    for (const row of this.rows.values()) {
      this.carry(row);
      if ((this.nextWake(row) ?? Infinity) <= this.now) {
        for (const event of this.woken(row)) this.append(row, event, null);
      }
    }
  }

  /** What a wake now would bring. */
  woken(row: Row): NewEvent[] {
    const standing = this.standingOf(row);
    return wake(row.state, this.clocksOf(row), this.now, (targets) =>
      reach(this.world.directory, standing, targets, this.now),
    );
  }

  orderings(row: Row): Ordering[] {
    return [
      { id: this.world.directive, orders: this.directive.orders },
      ...this.above(row).map(({ state }) => ({ id: state.id, orders: state.orders })),
    ];
  }

  private carry(row: Row): void {
    for (const { event, actor } of carry(row.state, this.orderings(row))) this.append(row, event, actor);
  }

  /** Sends a copy where one is due: all settled, or the due time reached with something in, or the copy before left behind. */
  private sendUp(row: Row): boolean {
    const { state } = row;
    const merged = mergedAt(this, row);
    const isFirst = state.copy === null;
    const isAuto =
      this.world.item.rollUp === 'auto' || state.closing !== null || this.directive.phase === 'closed';
    if (isFirst && !isAuto) return false;
    if (isFirst && !merged.final && (state.dueAt > this.now || merged.coverage.approved === 0)) return false;
    const events = rollUp(state, { ...merged, received: this.now, review: this.world.item.review, old: {} });
    for (const event of events) this.append(row, event, null);
    return events.length > 0;
  }

  private append(row: Row, event: NewEvent, actor: string | null): void {
    const { desk } = row;
    desk.lastAt = Math.max(this.now, desk.lastAt);
    const happening: Happening = { ...event, at: toIso(desk.lastAt), actor };
    const before = row.state;
    row.state = evolve(before, happening);
    row.log.push(happening);
    const isOver = this.directive.phase !== 'open';
    desk.log.push({ assignment: before.id, received: this.now, isOver, event: happening });
    if (!isSettled(before) && isSettled(row.state)) this.settle(desk);
  }

  /** One less to wait for; a desk that waits for nothing more is one less to the desk above it. */
  private settle(desk: Desk): void {
    desk.unsettled -= 1;
    const parent = desk.parent === null ? undefined : this.desks.get(desk.parent);
    if (desk.unsettled === 0 && parent) this.settle(parent);
  }
}
