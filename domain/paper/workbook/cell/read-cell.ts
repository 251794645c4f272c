// Reads one input cell: the value of its field, or why it cannot be taken.
import { isBlankCell, writable, type Cell, type PlainCell } from './cell.ts';
import { misread, shownIn, taken, type CellReading, type Misread, type TakenCell } from './cell-reading.ts';
import { dateOfSerial, timeOf, typedDate } from './date-serial.ts';
import { readNumber } from './read-number.ts';
import { isNo, isNothing, isYes, meantOption } from './said-word.ts';
import type { Slot } from './slot.ts';
import { shownNumber } from './typed-number.ts';

/** A picture kept in a cell, as some spreadsheets do. */
const PICTURE = /^(?:_xlfn\.)?DISPIMG\(/i;

/** Null for an empty cell. The value still has to pass its field's limits. */
export function readCell(slot: Slot, cell: Cell | undefined): CellReading {
  if (cell === undefined || isBlankCell(cell)) return null;
  if (typeof cell !== 'object' || !('formula' in cell || 'error' in cell)) return readPlain(slot, cell);
  if ('error' in cell) return misread('CELL_ERROR', { value: cell.error });
  if (PICTURE.test(cell.formula)) return misread('CELL_PICTURE');
  if (cell.result === undefined) return misread('CELL_FORMULA');
  if (isBlankCell(cell.result)) return null;
  const read = readPlain(slot, cell.result);
  return 'value' in read
    ? { value: read.value, written: shownIn(`=${cell.formula}`), isFormula: true }
    : read;
}

function readPlain({ of, part }: Slot, cell: PlainCell): TakenCell | { misread: Misread } {
  if (part !== null) return readText(cell);
  switch (of.type) {
    case 'integer':
    case 'number':
    case 'percent':
      return readNumber(of.type, of.unit ?? '', cell);
    case 'boolean':
      return readBoolean(cell);
    case 'choice':
      return readChoice(of.options ?? [], cell);
    case 'date':
      return readDate(cell);
    default:
      return readText(cell);
  }
}

const percentText = (x: number): string => `${String(Number((x * 100).toPrecision(15)))}%`;

/** The text a cell shows, as far as it can be told. */
function shownText(cell: PlainCell): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return String(cell).toUpperCase();
  if (typeof cell === 'number') return String(cell);
  if ('percent' in cell) return percentText(cell.percent);
  if ('time' in cell) return timeOf(cell.time);
  const day = dateOfSerial(cell.date);
  if (day === null) return cell.date >= 0 && cell.date < 1 ? timeOf(cell.date) : String(cell.date);
  return Number.isInteger(cell.date) ? day : `${day} ${timeOf(cell.date)}`;
}

/** Digits of a number a spreadsheet keeps; it writes 0 for the others. */
const KEPT_DIGITS = 15;
const digitsIn = (x: number): number =>
  Math.abs(x) >= 10 ** KEPT_DIGITS ? KEPT_DIGITS + 1 : String(x).replace(/e.*$|\D|^-?0\.0*/g, '').length;

/**
 * A number in a cell for text is taken as it is shown. A day, a time or a percentage is not: the spreadsheet has changed
 * the text that was typed, 3-5 or 8:30, into something else.
 */
function readText(cell: PlainCell): TakenCell | { misread: Misread } {
  if (typeof cell === 'string') return taken(cell);
  if (typeof cell === 'object') return misread('CELL_NOT_TEXT', { value: shownText(cell) });
  if (typeof cell === 'number') {
    const shown = shownNumber(cell);
    return digitsIn(shown) > KEPT_DIGITS
      ? misread('CELL_DIGITS_LOST', { value: String(shown) })
      : taken(String(shown));
  }
  return taken(shownText(cell));
}

function readBoolean(cell: PlainCell): TakenCell | { misread: Misread } {
  if (typeof cell === 'boolean') return taken(cell);
  if (typeof cell !== 'string') return misread('NOT_YES_OR_NO');
  const value = isYes(cell) ? true : isNo(cell) ? false : null;
  if (value !== null)
    return PLAIN_WORDS.has(cell.trim().toLowerCase()) ? taken(value) : taken(value, shownIn(cell));
  return isNothing(cell) ? misread('NOTHING_WRITTEN', { value: shownIn(cell) }) : misread('NOT_YES_OR_NO');
}
/** The words of drop-downs and of spreadsheets themselves: such a reading need not be shown. */
const PLAIN_WORDS: ReadonlySet<string> = new Set(['是', '否', 'yes', 'no', 'true', 'false']);

/** Compares as written, then as a cell can hold it, then without margins, then without width and dashes; only where exactly one option matches. */
function readChoice(options: readonly string[], cell: PlainCell): TakenCell | { misread: Misread } {
  const said = shownText(cell);
  for (const plain of [(text: string) => text, writable, (text: string) => writable(text).trim()]) {
    const found = options.filter((option) => plain(option) === plain(said));
    if (found.length === 1) return taken(found[0]);
    if (found.length > 1) return misread('NOT_AN_OPTION', { options: options.join(' / ') });
  }
  const meant = meantOption(options, said);
  if (meant !== null) return taken(meant, shownIn(said));
  return isNothing(said)
    ? misread('NOTHING_WRITTEN', { value: shownIn(said) })
    : misread('NOT_AN_OPTION', { options: options.join(' / ') });
}

function readDate(cell: PlainCell): TakenCell | { misread: Misread } {
  if (typeof cell === 'object') {
    const date = 'date' in cell ? dateOfSerial(cell.date) : null;
    if (date === null || !('date' in cell)) return misread('NOT_A_DATE');
    return Number.isInteger(cell.date) ? taken(date) : taken(date, shownText(cell));
  }
  if (typeof cell === 'boolean') return misread('NOT_A_DATE');
  // 20230901 is a day; any other bare number could be a year, a serial or a slip.
  const said = String(cell);
  const date = typedDate(said);
  if (date !== null) return date === said.trim() ? taken(date) : taken(date, shownIn(said));
  return isNothing(said) ? misread('NOTHING_WRITTEN', { value: shownIn(said) }) : misread('NOT_A_DATE');
}
