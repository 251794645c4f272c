// A figure calculated again from its lineage alone, as a person who doubts it would.
import { createMerger, finishFigures } from '../../domain/merge/aggregate.ts';
import { weightOf } from '../../domain/form/field-kind.ts';
import type { Form } from '../../domain/form/field.ts';
import type { Json, Row } from '../../domain/form/value.ts';

/** The parts of a lineage's line that are calculated with. */
export type Line = {
  assignment: string;
  unit: string;
  unitName: string;
  at: string;
  value: Json;
  weight?: Json;
  /** Its place in the lineage, where that is known. */
  rank?: string;
};

/** The figure of one field from the lines of its lineage, in any order. */
export function remerged(form: Form, key: string, lines: readonly Line[]): Json {
  const field = form.fields.find((each) => each.key === key);
  if (!field) throw new Error(`no field ${key}`);
  const alone: Form = { fields: [field], rules: [] };
  const weight = weightOf(field);
  const merger = createMerger(alone);
  for (const { assignment, unit, unitName, at, rank, ...line } of lines) {
    const values: Record<string, Json> = field.type === 'table' ? {} : { [key]: line.value };
    if (weight !== null && weight !== key) values[weight] = line.weight ?? null;
    const rows: Record<string, Row[]> = field.type === 'table' ? { [key]: line.value as Row[] } : {};
    merger.add({ values, rows }, { assignment, unit, unitName, at, ...(rank === undefined ? {} : { rank }) });
  }
  const { values, rows: tables } = finishFigures(alone, merger.figures());
  return (field.type === 'table' ? tables[key] : values[key]) ?? null;
}
