// Where the columns, labels, hints and entries of a grid stand now: people may have added blank rows or a column of numbers.
import { isRefusal, type Refusal } from '../../failure.ts';
import { agrees, judgeHints, slotWords, textIn, type InBoth } from './agreement.ts';
import { cellAt, cellName, isBlankCell, type Cell, type Sheet } from './cell/cell.ts';
import type { Slot } from './cell/slot.ts';
import { GRID_HEAD_ROWS } from './grid-layout.ts';
import { headingOf } from './grid.ts';
import { hintOf } from './hint.ts';
import { changedAt, markerColumn } from './marker.ts';
import { isSaying } from './saying-slot.ts';

export type FoundGrid = {
  /** Of each slot; 0 where an older workbook has none. */
  columns: number[];
  /** First row that may be an entry. */
  first: number;
  /** Columns people added to number the rows. */
  serials: ReadonlySet<number>;
  /** Words written into the hints, with their places. */
  added: { at: number; column: number; text: string }[];
};

/** Rows among which the labels are looked for. */
const HEAD_SEARCHED = 40;
const LABEL_ROW = GRID_HEAD_ROWS - 1;

export function findGrid(sheet: Sheet, slots: InBoth<readonly Slot[]>): FoundGrid | Refusal {
  const columns = columnsOf(sheet, slots.zh);
  if (isRefusal(columns)) return columns;
  const labels = labelRow(sheet, slots, columns);
  if (isRefusal(labels)) return labels;
  const hinted = hintRow(sheet, columns, labels.at);
  const present = columns.flatMap((column, place) => (column > 0 ? [{ column, place }] : []));
  const hints = present.map(({ column, place }) => ({
    cell: cellAt(sheet, hinted, column),
    expected: slotWords(slots, place, hintOf),
  }));
  const { another, kept, gone, added } = judgeHints(hints);
  // Where most are other words, the row of hints has gone and this is an entry.
  const moved = another ?? (kept > 0 && kept >= gone.length ? null : (gone[0] ?? 0));
  if (moved !== null && hinted > labels.at)
    return changedAt(sheet.name, cellName(hinted, present[moved]?.column ?? 1));
  const down = movedDown(sheet, slots, present, hinted);
  if (down) return down;
  return {
    columns,
    first: hinted + 1,
    serials: serialsOf(sheet, labels.at, columns),
    added: [
      ...strayed(sheet, columns, labels.at),
      ...[...added].map(([place, text]) => ({ at: hinted, column: present[place]?.column ?? 1, text })),
    ],
  };
}

/** Hidden names in their order; between them there may be columns without one. */
function columnsOf(sheet: Sheet, slots: readonly Slot[]): number[] | Refusal {
  const marker = markerColumn(sheet);
  const named = [...(sheet.rows.get(1) ?? [])]
    .filter(([column, cell]) => column > marker && !isBlankCell(cell))
    .sort(([one], [other]) => one - other);
  const columns: number[] = [];
  let next = 0;
  const changed = (): Refusal => {
    const at = named[next]?.[0] ?? Math.max(marker, ...columns) + 1;
    return changedAt(sheet.name, cellName(1, at));
  };
  for (const { id } of slots) {
    const [column, name] = named[next] ?? [0, undefined];
    if (name === id) {
      columns.push(column);
      next += 1;
    } else if (isSaying(id)) columns.push(0);
    else return changed();
  }
  return next < named.length ? changed() : columns;
}

/** The row of labels, at its place or wherever it was pushed to. */
function labelRow(
  sheet: Sheet,
  slots: InBoth<readonly Slot[]>,
  columns: readonly number[],
): { at: number } | Refusal {
  let nearest = { agreeing: 0, at: LABEL_ROW, column: columns[0] ?? 1 };
  const others = Array.from({ length: HEAD_SEARCHED - 1 }, (_, index) => index + 2);
  for (const at of [LABEL_ROW, ...others]) {
    const odd = columns.filter(
      (column, place) => column > 0 && !agrees(cellAt(sheet, at, column), slotWords(slots, place, headingOf)),
    );
    const [first] = odd;
    if (first === undefined) return { at };
    const agreeing = columns.length - odd.length;
    if (agreeing > nearest.agreeing || at === LABEL_ROW) nearest = { agreeing, at, column: first };
  }
  return changedAt(sheet.name, cellName(nearest.at, nearest.column));
}

/** The next row that is not blank; the row of labels itself where none follows. */
function hintRow(sheet: Sheet, columns: readonly number[], labels: number): number {
  let found = Infinity;
  for (const [at, cells] of sheet.rows)
    if (at > labels && at < found && columns.some((column) => !isBlankCell(cells.get(column)))) found = at;
  return Number.isFinite(found) ? found : labels;
}

/** A hint that stands among the entries: the entry of that cell was moved. */
function movedDown(
  sheet: Sheet,
  slots: InBoth<readonly Slot[]>,
  present: readonly { column: number; place: number }[],
  hinted: number,
): Refusal | null {
  const hints = present.map(({ column, place }) => {
    const { zh, en } = slotWords(slots, place, hintOf);
    return [column, new Set([zh, en])] as const;
  });
  for (const [at, cells] of sheet.rows) {
    if (at <= hinted) continue;
    for (const [column, words] of hints) {
      const cell = cells.get(column);
      if (typeof cell === 'string' && words.has(cell.trim()))
        return changedAt(sheet.name, cellName(at, column));
    }
  }
  return null;
}

/** Title and note, in the first column. */
const LINES_ABOVE = 2;

/** Words above the labels that are neither title nor note: perhaps an entry that was moved there. */
function strayed(sheet: Sheet, columns: readonly number[], labels: number): FoundGrid['added'] {
  const [first] = columns;
  let lines = 0;
  const found: FoundGrid['added'] = [];
  for (const [at, cells] of sheet.rows) {
    if (at === 1 || at >= labels) continue;
    for (const column of columns) {
      const cell = cells.get(column);
      if (column === 0 || cell === undefined || isBlankCell(cell)) continue;
      if (column === first) lines += 1;
      if (column !== first || lines > LINES_ABOVE) found.push({ at, column, text: textIn(cell).trim() });
    }
  }
  return found;
}

/** The heading of a column people added to number the rows. */
export const isSerialHeading = (cell: Cell): boolean =>
  SERIAL.test(textIn(cell).normalize('NFKC').replace(/\s/g, ''));
const SERIAL = /^(?:序号?|行号|no\.?|#|№)$/i;

function serialsOf(sheet: Sheet, labels: number, columns: readonly number[]): Set<number> {
  const named = new Set(columns);
  return new Set(
    [...(sheet.rows.get(labels) ?? [])].flatMap(([column, cell]) =>
      !named.has(column) && isSerialHeading(cell) ? [column] : [],
    ),
  );
}

/** The number of a row: digits, or a formula that counts. */
export const isSerial = (cell: Cell): boolean => {
  const said = typeof cell === 'object' && 'formula' in cell ? (cell.result ?? 0) : cell;
  return /^[(（]?\d{1,6}[)）.、]?$/.test(textIn(said).trim());
};
