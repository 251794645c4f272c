// The workdays of one stretch of known days, ranked and their hours summed, so that n days or hours on is one lookup.
import { dayReader } from './day-reader.ts';
import type { Calendar } from './calendar-data.ts';
import { dayHours, type DayHours } from './day-hours.ts';
import type { Hours } from './hours.ts';
import { dayOfDate, yearOf } from './day.ts';

/** This year has not been loaded. The arithmetic stops here rather than guess. */
export class CalendarYearUnknown extends Error {
  readonly year: number;
  constructor(year: number) {
    super(`the work calendar does not know ${year}`);
    this.name = 'CalendarYearUnknown';
    this.year = year;
  }
}

/** Ranks count workdays from the stretch's first. A day beyond the stretch throws `CalendarYearUnknown`. */
export type Workdays = {
  covers(day: number): boolean;
  isWorkday(day: number): boolean;
  /** Rank of the first workday on or after this day. */
  rank(day: number): number;
  /** The day with this rank. */
  day(rank: number): number;
  hours(rank: number): DayHours;
  /** Working milliseconds of the stretch until that day begins. */
  before(rank: number): number;
  /** The day on which so many working milliseconds of the stretch have passed: at a closing, the day that closes. */
  rankEnding(worked: number): number;
  /** The same; at a closing, the day that opens after it. */
  rankBeginning(worked: number): number;
};

/** Every day alike and no end in sight: nothing needs to be looked up. */
const everyDay = (hours: DayHours): Workdays => ({
  covers: () => true,
  isWorkday: () => true,
  rank: (day) => day,
  day: (rank) => rank,
  hours: () => hours,
  before: (rank) => rank * hours.ms,
  rankEnding: (worked) => Math.ceil(worked / hours.ms) - 1,
  rankBeginning: (worked) => Math.floor(worked / hours.ms),
});

/** First day, and the day after the last. */
type Range = { first: number; end: number };

/** Years and an event without a gap between them are one range, so that a deadline may run over New Year. */
function knownRanges({ years, event }: Calendar): Range[] {
  const ranges = Object.keys(years).map((year): Range => ({
    first: dayOfDate(`${year}-01-01`),
    end: dayOfDate(`${Number(year) + 1}-01-01`),
  }));
  if (event !== null) ranges.push({ first: dayOfDate(event.from), end: dayOfDate(event.to) + 1 });
  ranges.sort((a, b) => a.first - b.first);
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.first <= last.end) last.end = Math.max(last.end, range.end);
    else joined.push({ ...range });
  }
  return joined;
}

export function stretchesOf(calendar: Calendar): Workdays[] {
  const read = dayReader(calendar);
  if (calendar.roundTheClock || calendar.everyDay) return [everyDay(dayHours(read(0)?.hours ?? []))];
  // Days with the same hours share them: a year has two or three kinds, not 366.
  const known = new Map<Hours, DayHours>();
  const hoursOf = (day: number): DayHours | null => {
    const hours = read(day)?.hours ?? null;
    if (hours === null) return null;
    const shared = known.get(hours) ?? dayHours(hours);
    known.set(hours, shared);
    return shared;
  };
  return knownRanges(calendar).map((range) => stretch(range, hoursOf));
}

/** The stretch a day lies in. Throws `CalendarYearUnknown` if it lies in none. */
export const stretchAround = (stretches: readonly Workdays[], day: number): Workdays =>
  stretches.find((stretch) => stretch.covers(day)) ?? unknown(yearOf(day));

function stretch({ first, end }: Range, hoursOf: (day: number) => DayHours | null): Workdays {
  const ranks: number[] = [];
  const workdays: { day: number; hours: DayHours; before: number }[] = [];
  let worked = 0;
  for (let day = first; day < end; day += 1) {
    ranks.push(workdays.length);
    const hours = hoursOf(day);
    if (hours === null) continue;
    workdays.push({ day, hours, before: worked });
    worked += hours.ms;
  }
  const beyond = (isBefore: boolean): never => unknown(isBefore ? yearOf(first - 1) : yearOf(end));
  const at = (rank: number): (typeof workdays)[number] => workdays[rank] ?? beyond(rank < 0);
  return {
    covers: (day) => day >= first && day < end,
    isWorkday: (day) => workdays[ranks[day - first] ?? -1]?.day === day,
    rank: (day) => ranks[day - first] ?? beyond(day < first),
    day: (rank) => at(rank).day,
    hours: (rank) => at(rank).hours,
    before: (rank) => (rank === workdays.length ? worked : at(rank).before),
    rankEnding: (target) => (target > worked ? workdays.length : countWhile(workdays, target, false) - 1),
    rankBeginning: (target) => (target >= worked ? workdays.length : countWhile(workdays, target, true) - 1),
  };
}

/** How many days begin before so much has been worked, or also exactly then. */
function countWhile(workdays: readonly { before: number }[], worked: number, orThen: boolean): number {
  let [low, high] = [0, workdays.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const before = workdays[middle]?.before ?? 0;
    if (before < worked || (orThen && before === worked)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function unknown(year: number): never {
  throw new CalendarYearUnknown(year);
}
