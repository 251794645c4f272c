// Faults between the parts of a well-shaped form, before it is filled in.
import { comparable } from '../comparable.ts';
import type { Fault } from '../failure.ts';
import { MAX_ABSOLUTE } from '../exact.ts';
import type { Column, Field, Form } from './field.ts';
import { aggregateName, aggregatesOf, isNumeric } from './field-kind.ts';

/** Words of the rule language or of a merged row that a key would hide. */
const RESERVED_FIELDS: ReadonlySet<string> = new Set(['last']);
const RESERVED_COLUMNS: ReadonlySet<string> = new Set(['sources', 'differences']);

/** Faults between the parts of a form that zod found well shaped; `path` is where the form stands in the request. */
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
  const allowed = aggregatesOf(field.type);
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
