// Rules that ask for an explanation or only warn: answered when a report comes in, by workbook too, and seen by its reviewer.
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { Spreadsheet } from '../../support/spreadsheet.ts';
import { sendSheet, sheetOf } from '../../support/workbook.ts';

const number = { type: 'integer' as const, aggregate: 'sum' as const, timeAxis: 'snapshot' as const };
const FORM = {
  fields: [
    { key: 'n', label: '站点数', ...number },
    { key: 'on', label: '上岗', ...number },
  ],
  rules: [
    { key: 'many', check: 'n <= 100', severity: 'explain' as const, message: '站点偏多，请说明' },
    { key: 'idle', check: 'on > 0', severity: 'warn' as const, message: '无人上岗，请核对' },
  ],
};
const IDLE = { path: 'rules.idle', code: 'RULE_BROKEN', message: '无人上岗，请核对' };

let z: Installation;
let course: Course;
beforeAll(async () => {
  z = await startInstallation({ organisation: district({ streets: 1, communities: 3 }) });
});
afterEach(async () => {
  expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
});
afterAll(() => z.close());

type Answered = { items: Record<string, unknown>[]; problems: unknown[]; warnings: unknown[] };
const handIn = async (unit: string, book: Spreadsheet): Promise<Answered> => {
  const at = `${course.at(unit)}/sheet/reports`;
  const { status, body } = await sendSheet(z.api, unit, at, new Uint8Array(book.bytes()));
  expect(status).toBe(200);
  return body as unknown as Answered;
};
const takenDown = async (unit: string): Promise<Spreadsheet> =>
  new Spreadsheet(await sheetOf(z.api, unit, course.at(unit)));

it('answers what only warns, and shows it to the reviewer with the report', async () => {
  course = await sendOut(z, 'warned', { item: { form: FORM } });
  const { status, body } = await course.try('S1-1', 'submit', { values: { n: 5, on: 0 } });
  const answer = body as unknown as { warnings: unknown; assignment: unknown };
  expect([status, answer.warnings]).toEqual([200, [{ ...IDLE, fields: ['on'] }]]);
  const seen = await z.as('S1').see(course.at('S1-1'));
  expect(seen.submission).toMatchObject({ values: { n: 5, on: 0 }, warnings: [IDLE] });
  const sound = await course.try('S1-2', 'submit', { values: { n: 5, on: 3 } });
  expect(sound.body).toMatchObject({ warnings: [] });
  expect((await z.as('S1').see(course.at('S1-2'))).submission).not.toHaveProperty('warnings');
});

it('takes an explanation out of a workbook, and gives it with the report', async () => {
  course = await sendOut(z, 'explained', { item: { form: FORM } });
  const book = (await takenDown('S1-1')).type('填报', 'C7', 120).type('填报', 'C8', 0);
  expect((await handIn('S1-1', book)).items).toMatchObject([
    { status: 422, problems: [{ cell: 'C7', code: 'EXPLANATION_REQUIRED' }] },
  ]);
  book.type('填报', 'C9', '含临时站点').type('填报', 'A12', '填表人：王');
  expect((await handIn('S1-1', book)).items).toMatchObject([
    {
      status: 200,
      warnings: [
        { cell: 'C8', ...IDLE },
        { cell: 'A12', code: 'CELL_NOT_HANDED_IN' },
      ],
    },
  ]);
  expect((await course.see('S1-1')).submission).toMatchObject({
    values: { n: 120, on: 0 },
    explanations: { many: '含临时站点' },
    warnings: [IDLE],
  });
  // What was explained stays explained in the workbook of the next version.
  expect((await takenDown('S1-1')).get('填报', 'C9')).toBe('含临时站点');
});

it('corrects what was approved by a workbook with a note', async () => {
  course = await sendOut(z, 'corrected', { item: { form: FORM } });
  await course.settle('S1-1', 9);
  const book = (await takenDown('S1-1')).type('填报', 'C7', 8);
  expect((await handIn('S1-1', book)).items).toMatchObject([
    { status: 409, problem: { code: 'ALREADY_SETTLED' } },
  ]);
  book.type('填报', 'C10', '重复计了一处');
  expect((await handIn('S1-1', book)).items).toMatchObject([{ status: 200 }]);
  expect((await course.see('S1-1')).submission).toMatchObject({ values: { n: 8 }, note: '重复计了一处' });
});

it('takes explanations and figures read of each unit out of the workbook of a desk', async () => {
  course = await sendOut(z, 'by-desk', { item: { form: FORM } });
  const book = await takenDown('S1');
  const desk = '各单位填报';
  book.type(desk, 'C6', 120).type(desk, 'D6', '3 ').type(desk, 'E6', '含临时站点');
  book.type(desk, 'C7', 130).type(desk, 'D7', 3);
  book
    .type(desk, 'C8', '1,000')
    .type(desk, 'E8', '扩建')
    .type(desk, 'F8', '已核')
    .type(desk, 'B10', '填表人：王');
  const { items, problems, warnings } = await handIn('S1', book);
  expect(items).toMatchObject([
    { unit: 'S1-1', status: 200 },
    { unit: 'S1-2', status: 422, problems: [{ cell: 'C7', code: 'EXPLANATION_REQUIRED' }] },
    { unit: 'S1-3', status: 200, readings: [{ cell: 'C8', path: 'values.n', written: '1,000', read: 1000 }] },
  ]);
  expect([problems, warnings]).toMatchObject([[], [{ cell: 'B10', code: 'CELL_NOT_HANDED_IN' }]]);
  expect((await course.see('S1-3')).submission).toMatchObject({
    explanations: { many: '扩建' },
    note: '已核',
  });
});
