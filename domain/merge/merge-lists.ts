// Merging texts, files and table rows: every contribution stays, with the unit it came from.
import type { EntriesPart, PartEntry, Measure, Source, Veil } from './merge-part.ts';
import { compareText, valueOf } from './merge-part.ts';
import { comparableJson } from '../comparable.ts';
import { cellIn, type Json, type Row } from '../form/value.ts';

const entryOf = ({ assignment, unit, unitName, rank }: Source, content: Json): PartEntry => ({
  assignment,
  unit,
  ...(unitName === undefined ? {} : { unitName }),
  ...(rank === undefined ? {} : { rank }),
  content,
});

/** By rank; one assignment counts once, so the rest only keeps the order total. */
const compareEntries = (a: PartEntry, b: PartEntry): number =>
  compareText(a.rank ?? a.assignment, b.rank ?? b.assignment) ||
  compareText(JSON.stringify(a), JSON.stringify(b));

const whoOf = ({ unit, unitName }: PartEntry): Record<string, string> =>
  unitName === undefined ? { unit } : { unit, unitName };

function listing(finish: Measure<EntriesPart>['finish']): Measure<EntriesPart> {
  return {
    of(field, report, source) {
      const content = valueOf(report, field.key);
      return { entries: content === null ? [] : [entryOf(source, content)] };
    },
    tally() {
      const entries: PartEntry[] = [];
      return {
        add(part) {
          for (const entry of part.entries) entries.push(entry);
        },
        part: () => ({ entries: entries.toSorted(compareEntries) }),
      };
    },
    finish: (part, field, veil) => (part.entries.length === 0 ? null : finish(part, field, veil)),
  };
}

const seen = ({ assignment, content }: PartEntry, veil: Veil | undefined): Json =>
  veil === undefined ? content : veil(assignment, content);

export const concat = listing(({ entries }, _, veil) =>
  entries.map((entry) => ({ ...whoOf(entry), text: seen(entry, veil) })),
);

export const collect = listing(({ entries }, _, veil) =>
  entries.map((entry) => ({ ...whoOf(entry), files: seen(entry, veil) })),
);

/** Every report contributes an entry, also with no rows: an empty table is something reported. */
export const union: Measure<EntriesPart> = {
  ...listing(({ entries }, field, veil) => {
    const { aggregate, columns = [] } = field;
    const keys = typeof aggregate === 'object' && 'union' in aggregate ? aggregate.union : [];
    if (veil === undefined) return unite(entries, keys);
    const byKey = new Map(columns.map((column) => [column.key, column]));
    return unite(entries, keys, (assignment, value, key) => {
      const column = byKey.get(key);
      return column ? veil(assignment, value, column) : value;
    });
  }),
  of: (field, report, source) => ({
    entries: [entryOf(source, (Object.hasOwn(report.rows, field.key) && report.rows[field.key]) || [])],
  }),
};

/** What the reader sees of a cell; without a reader, the cell as it was written. */
type CellSeen = (assignment: string, value: Json, key: string) => Json;
const asWritten: CellSeen = (_, value) => value;

type Given = { unit: string; value: Json };
/** Column → the distinct values given for it, by how they are compared, in order of the sources. */
type United = { columns: Map<string, Map<string, Given>>; sources: Set<string> };

/**
 * Rows with equal key columns become one: the first non-empty cell shows as it was written, `sources` lists the units,
 * `differences` lists for a column every value given, each with its first unit. A space around a text and the width
 * of its letters make no difference. Without key columns, and where all key cells are empty, every row stays.
 * Only the finished figure compares: its parts keep what was written, so it is the same in any order of merging. What is
 * masked for a reader is compared as it was written too: two people do not become one because their masks are equal.
 */
function unite(entries: PartEntry[], keys: readonly string[], cellSeen: CellSeen = asWritten): Json {
  const united = new Map<string, United>();
  let alone = 0;
  for (const { assignment, unit, content } of entries) {
    for (const row of Array.isArray(content) ? content : []) {
      if (typeof row !== 'object' || row === null || Array.isArray(row)) continue;
      const cells = keys.map((key) => cellIn(row, key));
      const isKeyed = cells.some((cell) => cell !== null);
      const id = isKeyed ? comparableJson(cells) : String((alone += 1));
      const into: United = united.get(id) ?? { columns: new Map(), sources: new Set() };
      united.set(id, into);
      take(into, row, unit, (value, key) => cellSeen(assignment, value, key));
    }
  }
  return [...united.values()].map(shown);
}

function take(into: United, row: Row, unit: string, seenAs: (value: Json, key: string) => Json): void {
  into.sources.add(unit);
  for (const [column, value] of Object.entries(row)) {
    const given = into.columns.get(column) ?? new Map<string, Given>();
    into.columns.set(column, given);
    const word = comparableJson(value);
    if (value !== null && !given.has(word)) given.set(word, { unit, value: seenAs(value, column) });
  }
}

function shown({ columns, sources }: United): Json {
  const row: [string, Json][] = [];
  const differences: [string, Json][] = [];
  for (const [column, given] of columns) {
    const values = [...given.values()];
    row.push([column, values[0]?.value ?? null]);
    if (values.length > 1) differences.push([column, values]);
  }
  row.push(['sources', [...sources]]);
  if (differences.length > 0) row.push(['differences', Object.fromEntries(differences)]);
  return Object.fromEntries(row);
}
