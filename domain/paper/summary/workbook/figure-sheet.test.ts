// Promises of the sheet of figures: reckoned as a spreadsheet does, every total comes to the merged figure.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { APPROVED, sampleFigures, sampleItem, type Place } from '../../../../tests/support/sample-figures.ts';
import { reckon } from '../../../../tests/support/reckoner.ts';
import { Form } from '../../../form/field.ts';
import type { Json } from '../../../form/value.ts';
import { figureColumns } from './figure-column.ts';
import { figureSheet } from './figure-sheet.ts';
import type { ItemFigures } from '../figures.ts';
import { columnNameFromZero, type SummaryCell, type SummarySheet } from './sheet.ts';

const AGGREGATES = ['sum', 'mean', 'min', 'max', 'count', 'last', 'none'];
const FORM = Form.parse({
  fields: [
    ...AGGREGATES.map((aggregate) => ({
      key: `n_${aggregate}`,
      label: aggregate,
      type: 'number',
      aggregate,
      timeAxis: 'flow',
    })),
    { key: 'rate', label: '率', type: 'percent', aggregate: { weightedMean: 'n_sum' } },
    { key: 'day', label: '日', type: 'date', aggregate: 'min' },
    { key: 'open', label: '时段', type: 'choice', options: ['早', '晚'], aggregate: 'countByValue' },
    { key: 'ok', label: '是否', type: 'boolean', aggregate: 'countByValue' },
    { key: 'every', label: '都', type: 'boolean', aggregate: 'all' },
    { key: 'some', label: '有', type: 'boolean', aggregate: 'any' },
    { key: 'note', label: '说明', type: 'text', aggregate: 'concat' },
    { key: 'who', label: '联系人', type: 'contact', aggregate: 'none', sensitive: true },
    { key: 'secret', label: '密', type: 'integer', aggregate: 'sum', timeAxis: 'flow', sensitive: true },
  ],
});

const decimal = fc.integer({ min: -500, max: 5_000 }).map((n) => n / 100);
const values = fc.record(
  {
    ...Object.fromEntries(AGGREGATES.map((aggregate) => [`n_${aggregate}`, decimal])),
    rate: fc.integer({ min: 0, max: 100 }).map((per) => per / 100),
    day: fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`),
    open: fc.constantFrom('早', '晚'),
    ok: fc.boolean(),
    every: fc.boolean(),
    some: fc.boolean(),
    note: fc.constantFrom('=1+1', '+A1', '缺伞', '汇总', '否'),
    secret: fc.nat({ max: 9 }),
  },
  { requiredKeys: [] },
);
const leaf: fc.Arbitrary<Place> = fc.oneof(
  { weight: 3, arbitrary: values.map((given): Place => ({ report: { values: given } })) },
  fc.constant<Place>({}),
);
/** Streets of one task force with own parts or none, and a leaf beside them. */
const places = fc
  .tuple(
    fc.array(fc.tuple(fc.option(values), fc.array(leaf, { minLength: 1, maxLength: 4 })), { maxLength: 3 }),
    leaf,
  )
  .map(([streets, beside]) => {
    const all: Record<string, Place> = { T: { standing: APPROVED }, 'T.Z': beside };
    streets.forEach(([own, leaves], at) => {
      all[`T.S${at}`] = { standing: APPROVED, ...(own ? { report: { values: own } } : {}) };
      leaves.forEach((each, index) => {
        all[`T.S${at}.S${at}-${index}`] = each;
      });
    });
    return all;
  });

const sheetOf = (item: ItemFigures, language: 'zh' | 'en' = 'zh'): SummarySheet =>
  figureSheet(sampleFigures([item]), item, { name: 's', language });

/** Cells by their address. */
function cellsOf({ rows }: SummarySheet): Map<string, SummaryCell> {
  const cells = new Map<string, SummaryCell>();
  rows.forEach((row, r) => {
    row.cells.forEach((cell, c) => cells.set(`${columnNameFromZero(c)}${r + 1}`, cell));
  });
  return cells;
}

/** Each formula is reckoned from the reports alone: a total it reads is reckoned too, never believed. */
function reckoned(
  sheet: SummarySheet,
): { address: string; formula: string; said: unknown; comes: unknown }[] {
  const cells = cellsOf(sheet);
  const known = new Map<string, ReturnType<typeof reckon>>();
  const valueAt = (address: string): ReturnType<typeof reckon> => {
    const cell = cells.get(address);
    if (cell?.formula === undefined) return cell?.value ?? null;
    const value = known.get(address) ?? reckon(cell.formula, (column, row) => valueAt(`${column}${row}`));
    known.set(address, value);
    return value;
  };
  return [...cells].flatMap(([address, { formula, value }]) =>
    formula === undefined ? [] : [{ address, formula, said: value ?? '', comes: valueAt(address) }],
  );
}

const same = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) < 2e-6 : a === b;

describe('the sheet of figures', () => {
  it.each(['zh', 'en'] as const)(
    'has formulas that come to the merged figures, for any reports (%s)',
    (language) => {
      fc.assert(
        fc.property(places, fc.integer({ min: 1, max: 3 }), (given, maxLevel) => {
          for (const { address, formula, said, comes } of reckoned(
            sheetOf(sampleItem(FORM, given, { maxLevel }), language),
          ))
            if (!same(said, comes))
              throw new Error(`${address} ${formula}: ${String(said)}, not ${String(comes)}`);
        }),
      );
    },
  );

  it('has a formula for every total that can be one', () => {
    const item = sampleItem(FORM, {
      T: { standing: APPROVED },
      'T.A': { report: { values: full() } },
      'T.B': {},
    });
    const total =
      sheetOf(item)
        .rows.find(({ cells }) => cells[0]?.value === '站点')
        ?.cells.slice(3) ?? [];
    const columns = figureColumns({ form: FORM, language: 'zh', files: {} });
    const without = columns.filter((_, at) => total[at]?.formula === undefined);
    expect(without.map(({ field }) => field.key)).toEqual(['n_last', 'n_none', 'note', 'who', 'secret']);
    expect(total[0]?.formula).toMatch(/^IF\(COUNT\(D(\d+):D(\d+)\)=0,"",ROUND\(SUMIF\(/);
  });

  it('masks what is sensitive in reports and totals, and says who is not in', () => {
    const item = sampleItem(FORM, {
      T: { standing: APPROVED },
      'T.A': { report: { values: full() } },
      'T.B': {},
    });
    const rows = sheetOf(item).rows.map(({ cells }) => cells.map(({ value }) => value));
    const rowOf = (name: string): unknown[] => rows.find(([first]) => String(first).trim() === name) ?? [];
    expect(rowOf('A单位').slice(-2)).toEqual(['王＊＊ 138****8000', '＊＊＊']);
    expect(rowOf('站点').slice(-2)).toEqual([null, '＊＊＊']);
    expect(rowOf('B单位').slice(1, 3)).toEqual(['填报', '未报（未签收，已逾期）']);
    expect(new Set(rowOf('B单位').slice(3))).toEqual(new Set(['未报']));
  });

  it('shows no 0 while nothing is in', () => {
    const sheet = sheetOf(sampleItem(FORM, { T: { standing: APPROVED }, 'T.A': {} }));
    expect([...cellsOf(sheet).values()].filter(({ value }) => typeof value === 'number')).toEqual([]);
    expect(reckoned(sheet).filter(({ comes }) => comes !== '')).toEqual([]);
  });

  it('has no formula over what it does not list', () => {
    const given = { T: { standing: APPROVED }, 'T.A': { report: { values: full() } }, 'T.B': {} };
    const sheet = sheetOf(sampleItem(FORM, given, { maxLevel: 0, levels: 0, isCut: true }));
    expect(reckoned(sheet)).toEqual([]);
    expect([...cellsOf(sheet).values()].map(({ value }) => value)).toContain('下级合并');
  });
});

function full(): Record<string, Json> {
  return {
    ...Object.fromEntries(AGGREGATES.map((aggregate) => [`n_${aggregate}`, 2.5])),
    rate: 0.5,
    day: '2026-11-24',
    open: '早',
    ok: true,
    every: true,
    some: false,
    note: '=1+1',
    who: { name: '王小明', phone: '13800138000' },
    secret: 7,
  };
}
