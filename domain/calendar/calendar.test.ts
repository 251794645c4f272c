// Promises of the work calendar: its days against two independent libraries, its arithmetic against its own laws.
import { describe, expect, it } from '@jest/globals';
import chineseDays from 'chinese-days';
import * as chineseWorkday from 'chinese-workday';
import fc from 'fast-check';
import { builtInCalendars, YEAR_NOTICES } from './calendar-years.ts';
import {
  addWorking,
  CalendarYearUnknown,
  nextOpening,
  receivedAs,
  resolveDue,
  subtractWorking,
  workdayMs,
  workingBetween,
} from './calendar.ts';
import { Calendar } from './calendar-data.ts';
import { DueRule } from './due-rule.ts';
import { readDuration, type Millis } from '../instant.ts';

const { work, event, always } = builtInCalendars;
const DAY_MS = 86_400_000;

/** An instant as a clock on the wall in China shows it, e.g. `2026-11-20 17:30`. */
const at = (wall: string): Millis => Date.parse(`${wall.replace(' ', 'T')}:00+08:00`);
const wall = (instant: Millis): string =>
  new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const add = (calendar: Calendar, from: string, duration: string): string =>
  wall(addWorking(calendar, at(from), readDuration(duration)));
const subtract = (calendar: Calendar, from: string, duration: string): string =>
  wall(subtractWorking(calendar, at(from), readDuration(duration)));
const due = (calendar: Calendar, received: string, rule: DueRule): string =>
  wall(resolveDue(calendar, at(received), rule));

describe('the days', () => {
  const days = Array.from({ length: 730 }, (_, n) =>
    new Date(Date.UTC(2025, 0, 1) + n * DAY_MS).toISOString().slice(0, 10),
  );
  const isWorkday = (date: string): boolean =>
    workingBetween(work, at(`${date} 00:00`), at(`${date} 00:00`) + DAY_MS - 1) > 0;

  it('cover the whole of 2025 and 2026', () => {
    expect([days[0], days.at(-1)]).toEqual(['2025-01-01', '2026-12-31']);
    expect(Object.keys(YEAR_NOTICES)).toEqual(['2025', '2026']);
  });

  it.each([
    ['chinese-days', chineseDays.isWorkday],
    ['chinese-workday', chineseWorkday.isWorkday],
  ])('agree with %s on every day of 2025 and 2026', (_, theirs) => {
    expect(days.filter((date) => isWorkday(date) !== theirs(date))).toEqual([]);
  });

  it('list as make-up workdays weekend days only, and as holidays what the notices name', () => {
    for (const date of Object.values(YEAR_NOTICES).flatMap((year) => year.workdays)) {
      expect([0, 6]).toContain(new Date(date).getUTCDay());
    }
    expect(YEAR_NOTICES['2025']?.holidays).toHaveLength(1 + 8 + 3 + 5 + 3 + 8);
    expect(YEAR_NOTICES['2026']?.holidays).toHaveLength(3 + 9 + 3 + 5 + 3 + 3 + 7);
  });
});

describe('what counts as received', () => {
  it.each([
    ['in hours, then', '2026-11-23 10:35', '2026-11-23 10:35'],
    ['before opening, at the opening', '2026-11-23 07:00', '2026-11-23 08:30'],
    ['in the lunch break, in the afternoon', '2026-11-23 12:30', '2026-11-23 13:30'],
    ['at the very moment of closing, still that day', '2026-11-23 17:30', '2026-11-23 17:30'],
    ['a minute after closing, the next day', '2026-11-23 17:31', '2026-11-24 08:30'],
    ['on Friday evening, on Monday', '2026-11-20 20:00', '2026-11-23 08:30'],
    ['before a make-up Saturday, on that Saturday', '2026-05-08 18:00', '2026-05-09 08:30'],
    ['at the eve of Spring Festival, on the first day after it', '2026-02-14 18:00', '2026-02-24 08:30'],
  ])('is %s', (_, received, counted) => {
    expect(wall(receivedAs(work, at(received)))).toBe(counted);
  });

  it('is the instant itself round the clock, and the next opening in event mode', () => {
    expect(receivedAs(always, at('2026-11-22 03:00'))).toBe(at('2026-11-22 03:00'));
    expect(wall(receivedAs(event, at('2026-11-21 22:30')))).toBe('2026-11-22 08:00');
  });
});

describe('a due rule', () => {
  it('of one workday, received on Friday evening, means Tuesday', () => {
    expect(due(work, '2026-11-20 20:00', { workdays: 1, at: '17:30' })).toBe('2026-11-24 17:30');
    expect(due(work, '2026-11-20 17:00', { workdays: 1, at: '17:30' })).toBe('2026-11-23 17:30');
  });

  it('of workdays may name a time outside hours', () => {
    expect(due(work, '2026-11-20 09:00', { workdays: 2, at: '20:00' })).toBe('2026-11-24 20:00');
  });

  it('of a span runs in working time from when it counts as received', () => {
    expect(due(work, '2026-11-20 20:00', { within: 'PT4H' })).toBe('2026-11-23 14:00');
    expect(due(work, '2026-11-20 20:00', { within: 'P1D' })).toBe('2026-11-24 08:30');
    expect(due(always, '2026-11-20 20:00', { within: 'PT4H' })).toBe('2026-11-21 00:00');
  });

  it('counts every day round the clock and in event mode', () => {
    expect(due(always, '2026-11-20 20:00', { workdays: 1, at: '17:30' })).toBe('2026-11-21 17:30');
    expect(due(event, '2026-11-20 20:00', { workdays: 1, at: '17:30' })).toBe('2026-11-21 17:30');
    expect(due(event, '2026-11-20 22:01', { workdays: 1, at: '17:30' })).toBe('2026-11-22 17:30');
  });

  it('that is an instant stands as it is, wherever it was written', () => {
    expect(due(work, '2026-11-20 20:00', '2026-11-22T03:00:00Z')).toBe('2026-11-22 11:00');
  });

  it('meets the cases of 2023 once that year is loaded', () => {
    const notice2023 = {
      holidays: ['2023-09-29', '2023-10-02', '2023-10-03', '2023-10-04', '2023-10-05', '2023-10-06'],
      workdays: ['2023-10-07', '2023-10-08'],
      halfDays: [],
    };
    const loaded = { ...work, years: { ...YEAR_NOTICES, '2023': notice2023 } };
    expect(due(loaded, '2023-09-28 10:00', { workdays: 1, at: '17:30' })).toBe('2023-10-07 17:30');
    expect(due(event, '2023-09-28 10:00', { workdays: 1, at: '17:30' })).toBe('2023-09-29 17:30');
    expect(due(loaded, '2026-11-20 20:00', { workdays: 1, at: '17:30' })).toBe('2026-11-24 17:30');
  });

  it.each([
    [{ workdays: 0, at: '17:30' }],
    [{ workdays: 1, at: '24:00' }],
    [{ workdays: 1 }],
    [{ within: '4h' }],
    ['tomorrow'],
    [{ workdays: 1.5, at: '17:30' }],
  ])('written as %j is refused', (rule) => {
    expect(DueRule.safeParse(rule).success).toBe(false);
  });
});

describe('adding and taking away working time', () => {
  it('skips lunch, nights, weekends and holidays', () => {
    expect(add(work, '2026-11-23 11:30', 'PT1H')).toBe('2026-11-23 14:00');
    expect(add(work, '2026-11-20 17:00', 'PT1H')).toBe('2026-11-23 09:00');
    expect(add(work, '2026-02-14 17:00', 'PT1H')).toBe('2026-02-24 09:00');
    expect(add(work, '2026-11-20 20:00', 'PT30M')).toBe('2026-11-23 09:00');
    expect(subtract(work, '2026-11-23 09:00', 'PT1H')).toBe('2026-11-20 17:00');
    expect(subtract(work, '2026-11-23 14:00', 'PT1H')).toBe('2026-11-23 11:30');
    expect(subtract(work, '2026-11-22 12:00', 'PT1H')).toBe('2026-11-20 16:30');
  });

  it('ends at a closing rather than at the next opening, and begins at an opening rather than at a closing', () => {
    expect(add(work, '2026-11-23 17:00', 'PT30M')).toBe('2026-11-23 17:30');
    expect(add(work, '2026-11-23 11:00', 'PT1H')).toBe('2026-11-23 12:00');
    expect(subtract(work, '2026-11-23 09:00', 'PT30M')).toBe('2026-11-23 08:30');
    expect(subtract(work, '2026-11-23 14:00', 'PT30M')).toBe('2026-11-23 13:30');
  });

  it('of whole days keeps the time of day', () => {
    expect(add(work, '2026-11-20 17:30', 'P1D')).toBe('2026-11-23 17:30');
    expect(add(work, '2026-11-21 10:00', 'P1D')).toBe('2026-11-24 08:30');
    expect(add(work, '2026-11-20 17:00', 'P1DT1H')).toBe('2026-11-24 09:00');
    expect(subtract(work, '2026-11-24 09:00', 'P1DT1H')).toBe('2026-11-20 17:00');
    expect(subtract(work, '2026-11-21 10:00', 'P1D')).toBe('2026-11-19 17:30');
    expect(subtract(work, '2026-11-23 07:00', 'P1D')).toBe('2026-11-19 17:30');
    expect(subtract(work, '2026-11-23 12:30', 'P1D')).toBe('2026-11-20 12:00');
    expect(add(always, '2026-11-20 17:30', 'P30D')).toBe('2026-12-20 17:30');
  });

  it('of nothing changes nothing, so that a rung at the due time fires at the due time', () => {
    expect(add(work, '2026-11-20 20:00', 'PT0S')).toBe('2026-11-20 20:00');
    expect(subtract(work, '2026-11-20 20:00', 'PT0S')).toBe('2026-11-20 20:00');
  });
});

describe('the next opening', () => {
  it.each([
    ['2026-11-23 07:00', '2026-11-23 08:30'],
    ['2026-11-23 08:30', '2026-11-24 08:30'],
    ['2026-11-20 12:30', '2026-11-23 08:30'],
    ['2026-11-21 12:30', '2026-11-23 08:30'],
  ])('after %s is %s', (after, opening) => {
    expect(wall(nextOpening(work, at(after)))).toBe(opening);
  });

  it('comes every day in event mode, and after 24 hours round the clock', () => {
    expect(wall(nextOpening(event, at('2026-11-20 08:00')))).toBe('2026-11-21 08:00');
    expect(wall(nextOpening(always, at('2026-11-20 20:10')))).toBe('2026-11-21 20:10');
  });
});

describe('a year that is not loaded', () => {
  const yearAsked = (ask: () => unknown): number => {
    try {
      ask();
    } catch (error) {
      if (error instanceof CalendarYearUnknown) return error.year;
      throw error;
    }
    throw new Error('it was answered');
  };

  it.each([
    ['reading it', 2027, () => receivedAs(work, at('2027-03-01 10:00'))],
    ['a due time in it', 2029, () => resolveDue(work, at('2026-03-01 10:00'), '2029-03-01T10:00:00+08:00')],
    [
      'one workday after the last of the year',
      2027,
      () => resolveDue(work, at('2026-12-31 10:00'), { workdays: 1, at: '17:30' }),
    ],
    ['what comes in after the last closing', 2027, () => receivedAs(work, at('2026-12-31 17:31'))],
    ['hours over the end', 2027, () => addWorking(work, at('2026-12-31 17:00'), readDuration('PT31M'))],
    ['hours far over the end', 2027, () => addWorking(work, at('2026-12-31 17:00'), readDuration('P9999D'))],
    [
      'hours back over the beginning',
      2024,
      () => subtractWorking(work, at('2025-01-02 09:00'), readDuration('PT1H')),
    ],
    [
      'days back over the beginning',
      2024,
      () => subtractWorking(work, at('2025-01-02 09:00'), readDuration('P1D')),
    ],
    [
      'working time that reaches into it',
      2027,
      () => workingBetween(work, at('2026-12-31 10:00'), at('2027-01-01 00:00')),
    ],
    ['the opening after the last', 2027, () => nextOpening(work, at('2026-12-31 10:00'))],
    [
      'a gap between known years',
      2024,
      () =>
        addWorking(
          { ...work, years: { ...YEAR_NOTICES, '2023': { holidays: [], workdays: [], halfDays: [] } } },
          at('2023-12-29 10:00'),
          readDuration('P2D'),
        ),
    ],
  ])('is named and not guessed: %s', (_, year, ask) => {
    expect(yearAsked(ask)).toBe(year);
  });

  it('does not trouble arithmetic that ends within the known', () => {
    expect(add(work, '2026-12-31 17:00', 'PT30M')).toBe('2026-12-31 17:30');
    expect(add(work, '2025-12-31 17:00', 'PT1H')).toBe('2026-01-04 09:00');
    expect(workingBetween(work, at('2025-12-31 00:00'), at('2026-01-05 00:00'))).toBe(2 * workdayMs(work));
  });

  it('is nothing event mode or the clock round need', () => {
    expect(add(event, '2031-03-01 21:00', 'PT2H')).toBe('2031-03-02 09:00');
    expect(add(always, '2031-03-01 21:00', 'P1D')).toBe('2031-03-02 21:00');
  });
});

describe('a calendar as data', () => {
  it('survives JSON', () => {
    for (const calendar of Object.values(builtInCalendars)) {
      expect(Calendar.parse(JSON.parse(JSON.stringify(calendar)))).toEqual(calendar);
    }
  });

  it.each([
    ['no hours', { hours: [] }],
    ['hours that end before they begin', { hours: [['17:30', '08:30']] }],
    [
      'hours that overlap',
      {
        hours: [
          ['08:30', '12:00'],
          ['11:00', '17:30'],
        ],
      },
    ],
    ['less than an hour a day', { hours: [['08:30', '09:29']] }],
    ['a clock time that does not exist', { hours: [['08:30', '25:00']] }],
    ['midnight as an end', { hours: [['08:30', '24:00']] }],
    ['a date under another year', { years: { '2026': { holidays: ['2025-01-01'], workdays: [] } } }],
    ['a date that does not exist', { years: { '2026': { holidays: ['2026-02-29'], workdays: [] } } }],
    [
      'a day both free and worked',
      { years: { '2026': { holidays: ['2026-01-01'], workdays: ['2026-01-01'] } } },
    ],
    ['an unknown field', { zone: '+09:00' }],
  ])('is refused with %s', (_, wrong) => {
    expect(Calendar.safeParse({ ...work, ...wrong }).success).toBe(false);
  });
});

const oddShifts: Calendar = {
  ...work,
  hours: [
    ['00:00', '01:00'],
    ['07:13', '07:14'],
    ['22:00', '23:59'],
  ],
};

describe.each([
  ['work', work],
  ['event', event],
  ['always', always],
  ['with three odd shifts', oddShifts],
])('for any instants in the calendar %s', (_, calendar) => {
  const dayMs = workdayMs(calendar);
  const anyInstant = fc.integer({ min: at('2025-05-01 00:00'), max: at('2026-08-01 00:00') });
  const inHours = anyInstant
    .map((instant) => receivedAs(calendar, instant))
    .filter((instant) => workingBetween(calendar, instant, instant + 1) === 1);
  const anyMs = fc.oneof(
    fc.integer({ min: 1, max: 15 * dayMs }),
    fc.constantFrom(1, dayMs, 2 * dayMs, dayMs - 1),
  );
  const anyDuration = fc.record({
    days: fc.integer({ min: 0, max: 15 }),
    ms: fc.oneof(fc.constant(0), anyMs),
  });

  it('taking away undoes adding', () => {
    fc.assert(
      fc.property(inHours, anyDuration, (from, duration) => {
        expect(subtractWorking(calendar, addWorking(calendar, from, duration), duration)).toBe(from);
      }),
    );
  });

  it('what is added is what lies between, and lands in hours', () => {
    fc.assert(
      fc.property(anyInstant, anyMs, (from, ms) => {
        const later = addWorking(calendar, from, { days: 0, ms });
        expect(workingBetween(calendar, from, later)).toBe(ms);
        expect(receivedAs(calendar, later)).toBe(later);
        const earlier = subtractWorking(calendar, from, { days: 0, ms });
        expect(workingBetween(calendar, earlier, from)).toBe(ms);
        expect(receivedAs(calendar, earlier)).toBe(earlier);
      }),
    );
  });

  it('n days are n days of hours from when it counts as received', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 15 }), (from, days) => {
        const later = addWorking(calendar, from, { days, ms: 0 });
        expect(workingBetween(calendar, from, later)).toBe(days * dayMs);
        expect((later - receivedAs(calendar, from)) % DAY_MS).toBe(0);
      }),
    );
  });

  it('later stays later, and more stays more', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, anyDuration, anyMs, (one, other, duration, ms) => {
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        expect(addWorking(calendar, first, duration)).toBeLessThanOrEqual(
          addWorking(calendar, second, duration),
        );
        expect(subtractWorking(calendar, first, duration)).toBeLessThanOrEqual(
          subtractWorking(calendar, second, duration),
        );
        expect(receivedAs(calendar, first)).toBeLessThanOrEqual(receivedAs(calendar, second));
        const more = { days: duration.days, ms: duration.ms + ms };
        expect(addWorking(calendar, first, more)).toBeGreaterThan(addWorking(calendar, first, duration));
        expect(subtractWorking(calendar, first, more)).toBeLessThan(
          subtractWorking(calendar, first, duration),
        );
      }),
    );
  });

  it('working time adds up, at any instant it is cut', () => {
    fc.assert(
      fc.property(fc.tuple(anyInstant, anyInstant, anyInstant), (instants) => {
        const [a, b, c] = instants.sort((x, y) => x - y);
        expect(workingBetween(calendar, a, b) + workingBetween(calendar, b, c)).toBe(
          workingBetween(calendar, a, c),
        );
        expect(workingBetween(calendar, c, a)).toBe(0);
      }),
    );
  });

  it('working time is what counting minute by minute finds', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 3000 }), (instant, minutes) => {
        const from = instant - (instant % 60_000);
        let counted = 0;
        for (let minute = 0; minute < minutes; minute += 1) {
          const now = from + minute * 60_000;
          if (receivedAs(calendar, now + 1) === now + 1) counted += 60_000;
        }
        expect(workingBetween(calendar, from, from + minutes * 60_000)).toBe(counted);
      }),
      { numRuns: 20 },
    );
  });

  it('an opening is after the instant asked, and at most one day of hours away', () => {
    fc.assert(
      fc.property(anyInstant, (after) => {
        const opening = nextOpening(calendar, after);
        expect(opening).toBeGreaterThan(after);
        expect(receivedAs(calendar, opening)).toBe(opening);
        if (!calendar.roundTheClock)
          expect(workingBetween(calendar, after, opening)).toBeLessThanOrEqual(dayMs);
      }),
    );
  });
});
