// Which days are workdays, as far as the years are known, ranked so that n workdays on is one lookup.
import { z } from 'zod';

/** Days are counted from 1970-01-01. */
export const DAY_MS = 86_400_000;

/** One year's notice of the State Council: days off, weekends within them or not, and weekend days worked instead. */
const CalendarYear = z
  .strictObject({ holidays: z.array(z.iso.date()).max(366), workdays: z.array(z.iso.date()).max(366) })
  .refine((year) => !year.workdays.some((date) => year.holidays.includes(date)), 'a day cannot be both');

export const Years = z
  .record(z.string().regex(/^20\d\d$/, 'a year, 2000 to 2099'), CalendarYear)
  .refine(
    (years) =>
      Object.entries(years).every(([year, { holidays, workdays }]) =>
        [...holidays, ...workdays].every((date) => date.startsWith(year)),
      ),
    'every date stands under its own year',
  );
export type Years = z.infer<typeof Years>;

/** Nobody has loaded this year yet. The arithmetic stops here rather than guess. */
export class CalendarYearUnknown extends Error {
  readonly year: number;
  constructor(year: number) {
    super(`the work calendar does not know ${year}`);
    this.name = 'CalendarYearUnknown';
    this.year = year;
  }
}

/** The workdays of one unbroken stretch of known days, ranked, so that n workdays on is one lookup. */
export type Workdays = {
  covers(day: number): boolean;
  isWorkday(day: number): boolean;
  /** Rank of the first workday on or after this day. Throws `CalendarYearUnknown` where knowledge ends. */
  rank(day: number): number;
  /** The day with this rank. Throws likewise. */
  day(rank: number): number;
};

export const EVERY_DAY: Workdays = {
  covers: () => true,
  isWorkday: () => true,
  rank: (day) => day,
  day: (rank) => rank,
};

/** The stretch a day lies in. Throws `CalendarYearUnknown` if it lies in none. */
export const stretchAround = (stretches: Workdays[], day: number): Workdays =>
  stretches.find((stretch) => stretch.covers(day)) ?? unknown(new Date(day * DAY_MS).getUTCFullYear());

/** Years without a gap between them are one stretch, so that a deadline may run over New Year. */
export function stretchesOf(years: Years): Workdays[] {
  const known = Object.keys(years).map(Number);
  const firsts = known.filter((year) => !known.includes(year - 1));
  return firsts.map((first) => {
    let after = first;
    while (known.includes(after)) after += 1;
    return stretch(first, after, years);
  });
}

/** Monday to Friday without the holidays, and the make-up workdays, from one year until before another. */
function stretch(firstYear: number, yearAfter: number, years: Years): Workdays {
  const notices = Array.from({ length: yearAfter - firstYear }, (_, n) => years[firstYear + n]);
  const holidays = new Set(notices.flatMap((notice) => notice?.holidays ?? []).map(dayOfDate));
  const makeUps = new Set(notices.flatMap((notice) => notice?.workdays ?? []).map(dayOfDate));
  const [firstDay, endDay] = [dayOfDate(`${firstYear}-01-01`), dayOfDate(`${yearAfter}-01-01`)];
  const ranks: number[] = [];
  const workdays: number[] = [];
  for (let day = firstDay; day < endDay; day += 1) {
    ranks.push(workdays.length);
    // Day 0, 1970-01-01, was a Thursday.
    const isWeekend = (day + 4) % 7 === 0 || (day + 4) % 7 === 6;
    if (makeUps.has(day) || (!isWeekend && !holidays.has(day))) workdays.push(day);
  }
  return {
    covers: (day) => day >= firstDay && day < endDay,
    isWorkday: (day) => workdays[ranks[day - firstDay] ?? -1] === day,
    rank: (day) => ranks[day - firstDay] ?? unknown(day < firstDay ? firstYear - 1 : yearAfter),
    day: (rank) => workdays[rank] ?? unknown(rank < 0 ? firstYear - 1 : yearAfter),
  };
}

const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

function unknown(year: number): never {
  throw new CalendarYearUnknown(year);
}
