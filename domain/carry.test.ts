// Promises of carry: an order from above changes what is below it, once, and nothing that is settled.
import { describe, expect, it } from '@jest/globals';
import {
  assignmentAfter,
  at,
  clocksOf,
  happening,
  inStage,
  type Stage,
} from '../tests/support/sample-assignment.ts';
import { evolve } from './evolve.ts';
import type { Assignment } from './assignment.ts';
import type { Order } from './order.ts';
import { carry, type CarryTerms, type Ordering } from './carry.ts';

const order = (n: number, kind: 'cancel' | 'close'): Order => ({
  n,
  kind,
  by: 'P1',
  at: '2026-11-23T03:00:00.000Z',
  reason: kind === 'cancel' ? 'not needed' : null,
});
const from = (id: string, ...orders: Order[]): Ordering => ({ id, orders, dueAt: at('2026-11-24 15:30') });
const { calendar, ladder } = clocksOf();
const TERMS: CarryTerms = { calendar, ladder, receivedAt: at('2026-11-23 10:35') };
const taken = (a: Assignment, above: readonly Ordering[]): Assignment =>
  carry(a, above, TERMS).reduce(
    (state, { event, actor }) => evolve(state, happening(event, at('2026-11-23 12:00'), actor)),
    a,
  );
const types = (a: Assignment, above: readonly Ordering[]): string[] =>
  carry(a, above, TERMS).map(({ event }) => event.type);

const SETTLED: Stage[] = ['approved', 'correcting', 'cancelled', 'missing'];
const UNSETTLED: Stage[] = ['issued', 'acknowledged', 'submitted', 'returned'];

describe('carry', () => {
  it.each(UNSETTLED)('cancels what is %s with the reason and in the name of whoever ordered it', (stage) => {
    expect(carry(inStage(stage), [from('d', order(1, 'cancel'))], TERMS)).toEqual([
      {
        event: { type: 'cancelled', data: { reason: 'not needed', carried: { of: 'd', n: 1 } } },
        actor: 'P1',
      },
    ]);
  });

  it('closes: what is in is approved in the closer’s name, what is not is missing, a node goes on to its last copy', () => {
    const close = [from('d', order(1, 'close'))];
    expect(taken(inStage('submitted'), close)).toMatchObject({ phase: 'approved', approved: 1 });
    for (const stage of ['issued', 'acknowledged', 'returned'] as const) {
      expect(taken(inStage(stage), close).phase).toBe('missing');
      expect(taken(inStage(stage, { node: true }), close)).toMatchObject({
        phase: inStage(stage).phase,
        closing: 'P1',
      });
    }
    expect(taken(inStage('submitted', { node: true }), close).phase).toBe('approved');
  });

  it.each(SETTLED)('leaves what is %s alone', (stage) => {
    expect(carry(inStage(stage), [from('d', order(1, 'close'), order(2, 'cancel'))], TERMS)).toEqual([]);
  });

  it('does nothing twice, whatever was ordered', () => {
    const above = [
      from('d', order(1, 'close'), order(2, 'cancel')),
      from('d.sites.TF', order(1, 'close'), order(2, 'close')),
    ];
    for (const stage of UNSETTLED) {
      for (const node of [false, true]) {
        for (const orders of [above, above.slice(1), [from('d', order(1, 'close'))]]) {
          const once = taken(inStage(stage, { node }), orders);
          expect(carry(once, orders, TERMS)).toEqual([]);
        }
      }
    }
  });

  it('takes in the topmost order first, and a leaf only the one that settles it', () => {
    const above = [from('d', order(1, 'close')), from('d.sites.TF', order(1, 'cancel'))];
    expect(types(inStage('issued'), above)).toEqual(['closed']);
    expect(types(inStage('issued', { node: true }), above)).toEqual(['closed', 'cancelled']);
  });

  it('takes in a later order of the same node, and none that the issue had taken in already', () => {
    const node = taken(inStage('issued', { node: true }), [from('d', order(1, 'close'))]);
    expect(types(node, [from('d', order(1, 'close'), order(2, 'cancel'))])).toEqual(['cancelled']);
    const late = assignmentAfter([], { carried: { d: 1 } });
    expect(carry(late, [from('d', order(1, 'cancel'))], TERMS)).toEqual([]);
  });
});
