// Promises of tables on paper: no number broken, turned or split where a page is too narrow, each part with its units.
import { describe, expect, it } from '@jest/globals';
import type { DocumentTable } from './document.ts';
import { fitTable, type LooseTable } from './fit-table.ts';

const table = (columns: number, rows: number, cell = '12,345,678.91', isNumber = true): LooseTable => ({
  columns: [
    { text: '单位', isNumber: false },
    ...Array.from({ length: columns }, (_, n) => ({ text: `指标${n}\n（元）`, isNumber })),
  ],
  rows: Array.from({ length: rows }, (_, n) => ({
    cells: [`第${n}街道`, ...Array.from({ length: columns }, () => cell)],
    look: 'plain',
  })),
});
const fitted = (loose: LooseTable): { table: DocumentTable; isWide: boolean }[] =>
  fitTable(loose).flatMap((block) =>
    'table' in block ? [{ table: block.table, isWide: block.isWide === true }] : [],
  );
const shapeOf = (loose: LooseTable): [number, boolean][] =>
  fitted(loose).map((part) => [part.table.columns.length, part.isWide]);

describe('a table on paper', () => {
  it('stands upright while it fits, is split where its rows are few, and turned where they are many', () => {
    expect(shapeOf(table(3, 60))).toEqual([[4, false]]);
    expect(shapeOf(table(5, 12))).toEqual([
      [4, false],
      [3, false],
    ]);
    expect(shapeOf(table(5, 60))).toEqual([[6, true]]);
    expect(shapeOf(table(12, 60)).every(([, isWide]) => isWide)).toBe(true);
  });

  it('repeats the units in every part, and leaves nothing out', () => {
    const parts = fitted(table(17, 40));
    expect(parts.map((part) => part.table.columns[0]?.text)).toEqual(parts.map(() => '单位'));
    expect(parts.map((part) => part.table.rows[39]?.cells[0])).toEqual(parts.map(() => '第39街道'));
    const heads = parts.flatMap((part) => part.table.columns.slice(1).map(({ text }) => text));
    expect(heads).toEqual(Array.from({ length: 17 }, (_, n) => `指标${n}\n（元）`));
  });

  it('repeats the column that names the rows, where that is not the first, and moves it only where it is repeated', () => {
    const loose = (columns: number): LooseTable => ({ ...table(columns, 12), naming: columns });
    const last = (columns: number) => `指标${columns - 1}\n（元）`;
    const parts = fitted(loose(8));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map((part) => part.table.columns[0]?.text)).toEqual(parts.map(() => last(8)));
    const rest = parts.flatMap((part) => part.table.columns.slice(1).map(({ text }) => text));
    expect(rest).toEqual(['单位', ...Array.from({ length: 7 }, (_, n) => `指标${n}\n（元）`)]);
    const [whole, ...others] = fitted(loose(3));
    expect(others).toEqual([]);
    expect(whole?.table.columns.map(({ text }) => text)).toEqual([
      '单位',
      '指标0\n（元）',
      '指标1\n（元）',
      last(3),
    ]);
  });

  it('gives every number room on one line, beside any other column', () => {
    const words = '整改措施及其说明，写得很长，长到一行里绝对放不下为止，还要再长一些';
    const loose = table(4, 30);
    loose.columns.push({ text: '说明', isNumber: false });
    for (const row of loose.rows) row.cells.push(words);
    for (const { table: part, isWide } of fitted(loose)) {
      const shares = part.columns.reduce((sum, { share }) => sum + share, 0);
      part.columns.forEach(({ isNumber, share }) => {
        // In half letters: 13 digits and marks, and the edges of the cell.
        if (isNumber) expect((share / shares) * (isWide ? 121 : 84)).toBeGreaterThan(13 + 2);
      });
    }
  });

  it('keeps dates and telephone numbers whole among words', () => {
    const [part] = fitted(table(3, 5, '王 13800001234', false));
    const shares = part?.table.columns.reduce((sum, { share }) => sum + share, 0) ?? 1;
    for (const { share } of part?.table.columns.slice(1) ?? [])
      expect((share / shares) * 84).toBeGreaterThan(11 + 2);
  });
});
