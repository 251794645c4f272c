// Promises of loading a year's notice: what it says becomes the calendar's, and what is wrong is named by its place.
import { describe, expect, it } from '@jest/globals';
import { builtInCalendars, YEAR_NOTICES } from './calendar-years.ts';
import { Calendar } from './calendar-data.ts';
import { loadNotice, NoticeRequest } from './notice-import.ts';

const { work, event } = builtInCalendars;

/** The notice of 2026 as an administrator types it. */
const AS_PUBLISHED = {
  year: 2026,
  holidays: [
    { from: '2026-01-01', to: '2026-01-03' },
    { from: '2026-02-15', to: '2026-02-23' },
    { from: '2026-04-04', to: '2026-04-06' },
    { from: '2026-05-01', to: '2026-05-05' },
    { from: '2026-06-19', to: '2026-06-21' },
    { from: '2026-09-25', to: '2026-09-27' },
    { from: '2026-10-01', to: '2026-10-07' },
  ],
  workdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
};

const load = (request: object, into: Calendar = work): Calendar => {
  const { calendar, faults } = loadNotice(into, NoticeRequest.parse(request));
  if (faults !== null) throw new Error(JSON.stringify(faults));
  return calendar;
};
const faultsOf = (request: object, into: Calendar = work): string[] =>
  (loadNotice(into, NoticeRequest.parse({ year: 2027, holidays: [], ...request })).faults ?? []).map(
    ({ path, code }) => `${path} ${code}`,
  );

describe('a notice', () => {
  it('written as spans is the year that ships, day by day', () => {
    const without: Calendar = { ...work, years: {} };
    expect(load(AS_PUBLISHED, without).years).toEqual({ '2026': YEAR_NOTICES['2026'] });
  });

  it('leaves every other year and the calendar it was loaded into alone', () => {
    const before = structuredClone(work);
    const after = load({ year: 2027, holidays: ['2027-01-01'] });
    expect(after.years).toEqual({
      ...YEAR_NOTICES,
      '2027': { holidays: ['2027-01-01'], workdays: [], halfDays: [] },
    });
    expect(work).toEqual(before);
    expect(Calendar.parse(after)).toEqual(after);
  });

  it('may make a workday again of what the replaced notice had off', () => {
    // New Year's Eve of 2026 is a Thursday.
    expect(faultsOf({ year: 2026, workdays: ['2026-10-07'] })).toEqual([]);
    expect(faultsOf({ year: 2026, workdays: ['2026-12-31'] })).toEqual(['workdays[0] NOT_A_DAY_OFF']);
  });

  const hours = [['08:30', '12:00']];
  it.each([
    ['of another year', { holidays: ['2027-01-01', '2026-12-31'] }, ['holidays[1] OTHER_YEAR']],
    [
      'that leaves the year',
      { holidays: [{ from: '2027-12-31', to: '2028-01-02' }] },
      ['holidays[0] OTHER_YEAR'],
    ],
    [
      'that runs backwards',
      { holidays: [{ from: '2027-10-07', to: '2027-10-01' }] },
      ['holidays[0] OUT_OF_RANGE'],
    ],
    [
      'within another',
      { holidays: [{ from: '2027-10-01', to: '2027-10-07' }, '2027-10-03'] },
      ['holidays[1] REPEATED'],
    ],
    ['off and worked', { holidays: ['2027-10-02'], workdays: ['2027-10-02'] }, ['workdays[0] REPEATED']],
    ['made up for on a Monday', { workdays: ['2027-10-09', '2027-10-11'] }, ['workdays[1] NOT_A_DAY_OFF']],
    [
      'half worked on a free day',
      { halfDays: [{ date: '2027-10-09', hours }] },
      ['halfDays[0] NOT_A_WORKDAY'],
    ],
    [
      'half and whole',
      { halfDays: [{ date: '2027-10-11', hours: [['08:00', '18:00']] }] },
      ['halfDays[0] NOT_A_HALF_DAY'],
    ],
    [
      'wrong in several places, all of which are named',
      { holidays: ['2026-01-01'], workdays: ['2028-01-01'] },
      ['holidays[0] OTHER_YEAR', 'workdays[0] OTHER_YEAR'],
    ],
  ])('with a day %s is refused at its place', (_, request, faults) => {
    expect(faultsOf(request)).toEqual(faults);
  });

  it('is none for a calendar where every day counts', () => {
    expect(faultsOf({}, event)).toEqual(['year EVERY_DAY_COUNTS']);
  });

  it('that lists a year day by day in every entry is refused in no time', () => {
    const spans = Array.from({ length: 366 }, () => ({ from: '2027-01-01', to: '2027-12-31' }));
    expect(faultsOf({ holidays: spans })).toHaveLength(365);
  });
});
