// How the units of a desk stand in its workbook: a row each, told by the name in the first column.
import type { Form } from '../../../form/field.ts';
import type { Column } from '../../../form/field.ts';
import { writable } from '../cell/cell.ts';
import type { Slot } from '../cell/slot.ts';
import { slotsOfAll } from '../cell/slot.ts';

/** Rows of a desk's workbook; a larger desk reports in parts, by the nodes below it. */
export const MAX_UNITS = 500;

/** No field has such a key. */
export const UNIT_KEY = '#unit';

/** Columns of the hidden sheet: the assignment behind each unit's name, and the report that was in then. */
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

/** A unit's name as compared, for any way of typing it. */
export const unitName = (text: string): string => writable(text).normalize('NFKC').trim();

export const deskSlots = (form: Form): Slot[] => slotsOfAll(form.fields);

type Named = { assignment: string; name: string; code: string };

/** Its name; with its code where another unit has the name too; else with the assignment's id. */
const namesOf = ({ assignment, name, code }: Named): string[] =>
  [name, `${name}（${code}）`, `${name}（${assignment}）`].map(unitName).filter((each) => each !== '');

/** Names by which no two are alike, by assignment. */
export function unitLabels(units: readonly Named[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const each of units.flatMap(namesOf)) counts.set(each, (counts.get(each) ?? 0) + 1);
  const labels = new Map<string, string>();
  const taken = new Set(counts.keys());
  for (const unit of units) {
    let label = namesOf(unit).find((each) => counts.get(each) === 1);
    // Another unit's name equals this one's label: a number tells the two apart for certain.
    for (let n = 2; label === undefined; n += 1) {
      const numbered = unitName(`${unit.assignment}_${n}`);
      if (!taken.has(numbered)) label = numbered;
    }
    taken.add(label);
    labels.set(unit.assignment, label);
  }
  return labels;
}
