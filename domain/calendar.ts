// The work calendar: which instants are working time, and the arithmetic of deadlines in it.
import { z } from 'zod';
import { DurationText, Instant, readDuration, toMillis, type Duration, type Millis } from './instant.ts';
import { DAY_MS, EVERY_DAY, stretchAround, stretchesOf, Years, type Workdays } from './workdays.ts';

export { CalendarYearUnknown } from './workdays.ts';

/** China's +08:00, without daylight saving since 1991. */
const OFFSET_MS = 8 * 3_600_000;

export const CalendarName = z.enum(['work', 'event', 'always']);
export type CalendarName = z.infer<typeof CalendarName>;

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');

/** In order, zero-padded so that they compare as text. No span ends at 24:00: midnight belongs to the next day. */
const Hours = z
  .array(z.tuple([ClockTime, ClockTime]))
  .min(1)
  .max(8)
  .refine(
    (hours) =>
      hours.every(([open, close], n) => open < close && (n === 0 || (hours[n - 1]?.[1] ?? '') < open)),
    'spans in order, each ending after it begins, with a break between them',
  );

/** Plain data, versioned by whoever stores it. Lookups are kept by identity: never change one, make a new one. */
export const Calendar = z.strictObject({
  hours: Hours,
  /** Event mode: every day counts, no year needs to be known. */
  everyDay: z.boolean(),
  /** Every second counts; hours and years are not read. */
  roundTheClock: z.boolean(),
  years: Years,
});
export type Calendar = z.infer<typeof Calendar>;

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
  return {
    spans: [first, ...later],
    opening: first.open,
    closing: (later.at(-1) ?? first).close,
    dayMs,
    around: (day) => stretchAround(stretches, day),
  };
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

function clockMs(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
