// The calendars the product ships with, and the State Council's holiday notices of the years known at release.
import type { Calendar } from './calendar-data.ts';
import { datesBetween as dates } from './day.ts';
import type { Years } from './notice.ts';

/**
 * 国务院办公厅关于部分节假日安排的通知, published each November for the year after; later years are loaded by an
 * administrator. 2025: gov.cn content_6986382; 2026: gov.cn content_7047090.
 */
export const YEAR_NOTICES: Years = {
  '2025': {
    holidays: [
      '2025-01-01',
      ...dates('2025-01-28', '2025-02-04'), // Spring Festival
      ...dates('2025-04-04', '2025-04-06'), // Qingming
      ...dates('2025-05-01', '2025-05-05'), // Labour Day
      ...dates('2025-05-31', '2025-06-02'), // Dragon Boat
      ...dates('2025-10-01', '2025-10-08'), // National Day and Mid-Autumn
    ],
    workdays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    halfDays: [],
  },
  '2026': {
    holidays: [
      ...dates('2026-01-01', '2026-01-03'),
      ...dates('2026-02-15', '2026-02-23'), // Spring Festival
      ...dates('2026-04-04', '2026-04-06'), // Qingming
      ...dates('2026-05-01', '2026-05-05'), // Labour Day
      ...dates('2026-06-19', '2026-06-21'), // Dragon Boat
      ...dates('2026-09-25', '2026-09-27'), // Mid-Autumn
      ...dates('2026-10-01', '2026-10-07'), // National Day
    ],
    workdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    halfDays: [],
  },
};

/** What an installation has without anybody loading anything: version 1 of each. */
export type BuiltIn = 'work' | 'event' | 'always';

/** `hours` of `always` are not read: every second counts. */
export const builtInCalendars: Readonly<Record<BuiltIn, Calendar>> = {
  work: {
    hours: [
      ['08:30', '12:00'],
      ['13:30', '17:30'],
    ],
    everyDay: false,
    roundTheClock: false,
    years: YEAR_NOTICES,
    event: null,
  },
  event: { hours: [['08:00', '22:00']], everyDay: true, roundTheClock: false, years: {}, event: null },
  always: { hours: [['00:00', '23:59']], everyDay: true, roundTheClock: true, years: {}, event: null },
};
