// A report being filled in: what has been typed, and the report it makes. Pure; the screen and the device keep it.
import { judgeReport, type CompiledForm, type Judgement, type Last } from '../../../domain/form/form.ts';
import type { Field } from '../../../domain/form/field.ts';
import type { FormToFill } from '../../../contract/forms-to-fill.ts';
import { typedOfValue, valueOfTyped } from './typed.ts';

export type Contact = { name?: string; phone?: string };

/** By field: text as typed; a contact's two texts; ids of files. */
export type Typed = string | Contact | string[];

export type Draft = {
  typed: Record<string, Typed>;
  rows: Record<string, Record<string, unknown>[]>;
  note: string;
  explanations: Record<string, string>;
  /** Keys taken over from before and not touched since. */
  carried: string[];
};

export const EMPTY_DRAFT: Draft = { typed: {}, rows: {}, note: '', explanations: {}, carried: [] };

export type Offers = FormToFill['prefill'];

function typedOf(field: Field, value: unknown): Typed {
  if (field.type === 'contact') return value ?? {};
  if (field.type === 'file') return value ?? [];
  return typedOfValue(field, value);
}

/** The report that is in, as the beginning of the next version of it. */
export function draftOf(
  fields: readonly Field[],
  report: { values: Readonly<Record<string, unknown>>; rows: Readonly<Record<string, unknown>> } | null,
): Draft {
  if (report === null) return EMPTY_DRAFT;
  const draft: Draft = { ...EMPTY_DRAFT, typed: {}, rows: {} };
  for (const field of fields) {
    if (field.type === 'table')
      draft.rows[field.key] = (report.rows[field.key] ?? []) as Record<string, unknown>[];
    else if (report.values[field.key] != null)
      draft.typed[field.key] = typedOf(field, report.values[field.key]);
  }
  return draft;
}

/** Fields of this key and kind stay; what the form no longer has is told, and not deleted from the device. */
export function fitted(fields: readonly Field[], draft: Draft): { draft: Draft; lost: string[] } {
  const known = new Map(fields.map((field) => [field.key, field]));
  const lost = [...Object.keys(draft.typed), ...Object.keys(draft.rows)].filter((key) => !known.has(key));
  const keepKnown = <T>(of: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).filter(([key]) => known.has(key)));
  return { draft: { ...draft, typed: keepKnown(draft.typed), rows: keepKnown(draft.rows) }, lost };
}

export const withTyped = (draft: Draft, key: string, typed: Typed): Draft => ({
  ...draft,
  typed: { ...draft.typed, [key]: typed },
  carried: draft.carried.filter((each) => each !== key),
});

export const withRows = (draft: Draft, key: string, rows: Record<string, unknown>[]): Draft => ({
  ...draft,
  rows: { ...draft.rows, [key]: rows },
  carried: draft.carried.filter((each) => each !== key),
});

/** Takes offered values over; what has been typed already stays. */
export function withTakenOver(
  draft: Draft,
  fields: readonly Field[],
  offers: Offers,
  keys: readonly string[],
): Draft {
  const next: Draft = {
    ...draft,
    typed: { ...draft.typed },
    rows: { ...draft.rows },
    carried: [...draft.carried],
  };
  for (const field of fields) {
    const offer = offers[field.key];
    if (offer === undefined || !keys.includes(field.key)) continue;
    if (field.type === 'table') next.rows[field.key] = offer.value as Record<string, unknown>[];
    else next.typed[field.key] = typedOf(field, offer.value);
    if (!next.carried.includes(field.key)) next.carried.push(field.key);
  }
  return next;
}

function contactOf({ name = '', phone = '' }: Contact): Contact | null {
  if (name.trim() === '' && phone.trim() === '') return null;
  return { ...(name.trim() === '' ? {} : { name }), ...(phone.trim() === '' ? {} : { phone }) };
}

/** What the form judges and the server is sent. */
export function reportOf(
  fields: readonly Field[],
  draft: Draft,
): { values: Record<string, unknown>; rows: Record<string, unknown>; explanations: Record<string, string> } {
  const values: Record<string, unknown> = {};
  const rows: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.type === 'table') {
      rows[field.key] = draft.rows[field.key] ?? [];
      continue;
    }
    const typed = draft.typed[field.key];
    if (typed === undefined) continue;
    const value =
      field.type === 'contact'
        ? contactOf(typed as Contact)
        : field.type === 'file'
          ? typed
          : valueOfTyped(field, typed as string);
    if (value !== null && !(Array.isArray(value) && value.length === 0)) values[field.key] = value;
  }
  const explanations = Object.fromEntries(
    Object.entries(draft.explanations).filter(([, text]) => text.trim() !== ''),
  );
  return { values, rows, explanations };
}

/** The judgement of the server, made here: the same functions, the same order. */
export const judged = (compiled: CompiledForm, draft: Draft, last: Last): Judgement =>
  judgeReport(compiled, reportOf(compiled.form.fields, draft), last);

/** Fields with something in them. */
export const filledCount = (fields: readonly Field[], draft: Draft): number => {
  const { values, rows } = reportOf(fields, draft);
  return fields.filter(({ key, type }) =>
    type === 'table' ? (rows[key] as unknown[]).length > 0 : values[key] !== undefined,
  ).length;
};
