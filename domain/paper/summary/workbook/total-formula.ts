// The formula of a total in a sheet of figures: that of its aggregate, over the rows that stand below it.
import type { AggregateName } from '../../../form/field.ts';
import { AGGREGATE_TABLE } from '../../../merge/aggregate-table.ts';
import type { TotalRanges } from '../../../merge/total-formula.ts';
import { columnNameFromZero } from './sheet.ts';

/** Where the rows below a total stand. */
export type TotalledRows = Omit<TotalRanges, 'values' | 'weights' | 'kinds'> & {
  /** Rows as a spreadsheet numbers them. */
  first: number;
  last: number;
  /** Column of the values, from 0; of the weights, null where they are not there to be counted with. */
  column: number;
  weights: number | null;
  /** The column with the kind of a row. */
  kinds: number;
};

/** Null where the rows below do not say enough. `isWhole`: sums of whole numbers need no rounding. */
export function totalFormula(how: AggregateName, isWhole: boolean, block: TotalledRows): string | null {
  const { first, last, column, weights, kinds, ...rest } = block;
  const range = (at: number): string => `${columnNameFromZero(at)}${first}:${columnNameFromZero(at)}${last}`;
  const ranges = {
    ...rest,
    values: range(column),
    kinds: range(kinds),
    weights: weights === null ? null : range(weights),
  };
  return AGGREGATE_TABLE[how].formula?.(ranges, isWhole) ?? null;
}
