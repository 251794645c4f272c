// Promises of the press: what is large comes out the same as what is small, without holding anybody up.
import { describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import { textCell, type Sheet } from '../../domain/summary/workbook/sheet.ts';
import { press } from './press.ts';

const sheetOf = (rows: number): Sheet => ({
  name: '表',
  widths: [10, 10],
  frozen: { rows: 1, columns: 0 },
  headRows: 1,
  merged: [],
  rows: Array.from({ length: rows }, (_, at) => ({ cells: [textCell(`=${at}`), textCell('x')] })),
});

describe('the press', () => {
  it('writes a large workbook beside the work of others', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 5);
    const bytes = await press({ sheets: [sheetOf(4_000)], creator: '办公室' }).finally(() => {
      clearInterval(counting);
    });
    expect(turns).toBeGreaterThan(5);
    const workbook = new Workbook();
    await workbook.xlsx.load(bytes);
    const [sheet] = workbook.worksheets;
    expect([sheet?.rowCount, sheet?.getCell(4_000, 1).value]).toEqual([4_000, '=3999']);
  });

  it('writes a small one at once', async () => {
    const workbook = new Workbook();
    await workbook.xlsx.load(await press({ sheets: [sheetOf(3)], creator: '办公室' }));
    expect(workbook.worksheets[0]?.rowCount).toBe(3);
  });
});
