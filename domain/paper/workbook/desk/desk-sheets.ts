// The workbook of a desk: one row a unit, one sheet a table field with the unit before each of its rows.
import type { Language } from '../../../failure.ts';
import { MAX_ROWS } from '../../../form/field-kind.ts';
import type { Form } from '../../../form/field.ts';
import { FIRST_UNIT_ROW, MAX_UNITS, UNIT_KEY, UNITS_COLUMN, deskSlots, unitSlot } from './desk-layout.ts';
import { gridSheet } from '../grid.ts';
import { FIRST_ENTRY_ROW } from '../grid-layout.ts';
import {
  DESK_MARKER,
  markSheet,
  tableMarker,
  UNITS_MARKER,
  UNITS_SHEET,
  type WorkbookMark,
} from '../marker.ts';
import { tablesOf } from '../report/report-layout.ts';
import { rowsOf } from '../report/report-sheets.ts';
import { EXPLANATION_KEY, sayingSlots } from '../saying-slot.ts';
import { sheetName } from '../sheet-name.ts';
import type { PlannedCell, PlannedRow, SheetPlan } from '../sheet-plan.ts';
import { slotsOfAll } from '../cell/slot.ts';
import { Lists } from '../validation.ts';
import { worded } from '../words.ts';

/** A unit by its label in this workbook, with its report so far; `version` is the number of that report. */
export type DeskUnit = {
  label: string;
  assignment: string;
  version: number;
  values: Readonly<Record<string, unknown>>;
  rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  /** The explanation given before where a rule asked for it. */
  explanation?: string;
};

export type DeskAsked = {
  form: Form;
  heading: { title: string; number: string; item: string; due: string };
  mark: WorkbookMark;
  units: readonly DeskUnit[];
  language: Language;
};

/** Rows of one table that are in, of all units together. */
export const rowsIn = (units: readonly DeskUnit[], table: string): number =>
  units.reduce((sum, { rows }) => sum + rowsOf(rows, table).length, 0);

export function deskSheets({ form, heading, mark, units, language }: DeskAsked): SheetPlan[] {
  const lists = new Lists();
  const unit = unitSlot(
    worded('holderUnit', language),
    units.map(({ label }) => label),
  );
  const first = worded('deskSheet', language);
  const taken = new Set([first.toLowerCase()]);
  const note = [
    worded('number', language, heading),
    worded('dueAt', language, heading),
    worded('deskInstruction', language, { row: FIRST_ENTRY_ROW }),
    ...(form.fields.some(({ type }) => type === 'file') ? [worded('noFiles', language)] : []),
  ].join('\n');
  const desk = gridSheet(
    {
      name: first,
      marker: DESK_MARKER,
      title: heading.title,
      note,
      slots: [unit, ...deskSlots(form), ...sayingSlots(form, language)],
      maxRows: MAX_UNITS,
      entries: units.map(({ label, values, explanation }) => ({
        ...values,
        [UNIT_KEY]: label,
        [EXPLANATION_KEY]: explanation,
      })),
    },
    lists,
    language,
  );
  const tables = tablesOf(form).map(({ key, label, columns = [] }) => {
    const name = sheetName(label, taken);
    taken.add(name.toLowerCase());
    return gridSheet(
      {
        name,
        marker: tableMarker(key),
        title: label,
        note: worded('rowsInstruction', language, { row: FIRST_ENTRY_ROW, max: MAX_ROWS }),
        slots: [unit, ...slotsOfAll(columns)],
        maxRows: MAX_ROWS,
        entries: entriesOf(units, key),
      },
      lists,
      language,
    );
  });
  return [desk, ...tables, lists.sheet(), unitsSheet(units), markSheet(mark)];
}

function* entriesOf(units: readonly DeskUnit[], table: string): Generator<Record<string, unknown>> {
  for (const { label, rows } of units)
    for (const row of rowsOf(rows, table)) yield { ...row, [UNIT_KEY]: label };
}

function unitsSheet(units: readonly DeskUnit[]): SheetPlan {
  const cell = (column: number, value: string): PlannedCell => ({ column, value, look: 'hidden' });
  const rows = units.map(({ label, assignment, version }, index): PlannedRow => ({
    at: FIRST_UNIT_ROW + index,
    cells: [
      cell(UNITS_COLUMN.label, label),
      cell(UNITS_COLUMN.assignment, assignment),
      cell(UNITS_COLUMN.version, String(version)),
    ],
  }));
  return {
    name: UNITS_SHEET,
    isHidden: true,
    columns: [],
    rows: [{ at: 1, cells: [cell(1, UNITS_MARKER)] }, ...rows],
    validations: [],
    headRows: 0,
    isList: false,
  };
}
