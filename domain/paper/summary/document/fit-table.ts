// Tables cut to the page: columns as wide as their content, turned or split where a page is too narrow, no number broken.
import type { DocumentBlock, DocumentTable } from './document.ts';

/** A table as it would be on a page of any width; `share` is reckoned here. */
export type LooseTable = {
  /** Which column says what a row is of; the first, unless said. */
  naming?: number;
  columns: Omit<DocumentTable['columns'][number], 'share'>[];
  rows: DocumentTable['rows'];
};

/** Letters of half width that fit a line: 156 mm upright, 225 mm turned, at 10.5 pt. */
const ROOM = { upright: 84, wide: 121 } as const;
/** The margins of a cell's text, in such letters, and a little more: not every machine has the same font. */
const PADDING = 3;
/** Figures of so few rows are split into so many parts rather than turned: a page would stay half empty. */
const SHORT = 20;
const MOST_PARTS = 4;
/** A narrower column of words is hard to read, and a wider one is not needed. */
const LEAST_WORDS = 8;
const MOST_WORDS = 40;
/** A column of figures is no wider for the sake of its head. */
const MOST_NUMBER = 16;
/** Longer than this and unbroken, a word is broken all the same. */
const MOST_UNBROKEN = 30;

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g;
/** Numbers, dates, telephone numbers and words of other scripts are never broken. */
const UNBROKEN = /[\w.,:%+\-/@()]+/g;

/** Bold, and in a type that stands in for the one named, a figure is so much wider. */
const BOLD = 1.3;

const lettersIn = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);
const longest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, lettersIn(text)), 0);

/** The least and the best width of a column. */
type Width = { least: number; wish: number };

function widthOf(texts: readonly string[], isNumber: boolean): Width {
  const lines = texts.flatMap((text) => text.split('\n'));
  const wholes = lines.flatMap((line) => line.match(UNBROKEN) ?? []);
  const unbroken = Math.ceil(Math.min(MOST_UNBROKEN, longest(wholes)) * BOLD);
  const wish = Math.min(MOST_WORDS, longest(lines));
  const least = Math.max(unbroken, Math.min(wish, LEAST_WORDS));
  return {
    least: least + PADDING,
    wish: Math.max(least, isNumber ? Math.min(wish, MOST_NUMBER) : wish) + PADDING,
  };
}

/** The column that names what a row is of stands in every part, before the others where there are several. */
export function fitTable({ columns, rows, naming = 0 }: LooseTable): DocumentBlock[] {
  const widths = columns.map(({ text, isNumber }, at) =>
    widthOf([text, ...rows.map(({ cells }) => cells[at] ?? '')], isNumber),
  );
  const upright = partsOf(widths, ROOM.upright, naming);
  const wide = partsOf(widths, ROOM.wide, naming);
  const isOfFigures = columns.filter(({ isNumber }) => isNumber).length * 2 >= columns.length;
  const isShort = isOfFigures && upright.length <= MOST_PARTS && rows.length <= SHORT;
  const isWide = !isShort && wide.length < upright.length;
  return (isWide ? wide : upright).map((part) => {
    const shares = sharesOf(
      part.map((at) => widths[at] ?? { least: 1, wish: 1 }),
      ROOM[isWide ? 'wide' : 'upright'],
    );
    const table = {
      columns: part.map((at, nth) => ({
        text: columns[at]?.text ?? '',
        share: shares[nth] ?? 1,
        isNumber: columns[at]?.isNumber === true,
      })),
      rows: rows.map((row) => ({ ...row, cells: part.map((at) => row.cells[at] ?? '') })),
    };
    return isWide ? { table, isWide } : { table };
  });
}

/** Columns by their places; each part begins with the naming one and has at least one more. A table left whole keeps its order. */
function partsOf(widths: readonly Width[], room: number, naming: number): number[][] {
  const parts: number[][] = [];
  let left = 0;
  widths.forEach(({ least }, at) => {
    if (at === naming) return;
    const last = parts.at(-1);
    if (last && least <= left) {
      last.push(at);
      left -= least;
    } else {
      parts.push([naming, at]);
      left = room - (widths[naming]?.least ?? 0) - least;
    }
  });
  return parts.length < 2 ? [[...widths.keys()]] : parts;
}

/** Each column gets its least; the rest goes to columns with a larger best width, then to all. */
function sharesOf(widths: readonly Width[], room: number): number[] {
  const least = widths.reduce((sum, width) => sum + width.least, 0);
  const wanted = widths.reduce((sum, { least: from, wish }) => sum + wish - from, 0);
  const left = Math.max(0, room - least);
  const given = Math.min(1, wanted === 0 ? 0 : left / wanted);
  const rest = Math.max(0, left - wanted) / widths.length;
  return widths.map(({ least: from, wish }) => from + (wish - from) * given + rest);
}
