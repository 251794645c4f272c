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

const DAY_MS = 86_400_000;

/** What a duration says: whole days (workdays in a working calendar) and the rest in milliseconds. */
export type Duration = { days: number; ms: number };

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
/** More than fifty years: longer than anything is waited for, and no instant it leads to is out of reach. */
const LONGEST_DAYS = 20_000;

/** ISO 8601 in days, hours, minutes and seconds, e.g. `PT30M`, `P30D`; a month or a year is no fixed time. */
export const DurationText = z.string().superRefine((text, context) => {
  const isDuration = DURATION.test(text) && text !== 'P' && !text.endsWith('T');
  if (isDuration && elapsedMs(readDuration(text)) <= LONGEST_DAYS * DAY_MS) return;
  const fault = isDuration
    ? { code: 'OUT_OF_RANGE', params: { max: `P${LONGEST_DAYS}D` } }
    : { code: 'NOT_A_DURATION' };
  context.addIssue({
    code: 'custom',
    message: `ISO 8601 duration such as PT30M or P30D, at most P${LONGEST_DAYS}D`,
    params: { fault },
  });
});

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
