// Instants and durations: RFC 3339 and ISO 8601 at the edges, epoch milliseconds inside.
/** Epoch milliseconds. */
export type Millis = number;

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

export const toMillis = (instant: string): Millis => Date.parse(instant);
/** Reads an instant in RFC 3339 with an offset; null for any other text. */
export function readInstant(value: unknown): Millis | null {
  const date = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined;
  // Date.parse takes February 30 for March 2.
  if (typeof value !== 'string' || date === undefined || !isDate(date)) return null;
  return toMillis(value);
}

const isDate = (date: string): boolean => {
  const at = toMillis(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && toIso(at).startsWith(date);
};

export const toIso = (at: Millis): string => new Date(at).toISOString();
export const toIsoOrNull = (at: Millis | null): string | null => (at === null ? null : toIso(at));

/** A day of 24 hours. */
export const DAY_MS = 86_400_000;
/** China's +08:00, which has had no daylight saving since 1991. */
export const CHINA_MS = 8 * 3_600_000;

/** `2026-11-24 17:30`, in China's time for every reader: people speak of due times so. */
export const shownInstant = (at: Millis): string =>
  toIso(at + CHINA_MS)
    .slice(0, 16)
    .replace('T', ' ');

/** An instant as it is spoken of; null for what is none. */
export function whenText(value: unknown): string | null {
  const at = readInstant(value);
  return at === null ? null : shownInstant(at);
}

/** A duration as whole days (workdays in a working calendar) and the rest in milliseconds. */
export type Duration = { days: number; ms: number };

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
/** More than fifty years: no wait is longer, and every instant it leads to can be stored. */
export const LONGEST_DAYS = 20_000;

/** ISO 8601 in days, hours, minutes and seconds, e.g. `PT30M`, `P30D`, however long. */
export const hasDurationForm = (text: string): boolean =>
  DURATION.test(text) && text !== 'P' && !text.endsWith('T');

/** The same, within that limit. */
export const isDuration = (text: string): boolean =>
  hasDurationForm(text) && elapsedMs(readDuration(text)) <= LONGEST_DAYS * DAY_MS;

export function readDuration(text: string): Duration {
  const match = DURATION.exec(text);
  if (match === null) throw new RangeError(`not a duration: ${text}`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return { days, ms: ((hours * 60 + minutes) * 60 + seconds) * 1000 };
}

/** Elapsed milliseconds of a duration where every day has 24 hours. */
export function elapsedMs(duration: Duration): number {
  return duration.days * DAY_MS + duration.ms;
}
