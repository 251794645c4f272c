// What a person types into a field, as the value it means: the same normalising as a workbook's cells get.
import type { Column, Field } from '../../../domain/form/field.ts';

/** Full-width digits and marks as their usual twins; spaces and commas between thousands left out. */
const plain = (text: string): string =>
  text
    .replace(/[！-～]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replace(/[\s,，]/g, '')
    .replace(/。/g, '.');

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/** A number; the text itself where it is none, so that the form says what is wrong with it. */
function numberOf(text: string): number | string | null {
  const bare = plain(text);
  if (bare === '') return null;
  return NUMBER.test(bare) ? Number(bare) : text;
}

/** 90, 90% and ９０ are 0.9: people type percents, the record keeps shares. */
function percentOf(text: string): number | string | null {
  const bare = plain(text).replace(/%$/, '');
  if (bare === '') return null;
  // By text, so that 28.7 is 0.287 and not 0.28700000000000003.
  return NUMBER.test(bare) ? Number(`${bare}e-2`) : text;
}

export function valueOfTyped({ type }: Pick<Field | Column, 'type'>, text: string): unknown {
  switch (type) {
    case 'integer':
    case 'number':
      return numberOf(text);
    case 'percent':
      return percentOf(text);
    case 'boolean':
      return text === '' ? null : text === 'yes';
    case 'choice':
    case 'date':
    case 'text':
      return text === '' ? null : text;
    case 'contact':
    case 'table':
    case 'file':
      return text;
  }
}

/** A value as it stands in the input: `valueOfTyped` of it is the value again. */
export function typedOfValue({ type }: Pick<Field | Column, 'type'>, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (type === 'percent' && typeof value === 'number') return String(Number(`${value}e2`));
  if (type === 'boolean') return value === true ? 'yes' : 'no';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
