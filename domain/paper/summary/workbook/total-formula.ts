// The formulas of totals: each over the rows below it, giving nothing where nothing was reported, never 0.
import { MAX_ABSOLUTE } from '../../../merge/exact.ts';
import { columnName } from './sheet.ts';

/** Where the rows below a total stand. */
export type Block = {
  /** Rows as a spreadsheet numbers them. */
  first: number;
  last: number;
  /** Column of the values, from 0; of the weights, null where they are not there to be counted with. */
  column: number;
  weights: number | null;
  /** The column with the kind of a row, and the word for a total: rows with it are not counted twice. */
  kinds: number;
  totalWord: string;
  /** Are there totals among the rows? */
  isNested: boolean;
  /** Do rows stand for more than one report? Then a mean cannot be made of them. */
  isCut: boolean;
  yes: string;
  no: string;
};

/** Matches every number of a report, and no words. */
const ANY_NUMBER = `"<=${MAX_ABSOLUTE}"`;

/** Null where the rows below do not say enough. `isWhole`: sums of whole numbers need no rounding. */
export function totalFormula(how: string, isWhole: boolean, block: Block): string | null {
  const values = rangeOf(block, block.column);
  const kinds = rangeOf(block, block.kinds);
  const other = `"<>${block.totalWord}"`;
  const some = (formula: string): string => `IF(COUNT(${values})=0,"",${formula})`;
  const rounded = (formula: string): string => (isWhole ? formula : `ROUND(${formula},6)`);
  switch (how) {
    case 'sum':
      return some(rounded(block.isNested ? `SUMIF(${kinds},${other},${values})` : `SUM(${values})`));
    case 'mean':
      if (block.isCut) return null;
      return some(
        `ROUND(${block.isNested ? `AVERAGEIF(${kinds},${other},${values})` : `AVERAGE(${values})`},6)`,
      );
    case 'count':
      if (block.isCut) return null;
      return some(
        block.isNested ? `COUNTIFS(${kinds},${other},${values},${ANY_NUMBER})` : `COUNT(${values})`,
      );
    case 'weightedMean':
      return block.isCut || block.weights === null ? null : weighted(block, values, kinds);
    // The extreme of extremes is the extreme of all: totals below may stay in.
    case 'min':
      return some(`MIN(${values})`);
    case 'max':
      return some(`MAX(${values})`);
    case 'all':
      return said(block, values, `IF(COUNTIF(${values},"${block.no}")=0,"${block.yes}","${block.no}")`);
    case 'any':
      return said(block, values, `IF(COUNTIF(${values},"${block.yes}")>0,"${block.yes}","${block.no}")`);
    default:
      return null;
  }
}

const rangeOf = ({ first, last }: Block, column: number): string =>
  `${columnName(column)}${first}:${columnName(column)}${last}`;

const said = ({ yes, no }: Block, values: string, formula: string): string =>
  `IF(COUNTIF(${values},"${yes}")+COUNTIF(${values},"${no}")=0,"",${formula})`;

/** A report counts where it gives both the value and its weight; weights of 0 have no mean. */
function weighted(block: Block, values: string, kinds: string): string {
  const weights = rangeOf(block, block.weights ?? 0);
  const other = `"<>${block.totalWord}"`;
  const [products, weight] = block.isNested
    ? [
        `SUMPRODUCT(--(${kinds}<>"${block.totalWord}"),${values},${weights})`,
        `SUMIFS(${weights},${kinds},${other},${values},${ANY_NUMBER})`,
      ]
    : [`SUMPRODUCT(${values},${weights})`, `SUMIF(${values},${ANY_NUMBER},${weights})`];
  return `IFERROR(ROUND(${products}/${weight},6),"")`;
}
