// The faults of a report, each at the fields it speaks of: one text for the field, the summary and the description.
import { wordsOf, type Fault, type Language } from '../../../domain/failure.ts';
import type { Field } from '../../../domain/form/field.ts';

export type ShownFault = {
  /** Fields that show it; the first one is where its link leads. */
  fields: readonly string[];
  text: string;
  /** A rule that asks for a reason: its key. */
  explain: string | null;
  /** In a table: the row it is in, from 0. */
  row: number | null;
};

const VALUE = /^values\.([^.[]+)/;
const ROW = /^rows\.([^.[]+)(?:\[(\d+)\])?(?:\.(.+))?/;
const EXPLAIN = /^explanations\.(.+)/;

/** A fault by its place; where the place is no field of the form, it is said without one. */
export function shownFault(fault: Fault, fields: readonly Field[], language: Language): ShownFault {
  const words = wordsOf(fault, language);
  const labelOf = (key: string): string => fields.find((field) => field.key === key)?.label ?? key;
  const explain = EXPLAIN.exec(fault.path)?.[1] ?? null;
  if (explain !== null || fault.path.startsWith('rules.'))
    return { fields: fault.fields ?? [], text: words, explain, row: null };
  const value = VALUE.exec(fault.path)?.[1];
  if (value !== undefined)
    return { fields: [value], text: `${labelOf(value)}：${words}`, explain: null, row: null };
  const [, table, row, column] = ROW.exec(fault.path) ?? [];
  if (table === undefined) return { fields: [], text: words, explain: null, row: null };
  const columns = fields.find((field) => field.key === table)?.columns ?? [];
  const columnLabel = columns.find(({ key }) => key === column)?.label ?? column;
  const number = row === undefined ? null : Number(row) + 1;
  const place = {
    zh: [labelOf(table), number === null ? null : `第 ${number} 行`, columnLabel],
    en: [labelOf(table), number === null ? null : `row ${number}`, columnLabel],
  }[language].filter((part) => part != null);
  return {
    fields: [table],
    text: `${place.join(' ')}：${words}`,
    explain: null,
    row: row === undefined ? null : Number(row),
  };
}

/** In the order of the page, so that the summary leads through it from top to bottom. */
export function shownFaults(
  faults: readonly Fault[],
  fields: readonly Field[],
  language: Language,
): ShownFault[] {
  const placeOf = ({ fields: at, row }: ShownFault): number =>
    fields.findIndex(({ key }) => key === at[0]) * 100_000 + (row ?? 0);
  return faults.map((fault) => shownFault(fault, fields, language)).sort((a, b) => placeOf(a) - placeOf(b));
}
