// What a form may ask: its fields and its rules.
import { z } from 'zod';
import { MAX_ABSOLUTE } from '../exact.ts';

const Key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a-z 0-9 _ , beginning with a letter, 1 to 40');
const Label = z.string().min(1).max(200);
const Bound = z.number().min(-MAX_ABSOLUTE).max(MAX_ABSOLUTE);
const Length = z.int().min(1).max(100_000);
const Options = z.array(z.string().min(1).max(100)).max(500);

const SCALARS = ['integer', 'number', 'percent', 'boolean', 'choice', 'text', 'date', 'contact'] as const;
export const FieldType = z.enum([...SCALARS, 'table', 'file']);
export type FieldType = z.infer<typeof FieldType>;

export const Column = z.strictObject({
  key: Key,
  label: Label,
  type: z.enum(SCALARS),
  unit: z.string().max(20).optional(),
  required: z.boolean().default(false),
  min: Bound.optional(),
  max: Bound.optional(),
  maxLength: Length.optional(),
  /** Of a number, or of the percentage it is: decimals it is written with, wherever it is shown. Kept as it is. */
  decimals: z.int().min(0).max(6).optional(),
  options: Options.optional(),
});
export type Column = z.infer<typeof Column>;

const NAMED_AGGREGATES = [
  'sum',
  'mean',
  'min',
  'max',
  'count',
  'last',
  'countByValue',
  'all',
  'any',
  'concat',
  'collect',
  'none',
] as const;

export const Aggregate = z.union([
  z.enum(NAMED_AGGREGATES),
  z.strictObject({ weightedMean: Key }),
  z.strictObject({ union: z.array(Key).max(50) }),
]);
export type Aggregate = z.infer<typeof Aggregate>;
export type AggregateName = (typeof NAMED_AGGREGATES)[number] | 'weightedMean' | 'union';

export const Field = z.strictObject({
  ...Column.shape,
  type: FieldType,
  columns: z.array(Column).max(50).optional(),
  maxFiles: z.int().min(1).max(100).optional(),
  aggregate: Aggregate.default('none'),
  /** Over time a flow adds up, of a snapshot the last one counts. */
  timeAxis: z.enum(['flow', 'snapshot']).optional(),
  /** Days for which the last approved value may be offered again. */
  freshDays: z.int().min(1).max(3660).optional(),
  sensitive: z.boolean().default(false),
  /** CEL like a rule's check. */
  alertIf: z.string().min(1).max(1000).optional(),
});
export type Field = z.infer<typeof Field>;

export const Rule = z.strictObject({
  key: z.string().regex(/^[A-Za-z0-9_-]{1,60}$/, 'A-Z a-z 0-9 _ - , 1 to 60'),
  /** CEL (Common Expression Language) over the field keys, `last.<key>` and table rows. */
  check: z.string().min(1).max(1000),
  severity: z.enum(['block', 'explain', 'warn']),
  message: z.string().min(1).max(500),
});
export type Rule = z.infer<typeof Rule>;

export const Form = z.strictObject({
  fields: z.array(Field).max(200),
  rules: z.array(Rule).max(200).default([]),
});
export type Form = z.infer<typeof Form>;
