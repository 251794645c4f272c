// A sheet of one entry a row: its columns are input cells, its hidden first row names them.
import type { Language } from '../../failure.ts';
import { columnName } from './cell/cell.ts';
import { FIRST_ENTRY_COLUMN, FIRST_ENTRY_ROW, GRID_HEAD_ROWS } from './grid-layout.ts';
import { hintOf, lengthOf } from './hint.ts';
import type { PlannedCell, PlannedColumn, PlannedRow, SheetPlan } from './sheet-plan.ts';
import { fieldFormat, validationOf, type Lists } from './validation.ts';
import type { Slot } from './cell/slot.ts';
import { worded } from './words.ts';
import { cellFor } from './cell/write-cell.ts';

export type Grid = {
  name: string;
  marker: string;
  title: string;
  note: string;
  slots: readonly Slot[];
  /** Most entries there may be. */
  maxRows: number;
  entries: Iterable<Readonly<Record<string, unknown>>>;
};

/** A text that may be longer than this has room for it. */
const LONG = 100;
/** Widths in characters, by what is typed. */
const WIDTHS = { text: 26, long: 48, integer: 14, number: 16, percent: 14, date: 14 } as const;

export function gridSheet(grid: Grid, lists: Lists, language: Language): SheetPlan {
  const { slots, maxRows } = grid;
  const columns = slots.map((slot): PlannedColumn => {
    const input = fieldFormat(slot);
    const isLong = slot.of.type === 'text' && slot.part === null && lengthOf(slot) > LONG;
    return { width: isLong ? WIDTHS.long : WIDTHS[input], input, decimals: slot.of.decimals };
  });
  return {
    name: grid.name,
    isHidden: false,
    columns: [{ width: 2, isHidden: true, input: 'text' }, ...columns],
    rows: rowsOf(grid, language),
    validations: slots.map((slot, index) => {
      const column = columnName(FIRST_ENTRY_COLUMN + index);
      const range = `${column}${FIRST_ENTRY_ROW}:${column}${FIRST_ENTRY_ROW + maxRows - 1}`;
      return validationOf(slot, range, lists, language);
    }),
    headRows: GRID_HEAD_ROWS,
    isList: true,
  };
}

/** The label of a column or row, with its unit and a star where it is required. */
export function labelOf({ of, part }: Slot, language: Language): string {
  const label = part === null ? of.label : worded(part, language, { label: of.label });
  return of.required && part !== 'phone' ? `${label} *` : label;
}

/** The cells above a column. */
export const headingOf = (slot: Slot, language: Language): string => {
  const { unit } = slot.of;
  if (unit === undefined || unit === '') return labelOf(slot, language);
  return `${labelOf(slot, language)}${language === 'zh' ? `（${unit}）` : ` (${unit})`}`;
};

function* rowsOf(grid: Grid, language: Language): Generator<PlannedRow> {
  const { slots, marker, title, note, entries } = grid;
  const across = (look: 'hidden' | 'header' | 'hint', textOf: (slot: Slot) => string): PlannedCell[] =>
    slots.map((slot, index) => ({ column: FIRST_ENTRY_COLUMN + index, value: textOf(slot), look }));
  const span = Math.max(1, slots.length);
  const blank: PlannedCell = { column: 1, value: null, look: 'hidden' };
  yield {
    at: 1,
    isHidden: true,
    cells: [{ column: 1, value: marker, look: 'hidden' }, ...across('hidden', ({ id }) => id)],
  };
  yield { at: 2, cells: [blank, { column: FIRST_ENTRY_COLUMN, value: title, look: 'title', span }] };
  yield { at: 3, cells: [blank, { column: FIRST_ENTRY_COLUMN, value: note, look: 'note', span }] };
  yield { at: 4, cells: [blank, ...across('header', (slot) => headingOf(slot, language))] };
  yield { at: 5, cells: [blank, ...across('hint', (slot) => hintOf(slot, language))] };
  let at = FIRST_ENTRY_ROW;
  for (const entry of entries) {
    const cells = slots.map((slot, index): PlannedCell => {
      const value = cellFor(slot, entry[slot.key], language);
      return {
        column: FIRST_ENTRY_COLUMN + index,
        value,
        look: 'input',
        format: fieldFormat(slot),
        decimals: slot.of.decimals,
      };
    });
    // A row without values is no entry: read back, an empty row is passed over.
    if (cells.every(({ value }) => value === null)) continue;
    yield { at, cells };
    at += 1;
  }
}
