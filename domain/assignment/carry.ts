// Orders on their way down: the effect of a change above on an assignment below, once for each order.
import { isSettled, owesReceipt, type Assignment } from './assignment.ts';
import type { Calendar } from '../calendar/calendar.ts';
import { levelOf } from '../code.ts';
import { sayingLoss } from './figure-version.ts';
import type { Carried, EventData, NewEvent } from './happening.ts';
import { toIso, toMillis, type Millis } from '../instant.ts';
import type { Order } from './order.ts';
import { receiptBy, receiptPulled, shifted, workedOut } from './retime.ts';
import type { Ladder } from '../policy/rungs.ts';
import { resumption } from './suspension.ts';

/** A giver of orders above: an assignment, or the directive by its id and the office's due time. */
export type Ordering = { id: string; orders: readonly Order[]; dueAt: Millis };

/** The calendar and times from which due times are worked out. */
export type CarryTerms = { calendar: Calendar; ladder: Ladder; receivedAt: Millis };

/** One carried event and the person in whose name it happens. */
export type CarriedEvent = { event: NewEvent; actor: string | null };

/**
 * The events of the orders above that an assignment has not yet taken in, in the order they were given; the levels above
 * are taken after their own orders (`standAbove`). Idempotent: each event records the giver and number of its order. A
 * settled assignment takes in nothing; but an approved one is told of an amendment (its report may need correcting),
 * and is cancelled with a node above.
 */
export function carry(a: Assignment, above: readonly Ordering[], terms: CarryTerms): CarriedEvent[] {
  return takeIn(a, above, terms).events;
}

/** The assignment after all that. */
export const carriedState = (a: Assignment, above: readonly Ordering[], terms: CarryTerms): Assignment =>
  takeIn(a, above, terms).state;

/** The directive and the nodes above, top first, each after it has taken in the orders above it. */
export function standAbove(
  directive: Ordering,
  nodes: readonly Assignment[],
  terms: CarryTerms,
): [Ordering, ...Ordering[]] {
  const levels = levelsAbove(directive, nodes, terms);
  return [directive, ...levels.map(({ id, orders, dueAt }): Ordering => ({ id, orders, dueAt }))];
}

/** The same nodes with the whole of their states; the directive is not among them. */
export function levelsAbove(
  directive: Ordering,
  nodes: readonly Assignment[],
  terms: CarryTerms,
): Assignment[] {
  const levels: Assignment[] = [];
  for (const node of nodes) levels.push(carriedState(node, [directive, ...levels], terms));
  return levels;
}

/** When the last of them is due: never after those above it, which a settled one need not have followed (law 2). */
export const earliestDue = (above: readonly [Ordering, ...Ordering[]]): Millis =>
  Math.min(...above.map(({ dueAt }) => dueAt));

function takeIn(
  a: Assignment,
  above: readonly Ordering[],
  terms: CarryTerms,
): { events: CarriedEvent[]; state: Assignment } {
  const events: CarriedEvent[] = [];
  let state = a;
  for (const { id, order } of untaken(a, above)) {
    if (isSettled(state) && !reachesSettled(state, order.kind, isAssignment(id))) continue;
    const parentDueAt = above.at(-1)?.dueAt ?? state.dueAt;
    const by = { at: order.at, actor: order.by };
    const event = carried(state, order, { of: id, n: order.n }, parentDueAt, terms);
    const said = sayingLoss(state, event, by);
    events.push({ event: said.event, actor: order.by });
    state = said.after;
  }
  return { events, state };
}

/** Else it is the directive: its id is one code, an assignment's a path of them. */
const isAssignment = (id: string): boolean => id.includes('.');

/**
 * A cancelled node takes all below it along, approved or missing: nothing of it counts, and nothing of it is corrected.
 * A directive cancelled as a whole hands nothing up any more, and what had been settled in it stays on record as it was.
 */
const reachesSettled = ({ phase }: Assignment, kind: Order['kind'], byNode: boolean): boolean =>
  (kind === 'amend' && phase === 'approved') || (kind === 'cancel' && byNode && phase !== 'cancelled');

/**
 * By the time they were given, of the same instant top first: so two levels that held the clocks at once are counted
 * once, even if noticed late. Those of one giver stay in the order of their numbers.
 */
function untaken(a: Assignment, above: readonly Ordering[]): { id: string; order: Order }[] {
  const all = above.flatMap(({ id, orders }) => {
    let given = Number.NEGATIVE_INFINITY;
    return orders
      .filter(({ n }) => n > (a.carried[id] ?? 0))
      .map((order) => ({ id, order, given: (given = Math.max(given, toMillis(order.at))) }));
  });
  return all.sort((first, second) => first.given - second.given);
}

function carried(a: Assignment, order: Order, by: Carried, parentDueAt: Millis, terms: CarryTerms): NewEvent {
  switch (order.kind) {
    case 'cancel':
      return { type: 'cancelled', data: { reason: order.reason, carried: by } };
    case 'close': {
      if (a.phase === 'submitted') return { type: 'approved', data: { version: a.current, carried: by } };
      return { type: 'closed', data: { outcome: a.node ? 'closing' : 'missing', carried: by } };
    }
    case 'suspend': {
      const since = toIso(Math.max(toMillis(order.at), a.issuedAt));
      return { type: 'suspended', data: { since, until: order.until, reason: order.reason, carried: by } };
    }
    case 'resume': {
      const data = resumption(a, by.of, toMillis(order.at), parentDueAt, terms.calendar);
      return { type: 'resumed', data: { ...data, carried: by } };
    }
    case 'shift': {
      const dueAt = shiftedBy(order, a.dueAt, parentDueAt, terms.calendar);
      return rescheduled(a, dueAt, { cause: 'extension', carried: by, ...reasonOf(order) });
    }
    case 'pull': {
      // The parent may have come nearer than the order asks, by a calendar it took in later than its own child.
      const dueAt = Math.min(a.dueAt, toMillis(order.due), parentDueAt);
      return rescheduled(a, dueAt, { cause: 'reschedule', carried: by, ...reasonOf(order) });
    }
    case 'calendar': {
      const dueAt = stillToCome(a, workedOut(a, { ...terms, parentDueAt }), order, parentDueAt);
      const { calendar, ladder } = terms;
      const asked = a.acknowledgedAt === null ? (a.ruledAt ?? a.issuedAt) : (a.amended?.at ?? a.issuedAt);
      const late = owesReceipt(a)
        ? receiptBy(calendar, ladder.acknowledgeWithin, { from: asked, dueAt })
        : null;
      const receipt = late === null || late === a.acknowledgeBy ? {} : { acknowledgeBy: toIso(late) };
      return rescheduled(a, dueAt, { cause: 'calendar', carried: by, ...receipt });
    }
    case 'amend':
      return { type: 'amended', data: amendment(a, order, by, parentDueAt, terms) };
  }
}

/**
 * An assignment due together with the giver of more time stays together with it, also across hours outside working
 * time. Otherwise the level above would hold it back by an amount that depends on when an earlier order is taken in.
 */
function shiftedBy(
  { ms, from, to }: Extract<Order, { kind: 'shift' }>,
  dueAt: Millis,
  parentDueAt: Millis,
  calendar: Calendar,
): Millis {
  const isTogether = from !== undefined && to !== undefined && dueAt >= toMillis(from);
  return isTogether
    ? Math.max(dueAt, Math.min(toMillis(to), parentDueAt))
    : shifted(calendar, dueAt, ms, parentDueAt);
}

const reasonOf = ({ reason }: Order): { reason?: string } => (reason === null ? {} : { reason });

/** A due time given as an instant, or counted by a rule, stands by itself once it has been moved by hand. */
function rescheduled(
  a: Assignment,
  dueAt: Millis,
  more: Pick<EventData['rescheduled'], 'cause' | 'carried' | 'acknowledgeBy' | 'reason'>,
): NewEvent {
  const isByRule = more.cause === 'calendar' || a.basis?.by !== 'rule' || dueAt === a.dueAt;
  const basis = isByRule ? {} : { basis: { by: 'instant' as const } };
  const moved = { dueAt: toIso(dueAt), was: toIso(a.dueAt), ...receiptPulled(a, dueAt), ...basis };
  return { type: 'rescheduled', data: { ...moved, ...more } };
}

/** An order makes no holder late: a due time already over when it was given stays, as far as the level above allows. */
const stillToCome = (a: Assignment, dueAt: Millis, order: Order, parentDueAt: Millis): Millis =>
  dueAt > toMillis(order.at) ? dueAt : Math.min(Math.max(a.dueAt, dueAt), parentDueAt);

function amendment(
  a: Assignment,
  order: Extract<Order, { kind: 'amend' }>,
  by: Carried,
  parentDueAt: Millis,
  terms: CarryTerms,
): EventData['amended'] {
  const base = { amendment: order.amendment, note: order.reason ?? '', carried: by };
  if (isSettled(a)) return base;
  const from = toMillis(order.at);
  if (order.margins === undefined) return { ...base, ...notedBy(a, terms, { from, dueAt: a.dueAt }) };
  // Budgeted due times are budgeted anew; those given by hand stand, as far as the level above allows.
  const margin = order.margins[levelOf(a.id)] ?? order.margins.at(-1) ?? 0;
  const isBudgeted = a.basis === null || a.basis.by === 'margin';
  const basis = isBudgeted ? { by: 'margin' as const, ms: margin } : a.basis;
  const dueAt = stillToCome(
    a,
    workedOut({ basis, dueAt: a.dueAt }, { ...terms, parentDueAt }),
    order,
    parentDueAt,
  );
  const receipt = notedBy(a, terms, { from, dueAt });
  return { ...base, ...receipt, dueAt: toIso(dueAt), was: toIso(a.dueAt), ...(basis ? { basis } : {}) };
}

/**
 * The time by which an amendment must be acknowledged. Under review as well: a returned report is not late with the
 * receipt from before the amendment. An assignment never acknowledged owes one receipt, by the time first given.
 */
function notedBy(
  a: Assignment,
  { calendar, ladder }: CarryTerms,
  asked: { from: Millis; dueAt: Millis },
): { acknowledgeBy?: string } {
  if (a.acknowledgedAt === null) return receiptPulled(a, asked.dueAt);
  const late = receiptBy(calendar, ladder.acknowledgeWithin, asked);
  return late === null ? {} : { acknowledgeBy: toIso(late) };
}
