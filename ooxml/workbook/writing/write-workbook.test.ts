// Promises of written workbooks: numbers are shown as their fields say, and kept as they are.
import { describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import { Form } from '../../../domain/form/field.ts';
import { reportSheets } from '../../../domain/paper/workbook/report/report-sheets.ts';
import { writeWorkbook } from './write-workbook.ts';

const form = Form.parse({
  fields: [
    { key: 'cost', label: '费用', type: 'number', decimals: 2 },
    { key: 'rate', label: '比例', type: 'percent', decimals: 1 },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [{ key: 'size', label: '面积', type: 'number', decimals: 0 }],
    },
  ],
});
const asked = {
  form,
  heading: { title: '统计', number: '1', item: '统计', unit: '某社区', due: '' },
  mark: { kind: 'report' as const, assignment: 'd.i.T.A', version: 0, form: '' },
  filled: { values: { cost: 12.345678, rate: 0.123456 }, rows: { list: [{ size: 3.5 }] } },
  language: 'zh' as const,
};

describe('a workbook to fill in', () => {
  it('shows numbers with the decimals of their fields, and holds them whole', async () => {
    const workbook = new Workbook();
    await workbook.xlsx.load(await writeWorkbook(reportSheets(asked)));
    const found = new Map<unknown, unknown>();
    for (const sheet of workbook.worksheets)
      sheet.eachRow((row) => {
        row.eachCell((cell) => found.set(cell.value, cell.numFmt));
      });
    expect([found.get(12.345678), found.get(0.123456), found.get(3.5)]).toEqual(['0.00', '0.0%', '0']);
  });
});
