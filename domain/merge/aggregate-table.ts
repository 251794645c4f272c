// The aggregates: one row each says how it merges, what a part of it is, what it is called and how a spreadsheet makes its total.
import type { z } from 'zod';
import type { Language } from '../failure.ts';
import type { AggregateName } from '../form/field.ts';
import { all, any, countByValue } from './merge-counts.ts';
import { collect, concat, union } from './merge-lists.ts';
import { count, last, max, mean, min, sum, weightedMean } from './merge-numbers.ts';
import {
  CountPart,
  CountsPart,
  EntriesPart,
  ExtremePart,
  LastPart,
  SumPart,
  WeightedPart,
  type Measure,
  type MergePart,
} from './merge-part.ts';
import {
  allOfRows,
  anyOfRows,
  countOfRows,
  greatestOfRows,
  leastOfRows,
  meanOfRows,
  sumOfRows,
  weightedMeanOfRows,
  type TotalFormula,
} from './total-formula.ts';

type AggregateRow = {
  /** What one report, one desk or one directive contributes; null where nothing is merged. */
  part: z.ZodType<MergePart> | null;
  /** Reads only parts it has made itself: the form says which, and a form never changes. */
  measure: Measure<MergePart> | null;
  /** As it stands in the head of a column; empty where a column says it by itself. */
  words: Readonly<Record<Language, string>>;
  /** A list, as long as there are reports: it is shown of the whole alone, and not in a table of figures. */
  isListed?: true;
  /** Has it a figure that can be followed from directive to directive? */
  overTime?: true;
  /** How a total is made from the rows below it; none where a spreadsheet has no formula for it. */
  formula?: TotalFormula;
};

const UNSAID = { zh: '', en: '' };

/** An aggregate without its row does not compile. Figures are merged here and nowhere in SQL. */
export const AGGREGATE_TABLE: Readonly<Record<AggregateName, AggregateRow>> = {
  sum: {
    part: SumPart,
    measure: sum,
    words: { zh: '合计', en: 'sum' },
    overTime: true,
    formula: sumOfRows,
  },
  mean: {
    part: SumPart,
    measure: mean,
    words: { zh: '平均', en: 'mean' },
    overTime: true,
    formula: meanOfRows,
  },
  weightedMean: {
    part: WeightedPart,
    measure: weightedMean,
    words: { zh: '按“{weight}”加权平均', en: 'mean weighted by “{weight}”' },
    overTime: true,
    formula: weightedMeanOfRows,
  },
  min: {
    part: ExtremePart,
    measure: min,
    words: { zh: '最小', en: 'least' },
    overTime: true,
    formula: leastOfRows,
  },
  max: {
    part: ExtremePart,
    measure: max,
    words: { zh: '最大', en: 'greatest' },
    overTime: true,
    formula: greatestOfRows,
  },
  count: {
    part: CountPart,
    measure: count,
    words: { zh: '填报单位数', en: 'number of reports' },
    overTime: true,
    formula: countOfRows,
  },
  last: { part: LastPart, measure: last, words: { zh: '最近一次', en: 'latest' }, overTime: true },
  countByValue: { part: CountsPart, measure: countByValue, words: { zh: '单位数', en: 'number of units' } },
  all: { part: CountsPart, measure: all, words: { zh: '全部', en: 'all' }, formula: allOfRows },
  any: { part: CountsPart, measure: any, words: { zh: '任一', en: 'any' }, formula: anyOfRows },
  concat: { part: EntriesPart, measure: concat, words: UNSAID, isListed: true },
  union: { part: EntriesPart, measure: union, words: UNSAID, isListed: true },
  collect: { part: EntriesPart, measure: collect, words: UNSAID, isListed: true },
  none: { part: null, measure: null, words: UNSAID },
};

/** Of a field's aggregate. */
export const isListed = (name: AggregateName): boolean => AGGREGATE_TABLE[name].isListed ?? false;
