// A calendar as data: what is stored in versions and posted by administrators, and what each of its days is.
import { z } from 'zod';
import { ROUND_THE_CLOCK, Hours } from './day-hours.ts';
import { dateOf, dayOfDate, isWeekend, yearOf } from './day.ts';
import type { FailureCode, Params } from '../failure.ts';
import { datesOf, faultsOfDates, faultsOfHalfDays, Years } from './notice.ts';

/** An event that lasts longer than a year is a calendar of its own. */
const MAX_EVENT_DAYS = 366;

/** Aborting: what the window says as a whole can only be asked of dates. */
const EventDate = z.iso
  .date({ abort: true })
  .refine((date) => /^20\d\d-/.test(date), { error: 'a date from 2000 to 2099', abort: true });

/** Dates, both included, on which every day counts with these hours, whatever the year's notice says of them. */
export const EventWindow = z.strictObject({ from: EventDate, to: EventDate, hours: Hours });
export type EventWindow = z.infer<typeof EventWindow>;

/** Plain data, versioned by whoever stores it. Lookups are kept by identity: never change one, make a new one. */
export const Calendar = z
  .strictObject({
    hours: Hours,
    /** Event mode: every day counts, no year needs to be known. */
    everyDay: z.boolean(),
    /** Every second counts; hours and years are not read. */
    roundTheClock: z.boolean(),
    years: Years,
    /** A time of event mode within an otherwise ordinary calendar. */
    event: EventWindow.nullable().default(null),
  })
  .superRefine(({ hours, everyDay, roundTheClock, years, event }, context) => {
    const fault = (path: (string | number)[], code: FailureCode, params: Params = {}): void => {
      context.addIssue({ code: 'custom', path, message: code, params: { fault: { code, params } } });
    };
    for (const [year, notice] of Object.entries(years)) {
      const faults = [...faultsOfDates(year, datesOf(notice)), ...faultsOfHalfDays(hours, notice.halfDays)];
      for (const { list, index, code, params } of faults) fault(['years', year, list, index], code, params);
    }
    if (event === null) return;
    // Where every day counts already there is nothing an event could change but the hours.
    if (everyDay || roundTheClock) fault(['event'], 'EVERY_DAY_COUNTS');
    const first = dayOfDate(event.from);
    const [min, max] = [event.from, dateOf(first + MAX_EVENT_DAYS - 1)];
    if (event.to < min || event.to > max) fault(['event', 'to'], 'OUT_OF_RANGE', { min, max });
  });
export type Calendar = z.infer<typeof Calendar>;

/** `PUT /calendars/{id}`: the whole calendar, and where this version comes from. */
export const CalendarRequest = Calendar.safeExtend({
  note: z.string().trim().min(1).max(500).nullable().default(null),
});
export type CalendarRequest = z.infer<typeof CalendarRequest>;

export const DayKind = z.enum(['workday', 'halfDay', 'makeUp', 'event', 'everyDay', 'holiday', 'weekend']);
export type DayKind = z.infer<typeof DayKind>;

/** `hours` is null on a day nobody works. */
export type CalendarDay = { kind: DayKind; hours: Hours | null };

/** What a day is; null where nobody has loaded its year. The arithmetic and the page both ask this. */
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
