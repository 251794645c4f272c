// A calendar as data: what is stored in versions and posted by administrators.
import { z } from 'zod';
import { dateOf, dayOfDate } from './day.ts';
import { Hours } from './hours.ts';
import type { FailureCode, Params } from '../failure.ts';
import { datesOf, faultsOfDates, faultsOfHalfDays, Years } from './notice.ts';

/** An event that lasts longer than a year is a calendar of its own. */
const MAX_EVENT_DAYS = 366;

/** Aborting: the check of the whole window needs valid dates. */
const EventDate = z.iso
  .date({ abort: true })
  .refine((date) => /^20\d\d-/.test(date), { error: 'a date from 2000 to 2099', abort: true });

/** Dates, both included, on which every day counts with these hours; the year's notice is not asked. */
export const EventWindow = z.strictObject({ from: EventDate, to: EventDate, hours: Hours });
export type EventWindow = z.infer<typeof EventWindow>;

/** Plain data, versioned by its store. Lookups are cached by object identity: never change one, make a new one. */
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
    // In a calendar where every day counts, an event could change only the hours.
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
