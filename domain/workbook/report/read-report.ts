// What a filled-in workbook of one report says: values and rows, and every cell that says nothing that can be taken.
import { isRefusal, type Refusal } from '../../failure.ts';
import type { Form } from '../../form/field.ts';
import { cellAt, cellName, type Sheet } from '../cell/cell.ts';
import { changedAt, markedSheets, refusalOfMark, REPORT_MARKER, tableMarker, type Mark } from '../marker.ts';
import { put, readGrid, report, UNREADABLE, type CellProblem } from '../read-grid.ts';
import { readCell } from '../cell/read-cell.ts';
import { COLUMN, COLUMN_NAMES, fieldRows, FIRST_FIELD_ROW, tablesOf } from './report-layout.ts';
import { slotsOfAll } from '../cell/slot.ts';

/** In which row of which sheet each row of a table stands. */
export type TablePlaces = Map<string, { sheet: string; rows: number[] }>;

export type ReportReading = {
  /** `UNREADABLE` where a problem is named. */
  values: Record<string, unknown>;
  rows: Record<string, Record<string, unknown>[]>;
  problems: CellProblem[];
  tables: TablePlaces;
};

/** Nothing is taken of a workbook that was made for something else, or whose layout has been changed. */
export function readReport(sheets: readonly Sheet[], form: Form, asked: Mark): ReportReading | Refusal {
  const { byMarker, copies } = markedSheets(sheets);
  const refusal = refusalOfMark(byMarker, asked);
  if (refusal) return refusal;
  const [copy] = copies;
  if (copy) return changedAt(copy.name, 'A1');
  const sheet = byMarker.get(REPORT_MARKER);
  if (!sheet) return changedAt(sheets[0]?.name ?? '', 'A1');
  const changed = changedField(sheet, form);
  if (changed) return changed;
  const reading: ReportReading = { values: {}, rows: {}, problems: [], tables: new Map() };
  readFields(sheet, form, reading);
  for (const field of tablesOf(form)) {
    const { key } = field;
    const table = byMarker.get(tableMarker(key));
    if (!table) return changedAt(field.label, 'A1');
    const path = `rows.${key}`;
    const read = readGrid(table, slotsOfAll(field.columns ?? []), (index, column) =>
      column === undefined ? `${path}[${index}]` : `${path}[${index}].${column}`,
    );
    if (isRefusal(read)) return read;
    reading.rows[key] = read.entries.map(({ values }) => values);
    reading.tables.set(key, { sheet: table.name, rows: read.entries.map(({ at }) => at) });
    for (const problem of read.problems) report(reading, problem);
  }
  return reading;
}

function changedField(sheet: Sheet, form: Form): Refusal | null {
  for (const [column, name] of COLUMN_NAMES) {
    if (cellAt(sheet, 1, column) !== name) return changedAt(sheet.name, cellName(1, column));
  }
  const rows = fieldRows(form);
  for (const { at, name } of rows) {
    if (cellAt(sheet, at, COLUMN.name) !== name) return changedAt(sheet.name, cellName(at, COLUMN.name));
  }
  return null;
}

function readFields(sheet: Sheet, form: Form, reading: ReportReading): void {
  const rows = new Map(fieldRows(form).map((row) => [row.at, row]));
  for (const { at, field, slot } of rows.values()) {
    if (slot === null) continue;
    const read = readCell(slot, cellAt(sheet, at, COLUMN.value));
    if (read === null) continue;
    put(reading.values, slot, 'value' in read ? read.value : UNREADABLE);
    if ('misread' in read)
      report(reading, {
        cell: cellName(at, COLUMN.value),
        path: `values.${field.key}`,
        ...read.misread,
      });
  }
  for (const [at, cells] of sheet.rows) {
    if (at < FIRST_FIELD_ROW) continue;
    for (const [column, cell] of cells) {
      const isOurs = rows.has(at) && column <= COLUMN.name;
      if (!isOurs && (typeof cell !== 'string' || cell.trim() !== ''))
        report(reading, { cell: cellName(at, column), path: '', code: 'CELL_OUTSIDE' });
    }
  }
}
