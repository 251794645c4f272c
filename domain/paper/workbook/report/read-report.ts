// Reads a filled-in workbook of one report: values and rows, and every cell that cannot be taken.
import { isRefusal, type Refusal } from '../../../failure.ts';
import type { Form } from '../../../form/field.ts';
import { addedSheets } from '../added-sheets.ts';
import { inBoth } from '../agreement.ts';
import { cellAt, cellName, isBlankCell, type Cell, type Sheet } from '../cell/cell.ts';
import { MergedCells } from '../cell/merged-cells.ts';
import { readCell } from '../cell/read-cell.ts';
import { slotsOfAll } from '../cell/slot.ts';
import { isSerial, isSerialHeading } from '../find-grid.ts';
import { keep, put, report, UNREADABLE, type CellProblem, type CellTaken } from '../findings.ts';
import {
  changedAt,
  markedSheets,
  refusalOfMark,
  REPORT_MARKER,
  tableMarker,
  type WorkbookMark,
} from '../marker.ts';
import { readGrid } from '../read-grid.ts';
import { parted, pathOfKey, type Saying } from '../saying-slot.ts';
import { findFields, type FoundFields } from './find-fields.ts';
import { tablesOf } from './report-layout.ts';

/** The sheet and row of each row of a table, and the column of each slot. */
export type TablePlaces = Map<string, { sheet: string; rows: number[]; columns: number[] }>;

export type ReportReading = {
  /** `UNREADABLE` where a problem is named. */
  values: Record<string, unknown>;
  rows: Record<string, Record<string, unknown>[]>;
  problems: CellProblem[];
  /** Texts written where nothing is asked: they stop nothing, and are not handed in. */
  remarks: CellProblem[];
  readings: CellTaken[];
  saying: Saying;
  /** The cell of each field, by its key. */
  cells: Map<string, string>;
  tables: TablePlaces;
};

/** A workbook made for another purpose, or with a changed layout, is refused as a whole. */
export function readReport(
  sheets: readonly Sheet[],
  form: Form,
  asked: WorkbookMark,
): ReportReading | Refusal {
  const { byMarker, copies } = markedSheets(sheets);
  const refusal = refusalOfMark(byMarker, asked);
  if (refusal) return refusal;
  const [copy] = copies;
  if (copy) return changedAt(copy.name, 'A1');
  const sheet = byMarker.get(REPORT_MARKER);
  if (!sheet) return changedAt(sheets[0]?.name ?? '', 'A1');
  const found = findFields(sheet, form);
  if (isRefusal(found)) return found;
  const reading = readFields(sheet, found);
  readAround(sheet, found, reading);
  for (const field of tablesOf(form)) {
    const { key } = field;
    const table = byMarker.get(tableMarker(key));
    if (!table) return changedAt(field.label, 'A1');
    const refused = readTable(table, field, reading);
    if (refused) return refused;
  }
  for (const remark of addedSheets(sheets)) keep(reading.remarks, remark);
  return reading;
}

function readTable(
  table: Sheet,
  { key, columns = [] }: Form['fields'][number],
  reading: ReportReading,
): Refusal | null {
  const slots = slotsOfAll(columns);
  const read = readGrid(
    table,
    inBoth(() => slots),
    { isFirst: false },
  );
  if (isRefusal(read)) return read;
  reading.rows[key] = read.entries.map(({ values }) => values);
  reading.tables.set(key, {
    sheet: table.name,
    rows: read.entries.map(({ at }) => at),
    columns: read.columns,
  });
  read.entries.forEach(({ problems, readings }, index) => {
    const path = `rows.${key}[${index}]`;
    for (const { key: of, ...problem } of problems)
      report(reading, { ...problem, path: of === null ? path : `${path}.${of}` });
    for (const { key: of, ...each } of readings) keep(reading.readings, { ...each, path: `${path}.${of}` });
  });
  for (const remark of read.remarks) keep(reading.remarks, remark);
  return null;
}

function readFields(sheet: Sheet, { columns, fields }: FoundFields): ReportReading {
  const read: Record<string, unknown> = {};
  const problems: CellProblem[] = [];
  const readings: CellTaken[] = [];
  const cells = new Map<string, string>();
  const merged = new MergedCells(sheet.merges ?? [], [columns.value]);
  const filled = fields.filter(({ slot }) => slot !== null);
  for (const { key, at, slot } of fields) {
    const cell = cellName(at, columns.value);
    if (!cells.has(key)) cells.set(key, cell);
    if (slot === null) continue;
    const path = pathOfKey(key);
    const merge = merged.at(at, columns.value);
    const said = merge ? cellAt(sheet, merge.top, merge.left) : cellAt(sheet, at, columns.value);
    const shared = merge
      ? filled.filter((other) => other.at >= merge.top && other.at <= merge.bottom).length
      : 1;
    if (merge && !isBlankCell(said) && (shared > 1 || merge.left < columns.value)) {
      put(read, slot, UNREADABLE);
      report({ problems }, { cell, path, code: 'CELL_MERGED' });
      continue;
    }
    const value = readCell(slot, said);
    if (value === null) continue;
    put(read, slot, 'value' in value ? value.value : UNREADABLE);
    if ('misread' in value) report({ problems }, { cell, path, ...value.misread });
    else if (value.written !== undefined)
      keep(readings, {
        cell,
        path,
        written: value.written,
        read: value.value,
        ...(value.isFormula ? { formula: true as const } : {}),
      });
  }
  return { ...parted(read), rows: {}, problems, remarks: [], readings, cells, tables: new Map() };
}

/** Texts beside the fields: notes below them are told, others must go. */
function readAround(sheet: Sheet, { columns, fields, added }: FoundFields, reading: ReportReading): void {
  const ours = new Set(Object.values(columns));
  const rows = new Set(fields.map(({ at }) => at));
  const [first, last] = [Math.min(...rows), Math.max(...rows)];
  const serials = new Set<number>();
  for (const [at, cells] of sheet.rows)
    if (at < first)
      for (const [column, cell] of cells) if (!ours.has(column) && isSerialHeading(cell)) serials.add(column);
  const remark = (cell: string, text: string): void => {
    const value = text.slice(0, 100);
    keep(reading.remarks, { cell, path: '', code: 'CELL_NOT_HANDED_IN', params: { value } });
  };
  for (const { at, column, text } of added) remark(cellName(at, column), text);
  for (const cell of sheet.pasted ?? []) keep(reading.remarks, { cell, path: '', code: 'CELL_PICTURE' });
  for (const [at, cells] of sheet.rows) {
    if (at < first) continue;
    const strange = [...cells].filter(
      ([column, cell]) =>
        !isBlankCell(cell) &&
        !(rows.has(at) && (ours.has(column) || (serials.has(column) && isSerial(cell)))),
    );
    const [leftmost] = strange.sort(([one], [other]) => one - other);
    if (!leftmost) continue;
    if (at > last && leftmost[0] <= columns.label && typeof leftmost[1] === 'string')
      remark(
        cellName(at, leftmost[0]),
        strange
          .map(([, cell]) => wordsIn(cell))
          .join(' ')
          .trim(),
      );
    else
      for (const [column] of strange)
        report(reading, { cell: cellName(at, column), path: '', code: 'CELL_OUTSIDE' });
  }
}

const wordsIn = (cell: Cell): string =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : '';
