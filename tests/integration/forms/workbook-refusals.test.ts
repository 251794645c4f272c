// What is wrong with a filled-in workbook is named, by its cell or as a whole; nothing of it is kept.
import { request, type IncomingMessage } from 'node:http';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import {
  answers,
  communityAt,
  OFFICE,
  organisation,
  personOf,
  volunteers,
} from '../../support/l-district.ts';
import { tokenOf } from '../../support/small-record.ts';
import { fetchAs } from '../../support/upload.ts';
import {
  filledIn,
  inputAt,
  opened,
  saved,
  sendSheet,
  sheetIn,
  sheetOf,
  type SheetReply,
} from '../../support/workbook.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

let z: Installation;
let office: Caller;
beforeAll(async () => {
  z = await startInstallation({ organisation });
  office = z.as(OFFICE);
});
afterAll(() => z.close());

async function sendOut(directive: unknown, id: string): Promise<void> {
  expect((await office.post('/directives', directive)).status).toBe(201);
  await z.until(async () => (await office.see(id)).phase === 'open', `${id} is open`);
}
const back = (unit: string, id: string, bytes: Uint8Array, headers = {}): Promise<SheetReply> =>
  sendSheet(z.api, personOf(unit), id, bytes, headers);

const lone = (id: string): Promise<void> =>
  sendOut({ ...volunteers, id, number: `L-${id}`, calendar: 'always', due: { within: 'PT2H' } }, id);

it('names every problem by its cell, in the reader’s language, and changes nothing', async () => {
  await lone('before');
  const earlier = `/assignments/${communityAt('DD-1', 'before')}`;
  const report = { values: { ...answers['DD-1'], v_registered: 800 } };
  expect((await z.as(personOf('DD-1')).post(`${earlier}/submit`, report)).status).toBe(200);
  expect((await z.as(personOf('DD')).post(`${earlier}/approve`)).status).toBe(200);
  await lone('problems');
  const id = communityAt('DD-1', 'problems');
  const empty = await sheetOf(z.api, personOf('DD-1'), id);
  const workbook = await opened(empty);
  const cell = (name: string): string => inputAt(workbook, name);
  const bytes = await filledIn(empty, {
    values: {
      v_sites: '约 3 个',
      v_on_duty: { formula: '1+1' },
      v_registered: ' １,２００ ',
      v_foreign: 1300,
      v_train_rate: '89.6847%',
      v_open: '全天',
      v_leader: { name: '王小明' },
      v_need: '=HYPERLINK("http://x")',
    },
  });
  const { status, body } = await back('DD-1', id, bytes);
  expect(status).toBe(200);
  expect(body.values).toEqual({
    v_registered: 1200,
    v_foreign: 1300,
    v_train_rate: 0.896847,
    v_leader: { name: '王小明' },
    v_need: '=HYPERLINK("http://x")',
  });
  expect(body.problems.map(({ cell: at, path: of, code }) => [at, of, code])).toEqual([
    [cell('v_sites'), 'values.v_sites', 'NOT_A_NUMBER'],
    [cell('v_on_duty'), 'values.v_on_duty', 'CELL_FORMULA'],
    [cell('v_open'), 'values.v_open', 'NOT_AN_OPTION'],
    [cell('v_registered'), 'rules.foreign-within-registered', 'RULE_BROKEN'],
    [cell('v_registered'), 'explanations.registered-jump', 'EXPLANATION_REQUIRED'],
  ]);
  expect(body.problems[1]?.message).toBe(
    '单元格是公式，没有存下结果：请在表格软件（Excel、WPS）中打开并保存后再传，或“粘贴为数值”',
  );
  const english = await back('DD-1', id, bytes, { 'accept-language': 'en' });
  expect(english.body.problems[1]?.message).toBe(
    'The cell holds a formula without a stored result: open the file in a spreadsheet program, save it and upload that, or paste the cell as a value',
  );
  expect(await office.see(id)).toMatchObject({ phase: 'issued', submission: null });
});

it('is made and taken in either language, filled with what has been reported or was approved before', async () => {
  const id = communityAt('DD-2', 'problems');
  const values = { ...answers['DD-2'], v_leader: { name: '李四', phone: '13900000000' } };
  expect((await z.as(personOf('DD-2')).post(`/assignments/${id}/submit`, { values })).status).toBe(200);
  const headers = {
    authorization: `Bearer ${await tokenOf(z.api, personOf('DD-2'))}`,
    'accept-language': 'en',
  };
  const response = await fetchChecked(`${z.api.url}/api/v1/assignments/${id}/sheet.xlsx`, { headers });
  expect(response.headers.get('content-disposition')).toContain('L-problems-');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect((await opened(bytes)).worksheets[0]?.name).toBe('Report');
  const { body } = await back('DD-2', id, bytes);
  expect(body).toMatchObject({ values, problems: [] });
  const prefilled = await sheetOf(z.api, personOf('DD-1'), communityAt('DD-1', 'problems'));
  const form = sheetIn(await opened(prefilled), 'report');
  const at = inputAt(await opened(prefilled), 'v_registered');
  expect(form.getCell(at).value).toBe(800);
  expect(form.getCell(at.replace('C', 'D')).value).toMatch(/已填上次审核通过的数据（\d{4}-\d\d-\d\d）/);
});

it('refuses by name a workbook of another assignment, an outdated one, a changed one, and what is none', async () => {
  const id = communityAt('DD-1', 'problems');
  const mine = await sheetOf(z.api, personOf('DD-1'), id);
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    const { status, body } = await back('DD-1', id, bytes);
    return `${status} ${body.code ?? ''} ${body.detail ?? ''}`;
  };
  const other = await sheetOf(z.api, personOf('DD-3'), communityAt('DD-3', 'problems'));
  expect(await refusal(other)).toMatch(/^422 WORKBOOK_OF_ANOTHER .*“关于.*通知 · .*”望塔社区/);

  const shifted = await opened(mine);
  sheetIn(shifted, 'report').spliceColumns(2, 1);
  expect(await refusal(await saved(shifted))).toMatch(/^422 WORKBOOK_CHANGED .*“填报”.*B1/);
  const pulled = await opened(mine);
  sheetIn(pulled, 'report').spliceRows(8, 1);
  expect(await refusal(await saved(pulled))).toMatch(/^422 WORKBOOK_CHANGED .*E8/);
  const sorted = await opened(mine);
  sheetIn(sorted, 'report').getCell('A7').value = sheetIn(sorted, 'report').getCell('A8').value;
  expect(await refusal(await saved(sorted))).toMatch(/^422 WORKBOOK_CHANGED .*A7/);

  const parts = unzipSync(mine);
  const zipped = (more: Record<string, Uint8Array>): Uint8Array => zipSync({ ...parts, ...more });
  const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
  expect(await refusal(zipped({ 'xl/vbaProject.bin': bytes('x') }))).toMatch(/^415 .*不含宏/);
  expect(await refusal(zipped({ 'xl/externalLinks/externalLink1.xml': bytes('<x/>') }))).toMatch(
    /^415 .*链接/,
  );
  expect(await refusal(zipped({ 'xl/worksheets/sheet1.xml': bytes('<!DOCTYPE x><x/>') }))).toMatch(
    /^415 .*损坏/,
  );
  expect(await refusal(bytes('name,value\n'))).toMatch(/^415 .*文本.*xlsx/);
  expect(await refusal(Buffer.from('d0cf11e0a1b11ae100', 'hex'))).toMatch(/^415 .*密码/);
  const blank = new Uint8Array(40 * 1024 * 1024);
  expect(await refusal(zipped({ 'xl/media/image1.png': blank }))).toMatch(
    /^413 TOO_LARGE .*过大：解压后超过 200 MB/,
  );
  const foreign = await opened(mine);
  for (const { name } of [...foreign.worksheets]) if (name !== '填报') foreign.removeWorksheet(name);
  expect(await refusal(await saved(foreign))).toMatch(/^422 WORKBOOK_UNKNOWN/);

  const submitted = await z.as(personOf('DD-1')).post(`/assignments/${id}/submit`, {
    values: answers['DD-1'],
    explanations: { 'registered-jump': '已核实' },
  });
  expect(submitted.status).toBe(200);
  expect(await refusal(mine)).toMatch(/^422 WORKBOOK_OUTDATED/);
});

/** Begins an upload and never ends it: whatever answer comes, comes before all of it has been read. */
async function answerTo(id: string, headers: Record<string, string>, begin: Buffer[]): Promise<number> {
  const url = new URL(`${z.api.url}/api/v1/assignments/${id}/sheet`);
  const sending = request(url, {
    method: 'POST',
    headers: {
      'content-type': 'multipart/form-data; boundary=x',
      authorization: `Bearer ${await tokenOf(z.api, personOf('DD-1'))}`,
      ...headers,
    },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve).once('error', reject);
  });
  sending.flushHeaders();
  for (const chunk of begin) sending.write(chunk);
  const { statusCode = 0 } = await answer;
  sending.on('error', () => undefined).destroy();
  return statusCode;
}

it('refuses a hundred megabytes early, with and without their length said beforehand', async () => {
  const id = communityAt('DD-1', 'problems');
  expect(await answerTo(id, { 'content-length': String(100 * 1024 * 1024) }, [])).toBe(413);
  const head = Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n');
  const megabyte = Buffer.alloc(1024 * 1024);
  const beginning = [head, ...Array.from({ length: 21 }, () => megabyte)];
  expect(await answerTo(id, { 'transfer-encoding': 'chunked' }, beginning)).toBe(413);
});

it('shows the workbook to whoever sees the assignment, and judges it for its holder alone', async () => {
  const id = communityAt('DD-3', 'problems');
  const street = personOf('DD');
  const bytes = await sheetOf(z.api, street, id);
  expect((await sendSheet(z.api, street, id, bytes)).status).toBe(403);
  const neighbour = personOf('WC-1');
  expect((await fetchAs(z.api, neighbour, `/assignments/${id}/sheet.xlsx`)).status).toBe(404);
  expect((await sendSheet(z.api, neighbour, id, bytes)).status).toBe(404);
});

it('has none for an item without a form', async () => {
  const [item] = volunteers.items;
  const { form, ...bare } = item ?? { form: null };
  const id = 'no-form';
  await sendOut({ ...volunteers, id, number: 'L-no-form', items: [{ ...bare }] }, id);
  expect(form).toBeTruthy();
  const reply = await fetchAs(z.api, personOf('DD-1'), `/assignments/${communityAt('DD-1', id)}/sheet.xlsx`);
  expect([reply.status, Buffer.from(reply.bytes).toString()]).toEqual([
    409,
    expect.stringContaining('NO_FORM'),
  ]);
});
