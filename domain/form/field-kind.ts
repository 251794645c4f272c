// The consequences of a field's kind: its limits, its aggregates, whether it is a number.
import type { Aggregate, Field, FieldType } from './field.ts';

/** Longest text of a field that states no `maxLength`, in characters. */
export const DEFAULT_TEXT_LENGTH = 10_000;
/** Most rows of one table; a workbook of this size still reads within seconds. */
export const MAX_ROWS = 10_000;
/** Files of a field that states no `maxFiles`. */
export const DEFAULT_FILES = 20;

/** The aggregate's name as api.md §7 lists it. */
export function aggregateName(aggregate: Aggregate): string {
  if (typeof aggregate === 'string') return aggregate;
  return 'union' in aggregate ? 'union' : 'weightedMean';
}

/** The key of the field that weighs this one in its mean; null where its mean has no weights. */
export const weightOf = ({ aggregate }: Pick<Field, 'aggregate'>): string | null =>
  typeof aggregate === 'object' && 'weightedMean' in aggregate ? aggregate.weightedMean : null;

export const isNumeric = (type: FieldType): boolean =>
  type === 'integer' || type === 'number' || type === 'percent';

const NUMERIC = ['sum', 'mean', 'weightedMean', 'min', 'max', 'count', 'last', 'none'];
const COUNTED = ['countByValue', 'all', 'any', 'none'];
const ORDERED = ['min', 'max', 'none'];

/** The table of api.md §7. */
export const AGGREGATES: Readonly<Record<FieldType, readonly string[]>> = {
  integer: NUMERIC,
  number: NUMERIC,
  percent: NUMERIC,
  boolean: COUNTED,
  choice: COUNTED,
  text: ['concat', 'none'],
  date: ORDERED,
  contact: ORDERED,
  table: ['union', 'none'],
  file: ['collect', 'none'],
};
