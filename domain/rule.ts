// A form's rule made runnable: a parsed CEL expression, typed against the form, becomes closures over one report.
import type { Field } from './field.ts';
import { isNumeric } from './field.ts';
import type { Frame, Node, Shape } from './rule-node.ts';
import {
  computed,
  EMPTY,
  listRead,
  NUMBER,
  numberRead,
  sameShape,
  TEXT,
  TRUTH,
  truthRead,
  Uncompilable,
  Undecided,
} from './rule-node.ts';
import { call, callOn } from './rule-function.ts';
import { comprehend } from './rule-list.ts';
import type { Operator } from './rule-operator.ts';
import { operate } from './rule-operator.ts';

/** The syntax tree of cel-js, written down here because only form.ts may know cel-js. */
export type Expression =
  | { op: 'value'; args: unknown }
  | { op: 'id'; args: string }
  | { op: '.'; args: [Expression, string] }
  | { op: '[]'; args: [Expression, Expression] }
  | { op: 'call'; args: [string, Expression[]] }
  | { op: 'rcall'; args: [string, Expression, Expression[]] }
  | { op: 'list'; args: Expression[] }
  | { op: '?:'; args: [Expression, Expression, Expression] }
  | { op: '!_' | '-_'; args: Expression }
  | { op: '||' | '&&' | Operator; args: [Expression, Expression] }
  | { op: 'map' | '.?' | '[?]'; args: unknown };

/** Keys of the fields a rule reads, and of those it reads the last approved value of. */
export type Reads = { fields: Set<string>; last: Set<string> };

/** `holds` is null when the rule reads something empty and is therefore skipped; throws `Undecided`, nothing else. */
export type CompiledCheck = { reads: Reads; holds: (frame: Frame) => boolean | null };

/** What an expression may name: the form's fields, and the variables of the comprehensions around it. */
type Scope = {
  fields: ReadonlyMap<string, { at: number; shape: Shape; hasLast: boolean }>;
  locals: readonly { name: string; shape: Shape }[];
  reads: Reads;
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
  if (field.type === 'boolean') return TRUTH;
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

/** Throws `Uncompilable`. */
export function compileCheck(expression: Expression, fields: Scope['fields']): CompiledCheck {
  const reads: Reads = { fields: new Set(), last: new Set() };
  const check = truthRead(compile(expression, { fields, locals: [], reads }), 'a rule');
  return {
    reads,
    holds(frame) {
      try {
        return check(frame);
      } catch (error) {
        if (error === EMPTY) return null;
        throw error;
      }
    },
  };
}

function compile(expression: Expression, scope: Scope): Node {
  switch (expression.op) {
    case 'value':
      return literal(expression.args);
    case 'id':
      return named(expression.args, scope);
    case '.':
      return member(expression.args[0], expression.args[1], scope);
    case '[]':
      return element(compile(expression.args[0], scope), compile(expression.args[1], scope));
    case 'call':
      return call(
        expression.args[0],
        expression.args[1].map((arg) => compile(arg, scope)),
      );
    case 'rcall':
      return method(expression.args[0], compile(expression.args[1], scope), expression.args[2], scope);
    case 'list':
      return listOf(expression.args.map((item) => compile(item, scope)));
    case '?:':
      return choice(expression.args, scope);
    case '!_': {
      const a = truthRead(compile(expression.args, scope), '!');
      return computed(TRUTH, (frame) => !a(frame));
    }
    case '-_': {
      const a = numberRead(compile(expression.args, scope), '-');
      return computed(NUMBER, (frame) => -a(frame));
    }
    case '||':
    case '&&':
      return both(expression.op, expression.args, scope);
    case 'map':
    case '.?':
    case '[?]':
      throw new Uncompilable(`no ${expression.op === 'map' ? '{…}' : expression.op} in rules`);
    default:
      return operate(expression.op, compile(expression.args[0], scope), compile(expression.args[1], scope));
  }
}

function literal(value: unknown): Node {
  if (value === null) return { shape: null, read: () => null, empty: 'cell' };
  if (typeof value === 'string') return computed(TEXT, () => value);
  if (typeof value === 'boolean') return computed(TRUTH, () => value);
  const number = Number(value); // 3, 3u and 3.0 are the same number
  if (value instanceof Uint8Array || Number.isNaN(number)) throw new Uncompilable('no b"…" in rules');
  return computed(NUMBER, () => number);
}

function named(name: string, scope: Scope): Node {
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

function member(owner: Expression, key: string, scope: Scope): Node {
  const isShadowed = scope.locals.some((local) => local.name === 'last');
  if (owner.op === 'id' && owner.args === 'last' && !isShadowed) return lastOf(key, scope);
  const node = compile(owner, scope);
  if (node.shape?.is !== 'row') throw new Uncompilable(`.${key} of something that has no columns`);
  const shape = node.shape.columns.get(key);
  if (!shape) throw new Uncompilable(`there is no column ${key}`);
  const { read, empty } = node;
  return {
    shape,
    read(frame) {
      const row = read(frame) as Record<string, unknown> | null;
      return row !== null && Object.hasOwn(row, key) ? row[key] : null;
    },
    empty: empty === 'never' ? 'cell' : empty,
  };
}

function lastOf(key: string, scope: Scope): Node {
  const field = scope.fields.get(key);
  if (!field) throw new Uncompilable(`there is no field ${key}`);
  if (!field.hasLast) throw new Uncompilable(`there is no last value of ${key}: it is not a single value`);
  scope.reads.last.add(key);
  const type = { number: 'number', text: 'string', truth: 'boolean', list: '', row: '' }[field.shape.is];
  return {
    shape: field.shape,
    empty: 'skips',
    read({ last }) {
      const value = Object.hasOwn(last, key) ? last[key] : null;
      return typeof value === type ? value : null;
    },
  };
}

function element(list: Node, index: Node): Node {
  const [items, at] = [listRead(list, '[]'), numberRead(index, '[]')];
  if (list.shape?.is !== 'list') throw new Uncompilable('[] needs a list');
  return {
    shape: list.shape.of,
    empty: 'cell',
    read(frame) {
      const item = items(frame)[at(frame)];
      if (item === undefined) throw new Undecided('there is no such row');
      return item;
    },
  };
}

function listOf(items: readonly Node[]): Node {
  const shape = items[0]?.shape;
  if (!shape) throw new Uncompilable('a list needs at least one value that is not null');
  for (const item of items) sameShape(shape, item.shape, 'a list');
  const reads = items.map((item) => item.read);
  return computed({ is: 'list', of: shape }, (frame) => {
    const list = reads.map((read) => read(frame));
    if (items.some((item, at) => item.empty === 'skips' && list[at] === null)) throw EMPTY;
    return list;
  });
}

function choice([condition, yes, no]: [Expression, Expression, Expression], scope: Scope): Node {
  const test = truthRead(compile(condition, scope), '?:');
  const [a, b] = [compile(yes, scope), compile(no, scope)];
  if (a.shape && b.shape) sameShape(a.shape, b.shape, '?:');
  const empty = [a, b].some((node) => node.empty === 'skips') ? 'skips' : 'cell';
  return { shape: a.shape ?? b.shape, read: (frame) => (test(frame) ? a.read(frame) : b.read(frame)), empty };
}

/** Left to right: what stands right is not read once the left has decided, so `a == null || a > 3` guards. */
function both(op: '||' | '&&', [left, right]: [Expression, Expression], scope: Scope): Node {
  const [a, b] = [truthRead(compile(left, scope), op), truthRead(compile(right, scope), op)];
  return computed(TRUTH, op === '||' ? (frame) => a(frame) || b(frame) : (frame) => a(frame) && b(frame));
}

function method(name: string, owner: Node, args: readonly Expression[], scope: Scope): Node {
  const [first, ...rest] = args;
  if (first?.op === 'id' && rest.length > 0 && owner.shape?.is === 'list') {
    const locals = [...scope.locals, { name: first.args, shape: owner.shape.of }];
    const parts = rest.map((part) => compile(part, { ...scope, locals }));
    const made = comprehend(name, owner, scope.locals.length, parts);
    if (made) return made;
  }
  return callOn(
    name,
    owner,
    args.map((arg) => compile(arg, scope)),
  );
}
