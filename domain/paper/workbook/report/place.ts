// The cell of a report's workbook for a place of the report, so that a fault can be found.
import type { Form } from '../../../form/field.ts';
import { cellName } from '../cell/cell.ts';
import { NOTE_KEY } from '../saying-slot.ts';
import type { ReportReading } from './read-report.ts';
import { slotsOfAll } from '../cell/slot.ts';

const IN_ROW = /^rows\.([^.[]+)\[(\d+)\](?:\.(.+))?$/;
const IN_FIELD = /^(?:values|rows)\.([^.[]+)$/;

/**
 * Gives the cell of a path as faults name it; null where the workbook has none. `readBy` gives the fields a
 * rule reads: its fault is placed at the first of them.
 */
export function createPlaces(
  form: Form,
  { cells, tables }: Pick<ReportReading, 'cells' | 'tables'>,
  readBy: (rule: string) => ReadonlySet<string>,
): (path: string) => string | null {
  const keys = new Map(
    form.fields.map(({ key, columns = [] }) => [key, slotsOfAll(columns).map((slot) => slot.key)]),
  );
  const ofField = (key: string | undefined): string | null =>
    key === undefined ? null : (cells.get(key) ?? null);
  const ofRow = (key: string, index: number, column: string | undefined): string | null => {
    const table = tables.get(key);
    const at = table?.rows[index];
    if (table === undefined || at === undefined) return ofField(key);
    const place = column === undefined ? 0 : (keys.get(key)?.indexOf(column) ?? 0);
    return `${table.sheet}!${cellName(at, table.columns[Math.max(0, place)] ?? 1)}`;
  };
  return (path) => {
    const row = IN_ROW.exec(path);
    if (row) return ofRow(row[1] ?? '', Number(row[2]), row[3]);
    const field = IN_FIELD.exec(path);
    if (field) return ofField(field[1]);
    if (path === 'note') return ofField(NOTE_KEY);
    const rule = /^(?:rules|explanations)\.(.+)$/.exec(path)?.[1];
    if (rule === undefined) return null;
    const read = readBy(rule);
    return ofField(form.fields.find(({ key }) => read.has(key))?.key);
  };
}
