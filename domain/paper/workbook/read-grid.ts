// The entries of a sheet of one entry a row, as filled in.
import { isRefusal, type Refusal } from '../../failure.ts';
import { isNumeric } from '../../form/field-kind.ts';
import type { InBoth } from './agreement.ts';
import { cellName, isBlankCell, type Cell, type Sheet } from './cell/cell.ts';
import type { Misread } from './cell/cell-reading.ts';
import { MergedCells } from './cell/merged-cells.ts';
import { readCell } from './cell/read-cell.ts';
import type { Slot } from './cell/slot.ts';
import { findGrid, isSerial, type FoundGrid } from './find-grid.ts';
import { MAX_PROBLEMS, put, UNREADABLE, type CellProblem } from './findings.ts';
import { isTotal, trailingNotes, type FilledRow } from './odd-row.ts';

/** The problem of an entry's cell, or its reading; `key` null: of the entry itself. */
export type KeyedProblem = { cell: string; key: string | null } & Misread;
export type KeyedReading = { cell: string; key: string; written: string; read: unknown; formula?: true };

/** `at` is the row it stands in. */
export type GridEntry = {
  at: number;
  values: Record<string, unknown>;
  problems: KeyedProblem[];
  readings: KeyedReading[];
};
/** `remarks`: texts written where nothing is asked; they are not handed in. `columns`: of each slot, 0 where there is none. */
export type GridReading = { entries: GridEntry[]; remarks: CellProblem[]; columns: number[] };

type Named = (at: number, column: number) => string;

/**
 * `slots` as they were written, so that the words above them can be compared; `readAs` where they are read otherwise.
 * `isFirst`: its cells are called without the sheet.
 */
export function readGrid(
  sheet: Sheet,
  slots: InBoth<readonly Slot[]>,
  { isFirst, readAs = slots.zh }: { isFirst: boolean; readAs?: readonly Slot[] },
): GridReading | Refusal {
  const found = findGrid(sheet, slots);
  if (isRefusal(found)) return found;
  const name: Named = (at, column) => `${isFirst ? '' : `${sheet.name}!`}${cellName(at, column)}`;
  const remarks: CellProblem[] = found.added.map(({ at, column, text }) => remark(name(at, column), text));
  for (const cell of sheet.pasted ?? [])
    remarks.push({ cell: isFirst ? cell : `${sheet.name}!${cell}`, path: '', code: 'CELL_PICTURE' });
  const reader = new EntryReader(sheet, readAs, found, name);
  const rows = filledRows(sheet, found, reader.merged);
  for (const { at, cells } of trailingNotes(rows, reader.merged, found.columns))
    remarks.push(remark(name(at, cells[0]?.[0] ?? 1), cells.map(([, cell]) => wordsIn(cell)).join(' ')));
  const entries: GridEntry[] = [];
  for (const row of rows) {
    const total = isTotal(row, readAs, found.columns);
    if (total !== null)
      remarks.push({
        cell: name(row.at, row.cells[0]?.[0] ?? 1),
        path: '',
        code: total.isEntry ? 'TOTAL_ROW_KEPT' : 'TOTAL_ROW',
        params: { value: total.value },
      });
    if (total === null || total.isEntry) entries.push(reader.read(row));
  }
  return { entries, remarks: remarks.slice(0, MAX_PROBLEMS + 1), columns: found.columns };
}

const remark = (cell: string, text: string): CellProblem => ({
  cell,
  path: '',
  code: 'CELL_NOT_HANDED_IN',
  params: { value: text.slice(0, 100) },
});

const wordsIn = (cell: Cell): string =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : '';

/** Rows with content: not blank ones, nor cells hidden in a merged range, nor rows with only their number. */
function filledRows(sheet: Sheet, { first, serials }: FoundGrid, merged: MergedCells): FilledRow[] {
  const rows: FilledRow[] = [];
  for (const [at, all] of sheet.rows) {
    if (at < first) continue;
    const cells = [...all]
      .filter(
        ([column, cell]) =>
          !isBlankCell(cell) && !merged.isCovered(at, column) && !(serials.has(column) && isSerial(cell)),
      )
      .sort(([one], [other]) => one - other);
    if (cells.length > 0) rows.push({ at, cells });
  }
  return rows.sort((one, other) => one.at - other.at);
}

class EntryReader {
  readonly merged: MergedCells;
  readonly #sheet: Sheet;
  readonly #slots: readonly Slot[];
  readonly #found: FoundGrid;
  readonly #name: Named;
  readonly #named: ReadonlySet<number>;
  readonly #entries = new Map<number, GridEntry>();
  /** How many findings of this sheet may still be told; one problem too many, to show that there are more. */
  readonly #left = { problems: MAX_PROBLEMS + 1, readings: MAX_PROBLEMS };

  constructor(sheet: Sheet, slots: readonly Slot[], found: FoundGrid, name: Named) {
    this.#sheet = sheet;
    this.#slots = slots;
    this.#found = found;
    this.#name = name;
    this.#named = new Set(found.columns);
    this.merged = new MergedCells(
      sheet.merges ?? [],
      found.columns.filter((column) => column > 0),
    );
  }

  read({ at, cells }: FilledRow): GridEntry {
    const entry: GridEntry = { at, values: {}, problems: [], readings: [] };
    this.#entries.set(at, entry);
    for (const [column] of cells)
      if (!this.#named.has(column)) this.#problem(entry, column, null, { code: 'CELL_OUTSIDE' });
    this.#slots.forEach((slot, place) => {
      this.#take(entry, slot, this.#found.columns[place] ?? 0);
    });
    return entry;
  }

  #take(entry: GridEntry, slot: Slot, column: number): void {
    const cell = column > 0 ? this.#cellOf(entry, slot, column) : undefined;
    if (cell === MERGED) {
      this.#merged(entry, slot, column);
      return;
    }
    const read = readCell(slot, cell);
    if (read === null) return;
    put(entry.values, slot, 'value' in read ? read.value : UNREADABLE);
    if ('misread' in read) this.#problem(entry, column, slot.key, read.misread);
    else if (read.written !== undefined && this.#left.readings > 0) {
      this.#left.readings -= 1;
      entry.readings.push({
        cell: this.#name(entry.at, column),
        key: slot.key,
        written: read.written,
        read: read.value,
        ...(read.isFormula ? { formula: true as const } : {}),
      });
    }
  }

  /** A merged text counts for all its rows; a number does not, because it may be that of all of them together. */
  #cellOf(entry: GridEntry, slot: Slot, column: number): Cell | undefined | typeof MERGED {
    const merge = this.merged.at(entry.at, column);
    if (merge === null) return this.#sheet.rows.get(entry.at)?.get(column);
    const said = this.#sheet.rows.get(merge.top)?.get(merge.left);
    if (isBlankCell(said)) return undefined;
    const across = this.#found.columns.filter((other) => other >= merge.left && other <= merge.right);
    if (across.length > 1) return Math.min(...across) === column ? MERGED : undefined;
    if (merge.top === entry.at) return said;
    if (merge.top < this.#found.first) return MERGED;
    if (slot.part !== null || !isNumeric(slot.of.type)) return said;
    const above = this.#entries.get(merge.top);
    if (above && !above.problems.some(({ key, code }) => key === slot.key && code === 'CELL_MERGED'))
      this.#merged(above, slot, column);
    return MERGED;
  }

  #merged(entry: GridEntry, slot: Slot, column: number): void {
    put(entry.values, slot, UNREADABLE);
    this.#problem(entry, column, slot.key, { code: 'CELL_MERGED' });
  }

  /** Only so many of a sheet are kept, but one of each entry always: none may pass for sound. */
  #problem(entry: GridEntry, column: number, key: string | null, misread: Misread): void {
    if (this.#left.problems <= 0 && entry.problems.length > 0) return;
    this.#left.problems -= 1;
    entry.problems.push({ cell: this.#name(entry.at, column), key, ...misread });
  }
}

const MERGED = Symbol('merged');
