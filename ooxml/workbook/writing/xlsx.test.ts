// Promises of a summary as a workbook: read again it has the written content, and text is never a formula.
import { describe, expect, it } from '@jest/globals';
import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import { summaryWorkbook } from '../../../domain/paper/summary/workbook/summary-workbook.ts';
import { APPROVED, nameOf, sampleFigures, sampleItem } from '../../../tests/support/sample-figures.ts';
import { renderWorkbook } from './xlsx.ts';

const FORM = {
  fields: [
    { key: 'n', label: '数', type: 'integer', unit: '个', aggregate: 'sum', timeAxis: 'flow' },
    { key: 'rate', label: '率', type: 'percent', aggregate: { weightedMean: 'n' } },
    { key: 'day', label: '日', type: 'date', aggregate: 'min' },
    { key: 'note', label: '说明', type: 'text', aggregate: 'concat' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [
        { key: 'place', label: '地点', type: 'text' },
        { key: 'state', label: '状态', type: 'text' },
      ],
      aggregate: { union: ['place'] },
    },
  ],
};
const PLACES = {
  T: { standing: APPROVED },
  'T.A': {
    report: {
      values: { n: 3, rate: 0.5, day: '2026-11-24', note: '=1+1' },
      rows: { list: [{ place: '东门', state: '完好' }, { place: '@西门' }] },
    },
  },
  'T.B': { report: { values: { n: 4, rate: 0.25 }, rows: { list: [{ place: '东门', state: '破损' }] } } },
  'T.C': {},
};

async function opened(): Promise<Workbook> {
  const sheets = summaryWorkbook(sampleFigures([sampleItem(FORM, PLACES)]), { language: 'zh', nameOf });
  const workbook = new Workbook();
  await workbook.xlsx.load(await renderWorkbook(sheets, { creator: '办公室' }));
  return workbook;
}
const sheetOf = (workbook: Workbook, name: string): Worksheet => {
  const sheet = workbook.getWorksheet(name);
  if (!sheet) throw new Error(`there is no sheet ${name}`);
  return sheet;
};
/** The cells of the row with this beginning, as they are shown. */
function rowOf(sheet: Worksheet, name: string): ReturnType<Worksheet['getCell']>[] {
  for (let row = 1; row <= sheet.rowCount; row += 1)
    if (sheet.getCell(row, 1).text.trim() === name)
      return Array.from({ length: sheet.columnCount }, (_, at) => sheet.getCell(row, at + 1));
  throw new Error(`there is no row ${name}`);
}

describe('a workbook of figures', () => {
  it('has totals that are formulas, with what they come to', async () => {
    const sheet = sheetOf(await opened(), '汇总');
    const [, , , n, rate, day] = rowOf(sheet, '站点');
    expect([n?.formula, n?.result]).toEqual([expect.stringContaining('SUMIF'), 7]);
    expect([rate?.formula, rate?.result]).toEqual([expect.stringContaining('SUMPRODUCT'), 0.357143]);
    expect([day?.formula, day?.result]).toEqual([
      expect.stringContaining('MIN'),
      new Date('2026-11-24T00:00:00Z'),
    ]);
    expect(rate?.numFmt).toBe('0.00##%');
  });

  it('keeps text that begins like a formula as text', async () => {
    const workbook = await opened();
    const note = rowOf(sheetOf(workbook, '汇总'), 'A单位').at(-1);
    expect([note?.value, note?.formula]).toEqual(['=1+1', undefined]);
    expect(rowOf(sheetOf(workbook, '清单'), '@西门')[0]?.formula).toBeUndefined();
  });

  it('unites rows, names their sources and marks where they differ', async () => {
    const [place, state, sources, differences] = rowOf(sheetOf(await opened(), '清单'), '东门');
    expect([place?.text, state?.text, sources?.text]).toEqual(['东门', '完好', 'A单位、B单位']);
    expect(differences?.text).toBe('状态：A单位 报 完好；B单位 报 破损');
    expect(state?.fill).toMatchObject({ fgColor: { argb: 'FFFFEB9C' } });
    expect(place?.fill).toEqual({ type: 'pattern', pattern: 'none' });
  });

  it('tells of every place when it was asked, received and settled', async () => {
    const row = rowOf(sheetOf(await opened(), '报送情况'), 'A单位');
    expect(row[5]?.value).toEqual(new Date('2026-11-23T10:35:00Z'));
    expect(row.map(({ text }) => text)).toEqual(expect.arrayContaining(['审核通过', '是']));
    expect(rowOf(sheetOf(await opened(), '报送情况'), 'C单位')[1]?.text).toBe('未报（未签收，已逾期）');
  });

  it('keeps its head in sight, prints on one width of A3 and opens unfolded', async () => {
    const sheet = sheetOf(await opened(), '汇总');
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 3 });
    // 8 is A3: on A4 a dozen columns would be too small to read.
    expect(sheet.pageSetup).toMatchObject({ paperSize: 8, orientation: 'landscape', fitToWidth: 1 });
    const last = sheet.getRow(sheet.rowCount);
    expect([last.outlineLevel, last.collapsed]).toEqual([2, false]);
  });

  it('has sheets of their own for several items, one without a form too', async () => {
    const items = [sampleItem(FORM, PLACES), sampleItem({ fields: [] }, PLACES)];
    const sheets = summaryWorkbook(sampleFigures(items), { language: 'zh', nameOf });
    const workbook = new Workbook();
    await workbook.xlsx.load(await renderWorkbook(sheets, { creator: '办公室' }));
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      '1.汇总',
      '1.清单',
      '1.报送情况',
      '2.汇总',
      '2.报送情况',
    ]);
    expect(rowOf(sheetOf(workbook, '2.汇总'), 'C单位')[2]?.text).toBe('未报（未签收，已逾期）');
  });
});
