// The consequences of a field's kind: its limits, its aggregates, whether it is a number.
import type { Aggregate, AggregateName, Field, FieldType } from './field.ts';

/** Longest text of a field that states no `maxLength`, in characters. */
export const DEFAULT_TEXT_LENGTH = 10_000;
/** Most rows of one table; a workbook of this size still reads within seconds. */
export const MAX_ROWS = 10_000;
/** Files of a field that states no `maxFiles`. */
export const DEFAULT_FILES = 20;

/** The aggregate's name as api.md §7 lists it. */
export function aggregateName(aggregate: Aggregate): AggregateName {
  if (typeof aggregate === 'string') return aggregate;
  return 'union' in aggregate ? 'union' : 'weightedMean';
}

/** The key of the field that weighs this one in its mean; null where its mean has no weights. */
export const weightOf = ({ aggregate }: Pick<Field, 'aggregate'>): string | null =>
  typeof aggregate === 'object' && 'weightedMean' in aggregate ? aggregate.weightedMean : null;

export const isNumeric = (type: FieldType): boolean =>
  type === 'integer' || type === 'number' || type === 'percent';

const NUMBERS: readonly FieldType[] = ['integer', 'number', 'percent'];
const CHOICES: readonly FieldType[] = ['boolean', 'choice'];
const ORDERED: readonly FieldType[] = ['date', 'contact'];

/** The table of api.md §7: of which fields each may be; the first named are offered first. */
const FIELDS_OF: Readonly<Record<AggregateName, readonly FieldType[]>> = {
  sum: NUMBERS,
  mean: NUMBERS,
  weightedMean: NUMBERS,
  min: [...NUMBERS, ...ORDERED],
  max: [...NUMBERS, ...ORDERED],
  count: NUMBERS,
  last: NUMBERS,
  countByValue: CHOICES,
  all: CHOICES,
  any: CHOICES,
  concat: ['text'],
  union: ['table'],
  collect: ['file'],
  none: [...NUMBERS, ...CHOICES, ...ORDERED, 'text', 'table', 'file'],
};
const AGGREGATE_NAMES = Object.keys(FIELDS_OF) as AggregateName[];
export const aggregatesOf = (type: FieldType): AggregateName[] =>
  AGGREGATE_NAMES.filter((name) => FIELDS_OF[name].includes(type));
