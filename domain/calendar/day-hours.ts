// The hours of one day: its spans of work, and where in them so much working time has passed.

/** The hours of `always`. A person cannot write them: no posted span ends at midnight. */
export const ROUND_THE_CLOCK: [string, string][] = [['00:00', '24:00']];

/** One stretch of a day: milliseconds since midnight, and the working milliseconds of the day before it. */
type Span = { open: number; close: number; before: number };

/** Times of day are milliseconds since midnight. */
export type DayHours = {
  spans: readonly [Span, ...Span[]];
  opening: number;
  closing: number;
  /** Working milliseconds of the whole day. */
  ms: number;
};

export function dayHours(hours: readonly (readonly [string, string])[]): DayHours {
  let ms = 0;
  const [first, ...later] = hours.map(([from, to]): Span => {
    const span = { open: clockMs(from), close: clockMs(to), before: ms };
    ms += span.close - span.open;
    return span;
  });
  if (first === undefined) throw new RangeError('a day without hours');
  return { spans: [first, ...later], opening: first.open, closing: (later.at(-1) ?? first).close, ms };
}

export function clockMs(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}

/** Working milliseconds of the day until this time. */
export const workedBy = ({ spans }: DayHours, time: number): number =>
  spans.reduce((sum, { open, close }) => sum + Math.min(Math.max(time - open, 0), close - open), 0);

/** The earliest time with so much of the day worked, for 0 < `worked` ≤ `ms`: a closing rather than an opening. */
export function earliestWith({ spans }: DayHours, worked: number): number {
  const span = spans.findLast(({ before }) => before < worked) ?? spans[0];
  return span.open + worked - span.before;
}

/** The latest time with so much of the day worked, for 0 ≤ `worked` < `ms`: an opening rather than a closing. */
export function latestWith({ spans }: DayHours, worked: number): number {
  const span = spans.findLast(({ before }) => before <= worked) ?? spans[0];
  return span.open + worked - span.before;
}

/** The same time of day if it is in hours, else the closing before it; before the first opening, that opening. */
export function orEarlier({ spans, opening }: DayHours, time: number): number {
  const span = spans.findLast(({ open }) => open <= time);
  return span === undefined ? opening : Math.min(time, span.close);
}

/** The same time of day if it is in hours, else the opening after it; after the last closing, that closing. */
export function orLater({ spans, closing }: DayHours, time: number): number {
  const span = spans.find(({ close }) => time <= close);
  return span === undefined ? closing : Math.max(time, span.open);
}
