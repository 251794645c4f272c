// The kind of each day of a calendar: the arithmetic and the page both ask this.
import type { Calendar, DayKind } from './calendar-data.ts';
import { ROUND_THE_CLOCK } from './day-hours.ts';
import { dayOfDate, isWeekend, yearOf } from './day.ts';
import type { Hours } from './hours.ts';

/** `hours` is null on a day that is not worked. */
export type CalendarDay = { kind: DayKind; hours: Hours | null };

/** The kind of a day; null where its year has not been loaded. */
export function dayReader(calendar: Calendar): (day: number) => CalendarDay | null {
  const { hours, years, event } = calendar;
  if (calendar.roundTheClock) return () => ({ kind: 'everyDay', hours: ROUND_THE_CLOCK });
  if (calendar.everyDay) return () => ({ kind: 'everyDay', hours });
  const notices = Object.values(years);
  const holidays = new Set(notices.flatMap((notice) => notice.holidays).map(dayOfDate));
  const makeUps = new Set(notices.flatMap((notice) => notice.workdays).map(dayOfDate));
  const halfDays = new Map(
    notices
      .flatMap((notice) => notice.halfDays)
      .map(({ date, hours: own }) => [dayOfDate(date), own] as const),
  );
  const [first, last] = event === null ? [0, -1] : [dayOfDate(event.from), dayOfDate(event.to)];
  return (day) => {
    if (event !== null && day >= first && day <= last) return { kind: 'event', hours: event.hours };
    if (years[yearOf(day)] === undefined) return null;
    if (holidays.has(day)) return { kind: 'holiday', hours: null };
    const own = halfDays.get(day);
    if (own !== undefined) return { kind: 'halfDay', hours: own };
    if (!isWeekend(day)) return { kind: 'workday', hours };
    return makeUps.has(day) ? { kind: 'makeUp', hours } : { kind: 'weekend', hours: null };
  };
}
