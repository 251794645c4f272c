// Promises of reading a whole workbook: a moved cell is refused by name, a text where nothing is asked is named by its cell.
import { describe, expect, it } from '@jest/globals';
import { Form } from '../../../form/field.ts';
import type { Cell } from '../cell/cell.ts';
import { cellName } from '../cell/cell.ts';
import { createPlaces } from './place.ts';
import { readReport, type ReportReading } from './read-report.ts';
import { misfitOf, reportSheets } from './report-sheets.ts';

const FORM = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer', required: true },
    { key: 'who', label: '联系人', type: 'contact' },
    { key: 'photo', label: '照片', type: 'file' },
    {
      key: 'list',
      label: '明细',
      type: 'table',
      columns: [
        { key: 'place', label: '地址', type: 'text' },
        { key: 'who', label: '联系人', type: 'contact' },
        { key: 'count', label: '数量', type: 'number' },
      ],
    },
  ],
});
const MARK = { kind: 'report', assignment: 'd.i.TF.U', version: 2, form: 'digest' };
const HEADING = { title: '通知', number: 'L-1', item: '事项', unit: '单位', due: '' };
const FILLED = {
  values: { n: 3, who: { phone: '139' } },
  rows: { list: [{ place: '甲', count: 1.5 }, { who: { name: '乙' } }] },
};

type Editable = { name: string; rows: Map<number, Map<number, Cell>> };
/** As written, without a file between. */
const sheets = (): Editable[] =>
  reportSheets({ form: FORM, heading: HEADING, mark: MARK, filled: FILLED, language: 'zh' }).map((plan) => ({
    name: plan.name,
    rows: new Map(
      [...plan.rows].map(({ at, cells }) => [
        at,
        new Map(cells.flatMap(({ column, value }) => (value === null ? [] : [[column, value] as const]))),
      ]),
    ),
  }));
const read = (edit: (form: Editable, list: Editable, all: Editable[]) => void, mark = MARK): unknown => {
  const all = sheets();
  const [form, list] = all;
  if (form && list) edit(form, list, all);
  return readReport(all, FORM, mark);
};
const put = ({ rows }: Editable, row: number, column: number, value: Cell): void => {
  rows.set(row, (rows.get(row) ?? new Map<number, Cell>()).set(column, value));
};
const untouched = (): void => undefined;

it('gives back what was filled in, and where each row of a table stands', () => {
  expect(read(untouched)).toEqual({
    values: FILLED.values,
    rows: FILLED.rows,
    problems: [],
    remarks: [],
    readings: [],
    saying: { explanation: '', note: '' },
    cells: new Map([
      ['n', 'C7'],
      ['who', 'C8'],
      ['photo', 'C10'],
      ['list', 'C11'],
      ['#note', 'C12'],
    ]),
    tables: new Map([['list', { sheet: '明细', rows: [6, 7], columns: [2, 3, 4, 5] }]]),
  });
});

it('passes over empty rows, and knows the cells of those below by their real rows', () => {
  const reading = read((_, list) => {
    list.rows.delete(6);
    put(list, 20, 2, '丙');
    put(list, 20, 5, { formula: '1+1' });
  });
  expect(reading).toMatchObject({
    rows: { list: [{ who: { name: '乙' } }, { place: '丙' }] },
    problems: [{ cell: '明细!E20', path: 'rows.list[1].count', code: 'CELL_FORMULA' }],
  });
});

it('names what stands where nothing is asked', () => {
  const reading = read((form, list) => {
    put(form, 30, 3, '又一条');
    put(list, 6, 9, 1);
  });
  expect(reading).toMatchObject({
    problems: [
      { cell: 'C30', code: 'CELL_OUTSIDE' },
      { cell: '明细!I6', path: 'rows.list[0]', code: 'CELL_OUTSIDE' },
    ],
  });
});

describe('refuses', () => {
  it.each<[string, (form: Editable, list: Editable, all: Editable[]) => void, string]>([
    [
      'a field’s name that has moved',
      (form) => {
        put(form, 8, 5, 'n');
      },
      'WORKBOOK_CHANGED 填报 E8',
    ],
    [
      'a column’s name that has moved',
      (_, list) => {
        put(list, 1, 3, 'count');
      },
      'WORKBOOK_CHANGED 明细 C1',
    ],
    [
      'a column too many',
      (_, list) => {
        put(list, 1, 6, 'count');
      },
      'WORKBOOK_CHANGED 明细 F1',
    ],
    [
      'a formula for a name',
      (form) => {
        put(form, 7, 5, { formula: '1+1' });
      },
      'WORKBOOK_CHANGED 填报 E7',
    ],
    [
      'a table’s sheet that is gone',
      (_f, _l, all) => {
        all.splice(1, 1);
      },
      'WORKBOOK_CHANGED 明细 A1',
    ],
    [
      'a sheet copied',
      (_, list, all) => {
        all.push({ ...list, name: '明细 (2)' });
      },
      'WORKBOOK_CHANGED 明细 (2) A1',
    ],
    [
      'a workbook without its mark',
      (_f, _l, all) => {
        all.pop();
      },
      'WORKBOOK_UNKNOWN',
    ],
  ])('%s', (_name, edit, refusal) => {
    const { code, params = {} } = read(edit) as { code: string; params?: Record<string, string> };
    expect([code, ...Object.values(params)].join(' ')).toBe(refusal);
  });

  it.each([
    [{ assignment: 'd.i.TF.V' }, 'WORKBOOK_OF_ANOTHER'],
    [{ kind: 'desk' }, 'WORKBOOK_OF_ANOTHER'],
    [{ form: 'other' }, 'WORKBOOK_OF_ANOTHER_FORM'],
    [{ version: 3 }, 'WORKBOOK_OUTDATED'],
  ])('what was made for something else: %j', (other, code) => {
    expect(read(untouched, { ...MARK, ...other })).toMatchObject({ code });
  });
});

it('finds the cell of every path a fault can name', () => {
  const reading = read(untouched) as ReportReading;
  const list = { sheet: '明细', rows: [6, 9], columns: [2, 3, 4, 5] };
  const cellOf = createPlaces(FORM, { ...reading, tables: new Map([['list', list]]) }, () => {
    return new Set(['list', 'who']);
  });
  expect(
    [
      'values.n',
      'values.who',
      'values.photo',
      'rows.list',
      'rows.list[1].count',
      'rows.list[1]',
      'rows.list[7].count',
      'rules.r',
      'explanations.r',
      'values.constructor',
      'attachments[0]',
    ].map(cellOf),
  ).toEqual(['C7', 'C8', 'C10', 'C11', '明细!E9', '明细!B9', 'C11', 'C8', 'C8', null, null]);
});

it('says which text is too long for a cell', () => {
  const long = 'x'.repeat(32_768);
  expect(misfitOf(FORM, { values: { n: 1 }, rows: { list: [{ place: '短' }, { place: long }] } })).toBe(
    'rows.list[1]',
  );
  expect(misfitOf(FORM, { values: { n: 1 }, rows: {} })).toBe(null);
});

it('calls cells as spreadsheets do', () => {
  expect([1, 26, 27, 702, 703, 16_384].map((column) => cellName(1, column))).toEqual([
    'A1',
    'Z1',
    'AA1',
    'ZZ1',
    'AAA1',
    'XFD1',
  ]);
});
