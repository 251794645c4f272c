// The workbook of one report: its form to be filled in, with the values reported already.
import type { Language } from '../../../failure.ts';
import { MAX_ROWS } from '../../../form/field-kind.ts';
import type { Field, Form } from '../../../form/field.ts';
import { gridSheet, labelOf } from '../grid.ts';
import { FIRST_ENTRY_ROW } from '../grid-layout.ts';
import { hintOf } from '../hint.ts';
import { markSheet, REPORT_MARKER, tableMarker, type WorkbookMark } from '../marker.ts';
import {
  COLUMN,
  COLUMN_NAMES,
  fieldRows,
  HEAD_ROWS,
  sayingRows,
  tablesOf,
  type FieldRow,
} from './report-layout.ts';
import { EXPLANATION_KEY } from '../saying-slot.ts';
import { sheetName } from '../sheet-name.ts';
import type { PlannedCell, PlannedRow, SheetPlan, Validation } from '../sheet-plan.ts';
import { slotsOfAll, type Slot } from '../cell/slot.ts';
import { fieldFormat, Lists, validationOf } from '../validation.ts';
import { worded } from '../words.ts';
import { cellFor, fits } from '../cell/write-cell.ts';

/** The lines above the fields; `due` as people read it. */
export type Heading = { title: string; number: string; item: string; unit: string; due: string };

/** `carried`: fields filled with values approved before, and that day, as people read it. */
export type Filled = {
  carried?: ReadonlyMap<string, string>;
  values: Readonly<Record<string, unknown>>;
  rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** The explanation given before where a rule asked for it. */
  explanation?: string;
};

/** Own properties only: `constructor` is a possible key. */
export const rowsOf = (rows: Filled['rows'], key: string): readonly Readonly<Record<string, unknown>>[] =>
  Object.hasOwn(rows, key) ? (rows[key] ?? []) : [];

type Asked = { form: Form; heading: Heading; mark: WorkbookMark; filled: Filled; language: Language };

/** The path of a text no cell can hold; null where all fits. */
export function misfitOf(form: Form, { values, rows }: Filled): string | null {
  for (const { key, type } of form.fields) {
    if (type !== 'table') {
      if (!fits(values[key])) return `values.${key}`;
      continue;
    }
    const at = rowsOf(rows, key).findIndex((row) => !Object.values(row).every(fits));
    if (at >= 0) return `rows.${key}[${at}]`;
  }
  return null;
}

export function reportSheets(asked: Asked): SheetPlan[] {
  const { form, filled, language } = asked;
  const lists = new Lists();
  const taken = new Set([worded('sheet', language).toLowerCase()]);
  const names = new Map<string, string>();
  for (const { key, label } of tablesOf(form)) {
    const name = sheetName(label, taken);
    taken.add(name.toLowerCase());
    names.set(key, name);
  }
  const tables = tablesOf(form).map((field) => tableSheet(field, names.get(field.key) ?? field.key));
  function tableSheet(field: Field, name: string): SheetPlan {
    const slots = slotsOfAll(field.columns ?? []);
    const note = worded('rowsInstruction', language, { row: FIRST_ENTRY_ROW, max: MAX_ROWS });
    const entries = rowsOf(filled.rows, field.key);
    const title = field.required ? `${field.label} *` : field.label;
    return gridSheet(
      { name, marker: tableMarker(field.key), title, note, slots, maxRows: MAX_ROWS, entries },
      lists,
      language,
    );
  }
  return [formSheet(asked, names, lists), ...tables, lists.sheet(), markSheet(asked.mark)];
}

function formSheet(asked: Asked, tableNames: ReadonlyMap<string, string>, lists: Lists): SheetPlan {
  const { form, language } = asked;
  const fields = fieldRows(form);
  const sayings = sayingRows(form, language);
  return {
    name: worded('sheet', language),
    isHidden: false,
    columns: [{ width: 34 }, { width: 8 }, { width: 34 }, { width: 36 }, { width: 2, isHidden: true }],
    rows: [
      ...headOf(asked),
      ...fields.map((row) => rowOf(row, asked, tableNames)),
      ...sayings.map((row) => sayingRow(row, asked)),
    ],
    validations: [...fields, ...sayings].flatMap(({ at, slot }): Validation[] =>
      slot === null ? [] : [validationOf(slot, `C${at}`, lists, language)],
    ),
    headRows: HEAD_ROWS,
    isList: false,
  };
}

function headOf({ heading, language }: Asked): PlannedRow[] {
  const span = COLUMN.hint;
  const across = (value: string, look: 'title' | 'line' | 'note'): PlannedCell[] => [
    { column: COLUMN.label, value, look, span },
  ];
  const { title, number, item, unit, due } = heading;
  const header = (['label', 'unit', 'value', 'hint'] as const).map((word): PlannedCell => ({
    column: COLUMN[word],
    value: worded(word, language),
    look: 'header',
  }));
  return [
    {
      at: 1,
      isHidden: true,
      cells: [
        { column: COLUMN.label, value: REPORT_MARKER, look: 'hidden' },
        ...COLUMN_NAMES.map(([column, value]): PlannedCell => ({ column, value, look: 'hidden' })),
      ],
    },
    { at: 2, cells: across(title, 'title') },
    { at: 3, cells: across(worded('number', language, { number, item }), 'line') },
    { at: 4, cells: across(worded('holder', language, { unit, due }), 'line') },
    { at: 5, cells: across(worded('instruction', language), 'note') },
    { at: 6, cells: header },
  ];
}

function rowOf(row: FieldRow, asked: Asked, tableNames: ReadonlyMap<string, string>): PlannedRow {
  const { field, slot } = row;
  const { filled, language } = asked;
  const name: PlannedCell = { column: COLUMN.name, value: row.name, look: 'hidden' };
  const unit: PlannedCell = { column: COLUMN.unit, value: field.unit ?? '', look: 'label' };
  const star = field.required ? ' *' : '';
  const since = filled.carried?.get(field.key);
  const noted = (hint: string): string =>
    [hint, since === undefined ? '' : worded('carried', language, { at: since })]
      .filter((part) => part !== '')
      .join('\n');
  if (slot === null) {
    const says =
      field.type === 'table'
        ? worded('seeSheet', language, { sheet: tableNames.get(field.key) ?? '' })
        : worded('noFiles', language);
    const cells: PlannedCell[] = [
      { column: COLUMN.label, value: `${field.label}${star}`, look: 'label' },
      unit,
      { column: COLUMN.value, value: says, look: 'label' },
      { column: COLUMN.hint, value: noted(field.required ? worded('required', language) : ''), look: 'hint' },
      name,
    ];
    return { at: row.at, cells };
  }
  const value = cellFor(slot, filled.values[field.key], language);
  return {
    at: row.at,
    cells: [
      { column: COLUMN.label, value: labelOf(slot, language), look: 'label' },
      unit,
      { column: COLUMN.value, value, look: 'input', format: fieldFormat(slot), decimals: slot.of.decimals },
      { column: COLUMN.hint, value: noted(hintOf(slot, language)), look: 'hint' },
      name,
    ],
  };
}

function sayingRow({ at, slot }: { at: number; slot: Slot }, { filled, language }: Asked): PlannedRow {
  const value = slot.key === EXPLANATION_KEY ? cellFor(slot, filled.explanation, language) : null;
  return {
    at,
    cells: [
      { column: COLUMN.label, value: labelOf(slot, language), look: 'label' },
      { column: COLUMN.unit, value: '', look: 'label' },
      { column: COLUMN.value, value, look: 'input', format: fieldFormat(slot) },
      { column: COLUMN.hint, value: hintOf(slot, language), look: 'hint' },
      { column: COLUMN.name, value: slot.id, look: 'hidden' },
    ],
  };
}
