// Workbooks as people really fill them, each filled in by another library: read right, asked about, or refused; never a lie.
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from '@jest/globals';
import { judgedReading } from '../../domain/paper/workbook/report/judged-report.ts';
import { readSheets } from '../../ooxml/workbook/reading/read-bytes.ts';
import { UnreadableWorkbook } from '../../ooxml/workbook/reading/unreadable.ts';
import { refusalOfUnreadable } from '../../ooxml/workbook/reading/unreadable-words.ts';
import { writeWorkbook } from '../../ooxml/workbook/writing/write-workbook.ts';
import { isRefusal } from '../../domain/failure.ts';
import { Form } from '../../domain/form/field.ts';
import { compileForm } from '../../domain/form/form.ts';
import { readReport } from '../../domain/paper/workbook/report/read-report.ts';
import { reportSheets } from '../../domain/paper/workbook/report/report-sheets.ts';
import { Spreadsheet, type Typed } from '../support/spreadsheet.ts';

const FORM = Form.parse({
  fields: [
    { key: 'people', label: '志愿者', type: 'integer', unit: '人' },
    { key: 'money', label: '经费', type: 'number', unit: '元' },
    { key: 'rate', label: '上岗率', type: 'percent' },
    { key: 'done', label: '是否完成', type: 'boolean' },
    { key: 'day', label: '完成日期', type: 'date' },
    { key: 'shift', label: '时段', type: 'choice', options: ['08:30-17:30', '08:30', '全天'] },
    { key: 'idno', label: '身份证号', type: 'text' },
    {
      key: 'list',
      label: '明细',
      type: 'table',
      columns: [
        { key: 'place', label: '点位', type: 'text' },
        { key: 'kind', label: '类别', type: 'text' },
        { key: 'in', label: '进', type: 'integer' },
        { key: 'out', label: '出', type: 'integer' },
      ],
    },
  ],
  rules: [
    { key: 'many', check: 'people <= 100', severity: 'explain', message: '人数偏多，请说明' },
    { key: 'odd', check: 'money > 0', severity: 'warn', message: '经费为零' },
  ],
});
const { compiled } = compileForm(FORM, 'form');
const MARK = {
  kind: 'report',
  assignment: 'd.i.TF.U',
  version: 0,
  form: 'digest',
  about: '“迎亚运 · 点位”东大街道',
};
const HEADING = { title: '迎亚运', number: 'L-1', item: '点位', unit: '东大街道', due: '2026-11-27 17:30' };
const [REPORT, LIST] = ['填报', '明细'];
/** Rows of the first sheet. */
const AT = { people: 7, money: 8, rate: 9, done: 10, day: 11, shift: 12, idno: 13 } as const;

const blank = writeWorkbook(
  reportSheets({
    form: FORM,
    heading: HEADING,
    mark: MARK,
    filled: { values: {}, rows: {} },
    language: 'zh',
  }),
);
async function opened(): Promise<Spreadsheet> {
  return new Spreadsheet(await blank);
}
/** Three rows, and figures of the fields. */
async function filled(): Promise<Spreadsheet> {
  const book = await opened();
  book.type(REPORT, 'C7', 12).type(REPORT, 'C8', 3000).type(REPORT, 'C13', '甲');
  [
    ['东门', '岗亭', 1, 10],
    ['西门', '岗亭', 2, 20],
    ['南门', '展台', 3, 30],
  ].forEach((row, index) => {
    row.forEach((typed, column) => book.type(LIST, `${'BCDE'[column] ?? ''}${6 + index}`, typed));
  });
  return book;
}
const ROWS = [
  { place: '东门', kind: '岗亭', in: 1, out: 10 },
  { place: '西门', kind: '岗亭', in: 2, out: 20 },
  { place: '南门', kind: '展台', in: 3, out: 30 },
];

type Judged = ReturnType<typeof judgedReading>;
async function judged(book: Spreadsheet, mark = MARK): Promise<Judged & { refused?: string }> {
  const reading = readReport(await readSheets(book.bytes()), FORM, mark);
  if (isRefusal(reading)) {
    const { sheet = '', cell = '', value = '' } = reading.params ?? {};
    return { refused: `${reading.code} ${sheet}${cell}${value}` } as Judged & { refused: string };
  }
  return judgedReading(compiled, reading, {}, 'zh');
}
const codes = ({ problems }: Judged): string[] => problems.map(({ cell, code }) => `${cell ?? ''} ${code}`);
const remarks = ({ warnings }: Judged): string[] =>
  warnings
    .filter(({ cell, path }) => path === '' && cell !== null)
    .map(({ cell, code }) => `${cell ?? ''} ${code}`);

it('gives back what another program has filled in and saved', async () => {
  expect(await judged(await filled())).toMatchObject({
    values: { people: 12, money: 3000, idno: '甲' },
    rows: { list: ROWS },
    problems: [],
    warnings: [],
    readings: [],
  });
});

describe('a workbook in which something was moved', () => {
  const refused = async (change: (book: Spreadsheet) => void): Promise<string | undefined> => {
    const book = await filled();
    change(book);
    return (await judged(book)).refused;
  };
  it('is refused where the fields were sorted and their names stayed', async () => {
    expect(await refused((book) => book.reorder(REPORT, 'A7:D12', [1, 0, 2, 3, 4, 5]))).toBe(
      'WORKBOOK_CHANGED 填报A7',
    );
  });
  it('is refused where units, or values with what is asked of them, were exchanged', async () => {
    expect(await refused((book) => book.reorder(REPORT, 'B7:D8', [1, 0]))).toBe('WORKBOOK_CHANGED 填报B7');
    expect(await refused((book) => book.reorder(REPORT, 'C9:D10', [1, 0]))).toBe('WORKBOOK_CHANGED 填报D9');
  });
  it('is refused where two columns were exchanged with their headings', async () => {
    expect(await refused((book) => book.exchange(LIST, 'D4:E8'))).toBe('WORKBOOK_CHANGED 明细D4');
  });
  it('is refused where the grey hints have been deleted: the first entry would be lost', async () => {
    expect(await refused((book) => book.deleteRow(LIST, 5))).toBe('WORKBOOK_CHANGED 明细B5');
  });
  it('is refused where an input cell changed places with a heading or a hint', async () => {
    expect(await refused((book) => book.reorder(REPORT, 'C6:C7', [1, 0]))).toBe('WORKBOOK_CHANGED 填报C6');
    expect(await refused((book) => book.reorder(LIST, 'B5:B6', [1, 0]))).toBe('WORKBOOK_CHANGED 明细B6');
  });
  it('is refused where a column was put in that says something', async () => {
    const put = (book: Spreadsheet): unknown =>
      book.insertColumn(LIST, 'C').type(LIST, 'C4', '备注').type(LIST, 'C6', '临时');
    const book = await filled();
    put(book);
    expect(codes(await judged(book))).toEqual(['明细!C6 CELL_OUTSIDE']);
  });
  it('is read right where rows were put in above a table, above the fields or between them', async () => {
    const book = await filled();
    book.insertRow(LIST, 2).insertRow(LIST, 5).insertRow(LIST, 9);
    book.insertRow(REPORT, 7).insertRow(REPORT, 9);
    expect(await judged(book)).toMatchObject({
      values: { people: 12, money: 3000 },
      rows: { list: ROWS },
      problems: [],
    });
  });
  it('is read right where the explaining line above was deleted', async () => {
    expect(await judged((await filled()).deleteRow(LIST, 3))).toMatchObject({
      rows: { list: ROWS },
      problems: [],
    });
  });
  it('is read right with a column of numbers of its own, on either sheet, also where it goes on below', async () => {
    const book = await filled();
    book.insertColumn(LIST, 'B').type(LIST, 'B4', '序号');
    for (let n = 1; n <= 9; n += 1) book.type(LIST, `B${5 + n}`, n);
    book.insertColumn(REPORT, 'A').type(REPORT, 'A6', '序 号');
    for (let n = 1; n <= 8; n += 1) book.type(REPORT, `A${6 + n}`, n);
    const read = await judged(book);
    expect(read).toMatchObject({ values: { people: 12, money: 3000 }, rows: { list: ROWS }, problems: [] });
    book.type(LIST, 'F8', '几个');
    expect(codes(await judged(book))).toEqual(['明细!F8 NOT_A_NUMBER']);
  });
});

describe('merged cells', () => {
  it('count for all their rows where they hold a text', async () => {
    const book = (await filled()).merge(LIST, 'C6:C7');
    expect(await judged(book)).toMatchObject({ rows: { list: ROWS }, problems: [] });
  });
  it('are asked about where they hold one number for several rows, or lie across columns', async () => {
    const book = (await filled()).merge(LIST, 'D6:D8');
    expect(codes(await judged(book)).sort()).toEqual([
      '明细!D6 CELL_MERGED',
      '明细!D7 CELL_MERGED',
      '明细!D8 CELL_MERGED',
    ]);
    expect(codes(await judged((await filled()).merge(LIST, 'D6:E6')))).toEqual(['明细!D6 CELL_MERGED']);
    expect(codes(await judged((await filled()).merge(REPORT, 'C7:C8')))).toEqual([
      'C7 CELL_MERGED',
      'C8 CELL_MERGED',
    ]);
  });
  it('of a million rows cost nothing', async () => {
    const book = await filled();
    (book.sheet(LIST)['!merges'] ??= []).push({ s: { r: 7, c: 2 }, e: { r: 1_048_575, c: 2 } });
    const began = performance.now();
    expect(await judged(book)).toMatchObject({ rows: { list: ROWS }, problems: [] });
    // Spread out, they would take minutes or all memory.
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

const TIME = { n: 0.3541666666666667, z: 'h:mm' };
const DAY = { n: 46266, z: 'yyyy/m/d' };
const PERCENT = { n: 0.85, z: '0%' };

describe('a number in a cell for text', () => {
  it.each([
    ['0000', 571, '0571'],
    ['000000', 10020, '010020'],
    ['00', 7, '07'],
    ['000', 1234, '1234'],
  ])('under the format %s, %d is taken as it is shown: %s', async (z, n, shown) => {
    const { values, problems } = await judged((await filled()).type(REPORT, `C${AT.idno}`, { n, z }));
    expect([values['idno'], problems]).toEqual([shown, []]);
  });
  it('that is shown with noughts before it is the same number in a cell for numbers', async () => {
    const book = (await filled()).type(REPORT, `C${AT.people}`, { n: 12, z: '0000' });
    const { values, problems } = await judged(book);
    expect([values['people'], problems]).toEqual([12, []]);
  });
  it.each<[Typed, string]>([
    [{ n: 330108199001011300, z: 'General' }, 'CELL_DIGITS_LOST'],
    [TIME, 'CELL_NOT_TEXT'],
    [DAY, 'CELL_NOT_TEXT'],
    [PERCENT, 'CELL_NOT_TEXT'],
    [{ n: 1.5, z: '[h]:mm:ss' }, 'CELL_NOT_TEXT'],
    [{ n: 46266, z: 'm"月"d"日"' }, 'CELL_NOT_TEXT'],
  ])('%j is asked about, with what to do', async (typed, code) => {
    for (const [sheet, cell] of [
      [REPORT, `C${AT.idno}`],
      [LIST, 'C6'],
    ] as const) {
      const { problems } = await judged((await filled()).type(sheet, cell, typed));
      expect(problems).toMatchObject([{ code }]);
      expect(problems[0]?.message).toMatch(/设为“文本”/);
    }
  });
});

describe('taken, with the reading shown', () => {
  it.each<[keyof typeof AT, Typed, unknown, string]>([
    ['people', '85人', 85, '85人'],
    ['money', '¥150,000.50', 150000.5, '¥150,000.50'],
    ['money', '(12)', -12, '(12)'],
    ['rate', '85.5 %', 0.855, '85.5 %'],
    ['people', { f: 'SUM(A1:A2)', v: 7 }, 7, '=SUM(A1:A2)'],
    ['day', '2026/9/1 0:00:00', '2026-09-01', '2026/9/1 0:00:00'],
    ['day', '2026年9月1号', '2026-09-01', '2026年9月1号'],
    ['day', '2026 年 9 月 1 日', '2026-09-01', '2026 年 9 月 1 日'],
    ...['√', '有', '是的', 'Y', '对'].map((word): ['done', Typed, unknown, string] => [
      'done',
      word,
      true,
      word,
    ]),
    ...['×', '无', 'N'].map((word): ['done', Typed, unknown, string] => ['done', word, false, word]),
    ['shift', '08：30', '08:30', '08：30'],
    ['shift', '08:30–17:30', '08:30-17:30', '08:30–17:30'],
    ['shift', '8:30-17:30', '08:30-17:30', '8:30-17:30'],
  ])('%s %j is %j', async (key, typed, value, written) => {
    const cell = `C${AT[key]}`;
    const read = await judged((await opened()).type(REPORT, cell, typed));
    expect(read).toMatchObject({ values: { [key]: value }, problems: [] });
    const formula = typeof typed === 'object' && 'f' in typed ? { formula: true } : {};
    expect(read.readings).toEqual([{ cell, path: `values.${key}`, written, read: value, ...formula }]);
  });
  it('a formula whose result no program has stored is asked for, with what to do', async () => {
    const { problems } = await judged((await opened()).type(REPORT, `C${AT.people}`, { f: 'SUM(A1:A2)' }));
    expect(problems).toMatchObject([{ code: 'CELL_FORMULA' }]);
    expect(problems[0]?.message).toMatch(/打开并保存/);
  });
  it('shows the cell of a table too', async () => {
    const { readings, rows } = await judged((await filled()).type(LIST, 'D7', '1,200'));
    expect(rows['list']?.[1]).toMatchObject({ in: 1200 });
    expect(readings).toEqual([{ cell: '明细!D7', path: 'rows.list[1].in', written: '1,200', read: 1200 }]);
  });
});

describe('asked about, with what to do', () => {
  it.each<[keyof typeof AT, Typed, string, RegExp]>([
    ['people', '-', 'NOTHING_WRITTEN', /没有请留空/],
    ['money', '/', 'NOTHING_WRITTEN', /没有请留空/],
    ['day', '无', 'NOTHING_WRITTEN', /没有请留空/],
    ['shift', '—', 'NOTHING_WRITTEN', /没有请留空/],
    ['rate', { n: 85, z: 'General' }, 'PERCENT_WITHOUT_SIGN', /0% 至 100%.*85 请写 85%/],
    ['rate', '85', 'PERCENT_WITHOUT_SIGN', /85 请写 85%/],
    ['rate', '1', 'PERCENT_UNCLEAR', /1%，也可以是 100%/],
    ['people', '12个', 'NOT_A_NUMBER', /数字/],
    ['people', TIME, 'NOT_A_NUMBER', /数字/],
    ['people', PERCENT, 'NOT_A_NUMBER', /数字/],
  ])('%s %j: %s', async (key, typed, code, words) => {
    const { problems } = await judged((await opened()).type(REPORT, `C${AT[key]}`, typed));
    expect(problems).toMatchObject([{ cell: `C${AT[key]}`, path: `values.${key}`, code }]);
    expect(problems[0]?.message).toMatch(words);
  });
  it('says that there are more problems than it names', async () => {
    const book = await filled();
    for (let n = 0; n < 1100; n += 1) book.type(LIST, `D${6 + n}`, '几个');
    const { problems } = await judged(book);
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toMatchObject({ cell: null, code: 'MORE_PROBLEMS' });
  });
});

describe('told, and not handed in', () => {
  it('a row of totals', async () => {
    const book = await filled();
    book.type(LIST, 'B9', '合 计').type(LIST, 'D9', { f: 'SUM(D6:D8)', v: 6 }).type(LIST, 'E9', 60);
    const read = await judged(book);
    expect(read).toMatchObject({ rows: { list: ROWS }, problems: [] });
    expect(remarks(read)).toEqual(['明细!B9 TOTAL_ROW']);
  });
  it('notes below the form and below a table', async () => {
    const book = await filled();
    book.type(REPORT, 'A20', '填表人：王小明').type(REPORT, 'C20', '2026-9-1');
    book.type(LIST, 'B10', '填表人：王小明').type(LIST, 'D10', '审核人：李四');
    book.type(LIST, 'B11', '以上数据截至九月一日').merge(LIST, 'B11:E11');
    const read = await judged(book);
    expect(read).toMatchObject({ rows: { list: ROWS }, problems: [] });
    expect(remarks(read)).toEqual([
      'A20 CELL_NOT_HANDED_IN',
      '明细!B10 CELL_NOT_HANDED_IN',
      '明细!B11 CELL_NOT_HANDED_IN',
    ]);
    expect(read.warnings.map(({ message }) => message).join()).toContain('填表人：王小明 2026-9-1');
  });
  it('remarks written into the hints', async () => {
    const book = await filled();
    book.type(REPORT, 'D7', '整数\n含机动人员 3 人').type(REPORT, 'D8', '实际未到账');
    book.type(LIST, 'D5', `${String(book.get(LIST, 'D5'))}（含夜班）`);
    const read = await judged(book);
    expect(read.problems).toEqual([]);
    expect(remarks(read)).toEqual([
      'D7 CELL_NOT_HANDED_IN',
      'D8 CELL_NOT_HANDED_IN',
      '明细!D5 CELL_NOT_HANDED_IN',
    ]);
  });
  it('a sheet put in beside ours, once, by the first of what it says', async () => {
    const book = await filled();
    book.addSheet('草稿', { B2: '去年的数', A3: 7 }).addSheet('空表', {});
    const read = await judged(book);
    expect(read).toMatchObject({ rows: { list: ROWS }, problems: [] });
    expect(remarks(read)).toEqual(['草稿!B2 CELL_NOT_HANDED_IN']);
  });
  it('comments', async () => {
    const book = await filled();
    (book.sheet(LIST)['C7'] as { c?: unknown[] }).c = [{ a: '王', t: '待核' }];
    expect(remarks(await judged(book))).toEqual(['明细!C7 CELL_PICTURE']);
  });
});

describe('a picture', () => {
  it('laid over cells is told by the cell it begins in', async () => {
    const parts = unzipSync((await filled()).bytes());
    const sheet = 'xl/worksheets/sheet2.xml';
    const xml = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
    const about = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    parts[sheet] = xml(
      Buffer.from(parts[sheet] ?? [])
        .toString()
        .replace('</worksheet>', `<drawing xmlns:r="${about}" r:id="d1"/></worksheet>`),
    );
    parts['xl/worksheets/_rels/sheet2.xml.rels'] = xml(
      `<Relationships><Relationship Id="d1" Type="${about}/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
    );
    parts['xl/drawings/drawing1.xml'] = xml(
      '<xdr:wsDr xmlns:xdr="x"><xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff>' +
        '<xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:pic/></xdr:twoCellAnchor></xdr:wsDr>',
    );
    const reading = readReport(await readSheets(Buffer.from(zipSync(parts))), FORM, MARK);
    if (isRefusal(reading)) throw new Error(reading.code);
    const { warnings, problems } = judgedReading(compiled, reading, {}, 'zh');
    expect(problems).toEqual([]);
    expect(warnings).toMatchObject([{ cell: '明细!C7', code: 'CELL_PICTURE' }]);
  });
});

describe('what may be said beside the fields', () => {
  it('has a cell for what rules want explained, and one for a note', async () => {
    const book = await filled();
    expect([book.get(REPORT, 'A15'), book.get(REPORT, 'A16')]).toEqual([
      '说明（数据异常须说明时填写）',
      '附言（更正已通过的报送时必填）',
    ]);
    book.type(REPORT, 'C7', 120);
    expect(codes(await judged(book))).toEqual(['C7 EXPLANATION_REQUIRED']);
    book.type(REPORT, 'C15', '含临时招募').type(REPORT, 'C16', '更正人数');
    expect(await judged(book)).toMatchObject({
      problems: [],
      explanations: { many: '含临时招募' },
      note: '更正人数',
    });
  });
  it('explains nothing where nothing asks for it', async () => {
    expect(await judged((await filled()).type(REPORT, 'C15', '多余'))).toMatchObject({
      problems: [],
      explanations: {},
    });
  });
  it('is missed in no workbook of before', async () => {
    const book = (await filled()).deleteRow(REPORT, 16).deleteRow(REPORT, 15);
    expect(await judged(book)).toMatchObject({ problems: [], rows: { list: ROWS } });
  });
});

describe('refused as a whole', () => {
  it('names another task by its title and unit, not by an id', async () => {
    const { refused } = await judged(await filled(), { ...MARK, assignment: 'd.i.TF.V' });
    expect(refused).toBe('WORKBOOK_OF_ANOTHER “迎亚运 · 点位”东大街道');
    const { about: _, ...before } = MARK;
    const old = new Spreadsheet(
      await writeWorkbook(
        reportSheets({
          form: FORM,
          heading: HEADING,
          mark: before,
          filled: { values: {}, rows: {} },
          language: 'zh',
        }),
      ),
    );
    expect((await judged(old, { ...MARK, assignment: 'd.i.TF.V' })).refused).toBe(
      'WORKBOOK_OF_ANOTHER “迎亚运”',
    );
  });
  it('too many rows, with the limit and the cause', async () => {
    const book = await opened();
    for (let n = 0; n < 10_200; n += 1) book.type(LIST, `B${6 + n}`, '甲');
    const error: unknown = await readSheets(book.bytes()).catch((thrown: unknown) => thrown);
    expect((error as UnreadableWorkbook).reason).toBe('TOO_MANY_ROWS');
    expect(refusalOfUnreadable('TOO_MANY_ROWS').detail.zh).toMatch(/超过 10000 行/);
  });
  it.each([
    ['xls', 'OLD_KIND', /另存为.*xlsx/],
    ['ods', 'OPEN_DOCUMENT', /另存为.*xlsx/],
    ['csv', 'TEXT_FILE', /下载本任务的填报表/],
  ] as const)('.%s, with how to save it', async (kind, reason, words) => {
    const book = await filled();
    const error: unknown = await readSheets(book.bytes(kind)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableWorkbook);
    expect((error as UnreadableWorkbook).reason).toBe(reason);
    expect(refusalOfUnreadable(reason).detail.zh).toMatch(words);
  });
  it.each(['%PDF-1.7\n%âãÏÓ\n1 0 obj', '%PDF-1.4\n\0\0'])('a PDF by its name: %j', async (text) => {
    const error: unknown = await readSheets(Buffer.from(text, 'latin1')).catch((thrown: unknown) => thrown);
    expect((error as UnreadableWorkbook).reason).toBe('PDF_FILE');
    expect(refusalOfUnreadable('PDF_FILE').detail.zh).toMatch(/PDF.*下载本任务的填报表/);
  });
});
