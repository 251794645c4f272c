// Promises about figures: merging has no order and no grouping, loses no digit, and says null where no report is in.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import type { Report, Source } from './aggregate.ts';
import { createMerger, Figures, figuresOf, finishFigures } from './aggregate.ts';
import { aggregateName, aggregatesOf } from '../form/field-kind.ts';
import { FieldType, Form } from '../form/field.ts';
import type { Row } from '../form/value.ts';

const number = (key: string, aggregate: unknown): object => ({
  key,
  label: key,
  type: 'number',
  aggregate,
  timeAxis: 'flow',
});
const OPTIONS = ['早', '晚', '__proto__'];
const FORM = Form.parse({
  fields: [
    ...['sum', 'mean', 'min', 'max', 'count', 'last', 'none'].map((aggregate) =>
      number(`n_${aggregate}`, aggregate),
    ),
    number('rate', { weightedMean: 'n_sum' }),
    ...['countByValue', 'all', 'any'].flatMap((aggregate) => [
      { key: `ok_${aggregate.toLowerCase()}`, label: '是否', type: 'boolean', aggregate },
      { key: `open_${aggregate.toLowerCase()}`, label: '时段', type: 'choice', options: OPTIONS, aggregate },
    ]),
    { key: 'note', label: '说明', type: 'text', aggregate: 'concat' },
    { key: 'day', label: '日期', type: 'date', aggregate: 'min' },
    { key: 'until', label: '截止', type: 'date', aggregate: 'max' },
    { key: 'who', label: '联系人', type: 'contact', aggregate: 'max' },
    { key: 'first', label: '联系人', type: 'contact', aggregate: 'min' },
    { key: 'photo', label: '照片', type: 'file', aggregate: 'collect' },
    ...[[], ['place', 'kind']].map((union, at) => ({
      key: `list_${at}`,
      label: '清单',
      type: 'table',
      columns: ['place', 'kind', 'constructor'].map((key) => ({ key, label: key, type: 'text' })),
      aggregate: { union },
    })),
  ],
});

type Sent = { report: Report; source: Source };

const decimal = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat({ max: 999_999 }))
  .map(([whole, millionths]) => Number(`${whole}.${String(millionths).padStart(6, '0')}`));
const amount = fc.oneof(
  decimal,
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(1e12, -1e12, 999_999_999_999.5, 0.1, 0.2),
);
const word = fc.constantFrom('甲', '乙', '丙');
const date = fc.integer({ min: 1, max: 28 }).map((day) => `2023-09-${String(day).padStart(2, '0')}`);
const rows = fc.array(fc.record({ place: word, kind: word, constructor: word }, { requiredKeys: [] }), {
  maxLength: 4,
});

const valueOf: Record<string, fc.Arbitrary<unknown>> = {
  number: amount,
  boolean: fc.boolean(),
  choice: fc.constantFrom(...OPTIONS),
  text: word,
  date,
  contact: fc.record({ name: word, phone: word }, { requiredKeys: [] }),
  file: fc.uniqueArray(word, { minLength: 1 }),
};

const report = fc
  .tuple(
    fc.record(
      Object.fromEntries(
        FORM.fields
          .filter(({ type }) => type !== 'table')
          .map(({ key, type }) => [key, valueOf[type] ?? word]),
      ),
      { requiredKeys: [] },
    ),
    fc.record({ list_0: rows, list_1: rows }),
  )
  .map(([values, tables]) => ({ values, rows: tables }) as Report);

/** Sources may repeat an assignment here: even then the order of merging must not show. */
const source = fc.record(
  {
    assignment: fc.constantFrom('d.i.T.A', 'd.i.T.B', 'd.i.T.C'),
    unit: word,
    unitName: word,
    at: date,
    rank: fc.constantFrom('d.~0', 'd.~1', 'd.i.T.B'),
  },
  { requiredKeys: ['assignment', 'unit'] },
);
const sent: fc.Arbitrary<Sent> = fc.record({ report, source });

const leaf = ({ report: of, source: from }: Sent): Figures => figuresOf(FORM, of, from);
/** The identity. */
const emptyFigures = (form: Form): Figures => createMerger(form).figures();
function mergeFigures(form: Form, ...parts: readonly Figures[]): Figures {
  const merger = createMerger(form);
  for (const part of parts) merger.merge(part);
  return merger.figures();
}
const merge = (a: Figures, b: Figures): Figures => mergeFigures(FORM, a, b);
const figures = fc
  .array(sent, { maxLength: 5 })
  .map((all) => all.map(leaf).reduce(merge, emptyFigures(FORM)));
const bytes = (of: unknown): string => JSON.stringify(of);

/** Of numbers one type stands for all: they are merged alike. */
const NUMERIC: ReadonlySet<string> = new Set(['integer', 'percent']);

describe('merging figures', () => {
  it('is tried here with every aggregate of every type', () => {
    const tried = new Set(FORM.fields.map(({ type, aggregate }) => `${type} ${aggregateName(aggregate)}`));
    const all = FieldType.options.flatMap((type) =>
      NUMERIC.has(type)
        ? []
        : aggregatesOf(type)
            .filter((name) => name !== 'none')
            .map((name) => `${type} ${name}`),
    );
    expect(all.filter((each) => !tried.has(each))).toEqual([]);
  });

  it('has no order', () => {
    fc.assert(
      fc.property(figures, figures, (a, b) => {
        expect(bytes(merge(a, b))).toBe(bytes(merge(b, a)));
      }),
    );
  });

  it('has no grouping', () => {
    fc.assert(
      fc.property(figures, figures, figures, (a, b, c) => {
        expect(bytes(merge(merge(a, b), c))).toBe(bytes(merge(a, merge(b, c))));
      }),
    );
  });

  it('is not changed by nothing', () => {
    fc.assert(
      fc.property(figures, (a) => {
        expect(merge(a, emptyFigures(FORM))).toEqual(a);
        expect(merge(emptyFigures(FORM), a)).toEqual(a);
        expect(merge({}, a)).toEqual(a);
      }),
    );
  });

  it('in bulk gives what merging two by two gives, for any tree', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (all, chance) => {
        const merger = createMerger(FORM);
        for (const one of all) merger.add(one.report, one.source);
        let parts = all.map(leaf);
        while (parts.length > 1) {
          const at = (chance.next().value as number) % (parts.length - 1);
          const [a, b] = [parts[at] ?? {}, parts[at + 1] ?? {}];
          parts = [...parts.slice(0, at), merge(b, a), ...parts.slice(at + 2)];
        }
        expect(bytes(merger.figures())).toBe(bytes(parts[0] ?? emptyFigures(FORM)));
        const nested = createMerger(FORM);
        for (const part of all.map(leaf).reverse()) nested.merge(part);
        expect(bytes(nested.figures())).toBe(bytes(merger.figures()));
      }),
    );
  });

  it('keeps its arguments as they were', () => {
    fc.assert(
      fc.property(figures, figures, (a, b) => {
        const before = bytes([a, b]);
        merge(a, b);
        finishFigures(FORM, a);
        expect(bytes([a, b])).toBe(before);
      }),
    );
  });

  it('carries plain JSON that its schema reads back', () => {
    fc.assert(
      fc.property(figures, (a) => {
        expect(Figures.parse(JSON.parse(bytes(a)))).toEqual(a);
        expect(finishFigures(FORM, JSON.parse(bytes(a)) as Figures)).toEqual(finishFigures(FORM, a));
      }),
    );
  });

  it('sums and averages like exact arithmetic', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(decimal, fc.nat({ max: 20_000 })), { minLength: 1, maxLength: 50 }),
        (pairs) => {
          const merger = createMerger(FORM);
          pairs.forEach(([rate, weight], at) => {
            const values = { rate, n_sum: weight, n_mean: rate };
            merger.add({ values, rows: {} }, { assignment: String(at), unit: '甲' });
          });
          const exact = (x: number): bigint => BigInt(Math.round(x * 1e6));
          const rounded = (a: bigint, b: bigint): number => {
            const twice = (2n * (a < 0n ? -a : a) + b) / (2n * b);
            return Number(a < 0n ? -twice : twice) / 1e6;
          };
          const total = pairs.reduce((sum, [, weight]) => sum + BigInt(weight), 0n);
          const weighted = pairs.reduce((sum, [rate, weight]) => sum + exact(rate) * BigInt(weight), 0n);
          const plain = pairs.reduce((sum, [rate]) => sum + exact(rate), 0n);
          expect(finishFigures(FORM, merger.figures()).values).toMatchObject({
            n_sum: Number(total),
            n_mean: rounded(plain, BigInt(pairs.length)) + 0,
            rate: total === 0n ? null : rounded(weighted, total) + 0,
          });
        },
      ),
    );
  });
});

const of = (
  ...reports: [values: Report['values'], tables?: Report['rows']][]
): ReturnType<typeof finishFigures> => {
  const merger = createMerger(FORM);
  reports.forEach(([values, tables = {}], at) => {
    const unit = `U${at}`;
    merger.add({ values, rows: tables }, { assignment: `d.i.T.${unit}`, unit, at: `2023-09-0${9 - at}` });
  });
  return finishFigures(FORM, merger.figures());
};

describe('a figure', () => {
  it('is null where nothing has been reported, never 0', () => {
    const { values, rows: tables } = finishFigures(FORM, emptyFigures(FORM));
    expect(new Set([...Object.values(values), ...Object.values(tables)])).toEqual(new Set([null]));
    expect(finishFigures(FORM, {})).toEqual({ values, rows: tables });
    expect(Object.keys(values)).not.toContain('n_none');
    expect(of([{}]).values).toEqual(values);
  });

  it('of 0 is 0, and of 0.1 and 0.2 is 0.3', () => {
    expect(of([{ n_sum: 0 }]).values).toMatchObject({ n_sum: 0 });
    expect(of([{ n_sum: 0.1 }], [{ n_sum: 0.2 }]).values).toMatchObject({ n_sum: 0.3 });
  });

  it('passes 2⁵³ without losing a millionth', () => {
    expect(
      of(...Array.from({ length: 9 }, (): [Report['values']] => [{ n_sum: 999_999_999_999.5 }])).values,
    ).toMatchObject({
      n_sum: 8_999_999_999_995.5,
    });
  });

  it('weighted by nothing but zeros has no mean', () => {
    expect(of([{ rate: 0.5, n_sum: 0 }]).values).toMatchObject({ rate: null });
    expect(of([{ rate: 0.5, n_sum: 1 }], [{ rate: 1 }], [{ n_sum: 7 }]).values).toMatchObject({ rate: 0.5 });
  });

  it('of extremes, counts and the last report', () => {
    const reports = [
      { n_min: 3, n_max: 3, n_count: 3, n_last: 3, day: '2023-09-16' },
      { n_min: 10, n_max: 10, n_last: 10, day: '2023-09-09' },
    ];
    expect(of(...reports.map((values): [Report['values']] => [values])).values).toMatchObject({
      n_min: 3,
      n_max: 10,
      n_count: 1,
      n_last: 3,
      day: '2023-09-09',
    });
  });

  it('of yes and no', () => {
    const said = (ok: boolean, open: string): [Report['values']] => [
      {
        ok_countbyvalue: ok,
        ok_all: ok,
        ok_any: ok,
        open_countbyvalue: open,
        open_all: open,
        open_any: open,
      },
    ];
    expect(of(said(true, '早'), said(false, '晚'), said(true, '早')).values).toMatchObject({
      ok_countbyvalue: { true: 2, false: 1 },
      ok_all: false,
      ok_any: true,
      open_countbyvalue: { 早: 2, 晚: 1 },
      open_all: null,
      open_any: ['早', '晚'],
    });
    expect(of(said(false, '晚')).values).toMatchObject({
      ok_all: false,
      ok_any: false,
      open_all: '晚',
      open_any: ['晚'],
    });
    const odd = of(said(true, '__proto__')).values['open_countbyvalue'];
    expect(bytes(odd)).toBe('{"__proto__":1}');
  });

  it('of texts, files and rows comes in the order of ranks, not of codes', () => {
    const merger = createMerger(FORM);
    const ranked = [
      ['S10', 'd.~2'],
      ['S9', 'd.~0'],
      ['S2', 'd.~1'],
    ] as const;
    for (const [unit, rank] of ranked)
      merger.add(
        { values: { note: unit, photo: [unit] }, rows: { list_1: [{ place: '甲', constructor: unit }] } },
        { assignment: `d.i.T.${unit}`, unit, rank },
      );
    const { values, rows: tables } = finishFigures(FORM, merger.figures());
    const inOrder = ['S9', 'S2', 'S10'];
    expect(values['note']).toEqual(inOrder.map((unit) => ({ unit, text: unit })));
    expect(values['photo']).toEqual(inOrder.map((unit) => ({ unit, files: [unit] })));
    expect(tables['list_1']).toMatchObject([{ constructor: 'S9', sources: inOrder }]);
  });

  it('of texts and files names their units, in the order of assignments', () => {
    expect(of([{ note: '缺水', photo: ['f1', 'f2'] }], [{}], [{ note: '缺伞' }]).values).toMatchObject({
      note: [
        { unit: 'U0', text: '缺水' },
        { unit: 'U2', text: '缺伞' },
      ],
      photo: [{ unit: 'U0', files: ['f1', 'f2'] }],
    });
  });

  it('of a table makes equal keys one row, lists the sources, shows the differences', () => {
    const first: Row[] = [{ place: '甲', kind: '屏', constructor: '一建' }, { place: '乙' }, { kind: '旗' }];
    const second: Row[] = [
      { place: '甲', kind: '屏', constructor: '二建' },
      { constructor: '三建' },
      { constructor: '三建' },
    ];
    const { rows: tables } = of([{}, { list_0: first, list_1: first }], [{}, { list_1: second }], [{}]);
    expect(tables['list_1']).toEqual([
      {
        place: '甲',
        kind: '屏',
        constructor: '一建',
        sources: ['U0', 'U1'],
        differences: {
          constructor: [
            { unit: 'U0', value: '一建' },
            { unit: 'U1', value: '二建' },
          ],
        },
      },
      { place: '乙', sources: ['U0'] },
      { kind: '旗', sources: ['U0'] },
      { constructor: '三建', sources: ['U1'] },
      { constructor: '三建', sources: ['U1'] },
    ]);
    expect(tables['list_0']).toEqual(first.map((row) => ({ ...row, sources: ['U0'] })));
    expect(of([{}]).rows).toEqual({ list_0: [], list_1: [] });
  });

  it('of a table takes keys for one that differ in width or in space around them, and shows what was first written', () => {
    const first: Row[] = [{ place: '河滨路１２号　', kind: '（屏）', constructor: '一建' }];
    const second: Row[] = [
      { place: '河滨路12号', kind: '(屏) ', constructor: ' 一建' },
      { place: '河滨路 12号', kind: '(屏)', constructor: '二建' },
    ];
    expect(of([{}, { list_1: first }], [{}, { list_1: second }]).rows['list_1']).toEqual([
      { place: '河滨路１２号　', kind: '（屏）', constructor: '一建', sources: ['U0', 'U1'] },
      { place: '河滨路 12号', kind: '(屏)', constructor: '二建', sources: ['U1'] },
    ]);
  });

  it('of a table is the same in every order of merging, also where keys are written in many ways', () => {
    const written = fc.constantFrom('甲1', '甲１', ' 甲1', '甲1　', '乙');
    const table = fc.array(fc.record({ place: written, constructor: written }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(table, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (tables, chance) => {
        let parts = tables.map((list_1, at) =>
          figuresOf(FORM, { values: {}, rows: { list_1 } }, { assignment: `d.i.T.${at}`, unit: `U${at}` }),
        );
        const whole = parts.reduce(merge, emptyFigures(FORM));
        while (parts.length > 1) {
          const at = (chance.next().value as number) % (parts.length - 1);
          const [a, b] = [parts[at] ?? {}, parts[at + 1] ?? {}];
          parts = [...parts.slice(0, at), merge(b, a), ...parts.slice(at + 2)];
        }
        expect(bytes(finishFigures(FORM, parts[0] ?? emptyFigures(FORM)))).toBe(
          bytes(finishFigures(FORM, whole)),
        );
      }),
    );
  });

  it('of 100,000 leaves is exact, and whole in its texts and rows', () => {
    const merger = createMerger(FORM);
    for (let at = 0; at < 100_000; at += 1) {
      const place = `点位${at % 500}`;
      const from = { assignment: `d.i.T.${(at * 7919) % 100_000}`, unit: `U${at}` };
      merger.add(
        { values: { n_sum: at, note: '缺水' }, rows: { list_1: [{ place, constructor: `${at}` }] } },
        from,
      );
    }
    const { values, rows: tables } = finishFigures(FORM, merger.figures());
    expect(values['n_sum']).toBe(4_999_950_000);
    expect(values['note']).toHaveLength(100_000);
    expect(tables['list_1']).toHaveLength(500);
  });
});

describe('the L district', () => {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../demo/l-district/${name}.json`, import.meta.url), 'utf8'));
  const { items } = read('volunteer-sites.directive') as { items: [{ form: unknown }] };
  const { answers, expected } = read('volunteer-sites.answers') as {
    answers: Record<string, Report['values']>;
    expected: { units: number; total: object; byStreet: Record<string, object> };
  };
  const form = Form.parse(items[0].form);
  const streetOf = (unit: string): string => unit.split('-')[0] ?? '';
  const sites = Object.entries(answers).map(([unit, values]) => {
    const assignment = `volunteer-sites.sites.TF-ZY.${streetOf(unit)}.${unit}`;
    return { street: streetOf(unit), figures: figuresOf(form, { values, rows: {} }, { assignment, unit }) };
  });

  it('comes to the reference totals, street by street and in all', () => {
    expect(sites).toHaveLength(expected.units);
    let total = emptyFigures(form);
    for (const [street, figure] of Object.entries(expected.byStreet)) {
      const merged = sites
        .filter((site) => site.street === street)
        .reduce((sum, site) => mergeFigures(form, sum, site.figures), emptyFigures(form));
      expect(finishFigures(form, merged).values).toMatchObject(figure);
      total = mergeFigures(form, merged, total);
    }
    expect(finishFigures(form, total)).toEqual({ values: { ...expected.total, v_need: null }, rows: {} });
  });
});
