// A directive under way in memory: desks that take commands, carry orders down, wake and roll up, on the pure core alone.
import { issuerOf, relate, type Relation, type AssignmentStanding } from '../../domain/access/relation.ts';
import { isOwing, isSettled, issue, type Assignment } from '../../domain/assignment/assignment.ts';
import {
  carriedState,
  carry,
  earliestDue,
  standAbove,
  type CarryTerms,
  type Ordering,
} from '../../domain/assignment/carry.ts';
import { ancestorsOf } from '../../domain/code.ts';
import type { Command } from '../../domain/assignment/command.ts';
import { decide } from '../../domain/assignment/decide.ts';
import { fallBack } from '../../domain/assignment/decide-back.ts';
import { bringsPart, sendOrAsk, type SendingHand } from '../../domain/assignment/decide-report.ts';
import type { DecideContext, Decision } from '../../domain/assignment/decision.ts';
import type { PlacedAssignment } from '../../domain/directive/cut.ts';
import { evolve } from '../../domain/assignment/evolve.ts';
import { isRefusal } from '../../domain/failure.ts';
import type { Happening, NewEvent } from '../../domain/assignment/happening.ts';
import { elapsedMs, readDuration, toIso, type Millis } from '../../domain/instant.ts';
import { nextWake, wake } from '../../domain/clock/ladder.ts';
import { compileLadder, type Ladder } from '../../domain/policy/rungs.ts';
import type { ClockContext } from '../../domain/assignment/clock-context.ts';
import { type Reach, reach } from '../../domain/policy/reach.ts';
import type { Order } from '../../domain/assignment/order.ts';
import { divideSlack } from '../../domain/clock/slack.ts';
import {
  codeOf,
  isLed,
  taskForcePlace,
  unitPlace,
  type Place,
} from '../../domain/organisation/organisation.ts';
import { mergedAt } from './figures.ts';
import { handOut, namedIn, partsOf } from './handing.ts';
import type { Desk, Row } from './row.ts';
import { OFFICE, personOf, type Reserve, type World } from './world.ts';

export type Given = { command: Command; person: string; value: number; isFaulty: boolean };
/** The last command, what became of it, and how many events its assignment had then. */
export type Judged = Given & { id: string; decision: Decision; events: number };

/** More wakes in one span of time than any sequence of steps can mean: a clock that does not move. */
const MAX_WAKES = 2_000;

export class Simulation {
  readonly world: World;
  readonly ladder: Ladder;
  readonly desks = new Map<string, Desk>();
  readonly rows = new Map<string, Row>();
  readonly directive: {
    phase: 'open' | 'closed' | 'cancelled';
    orders: Order[];
    endedAt: Millis | null;
    officeDueAt: Millis;
  };
  now: Millis;
  last: Judged | null = null;

  constructor(world: World) {
    this.world = world;
    this.ladder = compileLadder(world.policy);
    this.directive = { phase: 'open', orders: [], endedAt: null, officeDueAt: world.officeDueAt };
    this.now = world.issuedAt;
    for (const desk of world.desks) this.openDesk(desk);
    for (const plan of world.desks) for (const row of plan.rows) this.issue(plan.id, row, personOf(OFFICE));
  }

  openDesk({ id, parent, node, unsettled }: Pick<Desk, 'id' | 'parent' | 'node' | 'unsettled'>): void {
    this.desks.set(id, { id, parent, node, unsettled, lastAt: 0, log: [] });
  }

  issue(deskId: string, plan: PlacedAssignment, actor: string): void {
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
      basis: plan.basis,
      ...(plan.later ? { carried: plan.later.carried } : {}),
    };
    desk.lastAt = Math.max(this.now, desk.lastAt);
    const event: Happening = { type: 'issued', data, at: toIso(desk.lastAt), actor };
    const state = issue(plan.id, this.world.directive, event);
    const row: Row = {
      state,
      log: [event],
      desk,
      ownDesk: plan.ownDesk,
      children: [],
      reports: new Map(),
      parts: new Map(),
    };
    const isOver = this.directive.phase !== 'open';
    desk.log.push({ assignment: plan.id, received: this.now, isOver, event });
    this.rows.set(plan.id, row);
    if (parent !== null) this.rows.get(parent)?.children.push(row);
  }

  above(row: Row): Row[] {
    return ancestorsOf(row.state.id).flatMap((id) => this.rows.get(id) ?? []);
  }

  standingOf(row: Row): AssignmentStanding {
    const above = this.above(row).map(({ state }) => state.holder);
    const { holder, taskForce, transfer, shared } = row.state;
    return { holder, above, office: OFFICE, taskForce, target: transfer?.to ?? null, shared };
  }

  get terms(): CarryTerms {
    return { calendar: this.world.calendar, ladder: this.ladder, receivedAt: this.world.issuedAt };
  }

  /** Must a leader sign what leaves it? */
  isSigned({ state }: Row): boolean {
    return this.world.item.signOff === 'leader' && state.unit !== null;
  }

  clocksOf(row: Row): ClockContext {
    return {
      calendar: this.world.calendar,
      ladder: this.ladder,
      running: this.directive.phase === 'open',
      complete: this.isComplete(row),
      rollUp: this.isSigned(row) ? 'manual' : this.world.item.rollUp,
    };
  }

  isComplete(row: Row): boolean {
    return row.children.every(({ state }) => isSettled(state));
  }

  contextOf(row: Row, { person, command, value, isFaulty }: Given): DecideContext {
    const { endedAt, phase } = this.directive;
    const { directory, policy, item } = this.world;
    const correctionsFor = elapsedMs(readDuration(policy.correctionsFor));
    return {
      received: this.now,
      relation: this.relationOf(row, person),
      person,
      directive: { phase, correctionsUntil: endedAt === null ? null : endedAt + correctionsFor },
      review: item.review,
      signs: this.isSigned(row) && isLed(directory, row.state.holder, this.now),
      above: this.above(row).map((node) => this.effective(node)),
      ordersAbove: this.ordersAbove(row),
      handedUp: false,
      parentDueAt: this.parentDueAt(row),
      calendar: this.world.calendar,
      clocks: this.clocksOf(row),
      reach: this.reachOf(row),
      findings: {
        faults: isFaulty ? [{ path: 'values.v', code: 'REQUIRED' }] : [],
        digest: `digest of ${value}`,
      },
      merged: row.state.node ? mergedAt(this, row) : null,
      named: namedIn(this, row, command),
      parts: partsOf(this, row, command, person),
      called: null,
    };
  }

  relationOf(row: Row, person: string): Relation {
    return relate(this.world.directory, person, this.standingOf(row), this.now);
  }

  reachOf(row: Row): Reach {
    const standing = this.standingOf(row);
    return (targets, place?: Place, isRung?: boolean) =>
      reach(
        this.world.directory,
        { ...standing, holder: place ?? standing.holder },
        targets,
        this.now,
        isRung,
      );
  }

  /** Everything above as it stands once it has taken in what is ordered above it, top first. */
  orderings(row: Row): [Ordering, ...Ordering[]] {
    const { orders, officeDueAt } = this.directive;
    const office = { id: this.world.directive, orders, dueAt: officeDueAt };
    const nodes = this.above(row).map(({ state }) => state);
    return standAbove(office, nodes, this.terms);
  }

  private ordersAbove(row: Row): Record<string, number> {
    return Object.fromEntries(
      this.orderings(row).flatMap(({ id, orders }) => (orders.length > 0 ? [[id, orders.length]] : [])),
    );
  }

  /** By whose hand what is merged there goes up; null where it goes by itself. */
  handOf(row: Row): SendingHand {
    const { state } = row;
    if (state.closing !== null || this.directive.phase === 'closed') return null;
    if (this.clocksOf(row).rollUp === 'auto') return null;
    const isSigned = this.isSigned(row) && isLed(this.world.directory, state.holder, this.now);
    if (isSigned) return 'signature';
    return isOwing(state) ? 'sending' : null;
  }

  parentDueAt(row: Row): Millis {
    return earliestDue(this.orderings(row));
  }

  /** What a reader sees: with orders taken in that nobody has yet written down. */
  effective(row: Row): Assignment {
    return carriedState(row.state, this.orderings(row), this.terms);
  }

  /** Places a command on it may name: to pass it on to, and to hand parts of it to. */
  placesFor({ state }: Row): { spare: string[]; reserves: Reserve[] } {
    const { spare, reserves } = this.world;
    return { spare, reserves: reserves.get(codeOf(state.holder)) ?? [] };
  }

  issuerPlace(row: Row): Place {
    return issuerOf(this.standingOf(row));
  }

  /** One command, judged as the door judges it: what was ordered above is taken in first. */
  command(row: Row, given: Given): Decision {
    this.carry(row);
    const { state } = row;
    const { command, person, value } = given;
    const context = this.contextOf(row, given);
    const decision = decide(state, context, command);
    this.last = { ...given, id: state.id, decision, events: row.log.length };
    if (isRefusal(decision)) return decision;
    const isReport = command.verb === 'submit' && !(state.node && !bringsPart(command));
    for (const event of decision) {
      if (isReport && event.type === 'partAdded') row.parts.set(event.data.version, value);
      if (
        isReport &&
        (event.type === 'submitted' || event.type === 'corrected' || event.type === 'presented')
      )
        row.reports.set(event.data.version ?? 0, value);
      this.append(row, event, person);
    }
    if (command.verb === 'reopen') this.fallBackAbove(row, command.reason ?? '', person);
    if (command.verb === 'decompose') handOut(this, row, command, person);
    this.last.events = row.log.length;
    return decision;
  }

  /** What is above and has sent all up owes it again, from the top. */
  private fallBackAbove(row: Row, reason: string, person: string): void {
    for (const node of this.above(row)) {
      this.carry(node);
      const event = fallBack(
        node.state,
        { below: row.state.id, reason },
        {
          parentDueAt: this.parentDueAt(node),
          ordersAbove: this.ordersAbove(node),
          received: this.now,
          calendar: this.world.calendar,
          clocks: this.clocksOf(node),
        },
      );
      if (event) this.append(node, event, person);
    }
  }

  /** Ends the whole directive; everything below hears of it when it is next looked at. */
  end(kind: 'cancel' | 'close'): void {
    if (this.directive.phase !== 'open') return;
    this.order({ kind, reason: 'over' });
    this.directive.phase = kind === 'close' ? 'closed' : 'cancelled';
    this.directive.endedAt = this.now;
  }

  /** The office changes what has gone out; with `dueAt` the time as well, budgeted anew below. */
  amend(margins: number[] | null, officeDueAt: Millis): void {
    if (this.directive.phase !== 'open') return;
    const amendment = this.directive.orders.filter(({ kind }) => kind === 'amend').length + 1;
    if (margins !== null) this.directive.officeDueAt = officeDueAt;
    this.order({ kind: 'amend', reason: 'changed', amendment, ...(margins === null ? {} : { margins }) });
  }

  /** The calendar has been changed: all that is open is planned again. */
  replan(): void {
    if (this.directive.phase === 'open') this.order({ kind: 'calendar', reason: null });
  }

  private order(order: Partial<Order> & Pick<Order, 'kind'>): void {
    const n = this.directive.orders.length + 1;
    const given = { reason: null, ...order, n, by: personOf(OFFICE), at: toIso(this.now) };
    this.directive.orders.push(given as Order);
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
    const late: Row[] = [];
    for (const row of this.rows.values()) {
      this.carry(row);
      if ((this.nextWake(row) ?? Infinity) <= this.now) {
        const events = this.woken(row);
        for (const event of events) this.append(row, event, null);
        if (!row.state.node && events.some(({ type, data }) => type === 'escalated' && data.clock === 'due'))
          late.push(row);
      }
    }
    for (const row of late) this.divideSlackAbove(row);
  }

  private divideSlackAbove(row: Row): void {
    const nodes = this.above(row);
    const top = nodes[0];
    if (top === undefined) return;
    const moved = divideSlack(this.world.calendar, {
      now: this.now,
      lateDueAt: row.state.dueAt,
      above: nodes.map(({ state }) => state).reverse(),
      officeDueAt: this.parentDueAt(top),
    });
    for (const { id, dueAt } of [...moved].reverse()) {
      const node = this.rows.get(id) as Row;
      const data = { dueAt: toIso(dueAt), was: toIso(node.state.dueAt), cause: 'slack' as const };
      this.append(node, { type: 'rescheduled', data }, null);
    }
  }

  /** What a wake now would bring. */
  woken(row: Row): NewEvent[] {
    const context = { ...this.clocksOf(row), parentDueAt: this.parentDueAt(row) };
    return wake(row.state, context, this.now, this.reachOf(row));
  }

  private carry(row: Row): void {
    for (const { event, actor } of carry(row.state, this.orderings(row), this.terms))
      this.append(row, event, actor);
  }

  /** Sends a copy where one is due: all settled, or the due time reached with something in, or the copy before left behind. */
  private sendUp(row: Row): boolean {
    const { state } = row;
    const merged = mergedAt(this, row);
    const isFirst = state.copy === null;
    const isEnding = state.closing !== null || this.directive.phase === 'closed';
    const hand = this.handOf(row);
    if ((isFirst || hand !== null) && state.suspended !== null && !isEnding) return false;
    const isEmpty = merged.coverage.approved === 0 && state.part === 0;
    if (isFirst && !merged.final && (state.dueAt > this.now || isEmpty)) return false;
    const copy = { ...merged, received: this.now, review: this.world.item.review, old: {} };
    const events = sendOrAsk(state, copy, hand);
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
    if (isSettled(before) && !isSettled(row.state)) this.reopen(desk, 1);
  }

  /** One less to wait for; a desk that waits for nothing more is one less to the desk above it. */
  private settle(desk: Desk): void {
    desk.unsettled -= 1;
    const parent = desk.parent === null ? undefined : this.desks.get(desk.parent);
    if (desk.unsettled === 0 && parent) this.settle(parent);
  }

  /** So many more to wait for; a desk that waited for nothing counts again in the desk above it. */
  reopen(desk: Desk, more: number): void {
    const wasDone = desk.unsettled === 0;
    desk.unsettled += more;
    const parent = desk.parent === null ? undefined : this.desks.get(desk.parent);
    if (wasDone && parent) this.reopen(parent, 1);
  }
}
