// The work calendar: which instants are working time, and the arithmetic of deadlines in it.
import { z } from 'zod';
import { DurationText, Instant, readDuration, toMillis, type Duration, type Millis } from './instant.ts';

const DAY_MS = 86_400_000;
/** China's +08:00, without daylight saving since 1991. */
const OFFSET_MS = 8 * 3_600_000;

export const CalendarName = z.enum(['work', 'event', 'always']);
export type CalendarName = z.infer<typeof CalendarName>;

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const ClockTime = z.string().regex(CLOCK, 'HH:MM');
const ClosingTime = z.string().refine((text) => CLOCK.test(text) || text === '24:00', 'HH:MM, at most 24:00');

/** Zero-padded times and dates compare as text. */
const Hours = z
  .array(z.tuple([ClockTime, ClosingTime]))
  .min(1)
  .max(8)
  .refine(
    (hours) =>
      hours.every(([open, close], n) => open < close && (n === 0 || (hours[n - 1]?.[1] ?? '') < open)),
    'spans in order, each ending after it begins, with a break between them',
  );

/** One year's notice of the State Council: days off, weekends within them or not, and weekend days worked instead. */
const CalendarYear = z
  .strictObject({ holidays: z.array(z.iso.date()).max(366), workdays: z.array(z.iso.date()).max(366) })
  .refine((year) => !year.workdays.some((date) => year.holidays.includes(date)), 'a day cannot be both');

/** Plain data, versioned by whoever stores it. Lookups are kept by identity: never change one, make a new one. */
export const Calendar = z
  .strictObject({
    hours: Hours,
    /** Event mode: every day counts, no year needs to be known. */
    everyDay: z.boolean(),
    /** Every second counts; hours and years are not read. */
    roundTheClock: z.boolean(),
    years: z.record(z.string().regex(/^20\d\d$/, 'a year, 2000 to 2099'), CalendarYear),
  })
  .refine(
    ({ years }) =>
      Object.entries(years).every(([year, { holidays, workdays }]) =>
        [...holidays, ...workdays].every((date) => date.startsWith(year)),
      ),
    'every date stands under its own year',
  );
export type Calendar = z.infer<typeof Calendar>;

/** Nobody has loaded this year yet. The arithmetic stops here rather than guess. */
export class CalendarYearUnknown extends Error {
  readonly year: number;
  constructor(year: number) {
    super(`the work calendar does not know ${year}`);
    this.name = 'CalendarYearUnknown';
    this.year = year;
  }
}

/** An instant, a rule in workdays after the day of receipt, or a span of working time (api.md §4 `due`). */
export const DueRule = z.union([
  Instant,
  z.strictObject({ workdays: z.int().min(1).max(366), at: ClockTime }),
  z.strictObject({ within: DurationText }),
]);
export type DueRule = z.infer<typeof DueRule>;

/**
 * What is received after close or on a free day counts as received at the next opening; in a break, when it ends.
 * The moment of closing itself is not yet after it.
 */
export function receivedAs(calendar: Calendar, at: Millis): Millis {
  const table = timetableOf(calendar);
  const day = dayOf(at);
  const workdays = table.around(day);
  const rank = workdays.rank(day);
  if (!workdays.isWorkday(day)) return startOf(workdays.day(rank)) + table.opening;
  const span = table.spans.find(({ close }) => at <= startOf(day) + close);
  if (span === undefined) return startOf(workdays.day(rank + 1)) + table.opening;
  return Math.max(at, startOf(day) + span.open);
}

/**
 * The earliest instant with `duration` of working time since `from` behind it; nothing added is `from` itself. Whole
 * days come first and keep the time of day; outside hours they run from when `from` counts as received.
 */
export function addWorking(calendar: Calendar, from: Millis, duration: Duration): Millis {
  const table = timetableOf(calendar);
  const start = duration.days === 0 ? from : daysOn(table, receivedAs(calendar, from), duration.days);
  if (duration.ms === 0) return start;
  const workdays = table.around(dayOf(start));
  const target = workedUntil(table, workdays, start) + duration.ms;
  const rank = Math.ceil(target / table.dayMs) - 1;
  const rest = target - rank * table.dayMs;
  const span = table.spans.findLast(({ before }) => before < rest) ?? table.spans[0];
  return startOf(workdays.day(rank)) + span.open + rest - span.before;
}

/**
 * The latest instant with `duration` of working time between it and `from`; nothing taken away is `from` itself.
 * Undoes `addWorking` for whatever began in hours and before they closed.
 */
export function subtractWorking(calendar: Calendar, from: Millis, duration: Duration): Millis {
  const table = timetableOf(calendar);
  let end = from;
  if (duration.ms > 0) {
    const workdays = table.around(dayOf(from));
    const target = workedUntil(table, workdays, from) - duration.ms;
    const rank = Math.floor(target / table.dayMs);
    const rest = target - rank * table.dayMs;
    const span = table.spans.findLast(({ before }) => before <= rest) ?? table.spans[0];
    end = startOf(workdays.day(rank)) + span.open + rest - span.before;
  }
  return duration.days === 0 ? end : daysOn(table, lastInHours(table, end), -duration.days);
}

/** Working milliseconds in [from, to); 0 if `to` is not after `from`. */
export function workingBetween(calendar: Calendar, from: Millis, to: Millis): number {
  if (to <= from) return 0;
  const table = timetableOf(calendar);
  const workdays = table.around(dayOf(from));
  return workedUntil(table, workdays, to) - workedUntil(table, workdays, from);
}

/** Working milliseconds of one whole workday. */
export const workdayMs = (calendar: Calendar): number => timetableOf(calendar).dayMs;

/** The first opening of a workday after this instant; round the clock, 24 hours later. */
export function nextOpening(calendar: Calendar, after: Millis): Millis {
  if (calendar.roundTheClock) return after + DAY_MS;
  const table = timetableOf(calendar);
  const day = dayOf(after);
  const workdays = table.around(day);
  const rank = workdays.rank(day);
  const opening = startOf(workdays.day(rank)) + table.opening;
  return opening > after ? opening : startOf(workdays.day(rank + 1)) + table.opening;
}

/** When what is received then is due. An instant stands as it is, but its year must be known. */
export function resolveDue(calendar: Calendar, receivedAt: Millis, rule: DueRule): Millis {
  const table = timetableOf(calendar);
  if (typeof rule === 'string') {
    const at = toMillis(rule);
    table.around(dayOf(at));
    return at;
  }
  const received = receivedAs(calendar, receivedAt);
  if ('within' in rule) return addWorking(calendar, received, readDuration(rule.within));
  return daysOn(table, startOf(dayOf(received)) + clockMs(rule.at), rule.workdays);
}

/** One stretch of a workday: milliseconds since midnight, and the working milliseconds of the day before it. */
type Span = { open: number; close: number; before: number };

/** The workdays of one unbroken stretch of known days, ranked, so that n workdays on is one lookup. */
type Workdays = {
  covers(day: number): boolean;
  isWorkday(day: number): boolean;
  /** Rank of the first workday on or after this day. Throws `CalendarYearUnknown` where knowledge ends. */
  rank(day: number): number;
  /** The day with this rank. Throws likewise. */
  day(rank: number): number;
};

type Timetable = {
  spans: [Span, ...Span[]];
  /** Milliseconds since midnight. */
  opening: number;
  closing: number;
  /** Working milliseconds of a day. */
  dayMs: number;
  /** The stretch this day lies in. Throws `CalendarYearUnknown` if it lies in none. */
  around(day: number): Workdays;
};

const timetables = new WeakMap<Calendar, Timetable>();

function timetableOf(calendar: Calendar): Timetable {
  let table = timetables.get(calendar);
  if (table === undefined) timetables.set(calendar, (table = timetable(calendar)));
  return table;
}

const EVERY_DAY: Workdays = {
  covers: () => true,
  isWorkday: () => true,
  rank: (day) => day,
  day: (rank) => rank,
};

function timetable({ hours, everyDay, roundTheClock, years }: Calendar): Timetable {
  let dayMs = 0;
  const [first, ...later] = (roundTheClock ? [['00:00', '24:00'] as const] : hours).map(
    ([from, to]): Span => {
      const span = { open: clockMs(from), close: clockMs(to), before: dayMs };
      dayMs += span.close - span.open;
      return span;
    },
  );
  if (first === undefined) throw new RangeError('a calendar without hours');
  const stretches = everyDay || roundTheClock ? [EVERY_DAY] : stretchesOf(years);
  const around = (day: number): Workdays =>
    stretches.find((stretch) => stretch.covers(day)) ?? unknown(new Date(day * DAY_MS).getUTCFullYear());
  return {
    spans: [first, ...later],
    opening: first.open,
    closing: (later.at(-1) ?? first).close,
    dayMs,
    around,
  };
}

/** Years without a gap between them are one stretch, so that a deadline may run over New Year. */
function stretchesOf(years: Calendar['years']): Workdays[] {
  const known = Object.keys(years).map(Number);
  const firsts = known.filter((year) => !known.includes(year - 1));
  return firsts.map((first) => {
    let after = first;
    while (known.includes(after)) after += 1;
    return stretch(first, after, years);
  });
}

/** Monday to Friday without the holidays, and the make-up workdays, from one year until before another. */
function stretch(firstYear: number, yearAfter: number, years: Calendar['years']): Workdays {
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

function unknown(year: number): never {
  throw new CalendarYearUnknown(year);
}

/** Working milliseconds from the stretch's first day until `at`. */
function workedUntil({ spans, dayMs }: Timetable, workdays: Workdays, at: Millis): number {
  const day = dayOf(at);
  const rank = workdays.rank(day);
  let worked = rank * dayMs;
  if (!workdays.isWorkday(day)) return worked;
  for (const { open, close } of spans)
    worked += Math.min(Math.max(at - startOf(day) - open, 0), close - open);
  return worked;
}

/** The same time of day so many workdays on (or back); `at` is on a workday. */
function daysOn(table: Timetable, at: Millis, count: number): Millis {
  const day = dayOf(at);
  const workdays = table.around(day);
  return at + (workdays.day(workdays.rank(day) + count) - day) * DAY_MS;
}

/** The last instant in hours, closing included, not after `at`. */
function lastInHours(table: Timetable, at: Millis): Millis {
  const day = dayOf(at);
  const workdays = table.around(day);
  const span = workdays.isWorkday(day)
    ? table.spans.findLast(({ open }) => at >= startOf(day) + open)
    : undefined;
  if (span !== undefined) return Math.min(at, startOf(day) + span.close);
  return startOf(workdays.day(workdays.rank(day) - 1)) + table.closing;
}

/** Days are counted from 1970-01-01, in +08:00. */
const dayOf = (at: Millis): number => Math.floor((at + OFFSET_MS) / DAY_MS);
const startOf = (day: number): Millis => day * DAY_MS - OFFSET_MS;
const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

function clockMs(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
