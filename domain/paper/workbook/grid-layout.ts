// Where the entries of a sheet of one entry a row begin.

/** Rows above the entries: hidden names, title, note, labels, hints. */
export const GRID_HEAD_ROWS = 5;
export const FIRST_ENTRY_ROW = GRID_HEAD_ROWS + 1;
/** The first column holds the sheet's marker and is hidden. */
export const FIRST_ENTRY_COLUMN = 2;
