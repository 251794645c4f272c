// Paths: how a mapping names a figure of a summary, `values.v_sites` or `children.DD.coverage.reported`.
import { isListed } from '../../merge/aggregate-table.ts';
import type { Fault } from '../../failure.ts';
import { aggregateName } from '../../form/field-kind.ts';
import type { Field, Form } from '../../form/field.ts';
import { Code } from '../../code.ts';

/** The figures every summary has, with any form. */
export const PLAIN = [
  'directive.number',
  'directive.title',
  'item.title',
  'from',
  'to',
  'at',
  'day',
  'basis',
  'final',
] as const;
export type Plain = (typeof PLAIN)[number];

/** `missing` names them, `unreported` counts them. */
const COVERAGE = ['expected', 'reported', 'approved', 'unreported', 'missing', 'rate'] as const;
export type CoverageKey = (typeof COVERAGE)[number];

/** `below`: codes to go down by, from the place the summary is of; one code finds the nearest place of that name. */
export type Path =
  | { kind: 'plain'; key: Plain }
  | { kind: 'coverage'; below: string[]; key: CoverageKey }
  | { kind: 'name'; below: string[] }
  /** `option`: of a count by value, how many said just this. */
  | { kind: 'value'; below: string[]; field: string; option: string | null }
  | { kind: 'rows'; field: string };

const isPlain = (text: string): text is Plain => (PLAIN as readonly string[]).includes(text);
const isCoverage = (text: string): text is CoverageKey => (COVERAGE as readonly string[]).includes(text);

/** Null where it is no path at all. */
export function readPath(text: string): Path | null {
  if (isPlain(text)) return { kind: 'plain', key: text };
  const below: string[] = [];
  let rest = text;
  for (;;) {
    const [, code, after] = /^children\.([^.]+)\.(.+)$/s.exec(rest) ?? [];
    if (code === undefined || after === undefined) break;
    if (!Code.safeParse(code).success) return null;
    below.push(code);
    rest = after;
  }
  if (rest === 'name' && below.length > 0) return { kind: 'name', below };
  // An option may have dots of its own.
  const [, head, key = '', option = null] = /^(coverage|values|rows)\.([^.]+)(?:\.(.+))?$/s.exec(rest) ?? [];
  if (head === 'values') return { kind: 'value', below, field: key, option };
  if (option !== null) return null;
  if (head === 'coverage') return isCoverage(key) ? { kind: 'coverage', below, key } : null;
  return head === 'rows' && below.length === 0 ? { kind: 'rows', field: key } : null;
}

/** The faults of a mapping's paths for this form; `isPlace` knows units and task forces. */
export function faultsOfPaths(
  mapping: Readonly<Record<string, string>>,
  form: Form,
  isPlace: (code: string) => boolean,
): Fault[] {
  const fields = new Map(form.fields.map((field) => [field.key, field]));
  return Object.entries(mapping).flatMap(([name, text]): Fault[] => {
    const at = `mapping.${name}`;
    const path = readPath(text);
    if (path === null || !isThere(path, fields))
      return [{ path: at, code: 'UNKNOWN_PATH', params: { value: text } }];
    const below = 'below' in path ? path.below : [];
    return below
      .filter((code) => !isPlace(code))
      .map((code): Fault => ({ path: at, code: 'UNKNOWN_UNIT', params: { value: code } }));
  });
}

function isThere(path: Path, fields: ReadonlyMap<string, Field>): boolean {
  if (path.kind !== 'value' && path.kind !== 'rows') return true;
  const field = fields.get(path.field);
  if (!field || field.aggregate === 'none') return false;
  if (path.kind === 'rows') return field.type === 'table';
  if (field.type === 'table') return false;
  // Texts and files are listed of the whole alone.
  if (path.below.length > 0 && isListed(aggregateName(field.aggregate))) return false;
  if (path.option === null) return true;
  if (aggregateName(field.aggregate) !== 'countByValue') return false;
  const options = field.type === 'boolean' ? ['true', 'false'] : (field.options ?? []);
  return options.includes(path.option);
}
