// The united rows of a table field as a text with commas: for programs, and for spreadsheets, which find no formula in it.
import type { Column, Field } from '../../form/field.ts';
import { cellIn, type Json } from '../../form/value.ts';
import { MASK } from '../../form/masking.ts';
import { decimalText, shownText } from './shown-value.ts';
import { say } from './summary-words.ts';
import {
  differencesText,
  sourcesText,
  unitedRows,
  type TableAbout,
  type UnitedRow,
} from './workbook/table-sheet.ts';

/** By it spreadsheets know that this is UTF-8. */
const MARK = '\ufeff';
/** The beginnings of a formula, or a tab or line end that hides one. */
const LIKE_A_FORMULA = /^[=+\-@\t\r]/;

/** So many lines are written at a time: a text of a million rows is never in memory whole. */
const LINES_A_PIECE = 500;

/** The text in pieces, in order. */
export function* csvPieces(rows: readonly Json[], field: Field, about: TableAbout): Generator<string> {
  const columns = field.columns ?? [];
  const head = [
    ...columns.map(({ label, unit }) => (unit === undefined ? label : `${label}（${unit}）`)),
    say('sources', about.language),
    say('differences', about.language),
  ];
  yield `${MARK}${lineOf(head.map(quoted))}`;
  for (let at = 0; at < rows.length; at += LINES_A_PIECE)
    yield unitedRows(rows.slice(at, at + LINES_A_PIECE))
      .map((united) => lineOf(cellsOf(united, columns, field, about)))
      .join('');
}

const lineOf = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

const cellsOf = (
  united: UnitedRow,
  columns: readonly Column[],
  field: Field,
  about: TableAbout,
): string[] => [
  ...columns.map((column) => {
    const value = cellIn(united.row, column.key);
    return field.sensitive && value !== null ? MASK : cellOf(column, value, about);
  }),
  quoted(sourcesText(united, about)),
  quoted(differencesText(united, field, about)),
];

/** Numbers as numbers, without marks between their digits: a minus before one is no formula. */
function cellOf(column: Column, value: Json, about: TableAbout): string {
  if (typeof value !== 'number') return quoted(shownText(column, value, about));
  if (column.type === 'percent') return shownText(column, value, about);
  return decimalText(value, column.decimals);
}

function quoted(text: string): string {
  const safe = LIKE_A_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
