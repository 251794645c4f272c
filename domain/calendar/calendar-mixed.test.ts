// Promises of days that differ: half days, an event within an ordinary year, and both against counting minute by minute.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, wallOf } from '../../tests/support/sample-assignment.ts';
import { builtInCalendars } from './calendar-years.ts';
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
import type { Hours } from './hours.ts';
import { datesBetween } from './day.ts';
import type { Millis } from '../instant.ts';

const { work } = builtInCalendars;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const minutes = (count: number): { days: number; ms: number } => ({ days: 0, ms: count * MINUTE_MS });
const days = (count: number): { days: number; ms: number } => ({ days: count, ms: 0 });

/** `work` with the notice of 2023 and the time of the Games, when every day was worked from 08:00 to 22:00. */
const games: Calendar = Calendar.parse({
  ...work,
  years: {
    '2023': {
      holidays: [...datesBetween('2023-01-21', '2023-01-27'), ...datesBetween('2023-09-29', '2023-10-06')],
      workdays: ['2023-01-28', '2023-01-29', '2023-10-07', '2023-10-08'],
    },
  },
  event: { from: '2023-09-16', to: '2023-10-08', hours: [['08:00', '22:00']] },
});
const ordinary2023: Calendar = { ...games, event: null };

/** Tuesday 2026-03-10 until noon. */
const half: Calendar = Calendar.parse({
  ...work,
  years: {
    '2026': {
      holidays: [],
      workdays: [],
      halfDays: [{ date: '2026-03-10', hours: [['08:30', '12:00']] }],
    },
  },
});

describe('the cases of 2023', () => {
  const oneWorkday = (calendar: Calendar, received: string): string =>
    wallOf(resolveDue(calendar, at(received), { workdays: 1, at: '17:30' }));

  it('one workday after 28 September is the make-up Saturday of 7 October', () => {
    expect(oneWorkday(ordinary2023, '2023-09-28 10:00')).toBe('2023-10-07 17:30');
  });

  it('and in event mode the very next day', () => {
    expect(oneWorkday(builtInCalendars.event, '2023-09-28 10:00')).toBe('2023-09-29 17:30');
    expect(oneWorkday(games, '2023-09-28 10:00')).toBe('2023-09-29 17:30');
  });

  it('the event begins and ends on its dates', () => {
    expect(oneWorkday(games, '2023-09-15 10:00')).toBe('2023-09-16 17:30');
    expect(oneWorkday(games, '2023-10-08 10:00')).toBe('2023-10-09 17:30');
    expect(wallOf(receivedAs(games, at('2023-10-08 21:00')))).toBe('2023-10-08 21:00');
    expect(wallOf(receivedAs(games, at('2023-10-09 21:00')))).toBe('2023-10-10 08:30');
  });
});

describe('a half day', () => {
  it('counts as a workday, and a due rule may still name its afternoon', () => {
    expect(wallOf(resolveDue(half, at('2026-03-09 10:00'), { workdays: 1, at: '17:30' }))).toBe(
      '2026-03-10 17:30',
    );
    expect(wallOf(resolveDue(half, at('2026-03-09 10:00'), { workdays: 2, at: '17:30' }))).toBe(
      '2026-03-11 17:30',
    );
  });

  it('has its own hours, while an ordinary workday stays as long as it was', () => {
    expect(workingBetween(half, at('2026-03-10 00:00'), at('2026-03-11 00:00'))).toBe(210 * MINUTE_MS);
    expect(workdayMs(half)).toBe(450 * MINUTE_MS);
    expect(wallOf(receivedAs(half, at('2026-03-10 13:00')))).toBe('2026-03-11 08:30');
    expect(wallOf(addWorking(half, at('2026-03-10 11:00'), minutes(120)))).toBe('2026-03-11 09:30');
    expect(wallOf(subtractWorking(half, at('2026-03-11 09:30'), minutes(120)))).toBe('2026-03-10 11:00');
  });

  it('ends a day later than yesterday afternoon at its closing, and a day before tomorrow afternoon too', () => {
    expect(wallOf(addWorking(half, at('2026-03-09 15:00'), days(1)))).toBe('2026-03-10 12:00');
    expect(wallOf(subtractWorking(half, at('2026-03-11 15:00'), days(1)))).toBe('2026-03-10 12:00');
    expect(wallOf(addWorking(half, at('2026-03-09 15:00'), days(2)))).toBe('2026-03-11 15:00');
  });
});

describe('an event', () => {
  const yearAsked = (ask: () => unknown): number | null => {
    try {
      ask();
      return null;
    } catch (error) {
      if (error instanceof CalendarYearUnknown) return error.year;
      throw error;
    }
  };
  const overNewYear: Calendar = {
    ...work,
    event: { from: '2026-12-28', to: '2027-01-10', hours: [['08:00', '22:00']] },
  };

  it('is known over a New Year whose notice is not, and not a day longer', () => {
    const due = (workdays: number): Millis =>
      resolveDue(overNewYear, at('2026-12-31 10:00'), { workdays, at: '17:30' });
    expect(wallOf(due(10))).toBe('2027-01-10 17:30');
    expect(yearAsked(() => due(11))).toBe(2027);
  });

  it('needs no year at all for its own dates', () => {
    const alone = { ...games, years: {} };
    expect(wallOf(addWorking(alone, at('2023-09-16 21:00'), minutes(120)))).toBe('2023-09-17 09:00');
    expect(yearAsked(() => receivedAs(alone, at('2023-10-08 22:01')))).toBe(2023);
    expect(yearAsked(() => subtractWorking(alone, at('2023-09-16 09:00'), minutes(61)))).toBe(2023);
  });

  it('keeps the time of day into ordinary days as far as they have it', () => {
    expect(wallOf(addWorking(games, at('2023-10-08 20:00'), days(1)))).toBe('2023-10-09 17:30');
    expect(wallOf(addWorking(games, at('2023-10-08 12:30'), days(1)))).toBe('2023-10-09 12:00');
    expect(wallOf(addWorking(games, at('2023-10-08 08:10'), days(1)))).toBe('2023-10-09 08:30');
    expect(wallOf(subtractWorking(games, at('2023-09-16 12:30'), days(1)))).toBe('2023-09-15 13:30');
    expect(wallOf(nextOpening(games, at('2023-10-08 09:00')))).toBe('2023-10-09 08:30');
  });
});

// Any calendar: the days from March to May 2026 in any mixture, everything else of the year ordinary.
const ZONE = datesBetween('2026-03-01', '2026-05-31');
const HOURS: Hours[] = [
  work.hours,
  [['09:00', '17:00']],
  [
    ['00:00', '01:00'],
    ['07:13', '07:14'],
    ['22:00', '23:59'],
  ],
];
const SHORT: Hours[] = [
  [['09:00', '11:30']],
  [
    ['00:00', '00:20'],
    ['23:00', '23:40'],
  ],
];
const isWeekendDate = (date: string): boolean => [0, 6].includes(new Date(date).getUTCDay());

const anyCalendar: fc.Arbitrary<Calendar> = fc
  .record({
    hours: fc.constantFrom(...HOURS),
    holidays: fc.uniqueArray(fc.constantFrom(...ZONE), { maxLength: 20 }),
    makeUps: fc.uniqueArray(fc.constantFrom(...ZONE.filter(isWeekendDate)), { maxLength: 10 }),
    halfDays: fc.uniqueArray(fc.tuple(fc.constantFrom(...ZONE), fc.constantFrom(...SHORT)), {
      maxLength: 15,
      selector: ([date]) => date,
    }),
    event: fc.option(
      fc.record({
        first: fc.integer({ min: 0, max: 80 }),
        days: fc.integer({ min: 0, max: 11 }),
        hours: fc.constantFrom<Hours>([['08:00', '22:00']], [['00:00', '23:59']], [['12:15', '13:15']]),
      }),
      { nil: null },
    ),
  })
  .map(({ hours, holidays, makeUps, halfDays, event }) => {
    const workdays = makeUps.filter((date) => !holidays.includes(date));
    const worked = (date: string): boolean =>
      !holidays.includes(date) && (!isWeekendDate(date) || workdays.includes(date));
    return Calendar.parse({
      hours,
      everyDay: false,
      roundTheClock: false,
      years: {
        '2026': {
          holidays,
          workdays,
          halfDays: halfDays.filter(([date]) => worked(date)).map(([date, own]) => ({ date, hours: own })),
        },
      },
      event:
        event === null
          ? null
          : { from: ZONE[event.first], to: ZONE[event.first + event.days], hours: event.hours },
    });
  });

const YEAR = datesBetween('2026-01-01', '2026-12-31');
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** A calendar read the slow way: what a person with the notice and a clock would count. */
class Slow {
  private readonly calendar: Calendar;
  private readonly first = at('2026-01-01 00:00');
  private readonly worked = new Uint8Array(YEAR.length * 1440);

  constructor(calendar: Calendar) {
    this.calendar = calendar;
    YEAR.forEach((date, n) => {
      for (const [open, close] of this.hoursOf(date))
        this.worked.fill(1, n * 1440 + minuteOf(open), n * 1440 + minuteOf(close));
    });
  }

  hoursOf(date: string): Hours {
    const { event, hours } = this.calendar;
    if (event !== null && event.from <= date && date <= event.to) return event.hours;
    const { holidays = [], workdays = [], halfDays = [] } = this.calendar.years['2026'] ?? {};
    if (holidays.includes(date)) return [];
    const own = halfDays.find((each) => each.date === date);
    if (own !== undefined) return own.hours;
    return isWeekendDate(date) && !workdays.includes(date) ? [] : hours;
  }

  /** Is the minute that begins then worked? */
  works(minute: Millis): boolean {
    return this.worked[(minute - this.first) / MINUTE_MS] === 1;
  }

  between(from: Millis, to: Millis): number {
    let count = 0;
    for (let minute = from; minute < to; minute += MINUTE_MS) if (this.works(minute)) count += 1;
    return count * MINUTE_MS;
  }

  after(from: Millis, count: number): Millis {
    let minute = from;
    for (let left = count; left > 0; minute += MINUTE_MS) if (this.works(minute)) left -= 1;
    return minute;
  }

  before(from: Millis, count: number): Millis {
    let minute = from;
    for (let left = count; left > 0;) {
      minute -= MINUTE_MS;
      if (this.works(minute)) left -= 1;
    }
    return minute;
  }

  received(instant: Millis): Millis {
    let minute = instant;
    while (!this.works(minute) && !this.works(minute - MINUTE_MS)) minute += MINUTE_MS;
    return minute;
  }

  opening(after: Millis): Millis {
    const openings = YEAR.flatMap((date) => {
      const [first] = this.hoursOf(date);
      return first === undefined ? [] : [at(`${date} ${first[0]}`)];
    });
    return openings.find((opening) => opening > after) ?? Number.NaN;
  }

  /** The date so many workdays after this one. */
  dateAfter(date: string, count: number): string | undefined {
    return YEAR.filter((each) => each >= date && this.hoursOf(each).length > 0)[count];
  }
}

describe('for any mixture of days', () => {
  const anyMinute = fc
    .integer({ min: at('2026-03-01 00:00') / MINUTE_MS, max: at('2026-05-31 00:00') / MINUTE_MS })
    .map((minute) => minute * MINUTE_MS);
  const anyInstant = fc.integer({ min: at('2026-03-01 00:00'), max: at('2026-05-31 00:00') });
  const anyCount = fc.integer({ min: 1, max: 2_000 });
  const anyDuration = fc.record({
    days: fc.integer({ min: 0, max: 15 }),
    ms: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2_000 * MINUTE_MS })),
  });

  it('all of it is what counting minute by minute finds', () => {
    fc.assert(
      fc.property(anyCalendar, anyMinute, anyCount, (calendar, from, count) => {
        const slow = new Slow(calendar);
        expect(wallOf(receivedAs(calendar, from))).toBe(wallOf(slow.received(from)));
        expect(wallOf(nextOpening(calendar, from))).toBe(wallOf(slow.opening(from)));
        expect(wallOf(addWorking(calendar, from, minutes(count)))).toBe(wallOf(slow.after(from, count)));
        expect(wallOf(subtractWorking(calendar, from, minutes(count)))).toBe(
          wallOf(slow.before(from, count)),
        );
        const to = from + count * 5 * MINUTE_MS;
        expect(workingBetween(calendar, from, to)).toBe(slow.between(from, to));
      }),
    );
  });

  it('n workdays on is the n-th day on which anybody works, at the time asked', () => {
    fc.assert(
      fc.property(anyCalendar, anyMinute, fc.integer({ min: 1, max: 30 }), (calendar, from, count) => {
        const date = new Slow(calendar).dateAfter(wallOf(receivedAs(calendar, from)).slice(0, 10), count);
        expect(wallOf(resolveDue(calendar, from, { workdays: count, at: '17:30' }))).toBe(`${date} 17:30`);
        expect(wallOf(addWorking(calendar, from, days(count))).slice(0, 10)).toBe(date);
      }),
    );
  });

  it('days keep the time of day where it is in hours, and land in hours where it is not', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, fc.integer({ min: 1, max: 15 }), (calendar, from, count) => {
        const start = receivedAs(calendar, from);
        const later = addWorking(calendar, from, days(count));
        expect(receivedAs(calendar, later)).toBe(later);
        const asked = start + Math.round((later - start) / DAY_MS) * DAY_MS;
        const isSameDay = wallOf(asked).slice(0, 10) === wallOf(later).slice(0, 10);
        if (isSameDay && receivedAs(calendar, asked) === asked) expect(later).toBe(asked);
      }),
    );
  });

  it('taking away undoes adding, wherever the days passed by have the hours', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyDuration, (calendar, instant, duration) => {
        const from = receivedAs(calendar, instant);
        fc.pre(workingBetween(calendar, from, from + 1) === 1);
        const byDays = addWorking(calendar, from, days(duration.days));
        // A closing is where two instants have as much work before them: the days passed by must not end at one.
        fc.pre((byDays - from) % DAY_MS === 0 && workingBetween(calendar, byDays, byDays + 1) === 1);
        const later = addWorking(calendar, from, duration);
        expect(subtractWorking(calendar, later, duration)).toBe(from);
      }),
    );
  });

  it('later stays later, and more stays more', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        anyInstant,
        anyDuration,
        anyCount,
        (calendar, one, other, duration, more) => {
          const [first, second] = [Math.min(one, other), Math.max(one, other)];
          for (const move of [addWorking, subtractWorking])
            expect(move(calendar, first, duration)).toBeLessThanOrEqual(move(calendar, second, duration));
          const longer = { days: duration.days, ms: duration.ms + more };
          expect(addWorking(calendar, first, longer)).toBeGreaterThan(addWorking(calendar, first, duration));
          // Two times of day can be one where the day passed to is shorter.
          expect(subtractWorking(calendar, first, longer)).toBeLessThanOrEqual(
            subtractWorking(calendar, first, duration),
          );
          const ms = { days: 0, ms: duration.ms };
          expect(subtractWorking(calendar, first, { days: 0, ms: longer.ms })).toBeLessThan(
            subtractWorking(calendar, first, ms),
          );
        },
      ),
    );
  });

  it('adding in two parts is adding at once, and working time adds up wherever it is cut', () => {
    const anyMs = fc.integer({ min: 1, max: 1_000 * MINUTE_MS });
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyMs, anyMs, (calendar, from, one, other) => {
        const part = addWorking(calendar, from, { days: 0, ms: one });
        const whole = addWorking(calendar, from, { days: 0, ms: one + other });
        expect(addWorking(calendar, part, { days: 0, ms: other })).toBe(whole);
        expect(workingBetween(calendar, from, part) + workingBetween(calendar, part, whole)).toBe(
          one + other,
        );
        expect(workingBetween(calendar, from, whole)).toBe(one + other);
      }),
    );
  });
});

describe('a calendar with days of their own', () => {
  const faultsOf = (changes: object): string[] =>
    (Calendar.safeParse({ ...work, ...changes }).error?.issues ?? []).map((issue) => {
      const { fault } = (issue as { params?: { fault?: { code: string } } }).params ?? {};
      return `${issue.path.join('.')} ${fault?.code ?? issue.code}`;
    });
  const notice = (changes: object): object => ({
    years: { '2026': { holidays: ['2026-05-01'], workdays: ['2026-05-09'], ...changes } },
  });
  const hours: Hours = [['08:30', '12:00']];

  it('stored before there were any still parses', () => {
    const { event: _, ...older } = work;
    const parsed = Calendar.parse({ ...older, ...notice({}) });
    expect(parsed.event).toBeNull();
    expect(parsed.years['2026']?.halfDays).toEqual([]);
  });

  it.each([
    ['another year’s date', notice({ holidays: ['2025-05-01'] }), 'years.2026.holidays.0 OTHER_YEAR'],
    ['a date twice', notice({ workdays: ['2026-05-09', '2026-05-09'] }), 'years.2026.workdays.1 REPEATED'],
    ['a day off and worked', notice({ workdays: ['2026-05-01'] }), 'years.2026.workdays.0 REPEATED'],
    [
      'a half day on a holiday',
      notice({ halfDays: [{ date: '2026-05-01', hours }] }),
      'years.2026.halfDays.0 NOT_A_WORKDAY',
    ],
    [
      'a half day on a free Sunday',
      notice({ halfDays: [{ date: '2026-05-10', hours }] }),
      'years.2026.halfDays.0 NOT_A_WORKDAY',
    ],
    [
      'a half day as long as a day',
      notice({ halfDays: [{ date: '2026-05-11', hours: work.hours }] }),
      'years.2026.halfDays.0 NOT_A_HALF_DAY',
    ],
    [
      'an event that ends before it begins',
      { event: { from: '2026-05-02', to: '2026-05-01', hours } },
      'event.to OUT_OF_RANGE',
    ],
    [
      'an event longer than a year',
      { event: { from: '2026-01-01', to: '2027-01-02', hours } },
      'event.to OUT_OF_RANGE',
    ],
    [
      'an event that is no date',
      { event: { from: '2026-02-30', to: '2026-05-01', hours } },
      'event.from invalid_format',
    ],
    [
      'an event where every day counts',
      { everyDay: true, event: { from: '2026-05-01', to: '2026-05-01', hours } },
      'event EVERY_DAY_COUNTS',
    ],
  ])('is refused with %s, at its place', (_, wrong, fault) => {
    expect(faultsOf(wrong)).toEqual([fault]);
  });

  it('takes a make-up workday that is only half a day', () => {
    expect(faultsOf(notice({ halfDays: [{ date: '2026-05-09', hours }] }))).toEqual([]);
  });
});
