// Each unit's contribution to a text, a list of files or a count, as merging leaves it (domain/merge).
import type { Json } from '../../form/value.ts';

type Who = { unit: string; unitName: string };

const entries = (value: Json): Record<string, Json>[] =>
  Array.isArray(value)
    ? value.flatMap((entry) =>
        typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? [entry] : [],
      )
    : [];

function whoOf({ unit, unitName }: Record<string, Json>): Who {
  const code = typeof unit === 'string' ? unit : '';
  return { unit: code, unitName: typeof unitName === 'string' ? unitName : code };
}

/** Of a `concat`. */
export const texts = (value: Json): (Who & { text: string })[] =>
  entries(value).map((entry) => ({
    ...whoOf(entry),
    text: typeof entry['text'] === 'string' ? entry['text'] : '',
  }));

/** Of a `collect`. */
export const collected = (value: Json): (Who & { files: string[] })[] =>
  entries(value).map((entry) => ({
    ...whoOf(entry),
    files: Array.isArray(entry['files']) ? entry['files'].filter((id) => typeof id === 'string') : [],
  }));

/** Of a `countByValue`: each value with how many gave it. */
export const counted = (value: Json): [string, number][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([said, n]): [string, number][] =>
        typeof n === 'number' ? [[said, n]] : [],
      )
    : [];
