// Days as numbers: counted from 1970-01-01, in China's +08:00, which has had no daylight saving since 1991.
import { CHINA_MS, DAY_MS, type Millis } from '../instant.ts';

export const dayOf = (at: Millis): number => Math.floor((at + CHINA_MS) / DAY_MS);
export const startOf = (day: number): Millis => day * DAY_MS - CHINA_MS;

/** `2026-10-01` as a day, and back. */
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export const yearOf = (day: number): number => new Date(day * DAY_MS).getUTCFullYear();

/** Day 0 was a Thursday. */
export const isWeekend = (day: number): boolean => (day + 4) % 7 === 0 || (day + 4) % 7 === 6;

/** Every date from `first` to `last`, both included, as a notice words a holiday. */
export const datesBetween = (first: string, last: string): string[] =>
  Array.from({ length: dayOfDate(last) - dayOfDate(first) + 1 }, (_, n) => dateOf(dayOfDate(first) + n));
