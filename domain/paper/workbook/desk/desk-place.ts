// The cell of a desk's workbook for a place of one unit's report, so that a fault can be found.
import type { Form } from '../../../form/field.ts';
import { cellName } from '../cell/cell.ts';
import { UNIT_KEY } from './desk-layout.ts';
import { NOTE_KEY } from '../saying-slot.ts';
import type { DeskEntry } from './collected-units.ts';
import { slotsOfAll } from '../cell/slot.ts';

const IN_ROW = /^rows\.([^.[]+)\[(\d+)\](?:\.(.+))?$/;
const IN_FIELD = /^(?:values|rows)\.([^.[]+)$/;

/** `readBy` gives the fields a rule reads: its fault is placed at the first of them. A fault without a cell of its own is placed at the unit's. */
export function createDeskPlaces(
  form: Form,
  columns: ReadonlyMap<string, number>,
  readBy: (rule: string) => ReadonlySet<string>,
): (entry: Pick<DeskEntry, 'at' | 'tables'>, path: string) => string | null {
  const keys = new Map(
    form.fields.map(({ key, columns: of = [] }) => [key, slotsOfAll(of).map((slot) => slot.key)]),
  );
  return (entry, path) => {
    const ofUnit = (): string | null => {
      if (entry.at > 0) return cellName(entry.at, columns.get(UNIT_KEY) ?? 1);
      const [table] = entry.tables.values();
      return table ? `${table.sheet}!${cellName(table.rows[0] ?? 1, table.columns[0] ?? 1)}` : null;
    };
    const ofField = (key: string | undefined): string | null => {
      const column = key === undefined ? undefined : columns.get(key);
      return entry.at > 0 && column !== undefined ? cellName(entry.at, column) : ofUnit();
    };
    const row = IN_ROW.exec(path);
    if (row) {
      const table = entry.tables.get(row[1] ?? '');
      const at = table?.rows[Number(row[2])];
      if (!table || at === undefined) return ofUnit();
      // Behind the unit.
      const place = row[3] === undefined ? 0 : 1 + (keys.get(row[1] ?? '')?.indexOf(row[3]) ?? -1);
      return `${table.sheet}!${cellName(at, table.columns[place] ?? 1)}`;
    }
    const field = IN_FIELD.exec(path);
    if (field) return ofField(field[1]);
    if (path === 'note') return ofField(NOTE_KEY);
    const rule = /^(?:rules|explanations)\.(.+)$/.exec(path)?.[1];
    if (rule === undefined) return ofUnit();
    const read = readBy(rule);
    return ofField(form.fields.find(({ key }) => read.has(key))?.key);
  };
}
