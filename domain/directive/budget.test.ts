// Promises of the deadline budget: the standard day, the short day, due times given by hand, and law 2.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { budget, rebudget, type Allotment } from './budget.ts';
import { childDue } from '../policy/margin.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { Calendar } from '../calendar/calendar-data.ts';
import { workdayMs } from '../calendar/calendar.ts';
import { readDuration, type Millis } from '../instant.ts';

const { work, event, always } = builtInCalendars;
const STANDARD = ['PT15M', 'PT45M', 'PT60M', 'PT90M'].map(readDuration);
const MINUTE_MS = 60_000;

const at = (wall: string): Millis => Date.parse(`${wall.replace(' ', 'T')}:00+08:00`);
const wall = (instant: Millis): string =>
  new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** Due times of the levels 0 (office) to `depth` below a due time. */
function dueTimes(
  calendar: Calendar,
  dueAt: Millis,
  allotment: Allotment,
  levels: [from: number, to: number],
): Millis[] {
  const times: Millis[] = [];
  for (let level = levels[0]; level <= levels[1]; level += 1) {
    times.push(childDue(calendar, times.at(-1) ?? dueAt, allotment.margin(level)));
  }
  return times;
}

describe('the budget of a directive', () => {
  it('gives the office, task force, street and community of the standard policy their times', () => {
    const args = {
      windowFrom: at('2026-11-23 10:35'),
      dueAt: at('2026-11-24 17:30'),
      margins: STANDARD,
      depth: 3,
    };
    const standard = budget(work, args);
    expect(standard).toMatchObject({ factor: 1, warnings: [], officeDueAt: at('2026-11-24 17:15') });
    expect(dueTimes(work, args.dueAt, standard, [0, 3]).map(wall)).toEqual([
      '2026-11-24 17:15',
      '2026-11-24 16:30',
      '2026-11-24 15:30',
      '2026-11-24 14:00',
    ]);
  });

  it('runs over lunch and night in working time only', () => {
    const args = {
      windowFrom: at('2026-11-20 08:30'),
      dueAt: at('2026-11-23 09:00'),
      margins: STANDARD,
      depth: 3,
    };
    expect(dueTimes(work, args.dueAt, budget(work, args), [0, 3]).map(wall)).toEqual([
      '2026-11-23 08:45',
      '2026-11-20 17:00',
      '2026-11-20 16:00',
      '2026-11-20 14:30',
    ]);
  });

  it('shrinks all margins alike to half of a short window, and says so', () => {
    const args = {
      windowFrom: at('2026-11-23 14:00'),
      dueAt: at('2026-11-23 17:30'),
      margins: STANDARD,
      depth: 3,
    };
    const short = budget(work, args);
    expect(short.factor).toBe(0.5);
    expect([0, 1, 2, 3].map((level) => short.margin(level) / MINUTE_MS)).toEqual([7.5, 22.5, 30, 45]);
    expect(short.warnings).toEqual([{ code: 'MARGINS_SHRUNK', params: { percent: 50 } }]);
    expect(dueTimes(work, args.dueAt, short, [0, 3]).at(-1)).toBe(at('2026-11-23 15:45'));
  });

  it('measures the window from when it counts as received', () => {
    const args = { dueAt: at('2026-11-23 12:00'), margins: STANDARD, depth: 3 };
    expect(budget(work, { ...args, windowFrom: at('2026-11-21 03:00') }).factor).toBe(0.5);
    expect(budget(work, { ...args, windowFrom: at('2026-11-23 08:30') }).factor).toBe(0.5);
    expect(budget(always, { ...args, windowFrom: at('2026-11-21 03:00') }).factor).toBe(1);
  });

  it('counts the margins of the deepest path only', () => {
    const args = { windowFrom: at('2026-11-23 15:30'), dueAt: at('2026-11-23 17:30'), margins: STANDARD };
    expect(budget(work, { ...args, depth: 1 }).factor).toBe(1);
    expect(budget(work, { ...args, depth: 2 }).factor).toBe(0.5);
  });

  it('repeats the last margin below the end of the list', () => {
    const args = {
      windowFrom: at('2026-11-02 08:30'),
      dueAt: at('2026-11-24 17:30'),
      margins: STANDARD,
      depth: 12,
    };
    expect(budget(work, args).margin(12)).toBe(90 * MINUTE_MS);
  });

  it('drops all margins when one would shrink below a minute, and says so', () => {
    const args = {
      windowFrom: at('2026-11-23 17:10'),
      dueAt: at('2026-11-23 17:30'),
      margins: STANDARD,
      depth: 3,
    };
    const tight = budget(work, args);
    expect([0, 1, 2, 3].map((level) => tight.margin(level))).toEqual([0, 0, 0, 0]);
    expect(tight).toMatchObject({ factor: 0, officeDueAt: args.dueAt });
    expect(tight.warnings).toEqual([{ code: 'MARGINS_DROPPED', params: { percent: 5 } }]);
  });

  it('leaves margins that the policy itself makes short, or leaves out, as they are', () => {
    const wide = { windowFrom: at('2026-11-23 08:30'), dueAt: at('2026-11-24 17:30'), depth: 3 };
    const seconds = budget(always, { ...wide, margins: [readDuration('PT10S')] });
    expect([seconds.margin(3), seconds.warnings]).toEqual([10_000, []]);
    const some = {
      ...wide,
      dueAt: at('2026-11-23 09:30'),
      margins: ['PT0S', 'PT60M', 'PT0S'].map(readDuration),
    };
    expect(budget(work, some)).toMatchObject({ factor: 0.5, warnings: [{ code: 'MARGINS_SHRUNK' }] });
  });

  it('without margins lets all levels be due together, without a warning', () => {
    const none = budget(work, {
      windowFrom: at('2026-11-23 17:29'),
      dueAt: at('2026-11-23 20:00'),
      margins: [],
      depth: 3,
    });
    expect(none).toMatchObject({ factor: 1, warnings: [], officeDueAt: at('2026-11-23 20:00') });
    expect(none.margin(3)).toBe(0);
  });

  it('of margins in days keeps the time of day', () => {
    const args = {
      windowFrom: at('2026-11-02 08:30'),
      dueAt: at('2026-11-24 17:30'),
      margins: [readDuration('P1D')],
      depth: 2,
    };
    expect(dueTimes(work, args.dueAt, budget(work, args), [0, 2]).map(wall)).toEqual([
      '2026-11-23 17:30',
      '2026-11-20 17:30',
      '2026-11-19 17:30',
    ]);
  });
});

describe('the budget below a due time given by hand', () => {
  const windowFrom = at('2026-11-23 08:30');
  const dueAt = at('2026-11-24 17:30');
  const whole = budget(work, { windowFrom, dueAt, margins: STANDARD, depth: 3 });
  const node = {
    windowFrom,
    parentDue: at('2026-11-24 16:30'),
    margins: STANDARD,
    level: 2,
    depth: 3,
    path: 'd.i.TF.DD',
  };

  it('is the one above while there is time enough', () => {
    const same = rebudget(work, whole, { ...node, dueAt: at('2026-11-24 12:00') });
    expect([same.factor, same.margin(3), same.warnings]).toEqual([1, 90 * MINUTE_MS, []]);
  });

  it('shrinks where it is tight, so that no level below is due before the issue', () => {
    const tight = rebudget(work, whole, { ...node, dueAt: at('2026-11-23 09:30') });
    expect(tight.margin(3)).toBe(30 * MINUTE_MS);
    expect(wall(childDue(work, at('2026-11-23 09:30'), tight.margin(3)))).toBe('2026-11-23 09:00');
    expect(tight.warnings).toEqual([{ code: 'MARGINS_SHRUNK', params: { percent: 33 }, path: 'd.i.TF.DD' }]);
  });

  it('never gives back what the directive has no time for', () => {
    const short = budget(work, { windowFrom, dueAt: at('2026-11-23 12:00'), margins: STANDARD, depth: 3 });
    const below = rebudget(work, short, {
      ...node,
      dueAt: at('2026-11-23 11:45'),
      parentDue: at('2026-11-23 11:45'),
    });
    expect([short.factor, below.factor]).toEqual([0.5, 0.5]);
    const none = budget(work, { windowFrom, dueAt: at('2026-11-23 08:40'), margins: STANDARD, depth: 3 });
    expect(rebudget(work, none, { ...node, dueAt, parentDue: dueAt })).toMatchObject({
      factor: 0,
      warnings: [],
    });
  });

  it('warns when the due time uses up the margin to the level above', () => {
    const used = rebudget(work, whole, { ...node, dueAt: at('2026-11-24 16:00') });
    expect(used.warnings).toEqual([
      {
        code: 'MARGIN_USED',
        params: { leftMs: 30 * MINUTE_MS, marginMs: 60 * MINUTE_MS },
        path: 'd.i.TF.DD',
      },
    ]);
  });

  it('asks nothing of a leaf', () => {
    const leaf = rebudget(work, whole, { ...node, depth: 2, dueAt: at('2026-11-23 08:31') });
    expect([leaf.factor, leaf.warnings]).toEqual([1, []]);
  });
});

/** Ordinary days, long ones, and short ones. */
const mixed: Calendar = Calendar.parse({
  ...work,
  years: {
    ...work.years,
    '2026': {
      ...work.years['2026'],
      halfDays: ['2026-01-14', '2026-02-13'].map((date) => ({ date, hours: [['08:30', '09:30']] })),
    },
  },
  event: { from: '2026-01-20', to: '2026-02-05', hours: [['00:00', '23:59']] },
});

describe('a margin in days that are longer than ordinary ones', () => {
  it('takes the working time it stands for, and no more', () => {
    const day = workdayMs(mixed);
    expect(wall(childDue(mixed, at('2026-01-28 20:00'), day))).toBe('2026-01-28 12:30');
    expect(wall(childDue(mixed, at('2026-01-15 15:00'), day))).toBe('2026-01-14 09:30');
    expect(wall(childDue(mixed, at('2026-03-18 15:00'), day))).toBe('2026-03-17 15:00');
  });
});

describe.each([
  ['work', work],
  ['event', event],
  ['always', always],
  ['with an event and half days', mixed],
])('for any directive in the calendar %s', (_, calendar) => {
  const anyInstant = fc.integer({ min: at('2026-01-05 00:00'), max: at('2026-03-31 00:00') });
  const anyMargins = fc.array(
    fc.record({
      days: fc.integer({ min: 0, max: 2 }),
      ms: fc.integer({ min: 0, max: 300 }).map((n) => n * MINUTE_MS),
    }),
    { maxLength: 5 },
  );
  const anyCase = fc
    .record({
      windowFrom: anyInstant,
      windowMs: fc.oneof(
        fc.integer({ min: 1, max: 4 * 3_600_000 }),
        fc.integer({ min: 1, max: 30 * 86_400_000 }),
      ),
      margins: anyMargins,
      depth: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ windowMs, ...rest }) => ({ ...rest, dueAt: rest.windowFrom + windowMs }));

  it('law 2: no level is due after the one above it, and none before the issue', () => {
    fc.assert(
      fc.property(anyCase, (args) => {
        const { windowFrom, dueAt, depth } = args;
        const times = [dueAt, ...dueTimes(calendar, dueAt, budget(calendar, args), [0, depth])];
        for (const [n, time] of times.entries()) {
          expect(time).toBeLessThanOrEqual(times[n - 1] ?? dueAt);
          expect(time).toBeGreaterThanOrEqual(windowFrom);
        }
      }),
    );
  });

  it('law 2: nor below a node whose due time was given by hand, at any level and as tight as one likes', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (args, where, part) => {
          const { windowFrom, depth } = args;
          const level = Math.min(where, depth);
          const above = budget(calendar, args);
          const parentDue = dueTimes(calendar, args.dueAt, above, [0, level - 1]).at(-1) ?? args.dueAt;
          const dueAt = windowFrom + Math.floor((parentDue - windowFrom) * part);
          const below = rebudget(calendar, above, { ...args, dueAt, parentDue, level, path: 'd.i.TF' });
          const times = [parentDue, dueAt, ...dueTimes(calendar, dueAt, below, [level + 1, depth])];
          for (const [n, time] of times.entries()) {
            expect(time).toBeLessThanOrEqual(times[n - 1] ?? parentDue);
            expect(time).toBeGreaterThanOrEqual(windowFrom);
          }
          expect(below.factor).toBeLessThanOrEqual(above.factor);
        },
      ),
    );
  });

  it('the factor lies between 0 and 1, and the issuer is warned whenever it is not 1', () => {
    fc.assert(
      fc.property(anyCase, (args) => {
        const { factor, warnings } = budget(calendar, args);
        expect(factor).toBeGreaterThanOrEqual(0);
        expect(factor).toBeLessThanOrEqual(1);
        expect(warnings).toHaveLength(factor < 1 ? 1 : 0);
      }),
    );
  });
});
