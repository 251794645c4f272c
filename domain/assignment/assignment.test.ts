// Promises of evolve and fold: what each event changes, and that a row is exactly what its log says.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVERY_EVENT, ROLLED } from '../../tests/support/every-event.ts';
import {
  assignmentAfter,
  at,
  happening,
  inStage,
  ISSUED,
  STAGES,
} from '../../tests/support/sample-assignment.ts';
import { evolve, fold } from './evolve.ts';
import { isOwing, isSettled, type Assignment } from './assignment.ts';
import type { NewEvent } from './happening.ts';

const NOON = at('2026-11-23 12:00');
const ISO = '2026-11-23T04:00:00.000Z';
const after = (a: Assignment, event: NewEvent, actor: string | null = 'P9'): Assignment =>
  evolve(a, happening(event, NOON, actor));

describe('fold', () => {
  it('makes the row that the issue describes', () => {
    expect(assignmentAfter([])).toMatchObject({
      id: 'd.sites.TF.DD.DD-1',
      directive: 'd',
      phase: 'issued',
      holder: 'unit/DD-1',
      issuedAt: at('2026-11-23 10:35'),
      dueAt: at('2026-11-24 14:00'),
      acknowledgeBy: at('2026-11-23 11:05'),
      version: 1,
      current: 0,
      approved: 0,
      orders: [],
      carried: {},
    });
  });

  it('asks no receipt where the policy asks none, and begins with what was carried at the issue', () => {
    const a = assignmentAfter([], { acknowledgeBy: null, carried: { d: 2 } });
    expect(a).toMatchObject({ acknowledgeBy: null, carried: { d: 2 } });
  });

  it('is null for an empty log, and ignores what comes before the issue', () => {
    expect(fold('x', 'd', [])).toBeNull();
    const log = [
      happening({ type: 'cancelled', data: { reason: 'early' } }, NOON),
      happening({ type: 'issued', data: ISSUED }, NOON),
    ];
    expect(fold('x', 'd', log)?.phase).toBe('issued');
  });

  it('is plain JSON in every stage, so that the row read back is the row written', () => {
    for (const stage of STAGES) {
      const a = inStage(stage);
      expect(JSON.parse(JSON.stringify(a))).toStrictEqual(a);
    }
  });
});

describe('evolve', () => {
  it('never changes the row it is given', () => {
    for (const stage of STAGES) {
      const before = inStage(stage);
      const kept = structuredClone(before);
      for (const event of EVERY_EVENT) after(before, event);
      expect(before).toEqual(kept);
    }
  });

  it('raises the version with every command on it once, and with no clock or order from above', () => {
    const clocks = [
      'receiptOverdue',
      'gathered',
      'overdue',
      'reminded',
      'escalated',
      'rescheduled',
      'amended',
    ];
    for (const event of EVERY_EVENT) {
      const isImplied = event.type === 'acknowledged' && event.data.implied === true;
      const isAuto = event.type === 'approved' && event.data.auto === true;
      const isByHand =
        (event.type === 'escalated' && event.data.manual === true) ||
        (event.type === 'rescheduled' && event.data.cause === 'reschedule' && !event.data.carried);
      const isNobodys = clocks.includes(event.type) && !isByHand;
      const isCarried =
        (event.type === 'suspended' || event.type === 'resumed') && event.data.carried !== undefined;
      const isRunOut = event.type === 'resumed' && event.data.auto === true;
      const raised = isNobodys || isImplied || isAuto || isCarried || isRunOut ? 0 : 1;
      expect([event.type, after(inStage('submitted'), event).version]).toEqual([
        event.type,
        inStage('submitted').version + raised,
      ]);
    }
  });

  it('keeps one holder through every event (law 1)', () => {
    for (const stage of STAGES) {
      for (const event of EVERY_EVENT) {
        const holder = event.type === 'transferred' ? event.data.to : 'unit/DD-1';
        expect(after(inStage(stage), event).holder).toBe(holder);
      }
    }
  });

  it('keeps whether the first report was on time, through all that follows', () => {
    const late = after(inStage('returned'), {
      type: 'submitted',
      data: { version: 2, digest: 'x', onTime: false },
    });
    expect(late).toMatchObject({ onTime: true, current: 2, approved: 0, returned: null });
  });

  it('counts the old version while a correction waits, and the new one once it is approved', () => {
    const correcting = inStage('correcting');
    expect(correcting).toMatchObject({ phase: 'approved', correcting: true, current: 2, approved: 1 });
    const approved = after(correcting, { type: 'approved', data: { version: 2 } });
    expect(approved).toMatchObject({ phase: 'approved', correcting: false, approved: 2 });
    expect(approved.settledAt).toBe(correcting.settledAt);
  });

  it('leaves a returned correction approved in its old version', () => {
    const back = after(inStage('correcting'), {
      type: 'returned',
      data: { version: 2, reason: 'no', fields: [], correction: true },
    });
    expect(back).toMatchObject({
      phase: 'approved',
      correcting: false,
      approved: 1,
      returned: { reason: 'no', by: 'P9' },
    });
  });

  it('starts the ladder of a new due time anew, and of the same one does not', () => {
    const late: NewEvent[] = [
      { type: 'overdue', data: { dueAt: ISO } },
      {
        type: 'escalated',
        data: { clock: 'due', rung: 2, after: 'PT2H', of: ISO, notify: [], notified: [] },
      },
      { type: 'submitted', data: { version: 1, digest: 'x', onTime: false } },
    ];
    const returned: Extract<NewEvent, { type: 'returned' }> = {
      type: 'returned',
      data: { version: 1, reason: 'again', fields: ['v'] },
    };
    expect(assignmentAfter([...late, returned])).toMatchObject({
      overdue: true,
      taken: { due: { rungs: 3 } },
    });
    const anew = assignmentAfter([...late, { ...returned, data: { ...returned.data, dueAt: ISO } }]);
    expect(anew).toMatchObject({ overdue: false, dueAt: NOON, reminded: 0, escalation: 1 });
    expect(anew.taken.due).toBeUndefined();
  });

  it('numbers the orders it gives, and remembers those it has taken in', () => {
    const close: NewEvent = { type: 'closed', data: { outcome: 'collecting-ended', note: 'enough' } };
    const ordered = after(after(inStage('issued', { node: true }), close), {
      type: 'cancelled',
      data: { reason: 'over' },
    });
    expect(ordered.orders).toEqual([
      { n: 1, kind: 'close', by: 'P9', at: ISO, reason: 'enough' },
      { n: 2, kind: 'cancel', by: 'P9', at: ISO, reason: 'over' },
    ]);
    const below = after(inStage('issued'), {
      type: 'cancelled',
      data: { reason: 'over', carried: { of: 'd', n: 1 } },
    });
    expect(below).toMatchObject({ orders: [], carried: { d: 1 }, phase: 'cancelled' });
  });

  it('moves a node only with a copy of which all below is settled', () => {
    const node = inStage('issued', { node: true });
    const partial = after(node, { type: 'rolledUp', data: { ...ROLLED, final: false } }, null);
    expect(partial).toMatchObject({ phase: 'issued', current: 1, onTime: null, copy: { final: false } });
    const whole = after(
      partial,
      { type: 'restated', data: { ...ROLLED, n: 2, onTime: false, old: {} } },
      null,
    );
    expect(whole).toMatchObject({
      phase: 'submitted',
      current: 2,
      onTime: false,
      submittedAt: NOON,
      acknowledgedAt: NOON,
    });
  });

  it('begins the review clock anew with each report under review', () => {
    const waited = after(inStage('submitted'), {
      type: 'reminded',
      data: { clock: 'review', of: ISO, notified: [] },
    });
    expect(waited.taken.review).toEqual({ rungs: 0, at: NOON });
    expect(
      after(waited, { type: 'submitted', data: { version: 2, digest: 'x', onTime: true } }).taken.review,
    ).toBeUndefined();
  });

  it('is total: no order of events throws, and every phase is settled, owing or under review', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVERY_EVENT), { maxLength: 30 }), (events) => {
        const a = assignmentAfter(events);
        expect(Number(isSettled(a)) + Number(isOwing(a)) + Number(a.phase === 'submitted')).toBe(1);
      }),
    );
  });
});
