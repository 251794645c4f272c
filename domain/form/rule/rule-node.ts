// The values a rule works on: their shapes, how they are read from one report, and when reading ends the rule.

export type Shape =
  | { is: 'number' | 'text' | 'bool' }
  | { is: 'list'; of: Shape }
  | { is: 'row'; columns: ReadonlyMap<string, Shape> };

/** One report as its rules see it. `values` by the field's place in the form, null where empty; a table is its rows. */
export type Frame = {
  values: readonly unknown[];
  last: Readonly<Record<string, unknown>>;
  /** The variables of `filter(r, …)` and its kin, by nesting. */
  locals: unknown[];
  /** Work left for all rules of this report. */
  steps: number;
};

export type ReadNode<T> = (frame: Frame) => T;

/**
 * A typed part of a rule. `shape` is null for the word null. `empty` says what reading nothing means:
 * `never` happens; `skips` the rule (a field or `last`); `cell`, an empty table cell, equals null and nothing else.
 */
export type Node = { shape: Shape | null; read: ReadNode<unknown>; empty: 'never' | 'skips' | 'cell' };

export const NUMBER: Shape = { is: 'number' };
export const TEXT: Shape = { is: 'text' };
export const BOOL: Shape = { is: 'bool' };

/** The rule is not one of this form; `message` goes to its author, with the fields it had named before it failed. */
export class Uncompilable extends Error {
  fields: readonly string[] = [];
}

/** The rule has no answer for this report: division by zero, no such row, too much work. */
export class Undecided extends Error {}

/** The rule would have an answer, and the work to find it is more than a report is given. */
export class TooCostly extends Undecided {}

/** Thrown on reading an empty value; made once, because it is an ordinary end and a stack costs more than the rule. */
export const EMPTY = new Error('an empty value was read');

/** Steps all rules of one report may take together: under 0.1 s. A pass over 10,000 rows takes some 20,000. */
export const MAX_STEPS = 2_000_000;

/** Characters compared or copied in the time of one step. */
export const CHARACTERS_A_STEP = 32;

export function spend(frame: Frame, steps: number): void {
  frame.steps -= steps;
  if (frame.steps < 0) throw new TooCostly('too much work for one report');
}

export function spendOn(frame: Frame, text: string): void {
  spend(frame, 1 + Math.ceil(text.length / CHARACTERS_A_STEP));
}

export const computed = (shape: Shape, read: ReadNode<unknown>): Node => ({ shape, read, empty: 'never' });

/** Reads a value that must be there. */
function present(node: Node): ReadNode<unknown> {
  const { read } = node;
  if (node.empty === 'never') return read;
  return (frame) => {
    const value = read(frame);
    if (value === null) throw EMPTY;
    return value;
  };
}

/** Reads for a comparison with something: an empty cell is a value there, an empty field is not. */
export const comparableNode = (node: Node): ReadNode<unknown> =>
  node.empty === 'skips' ? present(node) : node.read;

const wordOf = (shape: Shape | null): string => shape?.is ?? 'null';

function expect(node: Node, is: Shape['is'], where: string): ReadNode<unknown> {
  if (node.shape?.is === is) return present(node);
  throw new Uncompilable(`${where} needs a ${is}, not a ${wordOf(node.shape)}`);
}

// A field typed as a number holds one: judge() puts only accepted values into a frame.
export const numberRead = (node: Node, where: string): ReadNode<number> =>
  expect(node, 'number', where) as ReadNode<number>;
export const textRead = (node: Node, where: string): ReadNode<string> =>
  expect(node, 'text', where) as ReadNode<string>;
export const boolRead = (node: Node, where: string): ReadNode<boolean> =>
  expect(node, 'bool', where) as ReadNode<boolean>;
export const listRead = (node: Node, where: string): ReadNode<readonly unknown[]> =>
  expect(node, 'list', where) as ReadNode<readonly unknown[]>;

/** Both sides must be of one shape; rows are compared by their cells, not as a whole. */
export function sameShape(a: Shape | null, b: Shape | null, where: string): void {
  if (isSame(a, b)) return;
  throw new Uncompilable(`${where} between a ${wordOf(a)} and a ${wordOf(b)}`);
}

function isSame(a: Shape | null, b: Shape | null): boolean {
  if (a?.is === 'list' && b?.is === 'list') return isSame(a.of, b.of);
  if (a?.is === 'row' && b?.is === 'row') return a.columns === b.columns;
  return a?.is === b?.is;
}
