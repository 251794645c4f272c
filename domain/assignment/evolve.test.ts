// Promises of evolve over the assignment's whole life: the stored row equals the folded log, and every shape once written is still read.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVERY_EVENT } from '../../tests/support/every-event.ts';
import { LEAF_LOG, LEAF_ROW, NODE_LOG, NODE_ROW } from '../../tests/support/first-release.ts';
import {
  assignmentAfter,
  at,
  happening,
  inStage,
  ISSUED,
  STAGES,
} from '../../tests/support/sample-assignment.ts';
import { isSettled, owesReceipt, type Assignment } from './assignment.ts';
import { narrowed, packed, unpacked } from './stored.ts';
import { evolve, fold } from './evolve.ts';
import type { Happening, NewEvent } from './happening.ts';
import { toIso } from '../instant.ts';

const ID = 'd.sites.TF.DD.DD-1';
const START = at('2026-11-23 10:35');
const after = (a: Assignment, event: NewEvent, when = at('2026-11-23 12:00')): Assignment =>
  evolve(a, happening(event, when, 'P9'));
const afterAll = (a: Assignment, events: readonly NewEvent[]): Assignment =>
  events.reduce((state, event) => after(state, event), a);
const reread = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const logs = fc
  .record({
    node: fc.boolean(),
    events: fc.array(fc.constantFrom(...EVERY_EVENT), { maxLength: 40 }),
  })
  .map(({ node, events }): Happening[] =>
    [{ type: 'issued' as const, data: { ...ISSUED, node } }, ...events].map((event, minute) =>
      happening(event, START + minute * 60_000, 'P1'),
    ),
  );

describe('the row and its log (law 7)', () => {
  it('are the same after any events: folded one by one, from the log as it is read back, or from the row in between', () => {
    fc.assert(
      fc.property(logs, fc.nat(40), (log, cut) => {
        const folded = fold(ID, 'd', log);
        expect(fold(ID, 'd', reread(log))).toStrictEqual(folded);
        const kept = fold(ID, 'd', log.slice(0, cut + 1)) as Assignment;
        const stored = unpacked(reread(packed(kept)));
        expect(log.slice(cut + 1).reduce(evolve, stored)).toStrictEqual(folded);
      }),
      { numRuns: 500 },
    );
  });

  it('are plain JSON after any events', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const folded = fold(ID, 'd', log);
        expect(reread(folded)).toStrictEqual(folded);
      }),
    );
  });
});

describe('a row as it is stored', () => {
  it('is the assignment again when it is read, after any events', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const a = fold(ID, 'd', log) as Assignment;
        expect(unpacked(reread(packed(a)))).toStrictEqual(a);
        expect(unpacked(reread(narrowed(a)), a)).toStrictEqual(a);
      }),
    );
  });

  it('keeps nothing that is at rest, so that a row nothing has happened to is as the first release stored it', () => {
    expect(Object.keys(packed(inStage('approved'))).sort()).toEqual(Object.keys(LEAF_ROW).sort());
  });

  it('says narrowly nothing that is at rest or in columns, and is no state without its version', () => {
    const fresh = inStage('approved');
    const told = ['acknowledgedAt', 'issuedAt', 'onTime', 'settledAt', 'submittedAt', 'version'];
    expect(Object.keys(narrowed(fresh)).sort()).toEqual(expect.arrayContaining(told));
    for (const key of ['id', 'holder', 'dueAt', 'part', 'orders', 'copy', 'extension'])
      expect(narrowed(fresh)).not.toHaveProperty(key);
    for (const damaged of [{}, [], { issuedAt: 1 }, { version: 1 }])
      expect(unpacked(damaged, fresh)).not.toHaveProperty('id');
  });

  it('of the first release is read with all that has come since at rest, and goes on from there', () => {
    const old = unpacked(LEAF_ROW);
    expect(old).toMatchObject({ ...LEAF_ROW, extension: null, suspended: null, shared: [], lifted: {} });
    expect(packed(old)).toEqual(LEAF_ROW);
    const suspended: NewEvent = {
      type: 'suspended',
      data: { since: toIso(START), until: toIso(START + 60_000), reason: 'flood' },
    };
    expect(after(old, suspended).suspended?.until).toEqual({ [ID]: START + 60_000 });
  });
});

describe('a log of the first release', () => {
  it.each([
    ['a leaf', LEAF_LOG, LEAF_ROW],
    ['a node', NODE_LOG, NODE_ROW],
  ])('of %s makes the row it made then', (_, log, row) => {
    expect(packed(assignmentAfter(log, { node: row.node }))).toMatchObject(row);
  });

  it('says besides who reported, when a due time was moved by hand and which slips there were, and nothing else', () => {
    const known = Object.keys(packed(assignmentAfter(LEAF_LOG))).filter((key) => !(key in LEAF_ROW));
    expect(known.sort()).toEqual(['basis', 'reportedBy', 'retimedAt', 'slips']);
    expect(Object.keys(packed(assignmentAfter(NODE_LOG, { node: true }))).sort()).toEqual(
      Object.keys(NODE_ROW).sort(),
    );
  });
});

describe('requests beside the phase', () => {
  const extension: NewEvent = {
    type: 'extensionRequested',
    data: { dueAt: toIso(at('2026-11-24 15:00')), reason: 'flood' },
  };
  const declined: NewEvent = { type: 'declined', data: { basis: 'not our street' } };
  const transfer: NewEvent = { type: 'transferRequested', data: { to: 'unit/DD-2', reason: 'theirs' } };
  const asked = afterAll(inStage('acknowledged'), [extension, declined, transfer]);

  it('wait beside each other, each with who asked and when', () => {
    const by = { at: at('2026-11-23 12:00'), by: 'P9' };
    expect(asked).toMatchObject({
      extension: { dueAt: at('2026-11-24 15:00'), reason: 'flood', ...by },
      declining: { reason: 'not our street', ...by },
      transfer: { to: 'unit/DD-2', reason: 'theirs', ...by },
    });
  });

  it.each<NewEvent>([
    { type: 'submitted', data: { version: 1, digest: 'x', onTime: true } },
    { type: 'cancelled', data: { reason: 'over' } },
    { type: 'closed', data: { outcome: 'missing' } },
  ])('are void once it is $type', (event) => {
    expect(after(asked, event)).toMatchObject({ extension: null, declining: null, transfer: null });
  });

  it('end with a transfer to the place that took it: received, and no "not ours" waits any more', () => {
    const taken = after(afterAll(inStage('issued'), [declined, transfer]), {
      type: 'transferred',
      data: { from: 'unit/DD-1', to: 'unit/DD-2', reason: 'theirs' },
    });
    expect(taken).toMatchObject({
      holder: 'unit/DD-2',
      phase: 'acknowledged',
      acknowledgedAt: at('2026-11-23 12:00'),
      transfer: null,
      declining: null,
    });
  });

  it.each(['issued', 'acknowledged'] as const)(
    'end with a ruling that the new holder must receive, from %s',
    (phase) => {
      const by = '2026-11-23T04:30:00.000Z';
      const data = {
        from: 'unit/DD-1',
        to: 'unit/DD-2',
        reason: 'theirs',
        ruled: true,
        acknowledgeBy: by,
      } as const;
      const passed = after(afterAll(inStage(phase), [declined]), { type: 'transferred', data });
      expect(passed).toMatchObject({
        holder: 'unit/DD-2',
        phase: 'issued',
        acknowledgedAt: null,
        acknowledgeBy: Date.parse(by),
        ruledAt: at('2026-11-23 12:00'),
        declining: null,
      });
      expect(passed.taken.acknowledge).toBeUndefined();
    },
  );

  it('keep a report that was returned with the place it is passed to by a ruling', () => {
    const data = { from: 'unit/DD-1', to: 'unit/DD-2', reason: 'theirs', ruled: true } as const;
    expect(after(inStage('returned'), { type: 'transferred', data })).toMatchObject({
      holder: 'unit/DD-2',
      phase: 'returned',
    });
  });

  it('and an amendment without a receipt are received with the report that goes up by itself', () => {
    const data = {
      n: 1,
      digest: 'x',
      final: true,
      coverage: { expected: 2, reported: 0, approved: 0 },
      values: {},
      onTime: true,
    };
    const sent = after({ ...inStage('amended'), node: true }, { type: 'rolledUp', data });
    expect(sent.amended).toMatchObject({ acknowledgedAt: at('2026-11-23 12:00') });
    const back = after(sent, { type: 'returned', data: { version: 1, reason: 'no', fields: [] } });
    expect(owesReceipt(back)).toBe(false);
  });

  it('give the new holder the whole time to sign what waits for it', () => {
    const taken = after(afterAll(inStage('presented'), [transfer]), {
      type: 'transferred',
      data: { from: 'unit/DD-1', to: 'unit/DD-2', reason: 'theirs' },
    });
    expect(taken.presented).toMatchObject({ version: 1, at: at('2026-11-23 12:00') });
    expect(taken.taken.sign).toBeUndefined();
  });

  it('leave everything as it was when they are refused', () => {
    const refused = afterAll(asked, [
      { type: 'extensionDecided', data: { granted: false } },
      { type: 'declineDecided', data: { accepted: false, reason: 'it is' } },
      { type: 'transferDeclined', data: { to: 'unit/DD-2', reason: 'no' } },
    ]);
    const { version } = inStage('acknowledged');
    expect(refused).toEqual({ ...inStage('acknowledged'), version: version + 6 });
  });
});

describe('an extension that is granted', () => {
  const granted: NewEvent = {
    type: 'extensionDecided',
    data: {
      granted: true,
      dueAt: toIso(at('2026-11-24 15:00')),
      was: toIso(at('2026-11-24 14:00')),
      shiftMs: 3_600_000,
    },
  };

  it('moves the due time, begins its ladder anew and stands by itself from then on', () => {
    const late = assignmentAfter([
      { type: 'reminded', data: { clock: 'due', before: 'PT2H', notified: [] } },
      { type: 'overdue', data: { dueAt: ISSUED.dueAt } },
      {
        type: 'escalated',
        data: { clock: 'due', rung: 0, after: 'PT0S', of: ISSUED.dueAt, notify: [], notified: [] },
      },
    ]);
    expect(after(late, granted)).toMatchObject({
      dueAt: at('2026-11-24 15:00'),
      basis: { by: 'instant' },
      overdue: false,
      reminded: 0,
      taken: {},
      retimedAt: at('2026-11-23 12:00'),
      escalation: 1,
    });
  });

  it('of a node is an order to all below it, of a leaf to none', () => {
    expect(after(inStage('extending', { node: true }), granted).orders).toMatchObject([
      { n: 1, kind: 'shift', ms: 3_600_000, by: 'P9' },
    ]);
    expect(after(inStage('extending'), granted).orders).toEqual([]);
  });

  it('says below from when to when it moved, where its event says that what is due together goes along', () => {
    const node = inStage('extending', { node: true });
    const [from, to] = [toIso(at('2026-11-24 14:00')), toIso(at('2026-11-24 15:00'))];
    const together = { ...granted, data: { ...granted.data, together: true } } as NewEvent;
    expect(after(node, together).orders).toMatchObject([{ kind: 'shift', ms: 3_600_000, from, to }]);
    expect(after(node, granted).orders[0]).not.toHaveProperty('to');
  });
});

describe('a due time moved by hand', () => {
  const moved = (due: string, shiftMs?: number): NewEvent => ({
    type: 'rescheduled',
    data: {
      dueAt: toIso(at(due)),
      was: toIso(at('2026-11-24 14:00')),
      basis: { by: 'instant' },
      cause: 'reschedule',
      reason: 'flood',
      ...(shiftMs === undefined ? {} : { shiftMs }),
    },
  });

  it('is an order to all below a node: later by as much, or not later than it', () => {
    const node = inStage('acknowledged', { node: true });
    expect(after(node, moved('2026-11-24 15:00', 3_600_000))).toMatchObject({
      dueAt: at('2026-11-24 15:00'),
      basis: { by: 'instant' },
      version: node.version + 1,
      orders: [{ n: 1, kind: 'shift', ms: 3_600_000, reason: 'flood', by: 'P9' }],
    });
    expect(after(node, moved('2026-11-24 11:00')).orders).toMatchObject([
      { n: 1, kind: 'pull', due: toIso(at('2026-11-24 11:00')), reason: 'flood' },
    ]);
    expect(after(inStage('acknowledged'), moved('2026-11-24 11:00')).orders).toEqual([]);
  });

  it('granted where it stands already moves nothing and starts no ladder anew', () => {
    const same = toIso(at('2026-11-24 14:00'));
    const late = after(inStage('extending'), {
      type: 'reminded',
      data: { clock: 'due', before: 'PT2H', notified: [] },
    });
    const granted = after(late, {
      type: 'extensionDecided',
      data: { granted: true, dueAt: same, was: same, shiftMs: 0 },
    });
    expect(granted).toMatchObject({ extension: null, reminded: 1, retimedAt: late.retimedAt, orders: [] });
  });
});

describe('what is settled', () => {
  it('is neither suspended nor waits for anybody’s answer or signature', () => {
    const ends: NewEvent[] = [
      { type: 'approved', data: { version: 1, carried: { of: 'd', n: 2 } } },
      { type: 'cancelled', data: { reason: 'over' } },
      { type: 'closed', data: { outcome: 'missing' } },
    ];
    for (const stage of STAGES) {
      for (const end of ends) {
        const a = after(inStage(stage), end);
        expect(isSettled(a)).toBe(true);
        expect(a).toMatchObject({
          suspended: null,
          extension: null,
          transfer: null,
          declining: null,
          presented: null,
        });
      }
    }
  });
});

describe('an escalation', () => {
  const rung = (data: Partial<Extract<NewEvent, { type: 'escalated' }>['data']>): NewEvent => ({
    type: 'escalated',
    data: { clock: 'due', rung: 2, after: 'PT2H', of: ISSUED.dueAt, notify: [], notified: [], ...data },
  });

  it('by hand is a command: it raises the version, and leaves what the clock has taken alone', () => {
    const a = inStage('acknowledged');
    expect(after(a, rung({ manual: true }))).toMatchObject({
      version: a.version + 1,
      escalation: 1,
      taken: {},
      lifted: { due: { rungs: 3, at: at('2026-11-24 14:00') } },
    });
  });

  it('never goes down: a rung below one taken before takes no rung back', () => {
    const high = after(inStage('acknowledged'), rung({ manual: true }));
    expect(after(high, rung({ manual: true, rung: 0 })).lifted.due?.rungs).toBe(3);
  });

  it('with a slip asks for a countersignature, once for each slip, until it is given', () => {
    const slipped = afterAll(inStage('acknowledged'), [
      rung({ slip: 'yellow' }),
      rung({ slip: 'red' }),
      rung({}),
    ]);
    expect(slipped.slips).toBe(2);
    expect(after(slipped, { type: 'acknowledged', data: { slips: 2 } }).slips).toBe(0);
  });
});
