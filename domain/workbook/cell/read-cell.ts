// What one input cell says: the value of its field, or why it cannot be taken.
import type { FailureCode, Params } from '../../failure.ts';
import type { Cell } from './cell.ts';
import { writable } from './cell.ts';
import { dateOf, typedDate } from './date-serial.ts';
import type { Slot } from './slot.ts';
import { shownNumber, typedNumber } from './typed-number.ts';
import { isNo, isYes } from '../words.ts';

export type Misread = { code: FailureCode; params?: Params };
export type CellReading = { value: unknown } | { misread: Misread } | null;

const taken = (value: unknown): CellReading => ({ value });
const misread = (code: FailureCode, params?: Params): CellReading => ({
  misread: params ? { code, params } : { code },
});

/** Null for an empty cell. What is read still has to pass its field's limits. */
export function readCell({ of, part }: Slot, cell: Cell | undefined): CellReading {
  if (cell === undefined || (typeof cell === 'string' && cell.trim() === '')) return null;
  if (typeof cell === 'object') {
    if ('formula' in cell) return misread('CELL_FORMULA');
    if ('error' in cell) return misread('CELL_ERROR', { value: cell.error });
  }
  if (part !== null) return taken(textOf(cell));
  switch (of.type) {
    case 'integer':
    case 'number':
    case 'percent':
      return readNumber(of.type, cell);
    case 'boolean':
      return readBoolean(cell);
    case 'choice':
      return readChoice(of.options ?? [], cell);
    case 'date':
      return readDate(cell);
    default:
      return taken(textOf(cell));
  }
}

type Plain = Exclude<Cell, { error: string } | { formula: true }>;

/** A number or a date that strayed into a cell for text says what it shows. */
function textOf(cell: Plain): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'object') return dateOf(cell.date) ?? String(cell.date);
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell);
}

function readNumber(type: 'integer' | 'number' | 'percent', cell: Plain): CellReading {
  const read = typeof cell === 'string' ? typedNumber(cell, type === 'percent') : cell;
  // A date among numbers is one the spreadsheet made of something else that was typed.
  if (typeof read !== 'number') return misread('NOT_A_NUMBER');
  const value = shownNumber(read);
  return type === 'integer' && !Number.isInteger(value) ? misread('NOT_AN_INTEGER') : taken(value + 0);
}

function readBoolean(cell: Plain): CellReading {
  if (typeof cell === 'boolean') return taken(cell);
  if (typeof cell === 'string') {
    if (isYes(cell)) return taken(true);
    if (isNo(cell)) return taken(false);
  }
  return misread('NOT_YES_OR_NO');
}

/** As it stands, else as a cell can hold it, else without its margins; and only where that is one option. */
function readChoice(options: readonly string[], cell: Plain): CellReading {
  const said = textOf(cell);
  for (const plain of [(text: string) => text, writable, (text: string) => writable(text).trim()]) {
    const found = options.filter((option) => plain(option) === plain(said));
    if (found.length === 1) return taken(found[0]);
    if (found.length > 1) break;
  }
  return misread('NOT_AN_OPTION', { options: options.join(' / ') });
}

function readDate(cell: Plain): CellReading {
  let date: string | null = null;
  if (typeof cell === 'object') date = dateOf(cell.date);
  // 20230901 is a day; any other bare number could be a year, a serial or a slip.
  else if (typeof cell !== 'boolean') date = typedDate(String(cell));
  return date === null ? misread('NOT_A_DATE') : taken(date);
}
