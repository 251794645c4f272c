// The result of reading a cell: a value, with the text written where it differs, or why there is no value.
import type { FailureCode, Params } from '../../../failure.ts';

export type Misread = { code: FailureCode; params?: Params };

/** `written`: the text of the cell, where the value differs from it letter by letter. */
export type TakenCell = { value: unknown; written?: string; isFormula?: true };
export type CellReading = TakenCell | { misread: Misread } | null;

export const taken = (value: unknown, written?: string): TakenCell =>
  written === undefined ? { value } : { value, written };

export const misread = (code: FailureCode, params?: Params): { misread: Misread } => ({
  misread: params ? { code, params } : { code },
});

/** Letters of a cell that a message repeats. */
const SHOWN_LENGTH = 100;
export const shownIn = (text: string): string => text.trim().slice(0, SHOWN_LENGTH);
