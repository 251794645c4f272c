// Workbooks of a desk as people fill them, each by another library: a unit's rows are all handed in, or none of them.
import { describe, expect, it } from '@jest/globals';
import { readSheets } from '../../ooxml/workbook/reading/read-bytes.ts';
import { writeWorkbook } from '../../ooxml/workbook/writing/write-workbook.ts';
import { isRefusal } from '../../domain/failure.ts';
import { Form } from '../../domain/form/field.ts';
import { deskSheets } from '../../domain/paper/workbook/desk/desk-sheets.ts';
import { readDesk, type DeskReading } from '../../domain/paper/workbook/desk/read-desk.ts';
import { Spreadsheet } from '../support/spreadsheet.ts';

const FORM = Form.parse({
  fields: [
    { key: 'n', label: '站点数', type: 'integer', unit: '个' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [
        { key: 'place', label: '点位', type: 'text' },
        { key: 'seats', label: '席', type: 'integer' },
      ],
    },
  ],
  rules: [{ key: 'many', check: 'n <= 100', severity: 'explain', message: '偏多' }],
});
const MARK = { kind: 'desk', assignment: 'd.i.TF', version: 0, form: 'digest' };
const [DESK, LIST] = ['各单位填报', '清单'];
const NAMES = ['东门社区', '西门社区', '南门社区'];

const blank = writeWorkbook(
  deskSheets({
    form: FORM,
    heading: { title: '通知', number: 'L-1', item: '事项', due: '' },
    mark: MARK,
    units: NAMES.map((label, at) => ({ label, assignment: `U${at}`, version: 0, values: {}, rows: {} })),
    language: 'zh',
  }),
);

/** Four places of each unit, its name before each of them unless `named` says otherwise. */
async function filled(named = (_unit: string, _index: number): boolean => true): Promise<Spreadsheet> {
  const book = new Spreadsheet(await blank);
  NAMES.forEach((unit, at) => {
    book.type(DESK, `C${6 + at}`, at + 1);
    for (let index = 0; index < 4; index += 1) {
      const row = 6 + 4 * at + index;
      if (named(unit, index)) book.type(LIST, `B${row}`, unit);
      book.type(LIST, `C${row}`, `${unit}${index}号`).type(LIST, `D${row}`, index);
    }
  });
  return book;
}
async function read(book: Spreadsheet): Promise<DeskReading> {
  const reading = readDesk(await readSheets(book.bytes()), FORM, MARK);
  if (isRefusal(reading)) throw new Error(`${reading.code} ${JSON.stringify(reading.params)}`);
  return reading;
}
const places = ({ entries }: DeskReading): unknown =>
  entries.map(({ rows }) => rows['list']?.map(({ place }) => place));
const ALL = NAMES.map((unit) => [0, 1, 2, 3].map((index) => `${unit}${index}号`));
const problems = ({ entries }: DeskReading): string[][] =>
  entries.map((entry) => entry.problems.map(({ cell, code }) => `${cell} ${code}`));

it('gives each unit its rows', async () => {
  const reading = await read(await filled());
  expect([places(reading), problems(reading)]).toEqual([ALL, [[], [], []]]);
  expect(reading.entries.map(({ values }) => values)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

describe('a name merged over its rows', () => {
  it('counts for all of them', async () => {
    const book = await filled();
    for (const range of ['B6:B9', 'B10:B13', 'B14:B17']) book.merge(LIST, range);
    const reading = await read(book);
    expect([places(reading), problems(reading), reading.problems]).toEqual([ALL, [[], [], []], []]);
  });
  it('of a unit with two rows of figures is no second report of it', async () => {
    const book = await filled();
    book.insertRow(DESK, 7).type(DESK, 'C7', 8).merge(DESK, 'B6:B7');
    const reading = await read(book);
    expect(problems(reading)[0]).toEqual(['B6 REPEATED']);
  });
});

describe('rows whose unit cannot be told', () => {
  it('hold back the units above and below, and hand in nobody’s part', async () => {
    const reading = await read(await filled((unit, index) => unit !== '西门社区' || index === 0));
    expect(problems(reading)).toEqual([[], ['清单!B11 ROWS_WITHOUT_UNIT'], ['清单!B11 ROWS_WITHOUT_UNIT']]);
    expect(reading.problems.map(({ cell, code }) => `${cell} ${code}`)).toEqual([
      '清单!B11 REQUIRED',
      '清单!B12 REQUIRED',
      '清单!B13 REQUIRED',
    ]);
  });
  it('hold back the units around them where the name stands in their middle', async () => {
    const reading = await read(await filled((unit, index) => unit !== '西门社区' || index === 2));
    expect(problems(reading).map((each) => each.length)).toEqual([1, 1, 1]);
  });
  it.each(['东门社区', '西门社区'])(
    'hold back %s too, whose name nobody wrote and whose figures would go up without its rows',
    async (nameless) => {
      const reading = await read(await filled((unit) => unit !== nameless));
      const held = reading.entries.filter((entry) => entry.problems.length > 0).map(({ at }) => at);
      expect(held).toContain(6 + NAMES.indexOf(nameless));
      expect(reading.entries.every((entry) => entry.problems.length > 0 || entry.rows['list'])).toBe(true);
    },
  );
  it('hold back the unit whose name was written in part', async () => {
    const book = await filled();
    book.type(LIST, 'B17', '东门');
    const reading = await read(book);
    expect(problems(reading)).toEqual([['清单!B17 ROWS_WITHOUT_UNIT'], [], ['清单!B17 ROWS_WITHOUT_UNIT']]);
  });
  it.each(['西社区', '酉门社区'])(
    'hold back the unit that %s may have been written for, wherever it stands',
    async (said) => {
      const book = await filled();
      book.type(LIST, 'B18', said).type(LIST, 'C18', '侧门');
      expect(problems(await read(book))[1]).toEqual(['清单!B18 ROWS_WITHOUT_UNIT']);
    },
  );
  it('on the first sheet hold back the unit above, which may go on there', async () => {
    const book = await filled();
    book.insertRow(DESK, 7).type(DESK, 'C7', 8);
    expect(problems(await read(book))).toEqual([['B7 ROWS_WITHOUT_UNIT'], [], []]);
  });
});

it('is read right with numbered rows, a row of totals and a note below', async () => {
  const book = await filled();
  book.insertColumn(DESK, 'B').type(DESK, 'B4', '序号');
  for (let n = 1; n <= 3; n += 1) book.type(DESK, `B${5 + n}`, n);
  book.type(DESK, 'C9', '合计').type(DESK, 'D9', 6).type(DESK, 'C11', '填表人：王');
  const reading = await read(book);
  expect([places(reading), problems(reading), reading.problems]).toEqual([ALL, [[], [], []], []]);
  expect(reading.remarks.map(({ cell, code }) => `${cell} ${code}`)).toEqual([
    'C11 CELL_NOT_HANDED_IN',
    'C9 TOTAL_ROW',
  ]);
});

it('takes one explanation and one note of each unit', async () => {
  const book = await filled();
  expect([book.get(DESK, 'D4'), book.get(DESK, 'E4')]).toEqual([
    '说明（数据异常须说明时填写）',
    '附言（更正已通过的报送时必填）',
  ]);
  book.type(DESK, 'D7', '新增').type(DESK, 'E8', '已核');
  expect((await read(book)).entries.map(({ saying }) => saying)).toEqual([
    { explanation: '', note: '' },
    { explanation: '新增', note: '' },
    { explanation: '', note: '已核' },
  ]);
});

it('passes no unit for sound because a thousand other cells are wrong', async () => {
  const book = await filled();
  for (let n = 0; n < 1200; n += 1)
    book.type(LIST, `B${20 + n}`, '东门社区').type(LIST, `D${20 + n}`, '几个');
  book.type(LIST, 'B1300', '南门社区').type(LIST, 'D1300', 1).type(LIST, 'F1300', '旁注');
  expect(problems(await read(book)).map((each) => each.length > 0)).toEqual([true, false, true]);
});

it('one number merged over two units is neither’s', async () => {
  const book = (await filled()).merge(DESK, 'C6:C7');
  expect(problems(await read(book))).toEqual([['C6 CELL_MERGED'], ['C7 CELL_MERGED'], []]);
});
