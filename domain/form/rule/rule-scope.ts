// The names a rule may use: the form's fields, their last approved values, and the variables of the lists being walked.
import type { Field } from '../field.ts';
import { isNumeric } from '../field-kind.ts';
import type { Node, Shape } from './rule-node.ts';
import { BOOL, NUMBER, TEXT, Uncompilable } from './rule-node.ts';

/** Keys of the fields a rule reads, and of those it reads the last approved value of. */
export type Reads = { fields: Set<string>; last: Set<string> };

/** The fields a rule is about, now or before. */
export const fieldsRead = ({ fields, last }: Reads): string[] => [...new Set([...fields, ...last])].sort();

/** The names an expression may use: the form's fields, and the variables of the comprehensions around it. */
export type Scope = {
  fields: ReadonlyMap<string, { at: number; shape: Shape; hasLast: boolean }>;
  locals: readonly { name: string; shape: Shape }[];
  reads: Reads;
  /** Nodes compiled so far. */
  count: { nodes: number };
};

const CONTACT: Shape = {
  is: 'row',
  columns: new Map([
    ['name', TEXT],
    ['phone', TEXT],
  ]),
};

function shapeOf(field: Pick<Field, 'type' | 'columns'>): Shape {
  if (isNumeric(field.type)) return NUMBER;
  if (field.type === 'boolean') return BOOL;
  if (field.type === 'contact') return CONTACT;
  if (field.type === 'file') return { is: 'list', of: TEXT };
  if (field.type !== 'table') return TEXT;
  const columns = new Map(field.columns?.map((column) => [column.key, shapeOf(column)]));
  return { is: 'list', of: { is: 'row', columns } };
}

/** The names rules of this form may use. */
export function namesOf(fields: readonly Field[]): Scope['fields'] {
  return new Map(
    fields.map((field, at) => {
      const shape = shapeOf(field);
      return [field.key, { at, shape, hasLast: shape.is !== 'list' && shape.is !== 'row' }];
    }),
  );
}

export function scopeNamed(name: string, scope: Scope): Node {
  const slot = scope.locals.findLastIndex((local) => local.name === name);
  const local = scope.locals[slot];
  if (local) return { shape: local.shape, read: (frame) => frame.locals[slot], empty: 'cell' };
  const field = scope.fields.get(name);
  if (!field)
    throw new Uncompilable(name === 'last' ? 'last is read as last.<key>' : `there is no field ${name}`);
  scope.reads.fields.add(name);
  const { at, shape } = field;
  return { shape, read: (frame) => frame.values[at], empty: 'skips' };
}

export function lastInScope(key: string, scope: Scope): Node {
  const field = scope.fields.get(key);
  if (!field) throw new Uncompilable(`there is no field ${key}`);
  if (!field.hasLast) throw new Uncompilable(`there is no last value of ${key}: it is not a single value`);
  scope.reads.last.add(key);
  const type = { number: 'number', text: 'string', bool: 'boolean', list: '', row: '' }[field.shape.is];
  return {
    shape: field.shape,
    empty: 'skips',
    read({ last }) {
      const value = Object.hasOwn(last, key) ? last[key] : null;
      return typeof value === type ? value : null;
    },
  };
}
