// What is found while a workbook is read: problems and readings by cell, so many and no more.
import type { Misread } from './cell/cell-reading.ts';
import type { Slot } from './cell/slot.ts';

/** What is wrong with one cell. */
export type CellProblem = { cell: string; path: string } & Misread;

/** How a cell was read that does not say letter by letter what was taken; `formula`: its stored result was. */
export type CellTaken = { cell: string; path: string; written: string; read: unknown; formula?: true };

/** Stands for what could not be read: no field accepts it, so a check of the whole marks its field as wrong. */
export const UNREADABLE = Number.NaN;

/** More is not told of what is wrong, or of how cells were read. */
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
