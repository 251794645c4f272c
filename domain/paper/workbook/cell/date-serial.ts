// Dates as spreadsheets count them: days since the end of 1899, with a 29 February 1900 that did not exist.
import { DAY_MS } from '../../../instant.ts';

const EPOCH_MS = Date.UTC(1899, 11, 30);
/** From here on the count agrees with the calendar. */
const FIRST_TRUE = '1900-03-01';
const FIRST_TRUE_SERIAL = 61;
/** 9999-12-31, the last day a spreadsheet knows. */
const LAST_SERIAL = 2_958_465;

/** Days between the two counts: files from old Macintoshes begin with 1904. */
export const SINCE_1904 = 1462;

/** Null where a spreadsheet has no such day; `date` is a valid YYYY-MM-DD. */
export function serialOf(date: string): number | null {
  if (date < FIRST_TRUE) return null;
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return Math.round((Date.UTC(year, month - 1, day) - EPOCH_MS) / DAY_MS);
}

/** The day of a serial number, without its time of day; null where there is none. */
export function dateOfSerial(serial: number): string | null {
  const day = Math.floor(serial);
  if (!(day >= 1 && day <= LAST_SERIAL) || day === FIRST_TRUE_SERIAL - 1) return null;
  // Before the day that did not exist the count is one short.
  const days = day < FIRST_TRUE_SERIAL ? day + 1 : day;
  return new Date(EPOCH_MS + days * DAY_MS).toISOString().slice(0, 10);
}

const TYPED =
  /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]|(\d{2})(\d{2}))(?:(?:[T\s]|(?<=[日号]))\s*0{1,2}:00(?::00(?:\.0+)?)?Z?)?$/;
/** Spaces that people leave around the marks of a date. */
const LOOSE = /\s+(?=[年月日号])|(?<=[年月])\s+|(?<=\d)\s*([-/.])\s*(?=\d)/g;

/** `08:30`, and the seconds where there are any. */
export function timeOf(serial: number): string {
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400) % 86_400;
  const two = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${two(hours)}:${two(minutes)}${rest === 0 ? '' : `:${two(rest)}`}`;
}

/** A date typed as text with its year first, at most with midnight behind it; null for anything that could be read in two ways. */
export function typedDate(text: string): string | null {
  const parts = TYPED.exec(text.normalize('NFKC').trim().replace(LOOSE, '$1'));
  if (parts === null) return null;
  const [year = '', ...rest] = parts.slice(1);
  const [month = '', day = ''] = rest.filter((part: string | undefined) => part !== undefined);
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}
