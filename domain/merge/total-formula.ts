// The formulas of totals, as a spreadsheet writes them: each over the rows below it, nothing where nothing was reported, never 0.
import { MAX_ABSOLUTE } from '../exact.ts';

/** Where the rows below a total stand, as ranges of a sheet. */
export type TotalRanges = {
  values: string;
  /** Null where the weights are not there to be counted with. */
  weights: string | null;
  /** What each row is; rows with the word for a total are not counted twice. */
  kinds: string;
  totalWord: string;
  /** Are there totals among the rows? */
  isNested: boolean;
  /** Do rows stand for more than one report? Then a mean cannot be made of them. */
  isCut: boolean;
  yes: string;
  no: string;
};

/** Null where the rows below do not say enough. `isWhole`: sums of whole numbers need no rounding. */
export type TotalFormula = (ranges: TotalRanges, isWhole: boolean) => string | null;

/** Matches every number of a report, and no words. */
const ANY_NUMBER = `"<=${MAX_ABSOLUTE}"`;

const otherThan = ({ totalWord }: TotalRanges): string => `"<>${totalWord}"`;
const some = ({ values }: TotalRanges, formula: string): string => `IF(COUNT(${values})=0,"",${formula})`;

export const sumOfRows: TotalFormula = (ranges, isWhole) => {
  const { kinds, values, isNested } = ranges;
  const sum = isNested ? `SUMIF(${kinds},${otherThan(ranges)},${values})` : `SUM(${values})`;
  return some(ranges, isWhole ? sum : `ROUND(${sum},6)`);
};

export const meanOfRows: TotalFormula = (ranges) => {
  const { kinds, values, isNested, isCut } = ranges;
  if (isCut) return null;
  const mean = isNested ? `AVERAGEIF(${kinds},${otherThan(ranges)},${values})` : `AVERAGE(${values})`;
  return some(ranges, `ROUND(${mean},6)`);
};

export const countOfRows: TotalFormula = (ranges) => {
  const { kinds, values, isNested, isCut } = ranges;
  if (isCut) return null;
  const count = `COUNTIFS(${kinds},${otherThan(ranges)},${values},${ANY_NUMBER})`;
  return some(ranges, isNested ? count : `COUNT(${values})`);
};

/** The extreme of extremes is the extreme of all: totals below may stay in. */
export const leastOfRows: TotalFormula = (ranges) => some(ranges, `MIN(${ranges.values})`);
export const greatestOfRows: TotalFormula = (ranges) => some(ranges, `MAX(${ranges.values})`);

const said = ({ yes, no, values }: TotalRanges, formula: string): string =>
  `IF(COUNTIF(${values},"${yes}")+COUNTIF(${values},"${no}")=0,"",${formula})`;
export const allOfRows: TotalFormula = (ranges) => {
  const { values, yes, no } = ranges;
  return said(ranges, `IF(COUNTIF(${values},"${no}")=0,"${yes}","${no}")`);
};
export const anyOfRows: TotalFormula = (ranges) => {
  const { values, yes, no } = ranges;
  return said(ranges, `IF(COUNTIF(${values},"${yes}")>0,"${yes}","${no}")`);
};

/** A report counts where it gives both the value and its weight; weights of 0 have no mean. */
export const weightedMeanOfRows: TotalFormula = (ranges) => {
  const { kinds, values, weights, totalWord, isNested, isCut } = ranges;
  if (isCut || weights === null) return null;
  const [products, weight] = isNested
    ? [
        `SUMPRODUCT(--(${kinds}<>"${totalWord}"),${values},${weights})`,
        `SUMIFS(${weights},${kinds},${otherThan(ranges)},${values},${ANY_NUMBER})`,
      ]
    : [`SUMPRODUCT(${values},${weights})`, `SUMIF(${values},${ANY_NUMBER},${weights})`];
  return `IFERROR(ROUND(${products}/${weight},6),"")`;
};
