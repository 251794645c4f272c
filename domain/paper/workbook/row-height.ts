// How high a row must be for its texts to be seen: not every spreadsheet works that out when it opens a workbook.
import type { Look, PlannedCell, PlannedColumn } from './sheet-plan.ts';

/** Height of a line, as a multiple of the size of its letters. */
const LINE = 15 / 11;
/** Around the text, in points. */
const MARGIN = 6;
/** A limit of the file format. */
const MAX_HEIGHT = 409;

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g;
/** Widths count digits of the usual type; a Chinese letter is a little wider than two of them. */
const WIDE_LETTER = 2.1;
/** The part of a cell's width that its edges take. */
const EDGES = 1;
/** Longer texts are higher than a row can be. */
const LOOKED_AT = 5000;
/** The size widths are counted in, in points. */
const USUAL = 11;

/** A text in a cell so many letters wide, in letters of so many points. */
export type TextInCell = { text: string; width: number; points: number };

function linesOf({ text, width, points }: TextInCell): number {
  const room = Math.max(WIDE_LETTER, ((width - EDGES) * USUAL) / points);
  let lines = 0;
  for (const line of text.slice(0, LOOKED_AT).split('\n')) {
    const wide = line.match(WIDE)?.length ?? 0;
    lines += Math.max(1, Math.ceil((line.length + wide * (WIDE_LETTER - 1)) / room));
  }
  return lines;
}

export function heightOfTexts(texts: readonly TextInCell[]): number {
  const most = texts.reduce(
    (height, text) => Math.max(height, linesOf(text) * text.points * LINE),
    LINE * USUAL,
  );
  return Math.min(MAX_HEIGHT, Math.ceil(most + MARGIN));
}

/** Letters of the looks that are not of the usual size. */
const POINTS: Partial<Record<Look, number>> = { title: 16, note: 10, hint: 9 };

/** `lastMerged`: the last column of a cell that stretches over several, counted from 1. */
export const heightOf = (
  cells: readonly PlannedCell[],
  columns: readonly PlannedColumn[],
  lastMerged: number,
): number =>
  heightOfTexts(
    cells.flatMap(({ column, value, span = 1, look }) => {
      if (typeof value !== 'string' || look === 'hidden') return [];
      const last = span > 1 ? Math.min(column - 1 + span, Math.max(column, lastMerged)) : column;
      const width = columns.slice(column - 1, last).reduce((sum, each) => sum + each.width, 0);
      return [{ text: value, width, points: POINTS[look] ?? USUAL }];
    }),
  );
