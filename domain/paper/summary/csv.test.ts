// Promises of rows as a text with commas: read back as they are, and never worked out by a spreadsheet.
import { describe, expect, it } from '@jest/globals';
import { Form } from '../../form/field.ts';
import { csvPieces } from './csv.ts';

const [field] = Form.parse({
  fields: [
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [
        { key: 'place', label: '地点', type: 'text' },
        { key: 'n', label: '费用', unit: '元', type: 'number', decimals: 2 },
      ],
      aggregate: { union: [] },
    },
  ],
}).fields;
const pieces = (rows: object[]): string[] =>
  field === undefined
    ? []
    : [...csvPieces(rows as never, field, { language: 'zh', nameOf: (code) => `${code}社区`, files: {} })];
const csv = (rows: object[]): string => pieces(rows).join('');

describe('rows as a text with commas', () => {
  it('begin with the mark of UTF-8 and the heads, and end each line as spreadsheets do', () => {
    expect(csv([{ place: '东门', n: 1234567.891, sources: ['A', 'B'] }])).toBe(
      '\ufeff地点,费用（元）,来源,差异\r\n东门,1234567.89,A社区、B社区,\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('take %j for text', (place) => {
    expect(csv([{ place, n: -5, sources: [] }])).toContain(`"'${place}",-5.00,`);
  });

  it('keep commas, quotes and line ends within a cell', () => {
    expect(csv([{ place: '东,门"甲"\n乙', n: null, sources: [] }])).toContain('"东,门""甲""\n乙",,,');
  });

  it('come in pieces of a bounded number of lines, each row once and in order', () => {
    const all = pieces(Array.from({ length: 2_600 }, (_, n) => ({ place: `第${n}处`, n, sources: ['A'] })));
    expect(all.length).toBeGreaterThan(5);
    for (const piece of all) expect(piece.split('\r\n').length).toBeLessThanOrEqual(501);
    const places = all
      .join('')
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',', 1)[0]);
    expect(places).toEqual(Array.from({ length: 2_600 }, (_, n) => `第${n}处`));
  });

  it('say where units differ', () => {
    const differences = {
      n: [
        { unit: 'A', value: 1 },
        { unit: 'B', value: 2 },
      ],
    };
    expect(csv([{ place: '东门', n: 1, sources: ['A', 'B'], differences }])).toContain('A社区 报 1.00');
  });
});
