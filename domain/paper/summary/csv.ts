// The united rows of a table field as a text with commas: for programs, and for a spreadsheet that takes nothing in it for a formula.
import type { Column, Field } from '../../form/field.ts';
import type { Json } from '../../form/value.ts';
import { decimalText, MASK, shownText } from './shown-value.ts';
import { say } from './summary-words.ts';
import { differencesText, sourcesText, unitedRows, type TableAbout } from './workbook/table-sheet.ts';

/** By it spreadsheets know that this is UTF-8. */
const MARK = '\ufeff';
/** What a spreadsheet would work out, or a tab and line end that hide it. */
const LIKE_A_FORMULA = /^[=+\-@\t\r]/;

export function csvOfRows(rows: Json, field: Field, about: TableAbout): string {
  const columns = field.columns ?? [];
  const head = [
    ...columns.map(({ label, unit }) => (unit === undefined ? label : `${label}（${unit}）`)),
    say('sources', about.language),
    say('differences', about.language),
  ];
  const lines = unitedRows(rows).map((united) => [
    ...columns.map((column) => {
      const value = Object.hasOwn(united.row, column.key) ? (united.row[column.key] ?? null) : null;
      return field.sensitive && value !== null ? MASK : cellOf(column, value, about);
    }),
    quoted(sourcesText(united, about)),
    quoted(differencesText(united, field, about)),
  ]);
  return `${MARK}${[head.map(quoted), ...lines].map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}

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
