// Taking a report's values and rows in: each is checked against its field; accepted ones are kept, the others named as faults.
import type { Fault } from '../failure.ts';
import type { Column, Field } from './field.ts';
import { MAX_ROWS } from './field-kind.ts';
import { isSensitive, isSensitiveColumn, looksMasked } from './masking.ts';
import type { Check, Json, Row } from './value.ts';
import { checkOf, Wrong } from './value.ts';

/** A field or column with its check built. */
type Checked = { key: string; required: boolean; check: Check };
export type CheckedField = Checked & { type: Field['type']; columns: CheckedColumns };
type CheckedColumns = { list: readonly Checked[]; keys: ReadonlySet<string> };

export type ReportTakenIn = {
  faults: Fault[];
  /** Only accepted values; empty ones are left out. */
  values: Record<string, Json>;
  rows: Record<string, Row[]>;
  /** The kept values by the field's place in the form, for the rules: null where empty, an absent list empty. */
  slots: unknown[];
  /** Keys of the fields at fault. */
  wrong: Set<string>;
};

/** Faults of one report that are named; a table wrong in every cell is wrong enough. */
const MAX_FAULTS = 1000;
/** Longest foreign key repeated in a path. */
const SHOWN_KEY_LENGTH = 80;

const REQUIRED = new Wrong('REQUIRED');
const UNKNOWN = new Wrong('UNKNOWN_FIELD');
const NOT_ROWS = new Wrong('WRONG_TYPE', { expected: 'rows' });
const NOT_A_ROW = new Wrong('WRONG_TYPE', { expected: 'row' });
const TOO_MANY_ROWS = new Wrong('TOO_MANY', { max: MAX_ROWS });

const MASKED = new Wrong('MASKED_VALUE');

/** A value copied from where it was masked: taken, its stars would stand in place of the true value for ever. */
const unmasked =
  (check: Check): Check =>
  (value) => {
    if (typeof value === 'string' && looksMasked(value)) return MASKED;
    const kept = check(value);
    return !(kept instanceof Wrong) && looksMasked(kept) ? MASKED : kept;
  };

const checked = (of: Column | Field, isMaskable: boolean): Checked => ({
  key: of.key,
  required: of.required,
  check: isMaskable ? unmasked(checkOf(of)) : checkOf(of),
});

export function checkedField(field: Field): CheckedField {
  const list = (field.columns ?? []).map((column) => checked(column, isSensitiveColumn(field, column)));
  return {
    ...checked(field, isSensitive(field)),
    type: field.type,
    columns: { list, keys: new Set(list.map(({ key }) => key)) },
  };
}

/** `isZero`: a zero report is one act; it answers the flows and snapshots, and owes nothing else. */
export function takeInReport(
  fields: ReadonlyMap<string, CheckedField>,
  values: Record<string, unknown>,
  rows: Record<string, unknown>,
  isZero: boolean,
): ReportTakenIn {
  const intake: ReportTakenIn = { faults: [], values: {}, rows: {}, slots: [], wrong: new Set() };
  const { faults } = intake;
  for (const field of fields.values()) {
    const before = faults.length;
    if (field.type === 'table') takeTable(field, values, rows, !isZero, intake);
    else takeValue(field, values, !isZero, intake);
    if (faults.length > before) intake.wrong.add(field.key);
  }
  for (const key of Object.keys(values)) if (!fields.has(key)) name(faults, `values.${shown(key)}`, UNKNOWN);
  for (const key of Object.keys(rows)) {
    if (fields.get(key)?.type !== 'table') name(faults, `rows.${shown(key)}`, UNKNOWN);
  }
  return intake;
}

const shown = (key: string): string => key.slice(0, SHOWN_KEY_LENGTH);

function name(faults: Fault[], path: string, { code, params }: Wrong): void {
  if (faults.length < MAX_FAULTS) faults.push(params ? { path, code, params } : { path, code });
}

/** Own properties only: `constructor` is a possible key, and every object has one. */
const given = (from: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(from, key) ? from[key] : null;

function takeValue(
  field: CheckedField,
  values: Record<string, unknown>,
  isDue: boolean,
  intake: ReportTakenIn,
): void {
  const { key } = field;
  const value = field.check(given(values, key));
  if (value instanceof Wrong || value === null) {
    if (value) name(intake.faults, `values.${key}`, value);
    else if (field.required && isDue) name(intake.faults, `values.${key}`, REQUIRED);
    intake.slots.push(field.type === 'file' ? [] : null);
    return;
  }
  intake.values[key] = value;
  intake.slots.push(value);
}

function takeTable(
  field: CheckedField,
  values: Record<string, unknown>,
  rows: Record<string, unknown>,
  isDue: boolean,
  { faults, rows: kept, slots }: ReportTakenIn,
): void {
  const { key, columns } = field;
  const misplaced = field.check(given(values, key));
  if (misplaced instanceof Wrong) name(faults, `values.${key}`, misplaced);
  const table = given(rows, key) ?? [];
  const path = `rows.${key}`;
  let taken: Row[] = [];
  if (!Array.isArray(table)) name(faults, path, NOT_ROWS);
  else if (table.length > MAX_ROWS) name(faults, path, TOO_MANY_ROWS);
  else if (table.length === 0 && field.required && isDue) name(faults, path, REQUIRED);
  else taken = (table as unknown[]).map((row, at) => takeRow(columns, row, () => `${path}[${at}]`, faults));
  kept[key] = taken;
  slots.push(taken);
}

function takeRow(columns: CheckedColumns, row: unknown, pathOf: () => string, faults: Fault[]): Row {
  const kept: Row = {};
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    name(faults, pathOf(), NOT_A_ROW);
    return kept;
  }
  const cells = row as Record<string, unknown>;
  for (const { key, required, check } of columns.list) {
    const value = check(given(cells, key));
    if (value instanceof Wrong) name(faults, `${pathOf()}.${key}`, value);
    else if (value !== null) kept[key] = value;
    else if (required) name(faults, `${pathOf()}.${key}`, REQUIRED);
  }
  for (const key of Object.keys(cells)) {
    if (!columns.keys.has(key)) name(faults, `${pathOf()}.${shown(key)}`, UNKNOWN);
  }
  return kept;
}
