// Instants and durations: RFC 3339 and ISO 8601 at the edges, epoch milliseconds inside.
import { z } from 'zod';

/** Epoch milliseconds. */
export type Millis = number;

/** RFC 3339 with an offset, as people and machines write it. */
export const Instant = z.iso.datetime({ offset: true });

export const toMillis = (instant: string): Millis => Date.parse(instant);
export const toIso = (at: Millis): string => new Date(at).toISOString();
export const toIsoOrNull = (at: Millis | null): string | null => (at === null ? null : toIso(at));

const CHINA_MS = 8 * 3_600_000;

/** `2026-11-24 17:30`, in China, whoever reads it: due times are spoken of so. */
export const shownInstant = (at: Millis): string =>
  toIso(at + CHINA_MS)
    .slice(0, 16)
    .replace('T', ' ');

/** What a duration says: whole days (workdays in a working calendar) and the rest in milliseconds. */
export type Duration = { days: number; ms: number };

const DURATION = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;

/** ISO 8601 in days, hours, minutes and seconds, e.g. `PT30M`, `P30D`. */
export const DurationText = z
  .string()
  .refine(
    (text) => DURATION.test(text) && text !== 'P' && !text.endsWith('T'),
    'ISO 8601 duration such as PT30M or P30D',
  );

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
  return duration.days * 86_400_000 + duration.ms;
}
