// Promises of a table's sheet: united rows with their sources and differences, long ones cut and said to be, sensitive ones masked.
import { describe, expect, it } from '@jest/globals';
import { APPROVED, nameOf, sampleFigures, sampleItem } from '../../../../tests/support/sample-figures.ts';
import type { Row } from '../../../form/value.ts';
import type { SummarySheet } from './sheet.ts';
import { tableSheet } from './table-sheet.ts';

const FIELD = {
  key: 'list',
  label: '清单',
  type: 'table',
  columns: [
    { key: 'place', label: '地点', type: 'text' },
    { key: 'n', label: '数量', type: 'integer', unit: '个' },
    { key: 'day', label: '日期', type: 'date' },
  ],
  aggregate: { union: ['place'] },
};

function sheetOf(given: Record<string, Row[]>, more: object = {}, maxRows = 100): SummarySheet {
  const reports = Object.fromEntries(
    Object.entries(given).map(([unit, list]) => [`T.${unit}`, { report: { rows: { list } } }]),
  );
  const item = sampleItem({ fields: [{ ...FIELD, ...more }] }, { T: { standing: APPROVED }, ...reports });
  const [field] = item.form.fields;
  if (!field) throw new Error('the form has no field');
  return tableSheet(sampleFigures([item]), item, field, {
    name: 's',
    language: 'zh',
    nameOf,
    files: {},
    maxRows,
  });
}
const valuesOf = ({ rows }: SummarySheet): unknown[][] =>
  rows.map(({ cells }) => cells.map(({ value }) => value));
const below = (sheet: SummarySheet): unknown[][] => valuesOf(sheet).slice(sheet.frozen.rows);

describe('the sheet of a table', () => {
  it('names the units a row comes from, and what each says where they differ', () => {
    const sheet = sheetOf({
      A: [{ place: '东门', n: 3, day: '2026-11-24' }],
      B: [{ place: '东门', n: 5, day: '2026-11-24' }, { place: '西门' }],
    });
    expect(below(sheet)).toEqual([
      ['东门', 3, 46_350, 'A单位、B单位', '数量：A单位 报 3；B单位 报 5'],
      ['西门', null, null, 'B单位', ''],
    ]);
    expect(sheet.rows.at(-2)?.cells.map(({ look }) => look)).toEqual([
      'text',
      'differing',
      'text',
      'text',
      'text',
    ]);
  });

  it('has no column of differences where there are none', () => {
    expect(below(sheetOf({ A: [{ place: '东门' }] }))).toEqual([['东门', null, null, 'A单位']]);
  });

  it('lists no more rows than it may, and says of how many', () => {
    const list = Array.from({ length: 30 }, (_, n) => ({ place: `点位${n}`, n }));
    const sheet = sheetOf({ A: list }, {}, 10);
    expect(below(sheet)).toHaveLength(10);
    expect(valuesOf(sheet).flat()).toContain('只列前 10 行，共 30 行；其余请在系统中查看。');
  });

  it('masks what is sensitive, differences too', () => {
    const sheet = sheetOf(
      { A: [{ place: '东门', n: 3 }], B: [{ place: '东门', n: 5 }] },
      { sensitive: true },
    );
    expect(below(sheet)).toEqual([
      ['＊＊＊', '＊＊＊', null, 'A单位、B单位', '数量：A单位 报 ＊＊＊；B单位 报 ＊＊＊'],
    ]);
  });
});
