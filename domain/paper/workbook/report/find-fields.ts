// Where the fields of a report stand now on its first sheet: found by their hidden names, and agreeing with the visible words.
import type { Refusal } from '../../../failure.ts';
import type { Form } from '../../../form/field.ts';
import { agrees, inBoth, judgeHints, textIn, type InBoth } from '../agreement.ts';
import { cellAt, cellName, isBlankCell, type Cell, type Sheet } from '../cell/cell.ts';
import type { Slot } from '../cell/slot.ts';
import { labelOf } from '../grid.ts';
import { hintOf } from '../hint.ts';
import { changedAt, markerColumn } from '../marker.ts';
import { isSaying } from '../saying-slot.ts';
import { worded, WORKBOOK_WORDS } from '../words.ts';
import { COLUMN_NAMES, fieldRows, sayingRows } from './report-layout.ts';

type Part = 'label' | 'unit' | 'value' | 'hint' | 'name';
export type ReportColumns = Record<Part, number>;

export type FoundField = { key: string; at: number; slot: Slot | null };
export type FoundFields = {
  columns: ReportColumns;
  fields: FoundField[];
  /** Words written where nothing is asked: into hints, or over the words in place of an input cell. */
  added: { at: number; column: number; text: string }[];
};

type Expected = {
  key: string;
  name: string;
  /** Where it was put. */
  at: number;
  slot: Slot | null;
  label: InBoth<string>;
  unit: string;
  hint: InBoth<string>;
};

function expectedOf(form: Form): Expected[] {
  const fields = fieldRows(form).map(({ at, name, field, slot }): Expected => ({
    key: field.key,
    name,
    at,
    slot,
    label: slot
      ? inBoth((language) => labelOf(slot, language))
      : inBoth(() => `${field.label}${field.required ? ' *' : ''}`),
    unit: field.unit ?? '',
    hint: slot
      ? inBoth((language) => hintOf(slot, language))
      : inBoth((language) => (field.required ? worded('required', language) : '')),
  }));
  const sayings = inBoth((language) => sayingRows(form, language));
  return [
    ...fields,
    ...sayings.zh.map(({ at, slot }, index): Expected => ({
      key: slot.key,
      name: slot.id,
      at,
      slot,
      label: inBoth((language) => labelOf(sayings[language][index]?.slot ?? slot, language)),
      unit: '',
      hint: inBoth((language) => hintOf(slot, language)),
    })),
  ];
}

export function findFields(sheet: Sheet, form: Form): FoundFields | Refusal {
  const columns = columnsOf(sheet);
  if ('code' in columns) return columns;
  const changed = (at: number, part: Part): Refusal => changedAt(sheet.name, cellName(at, columns[part]));
  const rows = new Map<string, number>();
  const expected = expectedOf(form);
  const known = new Set(expected.map(({ name }) => name));
  for (const [at, cells] of sheet.rows) {
    const name = cells.get(columns.name);
    if (at === 1 || name === undefined || isBlankCell(name)) continue;
    // Twice: a row has been copied and inserted again.
    if (typeof name !== 'string' || !known.has(name) || rows.has(name)) return changed(at, 'name');
    rows.set(name, at);
  }
  const present = expected.flatMap((each) => {
    const at = rows.get(each.name);
    return at === undefined ? [] : [{ ...each, at }];
  });
  const missing = expected.find(({ name }) => !rows.has(name) && !isSaying(name));
  if (missing) return changed(missing.at, 'name');
  for (const { at, label, unit } of present) {
    if (!agrees(cellAt(sheet, at, columns.label), label)) return changed(at, 'label');
    if (!agrees(cellAt(sheet, at, columns.unit), { zh: unit, en: unit })) return changed(at, 'unit');
  }
  const misplaced = misplacedValue(sheet, columns.value, present);
  if (misplaced !== null) return changed(misplaced, 'value');
  const { another, added } = judgeHints(
    present.map(({ at, hint }) => ({ cell: uncarried(cellAt(sheet, at, columns.hint)), expected: hint })),
  );
  if (another !== null) return changed(present[another]?.at ?? 1, 'hint');
  return {
    columns,
    fields: present.map(({ key, at, slot }) => ({ key, at, slot })),
    added: [
      ...[...added].map(([place, text]) => ({ at: present[place]?.at ?? 1, column: columns.hint, text })),
      ...present.flatMap(({ at, slot }) => {
        const text = slot === null ? textIn(cellAt(sheet, at, columns.value)).trim() : '';
        return text === '' || IN_PLACE.some((words) => text.startsWith(words))
          ? []
          : [{ at, column: columns.value, text }];
      }),
    ],
  };
}

const VALUE_HEADING = inBoth((language) => worded('value', language));

/**
 * The row where an input cell holds the form's own words, so that its value was moved; or where a value stands above
 * the input cells.
 */
function misplacedValue(sheet: Sheet, column: number, fields: readonly Expected[]): number | null {
  const first = Math.min(...fields.map(({ at }) => at));
  const inputs = new Set(fields.flatMap(({ at, slot }) => (slot === null ? [] : [at])));
  const hints = new Set(fields.flatMap(({ hint }) => [hint.zh, hint.en]));
  const isOurs = (cell: Cell | undefined): boolean => {
    if (typeof cell !== 'string') return false;
    const text = cell.trim();
    return agrees(cell, VALUE_HEADING) || hints.has(text) || IN_PLACE.some((words) => text.startsWith(words));
  };
  for (const [at, cells] of sheet.rows) {
    const cell = cells.get(column);
    if (at === 1 || isBlankCell(cell)) continue;
    if (at < first ? !agrees(cell, VALUE_HEADING) : inputs.has(at) && isOurs(cell)) return at;
  }
  return null;
}

function columnsOf(sheet: Sheet): ReportColumns | Refusal {
  const marker = markerColumn(sheet);
  const columns: ReportColumns = { label: marker, unit: 0, value: 0, hint: 0, name: 0 };
  const named = [...(sheet.rows.get(1) ?? [])]
    .filter(([column, cell]) => column > marker && !isBlankCell(cell))
    .sort(([one], [other]) => one - other);
  for (const [index, [place, name]] of COLUMN_NAMES.entries()) {
    const [column, said] = named[index] ?? [place, undefined];
    if (said !== name) return changedAt(sheet.name, cellName(1, column));
    columns[name] = column;
  }
  const more = named[COLUMN_NAMES.length];
  return more ? changedAt(sheet.name, cellName(1, more[0])) : columns;
}

/** The beginnings of the words that stand where a table or files have no input cell. */
const IN_PLACE = (['zh', 'en'] as const).flatMap((language) =>
  (['seeSheet', 'noFiles'] as const).map((word) => worded(word, language).replace(/”$/, '')),
);

/** The words around the day: the line about values taken over is recognised by them. */
const CARRIED = (['zh', 'en'] as const).map((language) => WORKBOOK_WORDS.carried[language].split('{at}'));

/** A hint without the line that says when its value was approved. */
function uncarried(cell: Cell | undefined): Cell | undefined {
  if (typeof cell !== 'string') return cell;
  const isCarried = (line: string): boolean =>
    CARRIED.some(([before = '', behind = '']) => line.startsWith(before) && line.trimEnd().endsWith(behind));
  return cell
    .split('\n')
    .filter((line) => !isCarried(line))
    .join('\n');
}
