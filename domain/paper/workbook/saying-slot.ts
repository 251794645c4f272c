// The cells of a workbook beside the form's fields: one explanation for all rules that ask for one, and a note.
import type { Language } from '../../failure.ts';
import type { Column, Form } from '../../form/field.ts';
import type { Slot } from './cell/slot.ts';
import { worded } from './words.ts';

/** No field has such keys. */
export const EXPLANATION_KEY = '#explanation';
export const NOTE_KEY = '#note';

/** As long as a report's note may be (assignment/command.ts). */
const MAX_LENGTH = 2000;

/** Workbooks taken down before there were such cells have none. */
export const isSaying = (id: string): boolean => id === EXPLANATION_KEY || id === NOTE_KEY;

const slot = (key: string, label: string): Slot => {
  const of: Column = { key, label, type: 'text', required: false, maxLength: MAX_LENGTH };
  return { id: key, key, part: null, of };
};

/** The explanation stands only where some rule may ask for one. */
export const sayingSlots = ({ rules }: Form, language: Language): Slot[] => [
  ...(rules.some(({ severity }) => severity === 'explain')
    ? [slot(EXPLANATION_KEY, worded('explanation', language))]
    : []),
  slot(NOTE_KEY, worded('note', language)),
];

/** Their texts; `''` where empty. */
export type Saying = { explanation: string; note: string };

const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Takes them out of the values read, and returns the rest as the form's own. */
export function parted(read: Record<string, unknown>): { saying: Saying; values: Record<string, unknown> } {
  const { [EXPLANATION_KEY]: explanation, [NOTE_KEY]: note, ...values } = read;
  return { saying: { explanation: textIn(explanation), note: textIn(note) }, values };
}

/** Where in a report a key of a workbook belongs. */
export function pathOfKey(key: string): string {
  if (key === EXPLANATION_KEY) return 'explanations';
  return key === NOTE_KEY ? 'note' : `values.${key}`;
}
