// Promises of the days a page shows: each kind by its name, and the same days the arithmetic works.
import { describe, expect, it } from '@jest/globals';
import { at } from '../../tests/support/sample-assignment.ts';
import { daysBetween } from './calendar-days.ts';
import { builtInCalendars } from './calendar-years.ts';
import { Calendar } from './calendar-data.ts';
import { workingBetween } from './calendar.ts';

const { work, event, always } = builtInCalendars;
const mixed: Calendar = Calendar.parse({
  ...work,
  years: {
    '2026': {
      holidays: ['2026-05-01', '2026-05-02'],
      workdays: ['2026-05-09'],
      halfDays: [{ date: '2026-04-30', hours: [['08:30', '12:00']] }],
    },
  },
  event: { from: '2026-05-10', to: '2026-05-11', hours: [['08:00', '22:00']] },
});
const kinds = (from: string, to: string): string[] => daysBetween(mixed, from, to).map(({ kind }) => kind);

describe('daysBetween', () => {
  it('names what each day is', () => {
    expect(kinds('2026-04-29', '2026-05-03')).toEqual([
      'workday',
      'halfDay',
      'holiday',
      'holiday',
      'weekend',
    ]);
    expect(kinds('2026-05-09', '2026-05-12')).toEqual(['makeUp', 'event', 'event', 'workday']);
    expect(daysBetween(mixed, '2026-04-30', '2026-05-01')).toEqual([
      { date: '2026-04-30', kind: 'halfDay', isWorkday: true, hours: [['08:30', '12:00']] },
      { date: '2026-05-01', kind: 'holiday', isWorkday: false, hours: [] },
    ]);
  });

  it('says of a year that is not loaded that it is unknown, and guesses nothing', () => {
    expect(daysBetween(work, '2026-12-31', '2027-01-01')).toMatchObject([
      { kind: 'workday' },
      { date: '2027-01-01', kind: 'unknown', isWorkday: null, hours: [] },
    ]);
  });

  it('knows every day where every day counts', () => {
    expect(daysBetween(event, '2031-01-01', '2031-01-01')).toMatchObject([
      { kind: 'everyDay', hours: [['08:00', '22:00']] },
    ]);
    expect(daysBetween(always, '2031-01-01', '2031-01-01')).toMatchObject([{ hours: [['00:00', '24:00']] }]);
  });

  it('shows as workdays the very days that have working time', () => {
    const days = daysBetween(mixed, '2026-01-01', '2026-12-30');
    const differing = days.filter(({ date, isWorkday }) => {
      const start = at(`${date} 00:00`);
      return workingBetween(mixed, start, start + 86_400_000) > 0 !== isWorkday;
    });
    expect(differing).toEqual([]);
  });
});
