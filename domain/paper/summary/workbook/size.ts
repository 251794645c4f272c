// How much of a large summary one workbook holds: places that do not fit are merged into the level above, or named as left out.
import type { Field, Form } from '../../../form/field.ts';
import type { Language } from '../../../failure.ts';
import { figureColumns } from './figure-column.ts';

/** Rows of places of one item: a longer table cannot be read. */
const MAX_SUMMARY_ROWS = 5_000;
/** Rows of one table: as many as a report may bring. */
const MAX_TABLE_ROWS = 10_000;
/** Cells of figures, and of tables, in a workbook: at about 0.6 KB each while it is written, 250 MB in all. */
const MAX_CELLS = 200_000;

/** Columns a sheet of figures has, leading ones included. */
const widthOf = (form: Form, language: Language = 'zh'): number =>
  3 + figureColumns({ form, language, files: {} }).length;

/** Rows one item may have beside the others of the same workbook. */
export const maxRows = (form: Form, items: number): number =>
  Math.max(1, Math.min(MAX_SUMMARY_ROWS, Math.floor(MAX_CELLS / items / widthOf(form))));

export const maxTableRows = (tables: readonly Field[], field: Field): number =>
  Math.min(MAX_TABLE_ROWS, Math.floor(MAX_CELLS / tables.length / (2 + (field.columns?.length ?? 0))));

/**
 * How many levels below the place can be shown, of places counted by level. The first is always shown: the
 * total is made of it.
 */
export function levelsWithin(counts: readonly number[], rows: number): number {
  let sum = counts[0] ?? 0;
  let levels = Math.min(1, counts.length);
  for (const count of counts.slice(1)) {
    sum += count;
    if (sum > rows) break;
    levels += 1;
  }
  return levels;
}
