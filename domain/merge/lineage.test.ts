// Lineage adds up: the lines of a figure at any place of any tree, merged again, give the figure.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { remerged, type Line } from '../../tests/support/remerged.ts';
import { Form, type Field } from '../form/field.ts';
import { weightOf } from '../form/field-kind.ts';
import type { Json, Row } from '../form/value.ts';
import { createMerger, finishFigures, type Figures, type Report } from './aggregate.ts';

const OPTIONS = ['早', '晚', 'constructor'];
const COLUMNS = ['place', 'kind'].map((key) => ({ key, label: key, type: 'text' }));
const NUMERIC = ['sum', 'mean', 'min', 'max', 'count', 'last'];

/** Any field that is merged; of a weighted mean the weight is another field, or itself. */
const fieldAt = (at: number, count: number): fc.Arbitrary<object> => {
  const named = { key: `f${at}`, label: `f${at}` };
  const weight = fc.nat({ max: count - 1 }).map((of) => ({ weightedMean: `f${of}` }));
  return fc.oneof(
    fc
      .tuple(fc.constantFrom('integer', 'number', 'percent'), fc.oneof(fc.constantFrom(...NUMERIC), weight))
      .map(([type, aggregate]) => ({ ...named, type, aggregate, timeAxis: 'flow' })),
    fc
      .tuple(fc.constantFrom('boolean', 'choice'), fc.constantFrom('countByValue', 'all', 'any'))
      .map(([type, aggregate]) => ({
        ...named,
        type,
        aggregate,
        ...(type === 'choice' ? { options: OPTIONS } : {}),
      })),
    fc.constant({ ...named, type: 'text', aggregate: 'concat' }),
    fc
      .tuple(fc.constantFrom('date', 'contact'), fc.constantFrom('min', 'max'))
      .map(([type, aggregate]) => ({ ...named, type, aggregate })),
    fc.constant({ ...named, type: 'file', aggregate: 'collect' }),
    fc
      .subarray(['place', 'kind'])
      .map((union) => ({ ...named, type: 'table', columns: COLUMNS, aggregate: { union } })),
  );
};
const form = fc
  .integer({ min: 1, max: 8 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => fieldAt(at, count))))
  .map((fields) => Form.parse({ fields }));

const word = fc.constantFrom('甲', '乙', '丙', '__proto__');
const amount = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.integer({ min: -1e9, max: 1e9 }).map((millionths) => Number((millionths / 1e6).toFixed(6))),
  fc.constantFrom(1e12, -1e12, 999_999_999_999.5, 0.1, 0.2),
);
const VALUES: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  integer: fc.integer({ min: -1e6, max: 1e6 }),
  number: amount,
  percent: fc.constantFrom(0, 0.25, 0.333333, 1),
  boolean: fc.boolean(),
  choice: fc.constantFrom(...OPTIONS),
  text: word,
  date: fc.integer({ min: 1, max: 28 }).map((day) => `2026-09-${String(day).padStart(2, '0')}`),
  contact: fc.record({ name: word, phone: word }),
  file: fc.uniqueArray(word, { minLength: 1 }),
};

/** As a report is kept: empty values left out, every table there. */
const reportFor = ({ fields }: Form): fc.Arbitrary<Report> => {
  const scalars = fields.filter(({ type }) => type !== 'table');
  const tables = fields.filter(({ type }) => type === 'table');
  const rows: fc.Arbitrary<Row[]> = fc.array(fc.record({ place: word, kind: word }, { requiredKeys: [] }), {
    maxLength: 3,
  });
  return fc.record({
    values: fc.record(Object.fromEntries(scalars.map(({ key, type }) => [key, VALUES[type] ?? word])), {
      requiredKeys: [],
    }),
    rows: fc.record(Object.fromEntries(tables.map(({ key }) => [key, rows]))),
  }) as fc.Arbitrary<Report>;
};

type Kept = { source: Pick<Line, 'assignment' | 'unit' | 'unitName' | 'at'>; report: Report };
/** A place of the tree: its holder's report or own part, and the places below. */
type Place = { id: string; kept: Kept | null; below: Place[] };

const placeOf = (id: string, depth: number, report: fc.Arbitrary<Report>): fc.Arbitrary<Place> =>
  fc
    .record({
      report: fc.option(report, { freq: 4 }),
      at: fc.integer({ min: 10, max: 14 }),
      width: depth === 0 ? fc.constant(0) : fc.nat({ max: 3 }),
    })
    .chain(({ report: said, at, width }) => {
      const unit = id.slice(id.lastIndexOf('.') + 1);
      const source = { assignment: id, unit, unitName: `${unit}街道`, at: `2026-11-${at}T00:00:00.000Z` };
      const kept = said === null ? null : { source, report: said };
      const below = Array.from({ length: width }, (_, index) =>
        placeOf(`${id}.${unit}-${index}`, depth - 1, report),
      );
      return below.length === 0
        ? fc.constant<Place>({ id, kept, below: [] })
        : fc.tuple(...below).map((places): Place => ({ id, kept, below: places }));
    });

/** As the tree is merged: each place from its own part and the figures of the places below. */
function figuresAt(of: Form, { kept, below }: Place): Figures {
  const merger = createMerger(of);
  if (kept) merger.add(kept.report, kept.source);
  for (const place of below) merger.merge(figuresAt(of, place));
  return merger.figures();
}

const own = <T>(from: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(from, key) ? from[key] : undefined;

/** As the query lists it: every report and part at or below the place that says something of the field. */
function lineageAt({ kept, below }: Place, field: Field): Line[] {
  const weight = weightOf(field);
  const value = kept && (own(kept.report.values, field.key) ?? own(kept.report.rows, field.key));
  const line =
    kept && value !== undefined && value !== null
      ? [
          {
            ...kept.source,
            value,
            ...(weight === null ? {} : { weight: own(kept.report.values, weight) ?? null }),
          },
        ]
      : [];
  return [...line, ...below.flatMap((place) => lineageAt(place, field))];
}

function* placesIn(place: Place): Generator<Place> {
  yield place;
  for (const below of place.below) yield* placesIn(below);
}

describe('lineage', () => {
  it('adds up to the figure, by every aggregate, at every place of every tree', () => {
    const world = form.chain((of) => placeOf('d.i.T', 3, reportFor(of)).map((tree) => ({ of, tree })));
    const seen = new Set<string>();
    fc.assert(
      fc.property(world, fc.boolean(), ({ of, tree }, isReversed) => {
        for (const place of placesIn(tree)) {
          const { values, rows } = finishFigures(of, figuresAt(of, place));
          for (const field of of.fields) {
            const lines = lineageAt(place, field);
            const figure = (field.type === 'table' ? rows[field.key] : values[field.key]) ?? null;
            expect(remerged(of, field.key, isReversed ? lines.toReversed() : lines)).toEqual(figure);
            if (lines.length > 1)
              seen.add(
                typeof field.aggregate === 'string'
                  ? field.aggregate
                  : (Object.keys(field.aggregate)[0] ?? ''),
              );
          }
        }
      }),
      { numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(
      [...NUMERIC, 'all', 'any', 'collect', 'concat', 'countByValue', 'union', 'weightedMean'].sort(),
    );
  });

  it('of a weighted mean needs the weights beside the values', () => {
    const of = Form.parse({
      fields: [
        { key: 'rate', label: '率', type: 'percent', aggregate: { weightedMean: 'n' } },
        { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'flow' },
      ],
    });
    const line = (unit: string, value: number, weight: number): Line => ({
      assignment: `d.i.T.${unit}`,
      unit,
      unitName: unit,
      at: '',
      value,
      weight,
    });
    expect(remerged(of, 'rate', [line('A', 0.5, 1), line('B', 1, 3)])).toBe(0.875);
    expect(remerged(of, 'rate', [line('A', 0.5, 1), line('B', 1, 1)])).toBe(0.75);
  });
});
