// Promises of the two readings: shown where a person could mean another day, and never where both readings are the same.
import { describe, expect, it } from '@jest/globals';
import { at, wallOf } from '../../tests/support/sample-assignment.ts';
import { builtInCalendars } from './calendar-years.ts';
import type { Calendar, DueRule } from './calendar.ts';
import { twoReadings } from './due-reading.ts';

const { work, event, always } = builtInCalendars;
const tomorrow: DueRule = { workdays: 1, at: '17:30' };

const read = (calendar: Calendar, received: string, rule: DueRule | undefined): string[] | null => {
  const readings = twoReadings(calendar, at(received), { path: 'due', rule });
  return readings && [readings.workdaysAt, readings.calendarDaysAt].map(wallOf);
};

describe('"tomorrow before close of business"', () => {
  it.each([
    ['on a Friday: Monday, or Saturday', '2026-11-20 10:00', ['2026-11-23 17:30', '2026-11-21 17:30']],
    ['late on a Friday: Tuesday, or Saturday', '2026-11-20 20:00', ['2026-11-24 17:30', '2026-11-21 17:30']],
    ['after close: in two days, or tomorrow', '2026-11-23 20:00', ['2026-11-25 17:30', '2026-11-24 17:30']],
    ['before a holiday', '2026-09-30 10:00', ['2026-10-08 17:30', '2026-10-01 17:30']],
  ])('has two readings %s', (_, received, both) => {
    expect(read(work, received, tomorrow)).toEqual(both);
  });

  it.each([
    ['on a Monday morning', work, '2026-11-23 10:00'],
    ['on the eve of a make-up Saturday', work, '2026-05-08 10:00'],
    ['on a Friday in event mode', event, '2026-11-20 10:00'],
    ['at any hour round the clock', always, '2026-11-20 23:59'],
  ])('has one %s', (_, calendar, received) => {
    expect(read(calendar, received, tomorrow)).toBeNull();
  });
});

describe('another due time', () => {
  it.each([['2026-11-21T17:30:00+08:00'], [{ within: 'P1D' }], [undefined]])('%j has one', (rule) => {
    expect(read(work, '2026-11-20 10:00', rule)).toBeNull();
  });
});
