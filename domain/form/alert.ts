// Fields whose `alertIf` holds: the report is not refused, but its reviewer should look.
import type { CompiledForm, Last } from './form.ts';
import type { Frame } from './rule/rule-node.ts';
import { MAX_STEPS, Undecided } from './rule/rule-node.ts';
import type { Json, Row } from './value.ts';

/** The accepted values of a report; of its tables only those that are asked for. */
export type TakenReport = {
  values: Readonly<Record<string, Json>>;
  rows: Readonly<Record<string, readonly Row[]>>;
};

/** The fields, tables and last values that some `alertIf` of the form reads. */
export function alertReads({ alerts, fields }: CompiledForm): {
  values: string[];
  tables: string[];
  last: string[];
} {
  const read = new Set(alerts.flatMap(({ check }) => [...check.reads.fields]));
  const isTable = (key: string): boolean => fields.get(key)?.type === 'table';
  return {
    values: [...read].filter((key) => !isTable(key)).sort(),
    tables: [...read].filter(isTable).sort(),
    last: [...new Set(alerts.flatMap(({ check }) => [...check.reads.last]))].sort(),
  };
}

/** Keys of the fields with an alert; one that reads something empty, or cannot be decided within `steps`, is none. */
export function alertsOf(
  { fields, alerts }: CompiledForm,
  report: TakenReport,
  last: Last,
  steps = MAX_STEPS,
): string[] {
  if (alerts.length === 0) return [];
  const slots = [...fields.values()].map(({ key, type }) => {
    if (type === 'table') return own(report.rows, key) ?? [];
    return own(report.values, key) ?? (type === 'file' ? [] : null);
  });
  const frame: Frame = { values: slots, last, locals: [], steps };
  return alerts.filter(({ check }) => holds(check.holds, frame)).map(({ field }) => field);
}

/** Own properties only: `constructor` is a possible key. */
const own = <T>(from: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(from, key) ? from[key] : undefined;

function holds(check: (frame: Frame) => boolean | null, frame: Frame): boolean {
  try {
    return check(frame) === true;
  } catch (error) {
    if (error instanceof Undecided) return false;
    throw error;
  }
}
