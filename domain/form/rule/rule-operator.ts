// Comparing and reckoning in rules. All numbers are one type, and equal when they differ by less than reckoning errs.
import type { Node, ReadNode, Shape } from './rule-node.ts';
import {
  comparableNode,
  computed,
  listRead,
  NUMBER,
  numberRead,
  sameShape,
  spend,
  spendOn,
  TEXT,
  textRead,
  BOOL,
  Uncompilable,
  Undecided,
} from './rule-node.ts';

/** A thousandth of the finest decimal a report may have, and what a few roundings of a double make of a large number. */
const ABSOLUTE_ERROR = 1e-9;
const RELATIVE_ERROR = 1e-14;

/** 0.1 + 0.2 == 0.3, as a rule's author means it. */
const isNear = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= ABSOLUTE_ERROR + RELATIVE_ERROR * Math.max(Math.abs(a), Math.abs(b));

function equal(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return isNear(a, b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => equal(item, b[at]));
  return a === b;
}

/** `== null`: of a table or list of files whether it has no entries, of all else whether it is empty. */
function isNull(node: Node): ReadNode<boolean> {
  const { read, shape } = node;
  if (shape === null) return () => true;
  if (shape.is === 'list') return (frame) => (read(frame) as readonly unknown[]).length === 0;
  return (frame) => read(frame) === null;
}

export const present = (node: Node): Node => {
  const isAbsent = isNull(node);
  return computed(BOOL, (frame) => !isAbsent(frame));
};

function equality(left: Node, right: Node, op: '==' | '!='): ReadNode<boolean> {
  if (right.shape === null) return isNull(left);
  if (left.shape === null) return isNull(right);
  sameShape(left.shape, right.shape, op);
  if (containsRow(left.shape)) throw new Uncompilable(`${op} between rows; compare their cells`);
  const [a, b] = [comparableNode(left), comparableNode(right)];
  if (left.shape.is !== 'list') return (frame) => equal(a(frame), b(frame));
  return (frame) => {
    const list = a(frame) as readonly unknown[];
    spend(frame, list.length);
    return equal(list, b(frame));
  };
}

const containsRow = (shape: Shape): boolean =>
  shape.is === 'row' || (shape.is === 'list' && containsRow(shape.of));

type Order = '<' | '<=' | '>' | '>=';

/** A number stands before another only by more than reckoning errs, so that `<` and `==` never both hold. */
const NUMBERS: Record<Order, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b && !isNear(a, b),
  '<=': (a, b) => a <= b || isNear(a, b),
  '>': (a, b) => a > b && !isNear(a, b),
  '>=': (a, b) => a >= b || isNear(a, b),
};
const TEXTS: Record<Order, (a: string, b: string) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Texts are ordered too: dates are texts, and ISO dates stand in the order of time. */
function ordering(left: Node, right: Node, op: Order): ReadNode<boolean> {
  if (left.shape?.is === 'text') {
    const [a, b, holds] = [textRead(left, op), textRead(right, op), TEXTS[op]];
    return (frame) => holds(a(frame), b(frame));
  }
  const [a, b, holds] = [numberRead(left, op), numberRead(right, op), NUMBERS[op]];
  return (frame) => holds(a(frame), b(frame));
}

type Reckoning = '+' | '-' | '*' | '/' | '%';

const RECKON: Record<Reckoning, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

function reckoning(left: Node, right: Node, op: Reckoning): Node {
  const [a, b, result] = [numberRead(left, op), numberRead(right, op), RECKON[op]];
  return computed(NUMBER, (frame) => {
    const number = result(a(frame), b(frame));
    if (Number.isFinite(number)) return number;
    throw new Undecided(op === '/' || op === '%' ? 'division by zero' : 'a number too large');
  });
}

function addition(left: Node, right: Node): Node {
  if (left.shape?.is === 'text') {
    const [a, b] = [textRead(left, '+'), textRead(right, '+')];
    return computed(TEXT, (frame) => {
      const text = a(frame) + b(frame);
      spendOn(frame, text);
      return text;
    });
  }
  if (left.shape?.is === 'list') {
    sameShape(left.shape, right.shape, '+');
    const [a, b] = [listRead(left, '+'), listRead(right, '+')];
    return computed(left.shape, (frame) => {
      const [head, tail] = [a(frame), b(frame)];
      spend(frame, head.length + tail.length);
      return [...head, ...tail];
    });
  }
  return reckoning(left, right, '+');
}

function membership(left: Node, right: Node): Node {
  const items = listRead(right, 'in');
  if (right.shape?.is === 'list') sameShape(left.shape, right.shape.of, 'in');
  if (left.shape?.is === 'row') throw new Uncompilable('in needs a number, text or bool on its left');
  const item = comparableNode(left);
  return computed(BOOL, (frame) => {
    const wanted = item(frame);
    const list = items(frame);
    spend(frame, list.length);
    return list.some((other) => equal(wanted, other));
  });
}

export type Operator = '==' | '!=' | 'in' | Order | Reckoning;

export function operate(op: Operator, left: Node, right: Node): Node {
  switch (op) {
    case '==':
      return computed(BOOL, equality(left, right, op));
    case '!=': {
      const isEqual = equality(left, right, op);
      return computed(BOOL, (frame) => !isEqual(frame));
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return computed(BOOL, ordering(left, right, op));
    case '+':
      return addition(left, right);
    case 'in':
      return membership(left, right);
    default:
      return reckoning(left, right, op);
  }
}
