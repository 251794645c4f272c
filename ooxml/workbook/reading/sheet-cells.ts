// The cells of one sheet, read from a stream; formulas are noticed and never calculated.
import { SINCE_1904 } from '../../../domain/paper/workbook/cell/date-serial.ts';
import type { Cell, Merge, PlainCell, Sheet } from '../../../domain/paper/workbook/cell/cell.ts';
import { CellText, unmarked } from './cell-text.ts';
import type { Shown } from './cell-styles.ts';
import { pastedOver } from './pasted.ts';
import { UnreadableWorkbook } from './unreadable.ts';
import { attributeOf } from './xml-tokens.ts';
import { readXml } from './xml-part.ts';
import type { ZipParts } from '../../package/zip-parts.ts';

/** Rows of one sheet with content: a table's 10,000 and its head. */
const MAX_ROWS = 10_100;
/** Limits of the file format. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/**
 * Merged ranges of one sheet: each row of a full table with a neighbour, twice. A range is four numbers, however large.
 */
const MAX_MERGES = 10_000;
/** Letters of a formula that are kept, to show which formula a result came from. */
const FORMULA_LENGTH = 200;

export type Context = {
  strings: readonly string[];
  styles: readonly Shown[];
  is1904: boolean;
  /** How much of the whole workbook may still be kept. */
  budget: { cells: number; characters: number };
};

/** For a whole workbook: thirty full tables of ten columns would be more, which no unit sends at once. */
export const newBudget = (): Context['budget'] => ({ cells: 1_000_000, characters: 20_000_000 });

const damaged = (): UnreadableWorkbook => new UnreadableWorkbook('DAMAGED');

type Open = {
  column: number;
  type: string;
  style: number;
  value: string;
  formula: string | null;
  inline: boolean;
};

export async function readSheetCells(
  parts: ZipParts,
  { name, path }: { name: string; path: string },
  context: Context,
): Promise<Sheet> {
  const rows = new Map<number, Map<number, Cell>>();
  const text = new CellText();
  let row = 0;
  let column = 0;
  let cell: Open | null = null;
  let isValue = false;
  let isFormula = false;
  const merges: Merge[] = [];
  let isData = false;
  let cells = new Map<number, Cell>();

  const close = (done: Open): void => {
    const value = cellOf(done, done.inline ? text.take() : done.value, context);
    if (value === undefined) return;
    context.budget.cells -= 1;
    context.budget.characters -= typeof value === 'string' ? value.length : 0;
    if (context.budget.cells < 0 || context.budget.characters < 0)
      throw new UnreadableWorkbook('TOO_MANY_CELLS');
    cells.set(done.column, value);
  };

  await readXml(parts, path, {
    open: (tag, attributes) => {
      if (tag === 'sheetData') isData = true;
      if (tag === 'mergeCell' && !isData) merges.push(mergeOf(attributeOf(attributes, 'ref') ?? ''));
      if (merges.length > MAX_MERGES) throw new UnreadableWorkbook('TOO_LARGE');
      if (!isData) return;
      if (tag === 'row') {
        const next = numberOf(attributeOf(attributes, 'r'), row + 1);
        if (next <= row || next > LAST_ROW) throw damaged();
        row = next;
        column = 0;
        cells = new Map();
      } else if (tag === 'c') {
        const next = columnOf(attributeOf(attributes, 'r'), row, column + 1);
        if (cell !== null || row === 0 || next <= column || next > LAST_COLUMN) throw damaged();
        column = next;
        cell = {
          column,
          type: attributeOf(attributes, 't') ?? 'n',
          style: numberOf(attributeOf(attributes, 's'), 0),
          value: '',
          formula: null,
          inline: false,
        };
      } else if (cell !== null) {
        if (tag === 'v') isValue = true;
        else if (tag === 'f') {
          cell.formula = '';
          isFormula = true;
        } else if (tag === 'is') cell.inline = true;
        else if (cell.inline) text.open(tag);
      }
    },
    text: (said) => {
      if (cell === null) return;
      if (isValue) cell.value += said;
      else if (isFormula && cell.formula !== null)
        cell.formula = (cell.formula + said).slice(0, FORMULA_LENGTH);
      else if (cell.inline) text.text(said);
    },
    close: (tag) => {
      if (!isData) return;
      if (tag === 'v') isValue = false;
      else if (tag === 'f') isFormula = false;
      else if (tag === 'c' && cell !== null) {
        close(cell);
        cell = null;
      } else if (tag === 'row') {
        if (cells.size > 0) rows.set(row, cells);
        if (rows.size > MAX_ROWS) throw new UnreadableWorkbook('TOO_MANY_ROWS');
      } else if (tag === 'sheetData') isData = false;
      else if (cell?.inline === true) text.close(tag);
    },
  });
  return { name, rows, merges, pasted: await pastedOver(parts, path) };
}

function numberOf(said: string | undefined, otherwise: number): number {
  if (said === undefined) return otherwise;
  if (!/^\d{1,7}$/.test(said)) throw damaged();
  return Number(said);
}

/** A cell names its row again; if it names another, the sheet is ambiguous. */
function columnOf(said: string | undefined, row: number, otherwise: number): number {
  if (said === undefined) return otherwise;
  const parts = /^([A-Z]{1,3})(\d{1,7})$/.exec(said);
  if (!parts || Number(parts[2]) !== row) throw damaged();
  let column = 0;
  for (const letter of parts[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

function mergeOf(ref: string): Merge {
  const parts = /^([A-Z]{1,3}\d{1,7})(?::([A-Z]{1,3}\d{1,7}))?$/.exec(ref);
  if (!parts) throw damaged();
  const corner = (name: string): [row: number, column: number] => {
    const row = Number(/\d+$/.exec(name)?.[0]);
    return [row, columnOf(name, row, 0)];
  };
  const [top, left] = corner(parts[1] ?? '');
  const [bottom, right] = corner(parts[2] ?? parts[1] ?? '');
  if (bottom < top || right < left) throw damaged();
  return { top, left, bottom, right };
}

/** Undefined for an empty cell. */
function cellOf(open: Open, value: string, context: Context): Cell | undefined {
  const plain = plainOf(open, value, context);
  const { formula } = open;
  if (formula === null || (typeof plain === 'object' && 'error' in plain)) return plain;
  return plain === undefined ? { formula } : { formula, result: plain };
}

function plainOf(
  { type, style }: Open,
  value: string,
  context: Context,
): PlainCell | { error: string } | undefined {
  switch (type) {
    case 'inlineStr':
      return value === '' ? undefined : value;
    case 'str':
      return value === '' ? undefined : unmarked(value);
    case 's': {
      if (value === '') return undefined;
      const string = context.strings[numberOf(value.trim(), -1)];
      if (string === undefined) throw damaged();
      return string === '' ? undefined : string;
    }
    case 'b':
      return value === '' ? undefined : ['1', 'true'].includes(value.trim());
    case 'e':
      // A program that does not calculate marks an error without a value: then the cell has no result.
      return value === '' ? undefined : { error: value.slice(0, 20) };
    case 'd':
      // A date as text is read like a typed one.
      return value.slice(0, 10);
    default:
      return numberCell(value.trim(), context.styles[style] ?? null, context.is1904);
  }
}

const NUMBER = /^[+-]?(?:\d{1,40}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,3})?$/;

function numberCell(value: string, shown: Shown, is1904: boolean): PlainCell | undefined {
  if (value === '') return undefined;
  if (!NUMBER.test(value)) throw damaged();
  const number = Number(value);
  if (!Number.isFinite(number)) throw damaged();
  if (shown === 'percent') return { percent: number };
  if (shown === 'time') return { time: number };
  if (shown !== null && typeof shown === 'object') return withNoughts(number, shown.digits);
  return shown === 'date' ? { date: is1904 ? number + SINCE_1904 : number } : number;
}

/** A code as the cell shows it; if it shows no leading zero, the number. */
function withNoughts(number: number, digits: number): PlainCell {
  if (!Number.isSafeInteger(number) || number < 0) return number;
  const plain = String(number);
  return plain.length < digits ? plain.padStart(digits, '0') : number;
}
