// Promises about the differences between two versions of a report.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differences, MAX_ROW_CHANGES, type Compared } from './difference.ts';
import type { Change } from './change.ts';

const value = fc.oneof(
  fc.integer(),
  fc.constantFrom('甲', '乙', null, true),
  fc.array(fc.integer(), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('early', 'late'), fc.integer()),
);
const key = fc.constantFrom('v_a', 'v_b', 'constructor');
const fields = fc.dictionary(key, value);
const content: fc.Arbitrary<Compared> = fc.record(
  {
    values: fields,
    rows: fc.dictionary(key, fc.oneof(fc.constant(null), fc.array(fields, { maxLength: 4 }))),
    note: fc.constantFrom('改正', null),
    attachments: fc.array(fc.constantFrom('f1', 'f2'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

type Cell = Record<string, unknown>;

/** Writes the values after into the version before. */
function amend(before: Compared, changes: readonly Change[]): Compared {
  const made = structuredClone({ values: {}, rows: {}, note: null, attachments: [], ...before }) as {
    values: Cell;
    rows: Record<string, (Cell | null)[] | null>;
    note: unknown;
    attachments: unknown;
  };
  for (const { path, after } of changes) {
    const row = /^rows\.([^[]+)\[(\d+)\](?:\.(.+))?$/.exec(path);
    if (row) {
      const [, table = '', index = '', column] = row;
      const list = (Object.hasOwn(made.rows, table) ? made.rows[table] : null) ?? [];
      made.rows[table] = list;
      if (column === undefined) list[Number(index)] = after as Cell | null;
      else (list[Number(index)] as Cell)[column] = after;
    } else if (path.startsWith('values.')) made.values[path.slice('values.'.length)] = after;
    else made[path as 'note' | 'attachments'] = after;
  }
  return made;
}

describe('the differences of two versions', () => {
  it('are none where nothing differs, in any order of keys', () => {
    fc.assert(
      fc.property(content, (one) => {
        const turned = Object.fromEntries(Object.entries(one.values ?? {}).reverse());
        expect(differences(one, { ...one, values: turned })).toEqual({ changes: [], more: false });
      }),
    );
  });

  it('make the later version of the earlier one', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const { changes, more } = differences(before, after);
        expect(more).toBe(false);
        expect(differences(amend(before, changes), after).changes).toEqual([]);
      }),
    );
  });

  it('read backwards are those of the other direction', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        const turned = differences(other, one).changes.map(({ path, before, after }) => ({
          path,
          before: after,
          after: before,
        }));
        expect(differences(one, other).changes).toEqual(turned);
      }),
    );
  });

  it('name each place once', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const paths = differences(before, after).changes.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
      }),
    );
  });

  it('name a field, a cell and a whole row by their paths', () => {
    const before = { values: { n: 1, m: 2 }, rows: { list: [{ who: '甲', n: 1 }] }, note: null };
    const after = {
      values: { n: 1, m: 3 },
      rows: { list: [{ who: '甲', n: 2 }, { who: '乙' }] },
      note: '更正',
    };
    expect(differences(before, after).changes).toEqual([
      { path: 'values.m', before: 2, after: 3 },
      { path: 'rows.list[0].n', before: 1, after: 2 },
      { path: 'rows.list[1]', before: null, after: { who: '乙' } },
      { path: 'note', before: null, after: '更正' },
    ]);
  });

  it('take a field left out for an empty one', () => {
    expect(
      differences({ values: { n: null }, rows: {} }, { values: {}, rows: { list: [] } }).changes,
    ).toEqual([]);
  });

  it('stop at a bound of rows, say so, and never leave out a value or the note', () => {
    const table = (from: number): unknown[] => Array.from({ length: 1_000 }, (_, at) => ({ n: from + at }));
    const found = differences(
      { values: { n: 1 }, rows: { list: table(0) } },
      { values: { n: 2 }, rows: { list: table(1) }, note: '插了一行' },
    );
    expect(found.more).toBe(true);
    expect(found.changes).toHaveLength(MAX_ROW_CHANGES + 2);
    expect(found.changes.at(-1)).toEqual({ path: 'note', before: null, after: '插了一行' });
  });
});
