// The plan of a workbook before any library writes it: sheets, cells, their looks, the values they let in.

/** An `input` cell can be filled in; all other cells are locked. */
export type Look = 'title' | 'line' | 'note' | 'header' | 'label' | 'hint' | 'hidden' | 'input';
export type Format = 'text' | 'integer' | 'number' | 'percent' | 'date';

export type PlannedCell = {
  column: number;
  value: string | number | null;
  look: Look;
  format?: Format;
  /** Of a number or percentage: decimals shown; the value in the cell stays whole. */
  decimals?: number | undefined;
  /** Columns it stretches over. */
  span?: number;
};

export type PlannedRow = { at: number; cells: PlannedCell[]; isHidden?: true };

/** `column` and `count` of a list are its place on the sheet of lists. */
export type Allowed =
  | { kind: 'list'; column: string; count: number }
  | { kind: 'integer' | 'number'; min: number; max: number }
  | { kind: 'length'; max: number }
  | { kind: 'date' };

/** `range` as in `C7` or `B5:B10004`. */
export type Validation = { range: string; allowed: Allowed; title: string; text: string };

export type PlannedColumn = {
  width: number;
  isHidden?: true;
  /** All its cells are open, also those we do not write. */
  input?: Format;
  decimals?: number | undefined;
};

export type SheetPlan = {
  name: string;
  isHidden: boolean;
  columns: PlannedColumn[];
  /** By their numbers, rising; produced as they are written. */
  rows: Iterable<PlannedRow>;
  validations: Validation[];
  /** Rows that stay in sight, and at the head of every printed page. */
  headRows: number;
  /** May rows be put in and taken out? */
  isList: boolean;
};
