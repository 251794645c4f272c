// Orders on their way down: what a change above does to an assignment below, once for each order.
import { isSettled, type Assignment, type EventData, type NewEvent, type Order } from './assignment.ts';

/** Whoever is above and has given orders: an assignment, or the directive by its id. */
export type Ordering = { id: string; orders: readonly Order[] };

/** One carried event and in whose name it happens. */
export type CarriedEvent = { event: NewEvent; actor: string };

/**
 * What an assignment has not yet taken in of the orders above it, top first. Idempotent: each event
 * records whose order it carries out, and what is settled takes in nothing.
 */
export function carry(a: Assignment, above: readonly Ordering[]): CarriedEvent[] {
  if (isSettled(a)) return [];
  const events: CarriedEvent[] = [];
  for (const { id, orders } of above) {
    for (const order of orders) {
      if ((a.carried[id] ?? 0) >= order.n) continue;
      const event = carried(a, order, { of: id, n: order.n });
      events.push({ event, actor: order.by });
      // A leaf, or what waits for review, is settled by either order, a node by a cancel: nothing further applies.
      if (order.kind === 'cancel' || !a.node || a.phase === 'submitted') return events;
    }
  }
  return events;
}

function carried(a: Assignment, order: Order, by: { of: string; n: number }): NewEvent {
  if (order.kind === 'cancel') return { type: 'cancelled', data: { reason: order.reason, carried: by } };
  if (a.phase === 'submitted') {
    return { type: 'approved', data: { version: a.current, carried: by } };
  }
  const outcome: EventData['closed']['outcome'] = a.node ? 'closing' : 'missing';
  return { type: 'closed', data: { outcome, carried: by } };
}
