// What a form may ask: its fields, its rules, and what must hold between them before anybody fills it in.
import { z } from 'zod';
import { MAX_ABSOLUTE } from '../merge/exact.ts';
import { comparable } from '../comparable.ts';
import type { Fault } from '../failure.ts';

/** Longest text of a field that states no `maxLength`, in characters. */
export const DEFAULT_TEXT_LENGTH = 10_000;
/** Most rows of one table; a workbook of this size still reads within seconds. */
export const MAX_ROWS = 10_000;
/** Files of a field that states no `maxFiles`. */
export const DEFAULT_FILES = 20;

const Key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a-z 0-9 _ , beginning with a letter, 1 to 40');
const Label = z.string().min(1).max(200);
const Bound = z.number().min(-MAX_ABSOLUTE).max(MAX_ABSOLUTE);
const Length = z.int().min(1).max(100_000);
const Options = z.array(z.string().min(1).max(100)).max(500);

export const SCALARS = [
  'integer',
  'number',
  'percent',
  'boolean',
  'choice',
  'text',
  'date',
  'contact',
] as const;
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

/** Words of the rule language or of a merged row that a key would hide. */
const RESERVED_FIELDS: ReadonlySet<string> = new Set(['last']);
const RESERVED_COLUMNS: ReadonlySet<string> = new Set(['sources', 'differences']);

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

/** What is wrong between the parts of a form that zod found well shaped; `path` is where the form stands in the request. */
export function faultsOfForm(form: Form, path: string): Fault[] {
  const faults = [
    ...repeated(form.fields, (at) => `${path}.fields[${at}].key`),
    ...repeated(form.rules, (at) => `${path}.rules[${at}].key`),
  ];
  form.fields.forEach((field, at) => {
    const here = `${path}.fields[${at}]`;
    if (RESERVED_FIELDS.has(field.key)) {
      faults.push({ path: `${here}.key`, code: 'RESERVED', params: { value: field.key } });
    }
    faults.push(
      ...faultsOfScalar(field, here),
      ...faultsOfTable(field, here),
      ...faultsOfAggregate(field, form, here),
    );
  });
  return faults;
}

function faultsOfScalar(field: Column | Field, here: string): Fault[] {
  const faults: Fault[] = [];
  const max = field.max ?? (field.type === 'percent' ? 1 : MAX_ABSOLUTE);
  const min = field.type === 'percent' ? 0 : -MAX_ABSOLUTE;
  if (field.min !== undefined && isNumeric(field.type) && (field.min > max || field.min < min)) {
    faults.push({ path: `${here}.min`, code: 'OUT_OF_RANGE', params: { min, max } });
  }
  if (field.type === 'percent' && field.max !== undefined && (field.max > 1 || field.max < 0)) {
    faults.push({ path: `${here}.max`, code: 'OUT_OF_RANGE', params: { min: 0, max: 1 } });
  }
  if (field.decimals !== undefined && field.type !== 'number' && field.type !== 'percent')
    faults.push({ path: `${here}.decimals`, code: 'NO_DECIMALS' });
  if (field.type === 'choice') {
    const options = field.options ?? [];
    if (options.length === 0) faults.push({ path: `${here}.options`, code: 'REQUIRED' });
    const compared = options.map(comparable);
    compared.forEach((word, at) => {
      if (compared.indexOf(word) < at) {
        faults.push({
          path: `${here}.options[${at}]`,
          code: 'REPEATED',
          params: { value: options[at] ?? '' },
        });
      }
    });
  }
  return faults;
}

function faultsOfTable(field: Field, here: string): Fault[] {
  if (field.type !== 'table') return [];
  const columns = field.columns ?? [];
  if (columns.length === 0) return [{ path: `${here}.columns`, code: 'REQUIRED' }];
  const faults = repeated(columns, (at) => `${here}.columns[${at}].key`);
  columns.forEach((column, at) => {
    if (RESERVED_COLUMNS.has(column.key)) {
      faults.push({ path: `${here}.columns[${at}].key`, code: 'RESERVED', params: { value: column.key } });
    }
    faults.push(...faultsOfScalar(column, `${here}.columns[${at}]`));
  });
  return faults;
}

function faultsOfAggregate(field: Field, form: Form, here: string): Fault[] {
  const { aggregate } = field;
  const allowed = AGGREGATES[field.type];
  const path = `${here}.aggregate`;
  if (!allowed.includes(aggregateName(aggregate))) {
    return [{ path, code: 'NOT_AN_OPTION', params: { options: allowed.join(', ') } }];
  }
  if (aggregate === 'sum' && field.timeAxis === undefined)
    return [{ path: `${here}.timeAxis`, code: 'REQUIRED' }];
  if (typeof aggregate === 'string') return [];
  if ('union' in aggregate) {
    const known = new Set(field.columns?.map((column) => column.key));
    return aggregate.union
      .filter((key) => !known.has(key))
      .map((key): Fault => ({ path, code: 'UNKNOWN_FIELD', params: { value: key } }));
  }
  const weight = form.fields.find((other) => other.key === aggregate.weightedMean);
  if (!weight) return [{ path, code: 'UNKNOWN_FIELD', params: { value: aggregate.weightedMean } }];
  return isNumeric(weight.type) ? [] : [{ path, code: 'WRONG_TYPE', params: { expected: 'number' } }];
}

function repeated(items: readonly { key: string }[], pathOf: (at: number) => string): Fault[] {
  const seen = new Set<string>();
  const faults: Fault[] = [];
  items.forEach(({ key }, at) => {
    if (seen.has(key)) faults.push({ path: pathOf(at), code: 'REPEATED', params: { value: key } });
    seen.add(key);
  });
  return faults;
}
