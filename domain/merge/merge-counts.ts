// Merging yes/no and choices: the count of each answer, and the result of `all` and `any`.
import type { CountsPart, Measure } from './merge-part.ts';
import { compareText, valueOf } from './merge-part.ts';

/** Each value with the number of reports that gave it, in the order of the form's options. */
export const countByValue: Measure<CountsPart> = {
  of(field, report) {
    const value = valueOf(report, field.key);
    if (typeof value === 'boolean') return { counts: [[value ? 'true' : 'false', 1]] };
    return { counts: typeof value === 'string' ? [[value, 1]] : [] };
  },
  tally() {
    const counts = new Map<string, number>();
    return {
      add(part) {
        for (const [value, n] of part.counts) counts.set(value, (counts.get(value) ?? 0) + n);
      },
      part: () => ({ counts: [...counts].sort((a, b) => compareText(a[0], b[0])) }),
    };
  },
  finish({ counts }, field) {
    if (counts.length === 0) return null;
    const place = (value: string): number => field.options?.indexOf(value) ?? 0;
    return Object.fromEntries([...counts].sort((a, b) => place(a[0]) - place(b[0])));
  },
};

/** true when every report said so; of a choice, the option all have chosen, else null. */
export const all: Measure<CountsPart> = {
  ...countByValue,
  finish({ counts }, field) {
    if (counts.length === 0) return null;
    if (field.type === 'boolean') return !counts.some(([value]) => value === 'false');
    return counts.length === 1 ? (counts[0]?.[0] ?? null) : null;
  },
};

/** true when at least one report said so; of a choice, the options anybody has chosen. */
export const any: Measure<CountsPart> = {
  ...countByValue,
  finish({ counts }, field) {
    if (counts.length === 0) return null;
    const said = counts.map(([value]) => value);
    return field.type === 'boolean'
      ? said.includes('true')
      : (field.options ?? []).filter((option) => said.includes(option));
  },
};
