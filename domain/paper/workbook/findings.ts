// The findings of reading a workbook: problems and readings by cell, up to a limit.
import type { Misread } from './cell/cell-reading.ts';
import type { Slot } from './cell/slot.ts';

/** The problem of one cell. */
export type CellProblem = { cell: string; path: string } & Misread;

/** A cell whose value differs from its text letter by letter; `formula`: its stored result was taken. */
export type CellTaken = { cell: string; path: string; written: string; read: unknown; formula?: true };

/** Stands for an unreadable value: no field accepts it, so a check of the whole marks its field as wrong. */
export const UNREADABLE = Number.NaN;

/** Problems, and readings, beyond these are not told. */
export const MAX_PROBLEMS = 1000;

/** Keeps one more while there is room. One too many is kept, so that it can be said that there are more. */
export function keep<T>(list: T[], one: T): boolean {
  if (list.length > MAX_PROBLEMS) return false;
  list.push(one);
  return true;
}

export const report = ({ problems }: { problems: CellProblem[] }, problem: CellProblem): void => {
  keep(problems, problem);
};

/** A contact's two cells make one value. Keys are the form's, so none of them is an object's own name. */
export function put(values: Record<string, unknown>, { key, part }: Slot, value: unknown): void {
  if (part === null) values[key] = value;
  else values[key] = { ...(values[key] as object | undefined), [part]: value };
}
