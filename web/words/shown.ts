// Values as the page shows them: a dash where nothing has been said, never 0.
import type { Language } from '../../domain/failure.ts';
import type { Field } from '../../domain/form/field.ts';
import type { Json } from '../../domain/form/value.ts';
import { shownText } from '../../domain/paper/summary/shown-value.ts';

export const NO_VALUE = '—';

/** `field`: as an answer describes it; the server has masked what is not for this reader. */
export function shown(
  field: { key: string; label: string; type: string },
  value: unknown,
  language: Language,
): string {
  if (value === null || value === undefined) return NO_VALUE;
  const { key, label, type } = field;
  const plain = { key, label, type, required: false, aggregate: 'none', sensitive: false } as Field;
  return shownText(plain, value as Json, { language, files: {} });
}

/** `已报 2/3（67%）` in parts: how many of those that are asked. */
export const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.floor((part / whole) * 100);
