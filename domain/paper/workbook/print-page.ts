// The page a sheet is printed on: the smallest on which its letters stay readable, or several beside each other.

export type PrintPage = {
  paper: 'A4' | 'A3';
  isLandscape: boolean;
  /** In per cent; null where the sheet is made to fit the page's width. */
  scale: number | null;
  /** Columns on the first page, hidden ones included. */
  columnsOnFirst: number;
};

/** In points, within margins of 0.4 inch. */
const ROOM = { A4: { upright: 537, landscape: 784 }, A3: { landscape: 1_133 } } as const;
/** Smaller is read with a glass, in points. */
const LEAST_POINTS = 7;
/** A column of so many letters in points; a little more than usual, for types that are wider. */
const POINTS_A_LETTER = 5.7;
const POINTS_A_COLUMN = 4;
/** Rather the larger paper than letters below this share of their size. */
const PLEASANT = 0.85;

const pointsOf = (width: number): number => (width === 0 ? 0 : width * POINTS_A_LETTER + POINTS_A_COLUMN);

/** `widths` in letters, 0 where a column is hidden; `smallest`: the smallest letters on it, in points. */
export function printPage(
  widths: readonly number[],
  { smallest, isUpright = false }: { smallest: number; isUpright?: boolean },
): PrintPage {
  const total = widths.reduce((sum, width) => sum + pointsOf(width), 0);
  const all = { scale: null, columnsOnFirst: widths.length };
  const least = LEAST_POINTS / smallest;
  const pleasant = Math.max(PLEASANT, least);
  if (isUpright && total * pleasant <= ROOM.A4.upright) return { paper: 'A4', isLandscape: false, ...all };
  if (total * pleasant <= ROOM.A4.landscape) return { paper: 'A4', isLandscape: true, ...all };
  if (total * least <= ROOM.A3.landscape) return { paper: 'A3', isLandscape: true, ...all };
  const scale = Math.ceil(pleasant * 100);
  let room = (ROOM.A3.landscape * 100) / scale;
  const over = widths.findIndex((width) => (room -= pointsOf(width)) < 0);
  return {
    paper: 'A3',
    isLandscape: true,
    scale,
    columnsOnFirst: Math.max(1, over === -1 ? widths.length : over),
  };
}
