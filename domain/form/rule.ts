// A form's rule made runnable: a parsed CEL expression, typed against the form, becomes closures over one report.
import type { Frame, Node, ReadNode } from './rule/rule-node.ts';
import {
  computed,
  EMPTY,
  listRead,
  NUMBER,
  numberRead,
  sameShape,
  TEXT,
  BOOL,
  boolRead,
  Uncompilable,
  Undecided,
} from './rule/rule-node.ts';
import { call, callOn, matching } from './rule/rule-function.ts';
import { comprehend } from './rule/rule-list.ts';
import type { Operator } from './rule/rule-operator.ts';
import { operate } from './rule/rule-operator.ts';
import type { Reads, Scope } from './rule/rule-scope.ts';
import { fieldsRead, lastInScope, scopeNamed } from './rule/rule-scope.ts';

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

/** `holds` is null when the rule reads something empty and is therefore skipped; throws `Undecided`, nothing else. */
export type CompiledCheck = { reads: Reads; holds: (frame: Frame) => boolean | null };

/** Throws `Uncompilable`. */
export function compileCheck(expression: Expression, fields: Scope['fields']): CompiledCheck {
  const reads: Reads = { fields: new Set(), last: new Set() };
  const scope = { fields, locals: [], reads, count: { nodes: 0 } };
  let check: ReadNode<boolean>;
  try {
    check = boolRead(compile(expression, scope), 'a rule');
  } catch (error) {
    if (error instanceof Uncompilable) error.fields = fieldsRead(reads);
    throw error;
  }
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
  scope.count.nodes += 1;
  switch (expression.op) {
    case 'value':
      return literal(expression.args);
    case 'id':
      return scopeNamed(expression.args, scope);
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
      const a = boolRead(compile(expression.args, scope), '!');
      return computed(BOOL, (frame) => !a(frame));
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
  if (typeof value === 'boolean') return computed(BOOL, () => value);
  const number = Number(value); // 3, 3u and 3.0 are the same number
  if (value instanceof Uint8Array || Number.isNaN(number)) throw new Uncompilable('no b"…" in rules');
  return computed(NUMBER, () => number);
}

function member(owner: Expression, key: string, scope: Scope): Node {
  const isShadowed = scope.locals.some((local) => local.name === 'last');
  if (owner.op === 'id' && owner.args === 'last' && !isShadowed) return lastInScope(key, scope);
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
  const test = boolRead(compile(condition, scope), '?:');
  const [a, b] = [compile(yes, scope), compile(no, scope)];
  if (a.shape && b.shape) sameShape(a.shape, b.shape, '?:');
  const empty = [a, b].some((node) => node.empty === 'skips') ? 'skips' : 'cell';
  const shape = a.shape ?? b.shape;
  // An absent table is an empty list, also where null is written for one.
  const readOf = (node: Node): Node['read'] =>
    node.shape === null && shape?.is === 'list' ? () => [] : node.read;
  const [first, second] = [readOf(a), readOf(b)];
  return { shape, read: (frame) => (test(frame) ? first(frame) : second(frame)), empty };
}

/** Left to right: the right side is not read once the left has decided, so `a == null || a > 3` guards. */
function both(op: '||' | '&&', [left, right]: [Expression, Expression], scope: Scope): Node {
  const [a, b] = [boolRead(compile(left, scope), op), boolRead(compile(right, scope), op)];
  return computed(BOOL, op === '||' ? (frame) => a(frame) || b(frame) : (frame) => a(frame) && b(frame));
}

function method(name: string, owner: Node, args: readonly Expression[], scope: Scope): Node {
  const [first, ...rest] = args;
  if (first?.op === 'id' && rest.length > 0) {
    if (owner.shape?.is !== 'list') throw new Uncompilable(`.${name}() needs a list`);
    const locals = [...scope.locals, { name: first.args, shape: owner.shape.of }];
    const before = scope.count.nodes;
    const parts = rest.map((part) => compile(part, { ...scope, locals }));
    const made = comprehend(
      name,
      owner,
      { slot: scope.locals.length, size: scope.count.nodes - before },
      parts,
    );
    if (made) return made;
  }
  if (name === 'matches' && rest.length === 0) {
    // Written out in the rule, so that its cost is known when the form is made.
    if (first?.op === 'value' && typeof first.args === 'string') return matching(owner, first.args);
    throw new Uncompilable('matches needs a pattern in quotes');
  }
  return callOn(
    name,
    owner,
    args.map((arg) => compile(arg, scope)),
  );
}
