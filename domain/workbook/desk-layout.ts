// How the units of a desk stand in its workbook: a row each, told by what the first column calls them.
import type { Form } from '../form/field.ts';
import type { Column } from '../form/field.ts';
import { writable } from './cell.ts';
import type { Slot } from './slot.ts';
import { slotsOfAll } from './slot.ts';

/** Rows of a desk's workbook; a larger desk reports in parts, by the nodes below it. */
export const MAX_UNITS = 500;

/** No field has such a key. */
export const UNIT_KEY = '#unit';

/** Columns of the hidden sheet that says which assignment a unit's name stands for, and which report was in then. */
export const UNITS_COLUMN = { label: 1, assignment: 2, version: 3 } as const;
export const FIRST_UNIT_ROW = 2;

/** With options it is a drop-down to fill in; without, it is read as it stands and looked up. */
export function unitSlot(label: string, options?: readonly string[]): Slot {
  const of: Column = {
    key: UNIT_KEY,
    label,
    required: true,
    ...(options === undefined ? { type: 'text' } : { type: 'choice', options: [...options] }),
  };
  return { id: UNIT_KEY, key: UNIT_KEY, part: null, of };
}

/** What a unit is called in any cell, however it was typed. */
export const unitName = (text: string): string => writable(text).normalize('NFKC').trim();

export const deskSlots = (form: Form): Slot[] => slotsOfAll(form.fields);

/** Names by which no two are alike: the unit's own, with its code where another has it too, else with the assignment's id. */
export function unitLabels(
  units: readonly { assignment: string; name: string; code: string }[],
): Map<string, string> {
  const labels = new Map<string, string>();
  const plain = countsOf(units.map(({ name }) => unitName(name)));
  const coded = countsOf(units.map(({ name, code }) => unitName(`${name}（${code}）`)));
  for (const { assignment, name, code } of units) {
    const own = unitName(name);
    const withCode = unitName(`${name}（${code}）`);
    const isOwn = own !== '' && plain.get(own) === 1;
    labels.set(
      assignment,
      isOwn ? own : coded.get(withCode) === 1 ? withCode : unitName(`${name}（${assignment}）`),
    );
  }
  return labels;
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
