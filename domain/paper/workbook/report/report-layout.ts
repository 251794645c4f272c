// Where the fields of a form stand on the first sheet of a report's workbook: one under another, input in column C.
import type { Field, Form } from '../../../form/field.ts';
import type { Language } from '../../../failure.ts';
import { slotsOf, type Slot } from '../cell/slot.ts';
import { sayingSlots } from '../saying-slot.ts';

export const COLUMN = { label: 1, unit: 2, value: 3, hint: 4, name: 5 } as const;
/** Names of columns, title, number, holder, instruction, header. */
export const HEAD_ROWS = 6;
const FIRST_FIELD_ROW = HEAD_ROWS + 1;

/** The words of the hidden first row; its first cell is the sheet's marker. */
export const COLUMN_NAMES: readonly [column: number, name: 'unit' | 'value' | 'hint' | 'name'][] = [
  [COLUMN.unit, 'unit'],
  [COLUMN.value, 'value'],
  [COLUMN.hint, 'hint'],
  [COLUMN.name, 'name'],
];

/** `slot` null: nothing is filled in here, the row only says where (a table's sheet) or that it cannot be (files). */
export type FieldRow = { at: number; name: string; field: Field; slot: Slot | null };

export function fieldRows(form: Form): FieldRow[] {
  const rows: FieldRow[] = [];
  for (const field of form.fields) {
    const slots = slotsOf(field);
    const at = FIRST_FIELD_ROW + rows.length;
    if (slots.length === 0) rows.push({ at, name: field.key, field, slot: null });
    slots.forEach((slot, index) => rows.push({ at: at + index, name: slot.id, field, slot }));
  }
  return rows;
}

/** Below the fields: the explanation and the note. */
export function sayingRows(form: Form, language: Language): { at: number; slot: Slot }[] {
  const first = FIRST_FIELD_ROW + fieldRows(form).length;
  return sayingSlots(form, language).map((slot, index) => ({ at: first + index, slot }));
}

export const tablesOf = (form: Form): Field[] => form.fields.filter(({ type }) => type === 'table');
