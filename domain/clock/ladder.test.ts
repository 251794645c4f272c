// Promises of the clocks: who is reminded and called in, when, how often, and who never is.
import { describe, expect, it } from '@jest/globals';
import { byName, lineOf, runUntil, wokenAt } from '../../tests/support/clock-run.ts';
import {
  assignmentAfter,
  at,
  clocksOf,
  inStage,
  STAGES,
  wallOf,
} from '../../tests/support/sample-assignment.ts';
import type { NewEvent } from '../assignment/happening.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { toIso } from '../instant.ts';
import { nextWake, wake } from './ladder.ts';
import { acknowledgeBy } from '../policy/rungs.ts';
import type { Policy } from '../policy/policy.ts';

const { always } = builtInCalendars;
const STANDARD = clocksOf();
const RUNGS: Policy['ladder'] = [
  { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'] },
  { clock: 'due', after: 'PT1H', notify: ['unit.leader'], slip: 'red' },
];
const next = (a: Parameters<typeof nextWake>[0], context = STANDARD): string | null => {
  const instant = nextWake(a, context);
  return instant === null ? null : wallOf(instant);
};

describe('the receipt', () => {
  it('is due within the policy’s working time of the issue, and never where none is asked', () => {
    const { calendar, ladder } = STANDARD;
    expect(wallOf(acknowledgeBy(calendar, ladder, at('2026-11-23 11:45')) ?? 0)).toBe('2026-11-23 13:45');
    expect(wallOf(acknowledgeBy(calendar, ladder, at('2026-11-20 20:00')) ?? 0)).toBe('2026-11-23 09:00');
    expect(acknowledgeBy(calendar, clocksOf({}).ladder, at('2026-11-23 11:45'))).toBeNull();
  });

  it('is called overdue once, then climbs its own rungs, then the last again each working day at opening', () => {
    const { lines } = runUntil(
      inStage('issued', { dueAt: '2026-12-31T09:00:00Z' }),
      STANDARD,
      at('2026-11-25 12:00'),
    );
    expect(lines).toEqual([
      '2026-11-23 11:05 receiptOverdue',
      '2026-11-23 11:05 escalated acknowledge 0',
      '2026-11-23 11:20 escalated acknowledge 1',
      '2026-11-23 11:35 escalated acknowledge 2',
      '2026-11-23 13:35 escalated acknowledge 3',
      '2026-11-24 08:30 escalated acknowledge 3 again',
      '2026-11-25 08:30 escalated acknowledge 3 again',
    ]);
  });

  it('is not asked of a holder who has given it or has reported', () => {
    const receipts: Policy['ladder'] = [{ clock: 'acknowledge', after: 'PT0S', notify: ['unit.liaisonA'] }];
    for (const stage of STAGES.filter((each) => each !== 'issued' && each !== 'amended')) {
      const { lines } = runUntil(
        inStage(stage),
        clocksOf({ ladder: [...RUNGS, ...receipts] }),
        at('2026-11-24 13:59'),
      );
      expect(lines.filter((line) => !line.endsWith('resumed'))).toEqual([]);
    }
  });
});

describe('the due time', () => {
  it('is reminded of before, called overdue, and climbed from, over lunch and night', () => {
    const { lines } = runUntil(inStage('acknowledged'), STANDARD, at('2026-11-26 09:00'));
    expect(lines).toEqual([
      '2026-11-24 08:30 reminded due PT4H',
      '2026-11-24 10:30 reminded due PT2H',
      '2026-11-24 13:30 reminded due PT30M',
      '2026-11-24 14:00 overdue',
      '2026-11-24 14:00 escalated due 0',
      '2026-11-24 14:30 escalated due 1',
      '2026-11-24 16:00 escalated due 2',
      '2026-11-25 08:30 escalated due 2 again',
      '2026-11-26 08:30 escalated due 2 again',
    ]);
  });

  it('repeats its last rung every 24 hours round the clock, weekends too', () => {
    const context = clocksOf({ ladder: RUNGS }, { calendar: always });
    const friday = inStage('acknowledged', { dueAt: toIso(at('2026-11-27 22:00')) });
    expect(runUntil(friday, context, at('2026-11-29 23:30')).lines).toEqual([
      '2026-11-27 22:00 overdue',
      '2026-11-27 22:00 escalated due 0',
      '2026-11-27 23:00 escalated due 1',
      '2026-11-28 23:00 escalated due 1 again',
      '2026-11-29 23:00 escalated due 1 again',
    ]);
  });

  it('repeats over no weekend in working time', () => {
    const friday = inStage('acknowledged', { dueAt: toIso(at('2026-11-27 15:00')) });
    const { lines } = runUntil(friday, clocksOf({ ladder: RUNGS }), at('2026-12-01 08:00'));
    expect(lines.slice(-2)).toEqual([
      '2026-11-27 16:00 escalated due 1',
      '2026-11-30 08:30 escalated due 1 again',
    ]);
  });

  it('is the wake even where the policy has neither reminder nor rung, and the only one', () => {
    const { lines, state } = runUntil(inStage('acknowledged'), clocksOf({}), at('2026-12-30 00:00'));
    expect(lines).toEqual(['2026-11-24 14:00 overdue']);
    expect(nextWake(state, clocksOf({}))).toBeNull();
  });

  it('stops reminding and calling in once a report is in, and starts again when it is returned', () => {
    const ladder = clocksOf({ remindBefore: ['PT2H'], ladder: RUNGS });
    for (const stage of ['submitted', 'approved', 'correcting', 'cancelled', 'missing'] as const) {
      expect(runUntil(inStage(stage), ladder, at('2026-12-30 00:00')).lines).toEqual([]);
    }
    expect(runUntil(inStage('returned'), ladder, at('2026-11-24 14:30')).lines).toHaveLength(3);
  });

  it('reminds of nothing that passed while the report was in, nor before a due time newly set', () => {
    const events: NewEvent[] = [
      { type: 'submitted', data: { version: 1, digest: 'x', onTime: true } },
      {
        type: 'returned',
        data: { version: 1, reason: 'again', fields: [], dueAt: toIso(at('2026-11-23 11:35')) },
      },
    ];
    // Returned at 10:37, due at 11:35: two hours before that is long past.
    const a = assignmentAfter(events);
    const { lines } = runUntil(a, clocksOf({ remindBefore: ['PT2H', 'PT30M'] }), at('2026-11-23 11:34'));
    expect(lines).toEqual(['2026-11-23 11:05 reminded due PT30M']);
  });

  it('drops reminders and rungs that would fall before the issue, and repeats the last from then on', () => {
    const past = assignmentAfter([], { dueAt: toIso(at('2026-11-23 09:30')), acknowledgeBy: null });
    const { lines } = runUntil(
      past,
      clocksOf({ remindBefore: ['PT30M'], ladder: RUNGS }),
      at('2026-11-24 12:00'),
    );
    // Issued at 10:35: the rung of 09:30 is dropped, as is that of 10:30.
    expect(lines).toEqual(['2026-11-23 09:30 overdue', '2026-11-24 08:30 escalated due 1 again']);
  });

  it('stands still once the directive is over', () => {
    const over = clocksOf(undefined, { running: false });
    for (const stage of ['issued', 'acknowledged', 'returned'] as const) {
      expect(nextWake(inStage(stage), over)).toBeNull();
      expect(wake(inStage(stage), over, at('2026-12-01 00:00'), byName)).toEqual([]);
    }
  });
});

describe('a wake', () => {
  const outage = (now: string, context = STANDARD): string[] => {
    const { events } = wokenAt(inStage('acknowledged'), context, at(now));
    return events.map((event) => lineOf(event, at(now)));
  };

  it('does nothing before its time', () => {
    const times = ['2026-11-23 10:35', '2026-11-24 08:29'];
    expect(times.map((time) => outage(time))).toEqual([[], []]);
  });

  it('after an outage fires the highest rung missed and names the others', () => {
    expect(outage('2026-11-24 15:00')).toEqual([
      '2026-11-24 15:00 overdue',
      '2026-11-24 15:00 escalated due 1 missed 0',
    ]);
  });

  it('after an outage of days fires once, and then only at the next opening', () => {
    const now = at('2026-12-03 10:00');
    const { events, state } = wokenAt(inStage('acknowledged'), STANDARD, now);
    expect(events.map((event) => lineOf(event, now))).toEqual([
      '2026-12-03 10:00 overdue',
      '2026-12-03 10:00 escalated due 2 missed 0,1',
    ]);
    expect(next(state)).toBe('2026-12-04 08:30');
  });

  it('sends of several reminders missed only the last, and none once the due time has passed', () => {
    const { events } = wokenAt(inStage('acknowledged'), STANDARD, at('2026-11-24 13:45'));
    expect(events).toEqual([
      {
        type: 'reminded',
        data: { clock: 'due', before: 'PT30M', skipped: 2, notified: ['unit.liaisonA'], unanswered: 1 },
      },
    ]);
    expect(outage('2026-11-24 14:00')[0]).toBe('2026-11-24 14:00 overdue');
  });

  it('at the same instant again changes nothing (law 7)', () => {
    const policies = [
      STANDARD,
      clocksOf({}),
      clocksOf({ reviewWithin: 'PT1H' }),
      clocksOf({ ladder: RUNGS }),
    ];
    for (const context of policies) {
      for (const stage of STAGES) {
        for (const time of ['2026-11-24 14:00', '2026-11-24 16:00', '2026-12-09 23:00']) {
          const { state } = wokenAt(inStage(stage), context, at(time));
          expect(wake(state, context, at(time), byName)).toEqual([]);
          expect(nextWake(state, context) ?? Infinity).toBeGreaterThan(at(time));
        }
      }
    }
  });

  it('notifies the posts the rung names and passes on where they are empty', () => {
    const passed = wake(inStage('acknowledged'), clocksOf({ ladder: RUNGS }), at('2026-11-24 15:00'), () => ({
      notified: ['P7'],
      passedTo: 'unit/DD',
    }));
    expect(passed.at(-1)?.data).toEqual({
      clock: 'due',
      rung: 1,
      after: 'PT1H',
      of: toIso(at('2026-11-24 15:00')),
      notify: ['unit.leader'],
      notified: ['P7'],
      passedTo: 'unit/DD',
      slip: 'red',
      missed: [0],
    });
  });
});
