// Writes a value that is already known into an input cell.
import type { Language } from '../../../failure.ts';
import { MAX_CELL_TEXT, writable } from './cell.ts';
import { serialOf } from './date-serial.ts';
import type { Slot } from './slot.ts';
import { noWord, yesWord } from '../words.ts';

/** A date of before 1900 stands as text. */
export function cellFor({ of, part }: Slot, value: unknown, language: Language): string | number | null {
  if (value === null || value === undefined) return null;
  if (part !== null) {
    const named = typeof value === 'object' ? (value as Record<string, unknown>)[part] : null;
    return typeof named === 'string' ? textFor(named) : null;
  }
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? yesWord(language) : noWord(language);
  if (typeof value !== 'string') return null;
  return of.type === 'date' ? (serialOf(value) ?? value) : textFor(value);
}

const textFor = (text: string): string | null => {
  const written = writable(text);
  return written === '' ? null : written;
};

/** Does the cell lose part of the value? */
export const fits = (value: unknown): boolean =>
  typeof value !== 'string' || writable(value).length <= MAX_CELL_TEXT;
