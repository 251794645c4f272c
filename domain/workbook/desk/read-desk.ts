// What a filled-in workbook of a desk says: for each unit its values and rows, and every cell that cannot be taken.
import { isRefusal, type Refusal } from '../../failure.ts';
import type { Form } from '../../form/field.ts';
import { cellAt, cellName, type Sheet } from '../cell/cell.ts';
import { FIRST_UNIT_ROW, UNIT_KEY, UNITS_COLUMN, deskSlots, unitName, unitSlot } from './desk-layout.ts';
import { FIRST_ENTRY_COLUMN } from '../grid-layout.ts';
import {
  changedAt,
  DESK_MARKER,
  markedSheets,
  refusalOfMark,
  tableMarker,
  UNITS_MARKER,
  type Mark,
} from '../marker.ts';
import { readGrid, report, type CellProblem, type GridReading } from '../read-grid.ts';
import type { TablePlaces } from '../report/read-report.ts';
import { tablesOf } from '../report/report-layout.ts';
import { slotsOfAll, type Slot } from '../cell/slot.ts';

export type DeskEntry = {
  assignment: string;
  /** The number of the report that was in when the workbook was taken down. */
  version: number;
  /** Its row on the first sheet; 0 where only tables say something of it. */
  at: number;
  values: Record<string, unknown>;
  rows: Record<string, Record<string, unknown>[]>;
  problems: CellProblem[];
  tables: TablePlaces;
};

/** `problems` are those of rows that belong to no unit. */
export type DeskReading = { entries: DeskEntry[]; problems: CellProblem[] };

type Known = ReadonlyMap<string, { assignment: string; version: number }>;

/** Nothing is taken of a workbook that was made for something else, or whose layout has been changed. */
export function readDesk(sheets: readonly Sheet[], form: Form, asked: Mark): DeskReading | Refusal {
  const { byMarker, copies } = markedSheets(sheets);
  const refusal = refusalOfMark(byMarker, asked);
  if (refusal) return refusal;
  const [copy] = copies;
  if (copy) return changedAt(copy.name, 'A1');
  const [desk, units] = [byMarker.get(DESK_MARKER), byMarker.get(UNITS_MARKER)];
  if (!desk || !units) return changedAt(sheets[0]?.name ?? '', 'A1');
  const collected = new Collected(unitsOf(units), desk.name);
  const read = gridOf(desk, deskSlots(form), (key) => `values.${key}`);
  if (isRefusal(read)) return read;
  collected.takeUnits(desk, read);
  for (const { key, label, columns = [] } of tablesOf(form)) {
    const table = byMarker.get(tableMarker(key));
    if (!table) return changedAt(label, 'A1');
    const rows = gridOf(table, slotsOfAll(columns), (column) => column);
    if (isRefusal(rows)) return rows;
    collected.takeRows(table, key, rows);
  }
  return collected.reading();
}

/** Which assignment a label stands for: written when the workbook was made, so that a unit may be renamed since. */
function unitsOf(sheet: Sheet): Known {
  const known = new Map<string, { assignment: string; version: number }>();
  for (const at of sheet.rows.keys()) {
    const said = (column: number): string => {
      const cell = cellAt(sheet, at, column);
      return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
    };
    const label = unitName(said(UNITS_COLUMN.label));
    if (at < FIRST_UNIT_ROW || label === '') continue;
    known.set(label, {
      assignment: said(UNITS_COLUMN.assignment),
      version: Number(said(UNITS_COLUMN.version)),
    });
  }
  return known;
}

type Grid = {
  entries: { at: number; unit: string; values: Record<string, unknown>; problems: CellProblem[] }[];
};

/** A sheet whose first column names the unit; what is wrong goes with its entry. */
function gridOf(sheet: Sheet, slots: readonly Slot[], pathOf: (key: string) => string): Grid | Refusal {
  const problems = new Map<number, CellProblem[]>();
  const read: GridReading | Refusal = readGrid(
    sheet,
    [unitSlot(''), ...slots],
    (index, key) =>
      // Which entry it is of goes along, and is taken off again below.
      `${index}:${key === undefined ? '' : key === UNIT_KEY ? 'unit' : pathOf(key)}`,
  );
  if (isRefusal(read)) return read;
  for (const problem of read.problems) {
    const [index = '', path = ''] = problem.path.split(/:(.*)/s);
    const own = problems.get(Number(index)) ?? [];
    own.push({ ...problem, path });
    problems.set(Number(index), own);
  }
  return {
    entries: read.entries.map(({ at, values: { [UNIT_KEY]: unit, ...values } }, index) => ({
      at,
      unit: typeof unit === 'string' ? unitName(unit) : '',
      values,
      problems: problems.get(index) ?? [],
    })),
  };
}

/** What one row says beside the unit's name: values, or at least something that is wrong. */
const saysAnything = ({ values, problems }: Grid['entries'][number]): boolean =>
  Object.keys(values).length > 0 || problems.length > 0;

class Collected {
  readonly #known: Known;
  readonly #desk: string;
  /** Where a unit stands of whom the first sheet says nothing. */
  readonly #blank = new Map<string, number>();
  readonly #entries = new Map<string, DeskEntry>();
  readonly #orphans: { problems: CellProblem[] } = { problems: [] };

  constructor(known: Known, desk: string) {
    this.#known = known;
    this.#desk = desk;
  }

  /** Of a unit named twice neither row is taken: nobody knows which is meant. */
  takeUnits(sheet: Sheet, { entries }: Grid): void {
    for (const entry of entries) {
      const { at, unit, values, problems } = entry;
      const cell = this.#cellOf(sheet, at);
      const known = this.#unitIn(entry, cell);
      if (!known) continue;
      const first = this.#entries.get(known.assignment);
      if (!saysAnything(entry)) {
        if (!first && !this.#blank.has(known.assignment)) this.#blank.set(known.assignment, at);
      } else if (first) {
        const repeated = { path: 'unit', code: 'REPEATED' as const, params: { value: unit } };
        report(first, { ...repeated, cell: cellName(first.at, FIRST_ENTRY_COLUMN) });
        report(this.#orphans, { ...repeated, cell });
      } else this.#add({ ...known, at, values, problems: problems.map((each) => this.#shown(each)) });
    }
  }

  takeRows(sheet: Sheet, table: string, { entries }: Grid): void {
    for (const row of entries) {
      const { at, values, problems } = row;
      const known = this.#unitIn(row, this.#cellOf(sheet, at));
      if (!known || !saysAnything(row)) continue;
      const { assignment } = known;
      const entry =
        this.#entries.get(assignment) ??
        this.#add({ ...known, at: this.#blank.get(assignment) ?? 0, values: {}, problems: [] });
      const place = entry.tables.get(table) ?? { sheet: sheet.name, rows: [] };
      const rows = entry.tables.has(table) ? (entry.rows[table] ?? []) : [];
      const path = `rows.${table}[${rows.length}]`;
      for (const problem of problems)
        report(entry, { ...problem, path: problem.path === '' ? path : `${path}.${problem.path}` });
      rows.push(values);
      place.rows.push(at);
      entry.rows[table] = rows;
      entry.tables.set(table, place);
    }
  }

  reading(): DeskReading {
    return { entries: [...this.#entries.values()], ...this.#orphans };
  }

  #add(about: Omit<DeskEntry, 'rows' | 'tables'>): DeskEntry {
    const entry: DeskEntry = { ...about, rows: {}, tables: new Map() };
    this.#entries.set(about.assignment, entry);
    return entry;
  }

  /** The unit a row is of; where it is of none, its own cell and what else is wrong in the row are named. */
  #unitIn(entry: Grid['entries'][number], cell: string): { assignment: string; version: number } | null {
    const { unit, problems } = entry;
    const known = this.#known.get(unit);
    if (known) return known;
    const isNamed = problems.some(({ path }) => path === 'unit');
    if (unit !== '')
      report(this.#orphans, {
        cell,
        path: 'unit',
        code: 'UNKNOWN_UNIT',
        params: { value: unit.slice(0, 100) },
      });
    else if (saysAnything(entry) && !isNamed) report(this.#orphans, { cell, path: 'unit', code: 'REQUIRED' });
    for (const problem of problems) report(this.#orphans, this.#shown(problem));
    return null;
  }

  #cellOf(sheet: Sheet, at: number): string {
    const name = cellName(at, FIRST_ENTRY_COLUMN);
    return sheet.name === this.#desk ? name : `${sheet.name}!${name}`;
  }

  /** A cell of the first sheet is called without it. */
  #shown(problem: CellProblem): CellProblem {
    const prefix = `${this.#desk}!`;
    const { cell } = problem;
    return cell.startsWith(prefix) ? { ...problem, cell: cell.slice(prefix.length) } : problem;
  }
}
