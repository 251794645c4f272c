// A year's notice as an administrator loads it: holidays as spans, and what is wrong with it named by its place.
import { z } from 'zod';
import type { Calendar } from './calendar-data.ts';
import { datesBetween, dayOfDate, isWeekend } from './day.ts';
import type { Fault } from '../failure.ts';
import {
  datesOf,
  faultsOfDates,
  faultsOfHalfDays,
  HalfDay,
  MAX_DATES,
  type ListedDate,
  type YearNotice,
  type NoticeFault,
} from './notice.ts';

const Span = z.strictObject({ from: z.iso.date(), to: z.iso.date() });

/** `POST /calendars/{id}/notice`. */
export const NoticeRequest = z.strictObject({
  year: z.int().min(2000).max(2099),
  holidays: z.array(z.union([z.iso.date(), Span])).max(MAX_DATES),
  workdays: z.array(z.iso.date()).max(MAX_DATES).default([]),
  halfDays: z.array(HalfDay).max(MAX_DATES).default([]),
  /** Where it is published; kept with the version. */
  source: z.string().trim().min(1).max(500).optional(),
  /** A year already known is only loaded again on purpose. */
  replace: z.boolean().default(false),
});
export type NoticeRequest = z.infer<typeof NoticeRequest>;

/**
 * The calendar with this year loaded, or the faults. A make-up workday is a weekend day, or was a holiday of the notice
 * that is replaced: everything else is worked anyway, and was a slip of the pen.
 */
export function loadNotice(
  calendar: Calendar,
  request: NoticeRequest,
): { calendar: Calendar; faults: null } | { calendar: null; faults: Fault[] } {
  if (calendar.everyDay || calendar.roundTheClock)
    return { calendar: null, faults: [{ path: 'year', code: 'EVERY_DAY_COUNTS' }] };
  const year = String(request.year);
  const { holidays, faults } = openSpans(year, request.holidays);
  const { workdays, halfDays } = request;
  const listed = [...holidays, ...datesOf({ holidays: [], workdays, halfDays })];
  const was = new Set(calendar.years[year]?.holidays);
  const all = [
    ...faults,
    ...faultsOfDates(year, listed),
    ...faultsOfHalfDays(calendar.hours, halfDays),
    ...workdays.flatMap((date, index): NoticeFault[] =>
      isWeekend(dayOfDate(date)) || was.has(date)
        ? []
        : [{ list: 'workdays', index, code: 'NOT_A_DAY_OFF', params: { value: date } }],
    ),
  ];
  if (all.length > 0) return { calendar: null, faults: all.map(placed) };
  const notice: YearNotice = { holidays: holidays.map(({ date }) => date).sort(), workdays, halfDays };
  return { calendar: { ...calendar, years: { ...calendar.years, [year]: notice } }, faults: null };
}

/** Every day of every span; one that leaves the year or runs backwards is a fault and stays closed. */
function openSpans(
  year: string,
  spans: NoticeRequest['holidays'],
): { holidays: ListedDate[]; faults: NoticeFault[] } {
  const faults: NoticeFault[] = [];
  const holidays = spans.flatMap((span, index): ListedDate[] => {
    const { from, to } = typeof span === 'string' ? { from: span, to: span } : span;
    const other = [from, to].find((date) => !date.startsWith(`${year}-`));
    const fault =
      other !== undefined
        ? { code: 'OTHER_YEAR' as const, params: { value: other, year } }
        : to < from
          ? { code: 'OUT_OF_RANGE' as const, params: { min: from, max: `${year}-12-31` } }
          : null;
    if (fault !== null) {
      faults.push({ list: 'holidays', index, ...fault });
      return [];
    }
    return datesBetween(from, to).map((date) => ({ list: 'holidays', index, date }));
  });
  return { holidays, faults };
}

const placed = ({ list, index, code, params }: NoticeFault): Fault => ({
  path: `${list}[${index}]`,
  code,
  params,
});
