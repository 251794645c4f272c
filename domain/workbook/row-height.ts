// How high a row must be for its texts to be seen: not every spreadsheet works that out when it opens a workbook.
import type { PlannedCell, PlannedColumn } from './sheet-plan.ts';

/** In points: a line of 11 points, and what is around it. */
const LINE = 15;
const MARGIN = 6;
/** A limit of the file format. */
const MAX_HEIGHT = 409;

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g;
/** Longer texts are higher than a row can be. */
const LOOKED_AT = 5000;

/** Lines a text takes in a column of so many characters; a Chinese one is two wide. */
function linesOf(text: string, width: number): number {
  let lines = 0;
  for (const line of text.slice(0, LOOKED_AT).split('\n'))
    lines += Math.max(1, Math.ceil((line.length + (line.match(WIDE)?.length ?? 0)) / Math.max(1, width)));
  return lines;
}

export function heightOf(cells: readonly PlannedCell[], columns: readonly PlannedColumn[]): number {
  let most = 1;
  for (const { column, value, span = 1, look } of cells) {
    if (typeof value !== 'string' || look === 'hidden') continue;
    const width = columns.slice(column - 1, column - 1 + span).reduce((sum, each) => sum + each.width, 0);
    // A title is half as large again.
    most = Math.max(most, linesOf(value, width) * (look === 'title' ? 1.5 : 1));
  }
  return Math.min(MAX_HEIGHT, Math.ceil(most * LINE + MARGIN));
}
