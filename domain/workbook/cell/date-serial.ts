// Dates as spreadsheets count them: days since the end of 1899, with a 29 February 1900 that never was.

const DAY_MS = 86_400_000;
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

/** The day of a serial number, whatever its time of day; null where there is none. */
export function dateOf(serial: number): string | null {
  const day = Math.floor(serial);
  if (!(day >= 1 && day <= LAST_SERIAL) || day === FIRST_TRUE_SERIAL - 1) return null;
  // Before the day that never was the count is one short.
  const days = day < FIRST_TRUE_SERIAL ? day + 1 : day;
  return new Date(EPOCH_MS + days * DAY_MS).toISOString().slice(0, 10);
}

const TYPED = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))$/;

/** A date typed as text with its year first; null for anything that could be read in two ways. */
export function typedDate(text: string): string | null {
  const parts = TYPED.exec(text.normalize('NFKC').trim());
  if (parts === null) return null;
  const [year = '', ...rest] = parts.slice(1);
  const [month = '', day = ''] = rest.filter((part: string | undefined) => part !== undefined);
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}
