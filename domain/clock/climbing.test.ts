// Promises of the climb: liaison B comes in for a silent A, the issuer's hand reaches any rung, and nothing is said of an old due time.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineOf, runUntil, wokenAt } from '../../tests/support/clock-run.ts';
import {
  at,
  clocksOf,
  contextOf,
  happening,
  inStage,
  ISSUER,
  wallOf,
} from '../../tests/support/sample-assignment.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { decide } from '../assignment/decide.ts';
import { evolve } from '../assignment/evolve.ts';
import { isRefusal } from '../failure.ts';
import type { EventData, NewEvent } from '../assignment/happening.ts';
import { toIso } from '../instant.ts';
import { tell } from './climbing.ts';
import { nextWake, type WakeContext } from './ladder.ts';
import type { Reach } from '../policy/reach.ts';
import { SHIPPED_POLICIES, type Policy } from '../policy/policy.ts';

const STANDARD = clocksOf();
const { remindBefore, ladder } = SHIPPED_POLICIES.standard;
const WITHOUT_RECEIPT = clocksOf({ remindBefore, ladder: ladder.filter(({ clock }) => clock === 'due') });
const then = (a: Assignment, event: NewEvent, wall: string): Assignment =>
  evolve(a, happening(event, at(wall), 'P1'));

/** The people each reminder and rung told until `end`. */
function told(start: Assignment, context: WakeContext, end: string): { lines: string[]; state: Assignment } {
  const lines: string[] = [];
  let state = start;
  for (;;) {
    const now = nextWake(state, context);
    if (now === null || now > at(end)) return { lines, state };
    const woken = wokenAt(state, context, now);
    for (const event of woken.events) {
      if (event.type !== 'reminded' && event.type !== 'escalated') continue;
      const { notified, unanswered, broughtIn } = event.data;
      lines.push(
        [lineOf(event, now), notified.join(), unanswered, broughtIn && `in: ${broughtIn.join()}`]
          .filter((word) => word !== undefined)
          .join(' | '),
      );
    }
    state = woken.state;
  }
}

describe('a liaison who is silent', () => {
  const REMINDERS: Partial<Policy> = { remindBefore: ['PT4H', 'PT3H', 'PT2H', 'PT1H'] };
  const context = clocksOf(REMINDERS);
  const a = inStage('acknowledged', { dueAt: toIso(at('2026-11-24 16:30')) });

  it('has two reminders in working hours left unanswered, and from the third on liaison B is called in, and it says so', () => {
    expect(told(a, context, '2026-11-24 16:00').lines).toEqual([
      '2026-11-24 11:00 reminded due PT4H | unit.liaisonA | 1',
      '2026-11-24 13:30 reminded due PT3H | unit.liaisonA | 2',
      '2026-11-24 14:30 reminded due PT2H | unit.liaisonA,unit.liaisonB | 3 | in: unit.liaisonB',
      '2026-11-24 15:30 reminded due PT1H | unit.liaisonA,unit.liaisonB | 4 | in: unit.liaisonB',
    ]);
  });

  it.each<NewEvent>([
    { type: 'acknowledged', data: {} },
    { type: 'progressed', data: { note: 'half' } },
    { type: 'presented', data: { version: 1, digest: 'x' } },
    { type: 'extensionRequested', data: { dueAt: toIso(at('2026-11-24 17:00')), reason: 'flood' } },
    { type: 'transferRequested', data: { to: 'unit/DD-2', reason: 'theirs' } },
    { type: 'declined', data: { basis: 'not ours' } },
    { type: 'transferred', data: { from: 'unit/DD-1', to: 'unit/DD-2', reason: 'theirs' } },
  ])('is heard of again with $type: it begins with one', (event) => {
    const { state } = told(a, context, '2026-11-24 13:30');
    expect(state.unanswered).toBe(2);
    const { lines } = told(then(state, event, '2026-11-24 13:40'), context, '2026-11-24 15:00');
    expect(lines).toEqual(['2026-11-24 14:30 reminded due PT2H | unit.liaisonA | 1']);
  });

  it('is not so for what came at night or on a free day', () => {
    const night = clocksOf(REMINDERS, { calendar: builtInCalendars.always });
    const early = inStage('acknowledged', { dueAt: toIso(at('2026-11-24 08:30')) });
    const { state } = told(early, night, '2026-11-24 08:00');
    // Round the clock every hour is a working hour; in the work calendar none of these would be.
    expect(state.unanswered).toBe(4);
    const weekend = clocksOf({ remindBefore: ['PT1S', 'P1D'] });
    const saturday = inStage('acknowledged', { dueAt: toIso(at('2026-11-28 10:00')) });
    const { lines } = told(saturday, weekend, '2026-11-28 09:59');
    expect(lines).toEqual([
      '2026-11-26 17:30 reminded due P1D | unit.liaisonA | 1',
      '2026-11-27 17:29 reminded due PT1S | unit.liaisonA | 2',
    ]);
    const rungs = clocksOf({ ladder: [{ clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'] }] });
    expect(told(saturday, rungs, '2026-11-29 00:00')).toMatchObject({
      lines: ['2026-11-28 10:00 escalated due 0 | unit.liaisonA'],
      state: { unanswered: 0 },
    });
  });

  it('is told of by rungs that name liaison A as well, and B is not called in twice where the rung names both', () => {
    const ladder: Policy['ladder'] = [
      { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'] },
      { clock: 'due', after: 'PT30M', notify: ['unit.liaisonA'] },
      { clock: 'due', after: 'PT60M', notify: ['unit.liaisonA', 'unit.liaisonB'], slip: 'red' },
      { clock: 'due', after: 'PT90M', notify: ['unit.leader'] },
      { clock: 'due', after: 'PT2H', notify: ['unit.liaisonA'] },
    ];
    expect(told(inStage('acknowledged'), clocksOf({ ladder }), '2026-11-24 16:00').lines).toEqual([
      '2026-11-24 14:00 escalated due 0 | unit.liaisonA | 1',
      '2026-11-24 14:30 escalated due 1 | unit.liaisonA | 2',
      '2026-11-24 15:00 escalated due 2 | unit.liaisonA,unit.liaisonB | 3',
      '2026-11-24 15:30 escalated due 3 | unit.leader',
      '2026-11-24 16:00 escalated due 4 | unit.liaisonA,unit.liaisonB | 4 | in: unit.liaisonB',
    ]);
  });

  it('where there is no liaison B calls in the next above, and says so', () => {
    const silent = { ...inStage('acknowledged'), unanswered: 2 };
    const reach: Reach = (targets) =>
      targets.includes('unit.liaisonB') && targets.length === 1
        ? { notified: ['street'], passedTo: 'unit/DD' }
        : { notified: ['a'] };
    const about = { clock: 'due' as const, targets: ['unit.liaisonA' as const], of: at('2026-11-24 13:30') };
    expect(tell(silent, STANDARD, about, reach)).toEqual({
      notified: ['a', 'street'],
      passedTo: 'unit/DD',
      unanswered: 3,
    });
  });

  it('is not the issuer who sits on a review', () => {
    const ladder: Policy['ladder'] = [{ clock: 'review', after: 'PT0S', notify: ['unit.liaisonA'] }];
    const { state } = told(
      inStage('submitted'),
      clocksOf({ reviewWithin: 'PT1H', ladder }),
      '2026-11-27 09:00',
    );
    expect(state.unanswered).toBe(0);
  });
});

/** The result of the issuer's own step up the ladder. */
function lifted(a: Assignment, clock: 'acknowledge' | 'due', rung: number, wall = '2026-11-23 16:00') {
  const context = contextOf({ relation: ISSUER, received: at(wall), clocks: STANDARD });
  const decision = decide(a, context, { verb: 'escalate', clock, rung, note: 'now' });
  if (isRefusal(decision)) throw new Error(decision.code);
  return decision.reduce((state, event) => then(state, event, wall), a);
}

describe('the issuer’s step up the ladder', () => {
  it.each([0, 1, 2])('to rung %i leaves to the clock only what lies above it', (rung) => {
    const { lines } = runUntil(
      lifted(inStage('acknowledged'), 'due', rung),
      STANDARD,
      at('2026-11-25 08:30'),
    );
    const rungs = [
      '2026-11-24 14:00 escalated due 0',
      '2026-11-24 14:30 escalated due 1',
      '2026-11-24 16:00 escalated due 2',
    ];
    expect(lines.filter((line) => !line.includes('reminded'))).toEqual([
      '2026-11-24 14:00 overdue',
      ...rungs.slice(rung + 1),
      '2026-11-25 08:30 escalated due 2 again',
    ]);
  });

  it('on the ladder of the receipt likewise', () => {
    const { lines } = runUntil(
      lifted(inStage('issued'), 'acknowledge', 2, '2026-11-23 10:40'),
      STANDARD,
      at('2026-11-23 17:00'),
    );
    expect(lines).toEqual(['2026-11-23 11:05 receiptOverdue', '2026-11-23 13:35 escalated acknowledge 3']);
  });

  it('ends with a new due time: the ladder of that has all its rungs', () => {
    const high = lifted(inStage('extending'), 'due', 2);
    const granted = then(
      high,
      {
        type: 'extensionDecided',
        data: { granted: true, dueAt: toIso(at('2026-11-24 15:00')), was: '', shiftMs: 0 },
      },
      '2026-11-23 16:10',
    );
    const { lines } = runUntil(granted, STANDARD, at('2026-11-24 15:30'));
    expect(lines.slice(-3)).toEqual([
      '2026-11-24 15:00 overdue',
      '2026-11-24 15:00 escalated due 0',
      '2026-11-24 15:30 escalated due 1',
    ]);
  });
});

describe('a due time that has moved', () => {
  const MOVED = at('2026-11-25 11:00');
  const moves: Partial<{ [T in keyof EventData]: EventData[T] }> = {
    extensionDecided: { granted: true, dueAt: toIso(MOVED), was: toIso(at('2026-11-24 14:00')), shiftMs: 1 },
    rescheduled: { dueAt: toIso(MOVED), was: toIso(at('2026-11-24 14:00')), cause: 'extension' },
    amended: {
      amendment: 1,
      note: 'later',
      dueAt: toIso(MOVED),
      was: toIso(at('2026-11-24 14:00')),
      carried: { of: 'd', n: 1 },
    },
  };

  it('is the only one that is ever reminded of, called overdue or climbed from, whenever it moves', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(moves) as (keyof EventData)[])),
        fc.integer({ min: 1, max: 8 * 60 }),
        (type, minutes) => {
          const moved = at('2026-11-24 08:00') + minutes * 60_000;
          const before = runUntil(inStage('acknowledged'), STANDARD, moved).state;
          const a = evolve(before, happening({ type, data: moves[type] } as NewEvent, moved, 'P1'));
          const { lines } = runUntil(a, WITHOUT_RECEIPT, at('2026-11-25 12:00'));
          const expected = [
            '2026-11-24 16:00 reminded due PT4H',
            '2026-11-25 09:00 reminded due PT2H',
            '2026-11-25 10:30 reminded due PT30M',
            '2026-11-25 11:00 overdue',
            '2026-11-25 11:00 escalated due 0',
            '2026-11-25 11:30 escalated due 1',
          ];
          const left = expected.filter((line) => line.slice(0, 16) > wallOf(moved));
          expect(lines.filter((line) => !line.includes('receiptOverdue'))).toEqual(left);
        },
      ),
    );
  });

  it('that has come nearer is not reminded of at times that have passed', () => {
    const sooner = then(
      inStage('acknowledged'),
      {
        type: 'amended',
        data: {
          amendment: 1,
          note: 'sooner',
          dueAt: toIso(at('2026-11-23 15:00')),
          was: toIso(at('2026-11-24 14:00')),
          carried: { of: 'd', n: 1 },
        },
      },
      '2026-11-23 14:00',
    );
    const { lines } = runUntil(
      sooner,
      clocksOf({ remindBefore: ['PT4H', 'PT2H', 'PT30M'] }),
      at('2026-11-23 14:59'),
    );
    expect(lines.filter((line) => line.includes('reminded'))).toEqual([
      '2026-11-23 14:30 reminded due PT30M',
    ]);
  });
});

describe('an amendment', () => {
  it('asks its own receipt by its own ladder, and a report or a receipt ends that', () => {
    const amended = then(
      inStage('acknowledged'),
      {
        type: 'amended',
        data: {
          amendment: 1,
          note: 'two more fields',
          acknowledgeBy: toIso(at('2026-11-23 15:30')),
          carried: { of: 'd', n: 1 },
        },
      },
      '2026-11-23 15:00',
    );
    const { lines, state } = runUntil(amended, STANDARD, at('2026-11-23 16:00'));
    expect(lines).toEqual([
      '2026-11-23 15:30 receiptOverdue',
      '2026-11-23 15:30 escalated acknowledge 0',
      '2026-11-23 15:45 escalated acknowledge 1',
      '2026-11-23 16:00 escalated acknowledge 2',
    ]);
    const receipt: NewEvent = { type: 'acknowledged', data: { amendment: 1 } };
    expect(
      runUntil(then(state, receipt, '2026-11-23 16:10'), STANDARD, at('2026-11-24 08:29')).lines,
    ).toEqual([]);
  });
});

describe('a node', () => {
  it('that waits for what is below it is told so when its time comes, and one that holds it up is not', () => {
    const node = inStage('acknowledged', { node: true });
    const overdue = (complete: boolean) =>
      wokenAt(node, clocksOf({}, { complete }), at('2026-11-24 14:00')).events;
    expect(overdue(false)).toEqual([
      { type: 'overdue', data: { dueAt: toIso(at('2026-11-24 14:00')), waiting: true } },
    ]);
    expect(overdue(true)).toEqual([{ type: 'overdue', data: { dueAt: toIso(at('2026-11-24 14:00')) } }]);
  });
});
