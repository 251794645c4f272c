// Reads a filled-in workbook of a desk: for each unit its values and rows, and every cell that cannot be taken.
import { isRefusal, type Language, type Refusal } from '../../../failure.ts';
import type { Form } from '../../../form/field.ts';
import { addedSheets } from '../added-sheets.ts';
import { inBoth, textIn, type InBoth } from '../agreement.ts';
import { cellAt, cellName, type Sheet } from '../cell/cell.ts';
import { slotsOfAll, type Slot } from '../cell/slot.ts';
import { keep, type CellProblem } from '../findings.ts';
import {
  changedAt,
  DESK_MARKER,
  markedSheets,
  refusalOfMark,
  tableMarker,
  UNITS_MARKER,
  type WorkbookMark,
} from '../marker.ts';
import { readGrid, type GridReading } from '../read-grid.ts';
import { parted, pathOfKey, sayingSlots } from '../saying-slot.ts';
import { tablesOf } from '../report/report-layout.ts';
import { worded } from '../words.ts';
import { CollectedUnits, type DeskEntry, type KnownUnits, type CollectedUnit } from './collected-units.ts';
import { deskSlots, FIRST_UNIT_ROW, UNIT_KEY, UNITS_COLUMN, unitName, unitSlot } from './desk-layout.ts';

/**
 * `problems` are those of rows that belong to no unit, `remarks` texts written where nothing is asked. `columns` of the
 * first sheet, by key.
 */
export type DeskReading = {
  entries: DeskEntry[];
  problems: CellProblem[];
  remarks: CellProblem[];
  columns: Map<string, number>;
};

/** A workbook made for another purpose, or with a changed layout, is refused as a whole. */
export function readDesk(sheets: readonly Sheet[], form: Form, asked: WorkbookMark): DeskReading | Refusal {
  const { byMarker, copies } = markedSheets(sheets);
  const refusal = refusalOfMark(byMarker, asked);
  if (refusal) return refusal;
  const [copy] = copies;
  if (copy) return changedAt(copy.name, 'A1');
  const [desk, units] = [byMarker.get(DESK_MARKER), byMarker.get(UNITS_MARKER)];
  if (!desk || !units) return changedAt(sheets[0]?.name ?? '', 'A1');
  const collected = new CollectedUnits(unitsOf(units));
  const slots = withUnit((language) => [...deskSlots(form), ...sayingSlots(form, language)]);
  const read = readGrid(desk, slots.asked, { isFirst: true, readAs: slots.readAs });
  if (isRefusal(read)) return read;
  collected.takeUnits(rowsOf(read, desk.name, true, pathOfKey));
  const remarks = [...read.remarks];
  for (const { key, label, columns = [] } of tablesOf(form)) {
    const table = byMarker.get(tableMarker(key));
    if (!table) return changedAt(label, 'A1');
    const { asked: written, readAs } = withUnit(() => slotsOfAll(columns));
    const rows = readGrid(table, written, { isFirst: false, readAs });
    if (isRefusal(rows)) return rows;
    const place = { sheet: table.name, columns: rows.columns };
    collected.takeRows(
      key,
      place,
      rowsOf(rows, table.name, false, (column) => column),
    );
    for (const remark of rows.remarks) keep(remarks, remark);
  }
  for (const remark of addedSheets(sheets)) keep(remarks, remark);
  const columns = new Map<string, number>();
  slots.readAs.forEach(({ key }, place) => {
    const column = read.columns[place] ?? 0;
    if (column > 0 && !columns.has(key)) columns.set(key, column);
  });
  return { ...collected.reading(), remarks, columns };
}

/** The unit before them: written as a list to choose from, read as it stands and looked up. */
function withUnit(slotsIn: (language: Language) => Slot[]): { asked: InBoth<Slot[]>; readAs: Slot[] } {
  return {
    asked: inBoth((language) => [unitSlot(worded('holderUnit', language), []), ...slotsIn(language)]),
    readAs: [unitSlot(''), ...slotsIn('zh')],
  };
}

/** Which assignment a label stands for: written when the workbook was made, so that a unit may be renamed since. */
function unitsOf(sheet: Sheet): KnownUnits {
  const known = new Map<string, { assignment: string; version: number }>();
  for (const at of sheet.rows.keys()) {
    const said = (column: number): string => textIn(cellAt(sheet, at, column));
    const label = unitName(said(UNITS_COLUMN.label));
    if (at < FIRST_UNIT_ROW || label === '') continue;
    known.set(label, {
      assignment: said(UNITS_COLUMN.assignment),
      version: Number(said(UNITS_COLUMN.version)),
    });
  }
  return known;
}

/** Entries by the unit their first column names. */
function rowsOf(
  { entries, columns }: GridReading,
  sheet: string,
  isFirst: boolean,
  pathOf: (key: string) => string,
): CollectedUnit[] {
  const place = (key: string | null): string => (key === null ? '' : key === UNIT_KEY ? 'unit' : pathOf(key));
  return entries.map(({ at, values: { [UNIT_KEY]: unit, ...read }, problems, readings }) => ({
    at,
    unit: typeof unit === 'string' ? unitName(unit) : '',
    cell: `${isFirst ? '' : `${sheet}!`}${cellName(at, columns[0] ?? 1)}`,
    ...parted(read),
    problems: problems.map(({ key, ...problem }) => ({ ...problem, path: place(key) })),
    readings: readings.map(({ key, ...reading }) => ({ ...reading, path: place(key) })),
  }));
}
