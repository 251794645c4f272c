// Why a report stands where it stands in the queue: one sentence an outlier, or that it was explained, or that it is plain.
import type { ReviewItem } from '../../../contract/nodes.ts';
import type { Language } from '../../../domain/failure.ts';
import { shown } from '../../words/shown.ts';
import { REVIEW_WORDS } from './words.ts';

export function reasonsOf(item: ReviewItem, language: Language): string[] {
  const words = REVIEW_WORDS[language];
  const fieldOf = (key: string): ReviewItem['fields'][number] =>
    item.fields.find((field) => field.key === key) ?? { key, label: key, type: 'number', unit: null };
  const outliers = item.outliers.map((outlier) => {
    const field = fieldOf(outlier.field);
    const value = shown(field, outlier.value, language);
    if (outlier.kind === 'jump')
      return words.jump(outlier.label, value, shown(field, outlier.last.value, language));
    if (outlier.kind === 'zScore')
      return words.apart(
        outlier.label,
        value,
        shown({ ...field, type: 'number' }, Math.round(outlier.mean * 100) / 100, language),
      );
    return words.alarm(outlier.label, value);
  });
  const explained = Object.keys(item.explained).length;
  return [...outliers, ...(explained > 0 ? [words.explained(explained)] : [])];
}

/** The last value of a field as an outlier knows it. */
export function lastOf(item: ReviewItem, key: string): number | null {
  for (const outlier of item.outliers)
    if (outlier.kind === 'jump' && outlier.field === key) return outlier.last.value;
  return null;
}
