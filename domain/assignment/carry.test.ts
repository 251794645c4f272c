// Promises of carry: an order from above changes what is below it, once, and nothing that is settled.
import { describe, expect, it } from '@jest/globals';
import {
  assignmentAfter,
  at,
  clocksOf,
  happening,
  inStage,
  type Stage,
} from '../../tests/support/sample-assignment.ts';
import { wokenAt } from '../../tests/support/clock-run.ts';
import { evolve } from './evolve.ts';
import { toIso } from '../instant.ts';
import type { Assignment } from './assignment.ts';
import type { DueBasis } from './due-basis.ts';
import type { EventData } from './happening.ts';
import type { Order } from './order.ts';
import { carry, standAbove, type CarryTerms, type Ordering } from './carry.ts';

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
  it.each(UNSETTLED)('cancels what is %s with the reason and in the name of its giver', (stage) => {
    expect(carry(inStage(stage), [from('d', order(1, 'cancel'))], TERMS)).toMatchObject([
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

  it('does nothing twice, for every order', () => {
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

  it('takes in the topmost of two orders of one instant first, and cancels what the other has settled', () => {
    const above = [from('d', order(1, 'close')), from('d.sites.TF', order(1, 'cancel'))];
    expect(types(inStage('issued'), above)).toEqual(['closed', 'cancelled']);
    expect(types(inStage('issued', { node: true }), above)).toEqual(['closed', 'cancelled']);
  });

  it('takes what is approved or missing along with what is cancelled above, once, and counts nothing of it', () => {
    const above = [from('d.sites.TF', order(1, 'cancel'))];
    for (const stage of ['approved', 'correcting', 'missing'] as const) {
      expect(carry(inStage(stage), [from('d', order(1, 'cancel'))], TERMS)).toEqual([]);
      const after = taken(inStage(stage), above);
      expect(after).toMatchObject({ phase: 'cancelled', approved: 0, correcting: false });
      expect(carry(after, above, TERMS)).toEqual([]);
    }
    expect(carry(inStage('cancelled'), above, TERMS)).toEqual([]);
  });

  it('takes in a later order of the same node, and none that the issue had taken in already', () => {
    const node = taken(inStage('issued', { node: true }), [from('d', order(1, 'close'))]);
    expect(types(node, [from('d', order(1, 'close'), order(2, 'cancel'))])).toEqual(['cancelled']);
    const late = assignmentAfter([], { carried: { d: 1 } });
    expect(carry(late, [from('d', order(1, 'cancel'))], TERMS)).toEqual([]);
  });

  it('takes in what was given first, by any giver, and one giver’s orders as they are numbered', () => {
    const later = { ...order(1, 'cancel'), at: '2026-11-23T04:00:00.000Z' };
    const above = [from('d', later), from('d.sites.TF', order(1, 'close'))];
    expect(types(inStage('issued', { node: true }), above)).toEqual(['closed', 'cancelled']);
    expect(carry(inStage('issued'), above, TERMS)).toMatchObject([
      { event: { type: 'closed', data: { carried: { of: 'd.sites.TF', n: 1 } } } },
    ]);
    const early = { ...order(2, 'cancel'), at: '2026-11-23T02:00:00.000Z' };
    expect(types(inStage('issued', { node: true }), [from('d', later, early)])).toEqual(['cancelled']);
  });
});

describe('suspensions from two levels', () => {
  const HOUR_MS = 3_600_000;
  const span = (since: string, until: string): Order[] => [
    { n: 1, by: 'P1', at: toIso(at(since)), reason: 'flood', kind: 'suspend', until: toIso(at(until)) },
    { n: 2, by: 'P1', at: toIso(at(until)), reason: null, kind: 'resume' },
  ];
  const forth = [span('2026-11-23 14:00', '2026-11-23 16:00'), span('2026-11-23 15:00', '2026-11-23 17:00')];

  it.each([
    ['the outer begins first', forth],
    ['the inner begins first', forth.toReversed()],
    ['one lies within the other', [span('2026-11-23 14:00', '2026-11-23 17:00'), forth[1] ?? []]],
    [
      'they are the same',
      [span('2026-11-23 14:00', '2026-11-23 17:00'), span('2026-11-23 14:00', '2026-11-23 17:00')],
    ],
  ])('that overlap count once: %s', (_, [outer = [], inner = []]) => {
    const due = { dueAt: toIso(at('2026-11-24 10:00')) };
    const above = [from('d.sites.TF', ...outer), from('d.sites.TF.DD', ...inner)];
    expect(taken(inStage('acknowledged', due), above)).toMatchObject({
      suspended: null,
      // Three hours of the afternoon.
      dueAt: at('2026-11-24 14:30'),
      pausedMs: { review: 3 * HOUR_MS, sign: 3 * HOUR_MS },
    });
  });

  it('that follow each other count both', () => {
    const due = { dueAt: toIso(at('2026-11-24 10:00')) };
    const above = [
      from('d.sites.TF', ...span('2026-11-23 14:00', '2026-11-23 15:00')),
      from('d.sites.TF.DD', ...span('2026-11-23 16:00', '2026-11-23 17:00')),
    ];
    expect(taken(inStage('acknowledged', due), above)).toMatchObject({
      dueAt: at('2026-11-24 12:00'),
      pausedMs: { review: 2 * HOUR_MS },
    });
  });

  it('hold the clocks until the last of them is over, whose ever that is', () => {
    const held = taken(inStage('acknowledged'), [
      from('d.sites.TF', ...(forth[0] ?? [])),
      from('d.sites.TF.DD', ...(forth[1] ?? []).slice(0, 1)),
    ]);
    expect(held.suspended).toEqual({
      since: at('2026-11-23 14:00'),
      until: { 'd.sites.TF.DD': at('2026-11-23 17:00') },
      over: at('2026-11-23 16:00'),
    });
  });

  it('count to the later end where the end of one’s own is noticed only after that of the one above', () => {
    // Its own ends at 15:00, that from above at 17:00; both are noticed at 17:05, that from above first.
    const own = happening(
      {
        type: 'suspended',
        data: { since: toIso(at('2026-11-23 14:00')), until: toIso(at('2026-11-23 15:00')), reason: 'flood' },
      },
      at('2026-11-23 14:00'),
    );
    const a = evolve(inStage('acknowledged', { dueAt: toIso(at('2026-11-24 10:00')) }), own);
    const still = taken(a, [from('d.sites.TF', ...span('2026-11-23 14:30', '2026-11-23 17:00'))]);
    const { state } = wokenAt(still, clocksOf({}), at('2026-11-23 17:05'));
    expect(state).toMatchObject({
      suspended: null,
      dueAt: at('2026-11-24 14:30'),
      pausedMs: { review: 3 * HOUR_MS },
    });
  });
});

describe('an order about time', () => {
  const given = { n: 1, by: 'P1', at: toIso(at('2026-11-23 15:00')), reason: 'so it is' };
  const HOUR_MS = 3_600_000;
  const one = (a: Assignment, order: Order, dueAt = at('2026-11-24 15:30')): EventData[keyof EventData] => {
    const events = carry(a, [{ id: 'd', orders: [order], dueAt }], TERMS);
    expect(events.map(({ actor }) => actor)).toEqual(['P1']);
    return events[0]?.event.data as EventData[keyof EventData];
  };
  const shift = (ms: number): Order => ({ ...given, kind: 'shift', ms });
  const by = { carried: { of: 'd', n: 1 } };

  it('suspends from when it was given until when it says, and never from before the issue', () => {
    const until = toIso(at('2026-11-25 09:00'));
    const order: Order = { ...given, kind: 'suspend', until };
    expect(one(inStage('submitted'), order)).toEqual({ since: given.at, until, reason: 'so it is', ...by });
    const early = one(inStage('issued'), { ...order, at: toIso(at('2026-11-23 09:00')) });
    expect(early).toMatchObject({ since: toIso(at('2026-11-23 10:35')) });
  });

  it('resumes what it suspended, and of what it did not suspend moves nothing', () => {
    const order: Order = { ...given, kind: 'resume' };
    expect(one(inStage('acknowledged'), order)).toEqual({
      of: 'd',
      resumedAt: given.at,
      pausedMs: 0,
      ...by,
    });
  });

  it('shifts by so much working time, over lunch and night, and never past the level above', () => {
    expect(one(inStage('acknowledged'), shift(HOUR_MS))).toEqual({
      dueAt: toIso(at('2026-11-24 15:00')),
      was: toIso(at('2026-11-24 14:00')),
      cause: 'extension',
      reason: 'so it is',
      ...by,
    });
    const morning = inStage('acknowledged', { dueAt: toIso(at('2026-11-24 11:00')) });
    expect(one(morning, shift(2 * HOUR_MS))).toMatchObject({ dueAt: toIso(at('2026-11-24 14:30')) });
    expect(one(inStage('acknowledged'), shift(4 * HOUR_MS))).toMatchObject({
      dueAt: toIso(at('2026-11-24 15:30')),
    });
  });

  it('takes along what is due together with who is given more time, where that is no working time too', () => {
    // After hours: of 19:30 to 20:00 no minute is working time.
    const moved = { from: toIso(at('2026-11-24 19:30')), to: toIso(at('2026-11-24 20:00')) };
    const evening: Order = { ...shift(0), ...moved };
    const due = (wall: string): Assignment => inStage('acknowledged', { dueAt: toIso(at(wall)) });
    const office = at('2026-11-24 21:00');
    expect(one(due('2026-11-24 19:30'), evening, office)).toMatchObject({ dueAt: moved.to });
    expect(one(due('2026-11-24 19:00'), evening, office)).toMatchObject({
      dueAt: toIso(at('2026-11-24 19:00')),
    });
    const nearer = at('2026-11-24 19:45');
    expect(one(due('2026-11-24 19:30'), evening, nearer)).toMatchObject({ dueAt: toIso(nearer) });
  });

  it('comes to the same where the level above has been given more time before it is taken in', () => {
    const [street, later] = [at('2026-11-24 19:30'), at('2026-11-24 20:00')];
    const stood: Order[] = [
      { ...given, n: 1, kind: 'suspend', until: toIso(at('2026-11-23 16:00')) },
      { ...given, n: 2, kind: 'resume', at: toIso(at('2026-11-23 16:00')) },
    ];
    const more = { from: toIso(street), to: toIso(later) };
    const extended: Order = {
      ...given,
      n: 3,
      kind: 'shift',
      at: toIso(at('2026-11-23 17:00')),
      ms: 0,
      ...more,
    };
    const leaf = inStage('acknowledged', { dueAt: toIso(street) });
    const prompt = taken(leaf, [{ id: 'd', orders: stood, dueAt: street }]);
    const all = [{ id: 'd', orders: [...stood, extended], dueAt: later }];
    expect([taken(prompt, all).dueAt, taken(leaf, all).dueAt]).toEqual([later, later]);
  });

  it('pulls in what is due later than an instant, and leaves the rest where it is', () => {
    const pull = (wall: string): Order => ({ ...given, kind: 'pull', due: toIso(at(wall)) });
    expect(one(inStage('acknowledged'), pull('2026-11-24 11:00'))).toEqual({
      dueAt: toIso(at('2026-11-24 11:00')),
      was: toIso(at('2026-11-24 14:00')),
      cause: 'reschedule',
      reason: 'so it is',
      ...by,
    });
    const same = toIso(at('2026-11-24 14:00'));
    expect(one(inStage('acknowledged'), pull('2026-11-24 15:00'))).toMatchObject({ dueAt: same, was: same });
  });

  it('that shifts a due time counted by a rule makes it one that stands by itself', () => {
    const basis = { by: 'rule' as const, rule: { workdays: 1, at: '14:00' } };
    expect(one(inStage('acknowledged', { basis }), shift(HOUR_MS))).toMatchObject({
      basis: { by: 'instant' },
    });
    const margin = inStage('acknowledged', { basis: { by: 'margin', ms: HOUR_MS } });
    expect(one(margin, shift(HOUR_MS))).not.toHaveProperty('basis');
  });

  const AMENDED: Order = { ...given, kind: 'amend', amendment: 1 };

  it('calculates anew what came about by a rule or a margin, and leaves what was given as an instant', () => {
    const order: Order = { ...given, kind: 'calendar' };
    const dueOf = (basis: DueBasis): EventData[keyof EventData] =>
      one(inStage('acknowledged', { basis }), order);
    expect(dueOf({ by: 'rule', rule: { workdays: 1, at: '11:00' } })).toMatchObject({
      dueAt: toIso(at('2026-11-24 11:00')),
      cause: 'calendar',
    });
    expect(dueOf({ by: 'margin', ms: HOUR_MS })).toMatchObject({ dueAt: toIso(at('2026-11-24 14:30')) });
    expect(dueOf({ by: 'instant' })).toMatchObject({ dueAt: toIso(at('2026-11-24 14:00')) });
    const late = { by: 'rule' as const, rule: { workdays: 3, at: '11:00' } };
    expect(dueOf(late)).toMatchObject({ dueAt: toIso(at('2026-11-24 15:30')) });
  });

  it('asks the receipt anew only of a holder who owes one', () => {
    const order: Order = { ...given, kind: 'calendar' };
    const late = inStage('issued', { acknowledgeBy: toIso(at('2026-11-23 11:30')) });
    expect(one(late, order)).toMatchObject({ acknowledgeBy: toIso(at('2026-11-23 11:05')) });
    expect(one(inStage('issued'), order)).not.toHaveProperty('acknowledgeBy');
    expect(one(inStage('acknowledged'), order)).not.toHaveProperty('acknowledgeBy');
  });

  it('lets no receipt be late after the due time: one that comes nearer pulls the receipt with it', () => {
    const patient = clocksOf({ acknowledgeWithin: 'P3D' });
    const afar = inStage('issued', { acknowledgeBy: toIso(at('2026-11-24 14:00')) });
    const terms = { ...TERMS, ladder: patient.ladder };
    const due = toIso(at('2026-11-24 11:00'));
    const orders: Order[] = [
      { ...given, kind: 'pull', due },
      { ...given, kind: 'calendar' },
      { ...given, kind: 'amend', amendment: 1, margins: [0] },
    ];
    for (const each of orders) {
      const [first] = carry(afar, [{ ...from('d', each), dueAt: at('2026-11-24 11:00') }], terms);
      expect(first?.event.data).toMatchObject({ dueAt: due, acknowledgeBy: due });
    }
    const [asked] = carry(inStage('acknowledged'), [from('d', AMENDED)], terms);
    expect(asked?.event.data).toMatchObject({ acknowledgeBy: toIso(at('2026-11-24 14:00')) });
    // One that is late already is not asked anew.
    const late = evolve(
      afar,
      happening({ type: 'receiptOverdue', data: { acknowledgeBy: due } }, at('2026-11-24 10:00')),
    );
    const [pulled] = carry(late, [from('d', { ...given, kind: 'pull', due })], terms);
    expect(pulled?.event.data).not.toHaveProperty('acknowledgeBy');
  });

  it('amends: a budgeted due time is budgeted anew, one given by hand stands as far as the level above allows', () => {
    // A community’s is level 3, counted from the office’s 0; no level deeper than the list has more than its last.
    const levels: Order = { ...given, kind: 'amend', amendment: 2, margins: [0, 0, 0, HOUR_MS] };
    const budgeted = inStage('acknowledged', { basis: { by: 'margin', ms: 0 } });
    expect(one(budgeted, levels, at('2026-11-26 16:00'))).toMatchObject({
      amendment: 2,
      note: 'so it is',
      dueAt: toIso(at('2026-11-26 15:00')),
      was: toIso(at('2026-11-24 14:00')),
      basis: { by: 'margin', ms: HOUR_MS },
    });
    const byHand = inStage('acknowledged', { basis: { by: 'instant' } });
    expect(one(byHand, levels, at('2026-11-26 16:00'))).toMatchObject({
      dueAt: toIso(at('2026-11-24 14:00')),
    });
    expect(one(byHand, levels, at('2026-11-24 10:00'))).toMatchObject({
      dueAt: toIso(at('2026-11-24 10:00')),
    });
  });

  it('makes no holder late: what would be over when it was given stands, as far as the level above allows', () => {
    const day = 8 * HOUR_MS;
    const budgeted = inStage('acknowledged', { basis: { by: 'margin', ms: 2 * day } });
    const calendarOrder: Order = { ...given, kind: 'calendar' };
    const levels: Order = { ...given, kind: 'amend', amendment: 2, margins: [2 * day] };
    for (const each of [calendarOrder, levels]) {
      expect(one(budgeted, each)).toMatchObject({ dueAt: toIso(at('2026-11-24 14:00')) });
      expect(one(budgeted, each, at('2026-11-24 10:00'))).toMatchObject({
        dueAt: toIso(at('2026-11-24 10:00')),
      });
    }
  });

  it('amends what is acknowledged to be acknowledged anew, timed from the amendment', () => {
    for (const stage of ['acknowledged', 'returned'] as const) {
      expect(one(inStage(stage), AMENDED)).toMatchObject({ acknowledgeBy: toIso(at('2026-11-23 15:30')) });
    }
    // A holder who has not yet acknowledged anything owes one receipt, by the time first given.
    expect(one(inStage('issued'), AMENDED)).not.toHaveProperty('acknowledgeBy');
  });

  it('amends what is under review likewise: a report that comes back is not late with a receipt never asked for', () => {
    const amended = taken(inStage('submitted'), [from('d', AMENDED)]);
    const back = evolve(
      amended,
      happening(
        { type: 'returned', data: { version: 1, reason: 'again', fields: [] } },
        at('2026-11-23 15:10'),
      ),
    );
    const { events } = wokenAt(back, clocksOf({ acknowledgeWithin: 'PT30M' }), at('2026-11-23 15:11'));
    expect(events).toEqual([]);
    expect(back.acknowledgeBy).toBe(at('2026-11-23 15:30'));
  });

  it('amends what is approved only by saying so: a report may need correcting', () => {
    expect(one(inStage('approved'), { ...AMENDED, margins: [0] })).toEqual({
      amendment: 1,
      note: 'so it is',
      ...by,
    });
    for (const stage of ['cancelled', 'missing'] as const)
      expect(carry(inStage(stage), [from('d', AMENDED)], TERMS)).toEqual([]);
  });

  it('changes nothing twice, for every order', () => {
    const orders: Order[] = [
      shift(HOUR_MS),
      { ...given, n: 2, kind: 'suspend', until: toIso(at('2026-11-25 09:00')) },
      { ...given, n: 3, kind: 'resume', at: toIso(at('2026-11-23 17:00')) },
      { ...given, n: 4, kind: 'calendar' },
      { ...given, n: 5, kind: 'amend', amendment: 1, margins: [HOUR_MS] },
    ];
    for (const stage of [...UNSETTLED, 'suspended', 'extending', 'presented'] as const) {
      for (let count = 1; count <= orders.length; count += 1) {
        const above = [from('d', ...orders.slice(0, count))];
        const once = taken(inStage(stage), above);
        expect(carry(once, above, TERMS)).toEqual([]);
        expect(once.carried).toEqual({ d: count });
      }
    }
  });

  it('undoes no suspension: what has moved by it is not counted from its rule again', () => {
    const basis = { by: 'rule' as const, rule: { workdays: 1, at: '10:00' } };
    const a = inStage('acknowledged', { basis, dueAt: toIso(at('2026-11-24 10:00')) });
    const orders: Order[] = [
      { ...given, kind: 'suspend', until: toIso(at('2026-11-23 17:00')) },
      { ...given, n: 2, kind: 'resume', at: toIso(at('2026-11-23 17:00')) },
      { ...given, n: 3, kind: 'calendar', at: toIso(at('2026-11-23 17:10')) },
    ];
    expect(taken(a, [from('d', ...orders)])).toMatchObject({
      dueAt: at('2026-11-24 12:00'),
      basis: { by: 'instant' },
    });
  });
});

describe('standAbove', () => {
  it('gives each level above as it stands once it has taken in what is ordered above it', () => {
    const node = assignmentAfter([], { node: true, dueAt: toIso(at('2026-11-24 15:00')) });
    const order: Order = {
      n: 1,
      by: 'P1',
      at: toIso(at('2026-11-23 12:00')),
      reason: null,
      kind: 'shift',
      ms: 600_000,
    };
    const office = from('d', order);
    expect(standAbove(office, [node], TERMS)).toEqual([
      office,
      { id: node.id, orders: [], dueAt: at('2026-11-24 15:10') },
    ]);
    expect(node.dueAt).toBe(at('2026-11-24 15:00'));
  });
});
