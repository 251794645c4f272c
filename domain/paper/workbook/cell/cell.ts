// A workbook as it was read: its sheets, their cells by row and column counted from 1, and the names of cells.
import { printable } from '../../../printable.ts';

/** A value as it stands in a cell; of a number its format says whether it shows a day, a time of day or a percentage. */
export type PlainCell = string | number | boolean | { date: number } | { time: number } | { percent: number };

/**
 * The content of a cell; an empty cell is absent. A formula is never worked out: `result` is the result the spreadsheet
 * stored, and is absent where it stored none.
 */
export type Cell = PlainCell | { error: string } | { formula: string; result?: PlainCell };

export type Cells = ReadonlyMap<number, Cell>;
/** A merged range by its edges; only its first cell says anything. */
export type Merge = { top: number; left: number; bottom: number; right: number };
/** `pasted`: cells over which a picture or a comment lies. */
export type Sheet = {
  name: string;
  rows: ReadonlyMap<number, Cells>;
  merges?: readonly Merge[];
  pasted?: readonly string[];
};

export const cellAt = (sheet: Sheet, row: number, column: number): Cell | undefined =>
  sheet.rows.get(row)?.get(column);

export const isBlankCell = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '');

const LETTERS = 26;

/** `A`, `Z`, `AA` for 1, 26, 27. */
export function columnName(column: number): string {
  let name = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / LETTERS))
    name = String.fromCharCode(65 + ((left - 1) % LETTERS)) + name;
  return name;
}

export const cellName = (row: number, column: number): string => `${columnName(column)}${row}`;

/** Longest text of a cell, in UTF-16 units: a limit of the file format. */
export const MAX_CELL_TEXT = 32_767;

/**
 * A text as a cell can hold it: one kind of line break, and none of the characters XML has no place for. It looks like
 * the original.
 */
export const writable = (text: string): string => printable(text.replace(/\r\n?/g, '\n'));
