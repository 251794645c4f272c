// Promises of the cut: every assignment in exactly one desk, no desk too large, parents first, the same cut every time.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cut, DESK_LIMIT, type DeskPlan } from './cut.ts';
import type { Planned } from './planned.ts';

/** A tree's shape: how many children each node has. */
type Shape = Shape[];

function planned(shape: Shape, id: string, parent: string | null = null): Planned {
  return {
    id,
    rank: id,
    parent,
    item: 'i',
    taskForce: 'TF',
    unit: parent === null ? null : id,
    node: shape.length > 0,
    dueAt: 0,
    basis: { by: 'instant' },
    acknowledgeBy: null,
    children: shape.map((child, n) => planned(child, `${id}.${n}`, id)),
  };
}
const rootsOf = (shapes: Shape[]): Planned[] => shapes.map((shape, n) => planned(shape, `d.i.${n}`));
const leaves = (count: number): Shape => Array.from({ length: count }, () => []);
const idsOf = (branches: readonly Planned[]): string[] =>
  branches.flatMap(({ id, children }) => [id, ...idsOf(children)]);

const shapes = (levels: number): fc.Arbitrary<Shape> =>
  levels === 0 ? fc.constant([]) : fc.array(shapes(levels - 1), { maxLength: levels === 1 ? 30 : 6 });
const plans = fc.record({
  roots: fc.array(shapes(3), { minLength: 1, maxLength: 6 }).map(rootsOf),
  limit: fc.constantFrom(2, 3, 5, 17),
});

/** Everything that must hold of any cut. */
function check(desks: readonly DeskPlan[], roots: readonly Planned[], limit: number): void {
  const deskOf = new Map(desks.flatMap((desk) => desk.rows.map((row) => [row.id, desk] as const)));
  const byId = new Map(desks.map((desk) => [desk.id, desk]));
  const rows = desks.flatMap((desk) => desk.rows);
  const place = new Map(rows.map((row, n) => [row.id, n]));
  const order = new Map(desks.map((desk, n) => [desk.id, n]));
  const problems: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  must(rows.length === place.size, 'an assignment is in two desks');
  must(byId.size === desks.length, 'two desks have one id');
  must(
    idsOf(roots).every((id) => place.has(id)) && rows.length === idsOf(roots).length,
    'an assignment is in no desk',
  );
  for (const desk of desks) {
    const below = desks.filter((other) => other.parent === desk.id);
    const sections = below.filter((other) => other.id !== other.node);
    must(desk.unsettled === desk.rows.length + below.length, `${desk.id} counts ${desk.unsettled}`);
    must(desk.rows.length + sections.length <= limit, `${desk.id} holds more than ${limit}`);
    must(
      desk.parent === null || (order.get(desk.parent) ?? Infinity) < (order.get(desk.id) ?? 0),
      `${desk.id} comes before its parent`,
    );
    const base = desk.node ?? 'd';
    must(desk.id === base || /^~\d+$/.test(desk.id.slice(base.length)), `${desk.id} is no name for ${base}`);
    const kind =
      desk.id === 'd'
        ? 'directive'
        : desk.id.split('.').length === 3 && desk.id === desk.node
          ? 'taskForce'
          : 'unit';
    must(desk.kind === kind, `${desk.id} is called ${desk.kind}`);
  }
  for (const row of rows) {
    const own = row.ownDesk === null ? undefined : byId.get(row.ownDesk);
    if (row.ownDesk !== null) {
      must(
        row.ownDesk === row.id && own?.node === row.id && own.parent === deskOf.get(row.id)?.id,
        `${row.id} leads to a wrong desk`,
      );
      must(row.node, `${row.id} is a leaf with a desk`);
    }
    const parent = row.parent === null ? undefined : rows[place.get(row.parent) ?? -1];
    must(
      row.parent === null || (place.get(row.parent) ?? Infinity) < (place.get(row.id) ?? 0),
      `${row.id} comes before its parent`,
    );
    if (parent?.ownDesk === null)
      must(deskOf.get(row.id) === deskOf.get(parent.id), `${row.id} left its parent's desk`);
    if (parent?.ownDesk)
      must(deskOf.get(row.id)?.node === parent.id, `${row.id} is not in its parent's own desk`);
    must(row.parent !== null || row.ownDesk !== null || !row.node, `${row.id}, a task force's, has no desk`);
  }
  expect(problems).toEqual([]);
}

describe('cut', () => {
  it('puts every assignment into exactly one desk, none above the limit, parents before children', () => {
    fc.assert(
      fc.property(plans, ({ roots, limit }) => {
        const desks = cut('d', roots, limit);
        check(desks, roots, limit);
        expect(cut('d', structuredClone(roots), limit)).toEqual(desks);
      }),
      { numRuns: 200 },
    );
  });

  it('gives an office without much to do two desks: its own, and the task force’s', () => {
    const desks = cut('d', rootsOf([[leaves(3), leaves(2)]]));
    expect(desks.map(({ id, kind, parent, unsettled }) => [id, kind, parent, unsettled])).toEqual([
      ['d', 'directive', null, 2],
      ['d.i.0', 'taskForce', 'd', 7],
    ]);
    expect(desks[0]?.rows).toMatchObject([{ id: 'd.i.0', ownDesk: 'd.i.0' }]);
  });

  it('leaves a task force that reports itself without a desk', () => {
    expect(cut('d', rootsOf([[]]))).toMatchObject([{ id: 'd', unsettled: 1, rows: [{ ownDesk: null }] }]);
  });

  it('packs siblings in order into sections ~1, ~2 where they do not fit', () => {
    const desks = cut('d', rootsOf([leaves(12)]), 5);
    expect(desks.map(({ id, parent, rows }) => [id, parent, rows.length])).toEqual([
      ['d', null, 1],
      ['d.i.0', 'd', 0],
      ['d.i.0~1', 'd.i.0', 5],
      ['d.i.0~2', 'd.i.0', 5],
      ['d.i.0~3', 'd.i.0', 2],
    ]);
  });

  it('packs sections into sections where those do not fit either', () => {
    const desks = cut('d', rootsOf([leaves(7)]), 2);
    expect(desks.map(({ id, parent, rows }) => [id, parent, rows.length])).toEqual([
      ['d', null, 1],
      ['d.i.0', 'd', 0],
      ['d.i.0~1', 'd.i.0', 0],
      ['d.i.0~2', 'd.i.0~1', 2],
      ['d.i.0~3', 'd.i.0~1', 2],
      ['d.i.0~4', 'd.i.0', 0],
      ['d.i.0~5', 'd.i.0~4', 2],
      ['d.i.0~6', 'd.i.0~4', 1],
    ]);
  });

  it('gives a subtree larger than the limit its own desk, where it counts one above', () => {
    const desks = cut('d', rootsOf([[leaves(5), leaves(4), []]]), 5);
    check(desks, rootsOf([[leaves(5), leaves(4), []]]), 5);
    expect(desks.map(({ id }) => id)).toEqual(['d', 'd.i.0', 'd.i.0~1', 'd.i.0.0', 'd.i.0~2', 'd.i.0~3']);
  });

  it('cuts the L district’s twelve streets by five, so that desks below desks are exercised', () => {
    const roots = rootsOf([Array.from({ length: 12 }, () => leaves(3))]);
    const desks = cut('d', roots, 5);
    check(desks, roots, 5);
    expect(desks.length).toBeGreaterThan(12);
    expect(cut('d', roots)).toHaveLength(2);
  });

  it.each([
    ['20 × 1,000', [20, 1_000]],
    ['14 × 12 × 8', [14, 12, 8]],
    ['100,000 in one', [1, 100_000]],
    ['10 × 10 × 1,000', [10, 10, 1_000]],
  ])('cuts %s leaves, by 2,000 and by 5', (_, widths) => {
    const build = ([width = 0, ...rest]: number[]): Shape => Array.from({ length: width }, () => build(rest));
    const roots = rootsOf(build(widths));
    for (const limit of [DESK_LIMIT, 5]) {
      const desks = cut('d', roots, limit);
      if (limit === DESK_LIMIT) check(desks, roots, limit);
    }
  });

  it('knows no desk of one', () => {
    expect(() => cut('d', rootsOf([leaves(3)]), 1)).toThrow(RangeError);
  });
});
