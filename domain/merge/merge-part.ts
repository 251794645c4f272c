// The mergeable part of a figure: the contribution of one report, desk or directive, as plain JSON.
import { z } from 'zod';
import { Exact } from '../exact-number.ts';
import type { Column, Field } from '../form/field.ts';
import type { Json, Row } from '../form/value.ts';

/** Where a contribution comes from. `at`, the report's UTC instant, decides what is `last`. */
export const Source = z.strictObject({
  assignment: z.string(),
  unit: z.string(),
  unitName: z.string().optional(),
  at: z.string().optional(),
  /** Where it stands among all of its directive: lists and rows come in this order, without one by assignment. */
  rank: z.string().optional(),
});
export type Source = z.infer<typeof Source>;

const N = z.int().min(0);
const Value = z.json();

/** sum, mean: `sum` in millionths. */
export const SumPart = z.strictObject({ n: N, sum: Exact });
export type SumPart = z.infer<typeof SumPart>;

/** weightedMean: `sum` of value × weight in 10⁻¹², `weight` in millionths. */
export const WeightedPart = z.strictObject({ n: N, sum: Exact, weight: Exact });
export type WeightedPart = z.infer<typeof WeightedPart>;

export const CountPart = z.strictObject({ n: N });
export type CountPart = z.infer<typeof CountPart>;

/** min, max. */
export const ExtremePart = z.strictObject({ value: Value });
export type ExtremePart = z.infer<typeof ExtremePart>;

const Latest = z.strictObject({ at: z.string(), assignment: z.string(), value: Value });
export type Latest = z.infer<typeof Latest>;
export const LastPart = z.strictObject({ latest: Latest.nullable() });
export type LastPart = z.infer<typeof LastPart>;

/** countByValue, all, any: pairs sorted by value, because a value may be any word, `__proto__` too. */
export const CountsPart = z.strictObject({ counts: z.array(z.tuple([z.string(), N])) });
export type CountsPart = z.infer<typeof CountsPart>;

/** One report's text, files or rows. */
const Entry = z.strictObject({
  assignment: z.string(),
  unit: z.string(),
  unitName: z.string().optional(),
  rank: z.string().optional(),
  content: Value,
});
export type PartEntry = z.infer<typeof Entry>;
/** concat, collect, union: one entry a contributing report, in order of rank. */
export const EntriesPart = z.strictObject({ entries: z.array(Entry) });
export type EntriesPart = z.infer<typeof EntriesPart>;

export const MergePart = z.union([
  SumPart,
  WeightedPart,
  CountPart,
  ExtremePart,
  LastPart,
  CountsPart,
  EntriesPart,
]);
export type MergePart = z.infer<typeof MergePart>;

/** A judged report: normalised values and rows, empty fields left out. */
export type Report = { values: Record<string, Json>; rows: Record<string, Row[]> };

/** A sum under way; mutable, so that 100,000 parts cost 100,000 steps. Its part, when nothing was added, is the identity. */
export interface RunningMerge<P> {
  add(part: P): void;
  part(): P;
}

/** What a reader is shown of a report's value, or of a cell of its table, while a list or table of many is finished. */
export type Veil = (assignment: string, value: Json, column?: Column) => Json;

/** How one aggregate takes a report in, merges, and becomes a figure; `finish` gives null where nothing was reported. */
export interface Measure<P> {
  of(field: Field, report: Report, source: Source): P;
  tally(): RunningMerge<P>;
  finish(part: P, field: Field, veil?: Veil): Json;
}

/** Order of contributions: JavaScript's own order of strings, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Order of values of one field: numbers by size, all else as text (dates are ISO, a contact goes by name, then phone). */
export function compareValues(a: Json, b: Json): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareText(wordOf(a), wordOf(b));
}

function wordOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return JSON.stringify([value['name'] ?? null, value['phone'] ?? null]);
  }
  return JSON.stringify(value);
}

/** The value a report gives for a field; null when it gives none. */
export function valueOf(report: Pick<Report, 'values'>, key: string): Json {
  return Object.hasOwn(report.values, key) ? (report.values[key] ?? null) : null;
}

/** The same for a field of numbers. */
export function numberIn(report: Report, key: string): number | null {
  const value = valueOf(report, key);
  return typeof value === 'number' ? value : null;
}
