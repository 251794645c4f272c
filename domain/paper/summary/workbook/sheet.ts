// A sheet of a workbook as plain data, before it is written: cells with their formulas and the values of these.
import { CHINA_MS, DAY_MS } from '../../../instant.ts';
import { columnName as nameFromOne, MAX_CELL_TEXT } from '../../workbook/cell/cell.ts';

/** How a cell looks; its words carry the same meaning. */
export type CellLook =
  'title' | 'line' | 'head' | 'total' | 'figure' | 'text' | 'missing' | 'waiting' | 'differing' | 'masked';

/** With a formula, `value` is its result. Dates are days since 1899-12-30, as workbooks count. */
export type SummaryCell = {
  value: string | number | null;
  formula?: string;
  format?: string;
  look: CellLook;
};

/** `depth` groups rows under the one above that is less deep. */
export type SheetRow = { cells: SummaryCell[]; depth?: number };

export type SummarySheet = {
  name: string;
  /** In characters. */
  widths: number[];
  /** Rows at the top and columns at the left that stay in sight. */
  frozen: { rows: number; columns: number };
  /** Rows just above the first that is not frozen: the heads of columns, printed on every page. */
  headRows: number;
  /** Cells that stand for several: first and last column, counted from 0. */
  merged: { row: number; from: number; to: number }[];
  rows: SheetRow[];
};

/** Text as text: a text that begins like a formula stays text, because the writer makes formulas only of `formula`. */
export const textCell = (text: string, look: CellLook = 'text'): SummaryCell => ({
  value: text.length > MAX_CELL_TEXT ? `${text.slice(0, MAX_CELL_TEXT - 1)}…` : text,
  look,
});
export const numberCell = (value: number, format: string, look: CellLook = 'figure'): SummaryCell => ({
  value,
  format,
  look,
});
export const emptyCell = (look: CellLook = 'text'): SummaryCell => ({ value: null, look });

const DAY_ZERO = Date.UTC(1899, 11, 30);

/** `2026-11-24` as a workbook's day. */
export const dayNumber = (date: string): number => (Date.parse(`${date}T00:00:00Z`) - DAY_ZERO) / DAY_MS;
/** An instant as it is read in China. */
export const instantNumber = (instant: string): number =>
  (Math.floor(Date.parse(instant) / 60_000) * 60_000 + CHINA_MS - DAY_ZERO) / DAY_MS;

/** `A`, `B` … `AA`, from 0. */
export const columnNameFromZero = (index: number): string => nameFromOne(index + 1);

/** Longest name of a sheet, in UTF-16 units. */
const MAX_NAME = 31;

/** Names for sheets as every spreadsheet takes them: short, without its own marks, no two alike. */
export function createSheetNames(): (wanted: string) => string {
  const taken = new Set<string>(['history']);
  return (wanted) => {
    const plain = wanted
      .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
      .replace(/'/g, '’')
      .trim();
    for (let n = 1; ; n += 1) {
      const end = n === 1 ? '' : ` (${n})`;
      const name = `${cut(plain === '' ? 'Sheet' : plain, MAX_NAME - end.length)}${end}`;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}

/** Never through the middle of a character. */
const cut = (text: string, max: number): string => {
  let kept = '';
  for (const letter of text) {
    if (kept.length + letter.length > max) break;
    kept += letter;
  }
  return kept.trimEnd();
};
