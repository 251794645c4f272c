// The entries of a sheet of one entry a row, as somebody has filled them in.
import { isRefusal, type Refusal } from '../failure.ts';
import { cellAt, cellName, type Cells, type Sheet } from './cell/cell.ts';
import { FIRST_ENTRY_COLUMN, FIRST_ENTRY_ROW } from './grid-layout.ts';
import { changedAt } from './marker.ts';
import { readCell, type Misread } from './cell/read-cell.ts';
import type { Slot } from './cell/slot.ts';

/** What is wrong with one cell. */
export type CellProblem = { cell: string; path: string } & Misread;

/** Stands for what could not be read: no field accepts it, so a check of the whole marks its field as wrong. */
export const UNREADABLE = Number.NaN;

/** More is not read of what is wrong. */
export const MAX_PROBLEMS = 1000;

/** `at` is the row it stands in. */
export type Entry = { at: number; values: Record<string, unknown> };
export type GridReading = { entries: Entry[]; problems: CellProblem[] };

/** `pathOf` says where the value of an entry, counted from 0, belongs; without a key, the entry itself. */
export function readGrid(
  sheet: Sheet,
  slots: readonly Slot[],
  pathOf: (index: number, key?: string) => string,
): GridReading | Refusal {
  const changed = changedColumn(sheet, slots);
  if (changed) return changed;
  const reading: GridReading = { entries: [], problems: [] };
  const last = FIRST_ENTRY_COLUMN + slots.length - 1;
  for (const [at, cells] of sheet.rows) {
    if (at < FIRST_ENTRY_ROW || isBlank(cells)) continue;
    const index = reading.entries.length;
    const values: Record<string, unknown> = {};
    const name = (column: number): string => `${sheet.name}!${cellName(at, column)}`;
    for (const column of cells.keys()) {
      if (column < FIRST_ENTRY_COLUMN || column > last)
        report(reading, { cell: name(column), path: pathOf(index), code: 'CELL_OUTSIDE' });
    }
    slots.forEach((slot, place) => {
      const column = FIRST_ENTRY_COLUMN + place;
      const read = readCell(slot, cells.get(column));
      if (read === null) return;
      put(values, slot, 'value' in read ? read.value : UNREADABLE);
      if ('misread' in read)
        report(reading, { cell: name(column), path: pathOf(index, slot.key), ...read.misread });
    });
    reading.entries.push({ at, values });
  }
  return reading;
}

export function report({ problems }: { problems: CellProblem[] }, problem: CellProblem): void {
  if (problems.length < MAX_PROBLEMS) problems.push(problem);
}

/** A contact's two cells make one value. Keys are the form's, so none of them is an object's own name. */
export function put(values: Record<string, unknown>, { key, part }: Slot, value: unknown): void {
  if (part === null) values[key] = value;
  else values[key] = { ...(values[key] as object | undefined), [part]: value };
}

/** Blanks are nothing; anything else that somebody left is something. */
const isBlank = (cells: Cells): boolean => {
  for (const cell of cells.values()) if (typeof cell !== 'string' || cell.trim() !== '') return false;
  return true;
};

function changedColumn(sheet: Sheet, slots: readonly Slot[]): Refusal | null {
  const names = sheet.rows.get(1);
  const widest = Math.max(slots.length + 1, ...(names?.keys() ?? []));
  for (let column = FIRST_ENTRY_COLUMN; column <= widest; column += 1) {
    const asked = slots[column - FIRST_ENTRY_COLUMN]?.id;
    if (cellAt(sheet, 1, column) !== asked) return changedAt(sheet.name, cellName(1, column));
  }
  return null;
}

export const isReading = <T extends object>(reading: T | Refusal): reading is T => !isRefusal(reading);
