// Which merged range covers a cell: looked up by column and row, never spread out over its cells.
import type { Merge } from './cell.ts';

export class MergedCells {
  readonly #byColumn = new Map<number, Merge[]>();

  /** Only the columns that are asked about: a range of a million rows is one entry in each of them. */
  constructor(merges: readonly Merge[], columns: readonly number[]) {
    for (const column of columns) {
      const over = merges.filter(({ left, right }) => left <= column && column <= right);
      if (over.length > 0)
        this.#byColumn.set(
          column,
          over.sort((a, b) => a.top - b.top),
        );
    }
  }

  at(row: number, column: number): Merge | null {
    const over = this.#byColumn.get(column);
    if (!over) return null;
    let [from, to] = [0, over.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((over[middle]?.top ?? 0) <= row) from = middle + 1;
      else to = middle;
    }
    // Ranges that overlap are in no file a spreadsheet has written: the last that begins above counts.
    const merge = over[from - 1];
    return merge && merge.bottom >= row ? merge : null;
  }

  /** Is the cell hidden behind another of its range? */
  isCovered(row: number, column: number): boolean {
    const merge = this.at(row, column);
    return merge !== null && (merge.top !== row || merge.left !== column);
  }
}
