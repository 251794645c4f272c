// One workbook for all units of a desk: taken down by its liaison, filled in, judged row by row, handed in on behalf.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Workbook, Worksheet } from '@cj-tech-master/excelts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { tokenOf } from '../../support/small-record.ts';
import { opened, saved, sheetIn, sheetOf } from '../../support/workbook.ts';
import { fetchAs } from '../../support/upload.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const FORM = {
  fields: [
    {
      key: 'n',
      label: '站点数',
      type: 'integer' as const,
      unit: '个',
      required: true,
      min: 0,
      max: 100,
      aggregate: 'sum' as const,
      timeAxis: 'snapshot' as const,
    },
    { key: 'on', label: '上岗', type: 'integer' as const },
    { key: 'who', label: '负责人', type: 'contact' as const },
    {
      key: 'list',
      label: '清单',
      type: 'table' as const,
      columns: [
        { key: 'place', label: '点位', type: 'text' as const, required: true },
        { key: 'seats', label: '席', type: 'integer' as const },
      ],
      aggregate: { union: [] },
    },
  ],
  rules: [{ key: 'within', check: 'on <= n', severity: 'block' as const, message: '上岗不得多于站点' }],
};
const ASKED = { item: { form: FORM } };

type Problem = { cell: string | null; path: string; code: string; message: string };
type Item = {
  assignment: string;
  unit: string;
  row: number | null;
  status: number;
  alreadyIn?: boolean;
  values: Record<string, unknown>;
  rows: Record<string, unknown>;
  problem?: { code: string };
  problems?: Problem[];
};
type Answer = { status: number; body: { code?: string; items: Item[]; problems: Problem[] } };

let z: Installation;
let course: Course;
beforeAll(async () => {
  z = await startInstallation({ organisation: district({ streets: 2, communities: 4 }) });
});
afterEach(async () => {
  expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
});
afterAll(() => z.close());

async function send(person: string, path: string, bytes: Uint8Array, headers = {}): Promise<Answer> {
  const body = new FormData();
  body.append('file', new Blob([bytes]), 'sheet.xlsx');
  const authorization = `Bearer ${await tokenOf(z.api, person)}`;
  const response = await fetchChecked(`${z.api.url}/api/v1/assignments/${path}`, {
    method: 'POST',
    body,
    headers: { authorization, ...headers },
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const columnOf = (sheet: Worksheet, id: string): number => {
  for (let column = 2; column <= sheet.columnCount; column += 1)
    if (sheet.getCell(1, column).text === id) return column;
  throw new Error(`no column ${id}`);
};
const rowOf = (sheet: Worksheet, unit: string): number => {
  for (let row = 6; row <= sheet.rowCount; row += 1)
    if (sheet.getCell(row, 2).text === `${unit}社区`) return row;
  throw new Error(`no row of ${unit}`);
};
const type = (sheet: Worksheet, row: number, values: Record<string, string | number | object>): void => {
  for (const [id, value] of Object.entries(values))
    sheet.getCell(row, columnOf(sheet, id)).value = value as string;
};
const deskOf = async (node: string, person: string): Promise<Workbook> =>
  opened(await sheetOf(z.api, person, node));

describe('the workbook of a desk', () => {
  it('has a row for each unit below, with what is in, limits in its head and a drop-down of units', async () => {
    course = await sendOut(z, 'desk', ASKED);
    await course.do('S1-2', 'submit', {
      values: { n: 5, who: { name: '张', phone: '138' } },
      rows: { list: [{ place: '一号门', seats: 2 }] },
    });
    const workbook = await deskOf(course.at('S1'), 'S1');
    const desk = sheetIn(workbook, 'desk');
    expect([
      desk.getCell('B4').text,
      desk.getCell('C4').text,
      desk.getCell('E4').text,
      desk.getCell('F4').text,
    ]).toEqual(['单位 *', '站点数 *（个）', '负责人（姓名）', '负责人（电话）']);
    expect(desk.getCell('C5').text).toContain('0 至 100');
    expect([6, 7, 8, 9].map((row) => desk.getCell(row, 2).text)).toEqual([
      'S1-1社区',
      'S1-2社区',
      'S1-3社区',
      'S1-4社区',
    ]);
    expect([3, 4, 5, 6].map((column) => desk.getCell(7, column).value)).toEqual([5, null, '张', '138']);
    const list = sheetIn(workbook, 'table.list');
    expect([2, 3, 4].map((column) => list.getCell(6, column).value)).toEqual(['S1-2社区', '一号门', 2]);
    expect(list.getCell('B7').dataValidation).toMatchObject({ type: 'list' });
  });

  it('is its holder’s people’s alone', async () => {
    for (const person of [FORCE, OFFICE, 'AUDITOR'])
      expect((await fetchAs(z.api, person, `/assignments/${course.at('S1')}/sheet.xlsx`)).status).toBe(403);
    expect((await fetchAs(z.api, 'S1-1', `/assignments/${course.at('S1')}/sheet.xlsx`)).status).toBe(404);
    const bytes = await sheetOf(z.api, 'S1', course.at('S1'));
    expect((await send(FORCE, `${course.at('S1')}/sheet/reports`, bytes)).status).toBe(403);
    for (const unit of ['S1-1', 'S2'] as const)
      expect((await send(unit, `${course.at(unit)}/sheet/reports`, bytes)).body.code).toBe(
        'WORKBOOK_OF_ANOTHER',
      );
    expect((await send('S2', `${course.at('S2')}/sheet`, bytes)).body.code).toBe('WORKBOOK_OF_ANOTHER');
  });

  it('comes back judged row by row, every problem by its cell, and nothing has changed by it', async () => {
    course = await sendOut(z, 'judged', ASKED);
    const workbook = await deskOf(course.at('S1'), 'S1');
    const desk = sheetIn(workbook, 'desk');
    const list = sheetIn(workbook, 'table.list');
    type(desk, rowOf(desk, 'S1-1'), { n: 3, on: 2 });
    type(desk, rowOf(desk, 'S1-2'), { n: 2, on: 7 });
    type(desk, rowOf(desk, 'S1-3'), { n: '三', on: { formula: '1+1' } });
    type(desk, 10, { '#unit': '无名社区', n: 1 });
    type(list, 6, { '#unit': 'S1-1社区', place: '一号门', seats: 4 });
    type(list, 7, { '#unit': 'S1-1社区', seats: 4 });
    type(list, 8, { place: '无主' });
    const { status, body } = await send('S1', `${course.at('S1')}/sheet`, await saved(workbook));
    expect(status).toBe(200);
    // The fourth says nothing and is left out.
    expect(body.items.map(({ unit, row }) => [unit, row])).toEqual([
      ['S1-1', 6],
      ['S1-2', 7],
      ['S1-3', 8],
    ]);
    const found = body.items.map(({ problems = [] }) => problems.map(({ cell, code }) => `${cell} ${code}`));
    // The last row of the table may be of the unit above it, or of one that has no row there.
    expect(found).toEqual([
      ['清单!B8 ROWS_WITHOUT_UNIT', '清单!C7 REQUIRED'],
      ['清单!B8 ROWS_WITHOUT_UNIT', 'C7 RULE_BROKEN'],
      ['C8 NOT_A_NUMBER', 'D8 CELL_FORMULA', '清单!B8 ROWS_WITHOUT_UNIT'],
    ]);
    expect(body.items[0]).toMatchObject({ assignment: course.at('S1-1'), values: { n: 3, on: 2 } });
    expect(body.problems.map(({ cell, path, code }) => `${cell} ${path} ${code}`)).toEqual([
      'B10 unit UNKNOWN_UNIT',
      '清单!B8 unit REQUIRED',
    ]);
    expect(body.problems[0]?.message).toBe('没有此单位：无名社区');
    expect((await course.see('S1')).counts).toMatchObject({ submitted: 0 });
  });

  it('takes neither of two rows of one unit', async () => {
    const workbook = await deskOf(course.at('S1'), 'S1');
    const desk = sheetIn(workbook, 'desk');
    type(desk, 6, { n: 1 });
    type(desk, 7, { '#unit': 'S1-1社区', n: 2 });
    const { body } = await send('S1', `${course.at('S1')}/sheet/reports`, await saved(workbook));
    expect(body.items).toMatchObject([
      { unit: 'S1-1', status: 422, problems: [{ cell: 'B6', code: 'REPEATED' }] },
    ]);
    expect(body.problems).toMatchObject([{ cell: 'B7', code: 'REPEATED' }]);
  });

  it('hands in what has no problem, on behalf of each unit, once under one key', async () => {
    course = await sendOut(z, 'handed', ASKED);
    const node = course.at('S1');
    await course.settle('S1-4', 9);
    const workbook = await deskOf(node, 'S1');
    const desk = sheetIn(workbook, 'desk');
    type(desk, rowOf(desk, 'S1-1'), { n: 3, on: 2, 'who.name': '李' });
    type(desk, rowOf(desk, 'S1-2'), { n: 101 });
    type(desk, rowOf(desk, 'S1-3'), { n: 4 });
    type(sheetIn(workbook, 'table.list'), 6, { '#unit': 'S1-3社区', place: '=1+1' });
    const bytes = await saved(workbook);
    const key = { 'idempotency-key': 'desk-1' };
    const first = await send('S1', `${node}/sheet/reports`, bytes, key);
    const verdicts = (answer: Answer): unknown =>
      answer.body.items.map(({ unit, status, problem, problems, alreadyIn }) => [
        unit,
        status,
        ...(problem ? [problem.code] : []),
        ...(problems ?? []).map(({ cell }) => cell),
        ...(alreadyIn ? ['in'] : []),
      ]);
    const expected = [
      ['S1-1', 200],
      ['S1-2', 422, 'C7'],
      ['S1-3', 200],
      ['S1-4', 200, 'in'],
    ];
    expect(first.status).toBe(200);
    expect(verdicts(first)).toEqual(expected);
    const brought = await course.see('S1-1');
    expect(brought).toMatchObject({ phase: 'submitted', version: 2 });
    expect(brought.submission).toMatchObject({
      values: { n: 3, on: 2, who: { name: '李＊＊' } },
      by: 'S1',
      onBehalf: true,
    });
    expect((await course.see('S1-3')).submission).toMatchObject({ rows: { list: [{ place: '=1+1' }] } });
    expect((await course.see('S1-2')).phase).toBe('issued');
    // Again under the same key: the same verdicts, and nothing twice.
    expect(verdicts(await send('S1', `${node}/sheet/reports`, bytes, key))).toEqual(expected);
    expect((await course.see('S1-1')).version).toBe(2);
    type(desk, rowOf(desk, 'S1-1'), { n: 8 });
    const other = await send('S1', `${node}/sheet/reports`, await saved(workbook), key);
    expect(verdicts(other)).toMatchObject([['S1-1', 422, 'IDEMPOTENCY_KEY_REUSED'], {}, {}, {}]);
    // Without a key what is in is in, and what has come in since the workbook was taken down is not overwritten.
    const later = await send('S1', `${node}/sheet/reports`, await saved(workbook));
    expect(verdicts(later)).toEqual([
      ['S1-1', 422, 'B6'],
      ['S1-2', 422, 'C7'],
      ['S1-3', 200, 'in'],
      ['S1-4', 200, 'in'],
    ]);
    expect(later.body.items[0]?.problems?.[0]?.code).toBe('WORKBOOK_OUTDATED');
  });

  it('of a task force shows what is below its streets, and leaves the bringing to them', async () => {
    course = await sendOut(z, 'force', ASKED);
    const workbook = await deskOf(course.at(), FORCE);
    const desk = sheetIn(workbook, 'desk');
    expect([6, 13].map((row) => desk.getCell(row, 2).text)).toEqual(['S1-1社区', 'S2-4社区']);
    type(desk, 13, { n: 1 });
    const { body } = await send(FORCE, `${course.at()}/sheet/reports`, await saved(workbook));
    expect(body.items).toMatchObject([{ unit: 'S2-4', status: 403, problem: { code: 'FORBIDDEN' } }]);
  });
});
