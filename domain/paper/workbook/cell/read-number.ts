// Reads a cell for a number: typed as text, kept as a number, or shown as a percentage.
import type { PlainCell } from './cell.ts';
import { misread, shownIn, taken, type Misread, type TakenCell } from './cell-reading.ts';
import { isNothing } from './said-word.ts';
import { shownNumber, typedNumber } from './typed-number.ts';

type Numeric = 'integer' | 'number' | 'percent';

export function readNumber(type: Numeric, unit: string, cell: PlainCell): TakenCell | { misread: Misread } {
  const isPercent = type === 'percent';
  if (typeof cell === 'string') {
    const read = typedNumber(cell, isPercent, unit);
    if (read === null)
      return isNothing(cell) ? misread('NOTHING_WRITTEN', { value: shownIn(cell) }) : misread('NOT_A_NUMBER');
    const hasSign = cell.normalize('NFKC').includes('%');
    return checked(type, read, !hasSign, String(read) === cell.trim() ? undefined : shownIn(cell));
  }
  if (typeof cell === 'number') return checked(type, shownNumber(cell), true);
  // A date or a time in a cell for a number: the spreadsheet made it from another text.
  if (typeof cell !== 'object' || !('percent' in cell)) return misread('NOT_A_NUMBER');
  const shown = Number((cell.percent * 100).toPrecision(15));
  if (isPercent) return checked(type, shownNumber(cell.percent), cell.percent > 1);
  // 85% where per cent is the unit is 85; anywhere else it is a slip.
  return unit.normalize('NFKC').trim() === '%'
    ? checked(type, shown, false, `${shown}%`)
    : misread('NOT_A_NUMBER');
}

/** `isBare`: a percentage without its sign; 1 could then be one of a hundred, and 85 is surely meant as 85 %. */
function checked(
  type: Numeric,
  value: number,
  isBare: boolean,
  written?: string,
): TakenCell | { misread: Misread } {
  if (type === 'percent' && isBare) {
    if (value === 1) return misread('PERCENT_UNCLEAR', { value: 1 });
    if (value > 1 && value <= 100) return misread('PERCENT_WITHOUT_SIGN', { value });
  }
  if (type === 'integer' && !Number.isInteger(value)) return misread('NOT_AN_INTEGER');
  return taken(value + 0, written);
}
