// The differences between two versions of a report: each place with its value before and after.
import type { Change, Differences } from './change.ts';

/** Rows are compared by index: one put in at the top of a long table differs in every row. */
export const MAX_ROW_CHANGES = 200;

/** A version's content, as it was written by any version of this program. */
export type Compared = {
  values?: Readonly<Record<string, unknown>> | undefined;
  rows?: Readonly<Record<string, unknown>> | undefined;
  note?: unknown;
  attachments?: unknown;
};

export function differences(before: Compared, after: Compared, maxRows = MAX_ROW_CHANGES): Differences {
  const rows = changedRows(before.rows ?? {}, after.rows ?? {});
  const inRows: Change[] = [];
  for (const change of rows) {
    inRows.push(change);
    // One more than is shown says that there are more.
    if (inRows.length > maxRows) break;
  }
  return {
    changes: [
      ...changed('values.', before.values ?? {}, after.values ?? {}),
      ...inRows.slice(0, maxRows),
      ...changed('', { note: before.note }, { note: after.note }),
      ...changed('', { attachments: before.attachments ?? [] }, { attachments: after.attachments ?? [] }),
    ],
    more: inRows.length > maxRows,
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields of either side in order of their names; a field left out counts as empty. */
function* changed(at: string, before: Fields, after: Fields): Generator<Change> {
  for (const key of namesOf(before, after)) {
    const change = { path: `${at}${key}`, before: own(before, key), after: own(after, key) };
    if (!same(change.before, change.after)) yield change;
  }
}

function* changedRows(before: Fields, after: Fields): Generator<Change> {
  for (const key of namesOf(before, after)) {
    const [was, is] = [listOf(own(before, key)), listOf(own(after, key))];
    for (let index = 0; index < Math.max(was.length, is.length); index += 1) {
      const path = `rows.${key}[${index}]`;
      const [old, now] = [was[index] ?? null, is[index] ?? null];
      if (isObject(old) && isObject(now)) yield* changed(`${path}.`, old, now);
      else if (!same(old, now)) yield { path, before: old, after: now };
    }
  }
}

const namesOf = (before: Fields, after: Fields): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();

/** Own properties only: `constructor` is a possible key. */
const own = (fields: Fields, key: string): unknown =>
  Object.hasOwn(fields, key) ? (fields[key] ?? null) : null;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Equal as JSON, in any order of keys; an empty field equals one left out. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => same(each, b[index]));
  if (isObject(a) && isObject(b)) return namesOf(a, b).every((key) => same(own(a, key), own(b, key)));
  return a === b;
}
