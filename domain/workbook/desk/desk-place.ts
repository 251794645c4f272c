// Which cell of a desk's workbook a place of one unit's report stands in, so that what is wrong with it can be found.
import type { Form } from '../../form/field.ts';
import { cellName } from '../cell/cell.ts';
import { deskSlots } from './desk-layout.ts';
import { FIRST_ENTRY_COLUMN } from '../grid-layout.ts';
import type { DeskEntry } from './read-desk.ts';
import { slotsOfAll } from '../cell/slot.ts';

const IN_ROW = /^rows\.([^.[]+)\[(\d+)\](?:\.(.+))?$/;
const IN_FIELD = /^(?:values|rows)\.([^.[]+)$/;
/** Behind the hidden marker and the unit. */
const FIRST_VALUE_COLUMN = FIRST_ENTRY_COLUMN + 1;

/** `readBy` gives the fields a rule reads: what it finds wrong stands in the first of them. What has no cell of its own is the unit's. */
export function createDeskPlaces(
  form: Form,
  readBy: (rule: string) => ReadonlySet<string>,
): (entry: Pick<DeskEntry, 'at' | 'tables'>, path: string) => string | null {
  const columnOf = (slots: readonly { key: string }[], key: string | undefined): number =>
    FIRST_VALUE_COLUMN + slots.findIndex((slot) => slot.key === key);
  const slots = deskSlots(form);
  const columns = new Map(form.fields.map(({ key, columns: of = [] }) => [key, slotsOfAll(of)]));
  return (entry, path) => {
    const ofUnit = (): string | null => {
      if (entry.at > 0) return cellName(entry.at, FIRST_ENTRY_COLUMN);
      const [table] = entry.tables.values();
      return table ? `${table.sheet}!${cellName(table.rows[0] ?? 1, FIRST_ENTRY_COLUMN)}` : null;
    };
    const ofField = (key: string | undefined): string | null => {
      const column = columnOf(slots, key);
      return entry.at > 0 && column >= FIRST_VALUE_COLUMN ? cellName(entry.at, column) : ofUnit();
    };
    const row = IN_ROW.exec(path);
    if (row) {
      const table = entry.tables.get(row[1] ?? '');
      const at = table?.rows[Number(row[2])];
      if (!table || at === undefined) return ofUnit();
      const column = columnOf(columns.get(row[1] ?? '') ?? [], row[3]);
      return `${table.sheet}!${cellName(at, Math.max(FIRST_ENTRY_COLUMN, column))}`;
    }
    const field = IN_FIELD.exec(path);
    if (field) return ofField(field[1]);
    const rule = /^(?:rules|explanations)\.(.+)$/.exec(path)?.[1];
    if (rule === undefined) return ofUnit();
    const read = readBy(rule);
    return ofField(form.fields.find(({ key }) => read.has(key))?.key);
  };
}
