// A year's notice of the State Council: its holidays, make-up workdays and half days, and what can be wrong in one.
import { z } from 'zod';
import { dayHours } from './day-hours.ts';
import { Hours } from './hours.ts';
import { dayOfDate, isWeekend } from './day.ts';
import type { FailureCode, Params } from '../failure.ts';

/** A list with more dates than a year has days is a mistake. */
export const MAX_DATES = 366;

export const HalfDay = z.strictObject({ date: z.iso.date(), hours: Hours });

/**
 * Days off, weekends within them or not; weekend days worked instead; workdays with their own shorter hours. A date in
 * none of the lists is worked if it is Monday to Friday.
 */
export const YearNotice = z.strictObject({
  holidays: z.array(z.iso.date()).max(MAX_DATES),
  workdays: z.array(z.iso.date()).max(MAX_DATES),
  halfDays: z.array(HalfDay).max(MAX_DATES).default([]),
});
export type YearNotice = z.infer<typeof YearNotice>;

export const Years = z.record(z.string().regex(/^20\d\d$/, 'a year, 2000 to 2099'), YearNotice);
export type Years = z.infer<typeof Years>;

/** A date with its place: the list it is in, and which entry of it. */
export type ListedDate = { list: keyof YearNotice; index: number; date: string };

export type NoticeFault = Pick<ListedDate, 'list' | 'index'> & { code: FailureCode; params: Params };

export const datesOf = ({ holidays, workdays, halfDays }: YearNotice): ListedDate[] => [
  ...holidays.map((date, index): ListedDate => ({ list: 'holidays', index, date })),
  ...workdays.map((date, index): ListedDate => ({ list: 'workdays', index, date })),
  ...halfDays.map(({ date }, index): ListedDate => ({ list: 'halfDays', index, date })),
];

/** Dates of another year, dates given twice, half days that are no workdays; at most one fault an entry. */
export function faultsOfDates(year: string, listed: readonly ListedDate[]): NoticeFault[] {
  const faults = new Map<string, NoticeFault>();
  const seen: Record<keyof YearNotice, Set<string>> = {
    holidays: new Set(),
    workdays: new Set(),
    halfDays: new Set(),
  };
  for (const { list, index, date } of listed) {
    const fault = (code: FailureCode, params: Params = {}): void => {
      const place = `${list}/${index}`;
      if (!faults.has(place)) faults.set(place, { list, index, code, params: { value: date, ...params } });
    };
    if (!date.startsWith(`${year}-`)) fault('OTHER_YEAR', { year });
    // A day cannot be both off and worked; a half day is worked, and may be a make-up workday.
    if (seen[list].has(date) || (list === 'workdays' && seen.holidays.has(date))) fault('REPEATED');
    seen[list].add(date);
    const isOff = seen.holidays.has(date) || (isWeekend(dayOfDate(date)) && !seen.workdays.has(date));
    if (list === 'halfDays' && isOff) fault('NOT_A_WORKDAY');
  }
  return [...faults.values()];
}

/** A half day as long as an ordinary one is a slip of the pen. */
export function faultsOfHalfDays(hours: Hours, halfDays: YearNotice['halfDays']): NoticeFault[] {
  const { ms } = dayHours(hours);
  return halfDays.flatMap(({ date, hours: own }, index): NoticeFault[] =>
    dayHours(own).ms < ms
      ? []
      : [{ list: 'halfDays', index, code: 'NOT_A_HALF_DAY', params: { value: date } }],
  );
}
