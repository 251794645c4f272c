// An office's own workbook and document, mapped once for a form and filled with the summaries of its directives.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import { Document, Packer, Paragraph, TextRun, type IRunOptions } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import mammoth from 'mammoth';
import { inTransaction } from '../../../db/pool.ts';
import { deleteUnattached } from '../../../db/queries/file.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { tokenOf } from '../../support/small-record.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const KEPT = {
  title: '站点摸排',
  fields: [
    { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'snapshot' },
    { key: 'rate', label: '率', type: 'percent', aggregate: 'mean' },
    { key: 'remark', label: '备注', type: 'text', aggregate: 'concat' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [
        { key: 'name', label: '名称', type: 'text' },
        { key: 'seats', label: '座位', type: 'integer' },
      ],
      aggregate: { union: ['name'] },
    },
  ],
};

async function workbook(): Promise<Uint8Array<ArrayBuffer>> {
  const book = new Workbook();
  const sheet = book.addWorksheet('上报表');
  sheet.getCell('A1').value = '区办公室自用表';
  sheet.getCell('C4').value = { formula: 'B4*2', result: 0 };
  sheet.getCell('A9').value = '审核：';
  for (const [name, cell] of Object.entries({
    文号: 'B2',
    总数: 'B4',
    S1数: 'B5',
    S2数: 'B6',
    未报: 'D4',
    清单: 'E4',
    自用: 'G1',
  }))
    book.definedNames.add(`上报表!$${cell.charAt(0)}$${cell.slice(1)}`, name);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
const MAPPING = {
  文号: 'directive.number',
  总数: 'values.n',
  S1数: 'children.S1.values.n',
  S2数: 'children.S2.values.n',
  未报: 'coverage.missing',
  清单: 'rows.list',
};

async function document(): Promise<Uint8Array<ArrayBuffer>> {
  const bold: IRunOptions = { text: '{{总数}}', bold: true };
  const styled = new TextRun(bold);
  const children = [
    new Paragraph({
      children: [new TextRun('关于{{题目}}的报告：共'), styled, new TextRun('个，达标率{{率}}。')],
    }),
    new Paragraph('{{意见}}'),
    new Paragraph('{{清单}}'),
  ];
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}
const WORDS = {
  题目: 'directive.title',
  总数: 'values.n',
  率: 'values.rate',
  意见: 'values.remark',
  清单: 'rows.list',
};

let z: Installation;
let course: Course;
beforeAll(async () => {
  z = await startInstallation({ organisation: district() });
  expect((await put('/forms/sites', KEPT)).status).toBe(200);
  course = await sendOut(z, 'd', { item: { form: { name: 'sites' } } as object });
  await course.do('S1-1', 'submit', {
    values: { n: 1_200, rate: 0.5, remark: '=1+1 {{总数}}' },
    rows: {
      list: [
        { name: '东门', seats: 4 },
        { name: '=西门', seats: 2 },
      ],
    },
  });
  await course.do('S1-1', 'approve');
  await course.do('S1-2', 'submit', {
    values: { n: 34, rate: 0.25 },
    rows: { list: [{ name: '南门', seats: 1 }] },
  });
  await course.do('S1-2', 'approve');
});
afterAll(() => z.close());

async function put(path: string, body: unknown, who = OFFICE, headers = {}): Promise<Reply> {
  return (await z.api.call('PUT', path, { body, token: await tokenOf(z.api, who), headers })) as Reply;
}
async function upload(content: Uint8Array<ArrayBuffer>, name: string, who = OFFICE): Promise<string> {
  const body = new FormData();
  body.append('file', new Blob([content]), name);
  const headers = { authorization: `Bearer ${await tokenOf(z.api, who)}` };
  const response = await fetchChecked(`${z.api.url}/api/v1/files`, { method: 'POST', body, headers });
  return ((await response.json()) as { id: string }).id;
}
async function download(
  path: string,
  who = OFFICE,
): Promise<{ status: number; bytes: Buffer; type: string }> {
  const headers = { authorization: `Bearer ${await tokenOf(z.api, who)}` };
  const response = await fetchChecked(`${z.api.url}/api/v1${path}`, { headers });
  return {
    status: response.status,
    bytes: Buffer.from(await response.arrayBuffer()),
    type: response.headers.get('content-type') ?? '',
  };
}
const faultsOf = ({ status, body }: Reply): unknown => [
  status,
  body.code,
  ...body.errors.map(({ path, code }) => `${path} ${code}`),
];
const codeOf = ({ status, bytes }: { status: number; bytes: Buffer }): unknown => {
  const { errors } = JSON.parse(bytes.toString()) as { errors?: { path: string; code: string }[] };
  return [status, ...(errors ?? []).map(({ path, code }) => `${path} ${code}`)];
};

describe('a template', () => {
  it('is kept with what goes where, and every version of it', async () => {
    const file = await upload(await workbook(), '上报表.xlsx');
    const kept = await put('/forms/sites/templates/monthly', { file, mapping: MAPPING });
    expect([kept.status, kept.body]).toMatchObject([
      200,
      { form: 'sites', name: 'monthly', version: 1, kind: 'xlsx', file, mapping: MAPPING, office: OFFICE },
    ]);
    expect((kept.body as unknown as { warnings: unknown }).warnings).toEqual([
      { path: 'mapping.自用', code: 'UNMAPPED_NAME', message: '模板中的“自用”没有对应数据，将保持原样' },
    ]);
    expect((await put('/forms/sites/templates/monthly', { file, mapping: MAPPING })).body.version).toBe(1);
    const less = { 总数: 'values.n' };
    expect((await put('/forms/sites/templates/monthly', { file, mapping: less })).body.version).toBe(2);
    const back = await put('/forms/sites/templates/monthly', { file, mapping: MAPPING }, OFFICE, {
      'if-match': '2',
    });
    expect(back.body.version).toBe(3);
    const listed = await z.as('S1').get('/forms/sites/templates');
    expect(listed.body.items).toMatchObject([{ name: 'monthly', version: 3 }]);
    expect((await z.as('S1').get('/forms/sites/templates/monthly')).body).toMatchObject({ kind: 'xlsx' });
    expect((await z.as('S1').get('/forms/none/templates')).status).toBe(404);
  });

  it('is refused by its places: file, names, paths', async () => {
    const file = await upload(await workbook(), 'a.xlsx');
    const ask = (body: unknown, who?: string): Promise<Reply> => put('/forms/sites/templates/bad', body, who);
    const wrong = { 总数: 'values.m', 没有: 'values.n', S1数: 'children.S9.values.n' };
    expect(faultsOf(await ask({ file, mapping: wrong }))).toEqual([
      422,
      'UNKNOWN_UNIT',
      'mapping.没有 UNKNOWN_NAME',
      'mapping.总数 UNKNOWN_PATH',
      'mapping.S1数 UNKNOWN_UNIT',
    ]);
    const theirs = await upload(await workbook(), 'a.xlsx', 'S1');
    for (const each of ['none', theirs])
      expect(faultsOf(await ask({ file: each, mapping: {} }))).toEqual([422, 'INVALID', 'file UNKNOWN_FILE']);
    expect((await ask({ file, mapping: {} }, 'S1')).status).toBe(403);
    expect((await put('/forms/none/templates/x', { file, mapping: {} })).status).toBe(404);
    const macros = zipSync({ ...unzipSync(await workbook()), 'xl/vbaProject.bin': strToU8('x') });
    const text = await upload(strToU8('总数,1'), 'a.xlsx');
    expect(faultsOf(await ask({ file: text, mapping: {} }))).toEqual([422, 'INVALID', 'file TEMPLATE_KIND']);
    const withMacros = await upload(new Uint8Array(macros), 'a.xlsx');
    expect(faultsOf(await ask({ file: withMacros, mapping: {} }))).toEqual([
      422,
      'INVALID',
      'file TEMPLATE_MACROS',
    ]);
    const bomb = zipSync({ ...unzipSync(await workbook()), 'xl/x.xml': new Uint8Array(30_000_000) });
    const burst = await upload(new Uint8Array(bomb), 'a.xlsx');
    expect(faultsOf(await ask({ file: burst, mapping: {} }))).toEqual([
      422,
      'INVALID',
      'file TEMPLATE_LARGE',
    ]);
    expect((await z.as(OFFICE).get('/forms/sites/templates/bad')).status).toBe(404);
  });

  it('keeps its file from being swept away, and shows it to its office alone', async () => {
    await z.pool.query(`update file set at = now() - interval '2 days'`);
    const { body } = await z.as(OFFICE).get('/forms/sites/templates/monthly');
    const { file } = body as unknown as { file: string };
    const swept = await inTransaction(z.pool, (tx) => deleteUnattached(tx, 24, 500));
    expect(swept.length).toBeGreaterThan(0);
    expect(swept).not.toContain(file);
    expect((await download(`/files/${file}`)).status).toBe(200);
    expect((await download(`/files/${file}`, 'S1')).status).toBe(404);
  });
});

describe('a summary in an office’s own workbook', () => {
  it('has the figures in its named cells, its formulas, and what is missing in words', async () => {
    const { status, bytes, type } = await download('/directives/d/summary.xlsx?template=monthly');
    expect([status, type]).toEqual([
      200,
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ]);
    const book = new Workbook();
    await book.xlsx.load(new Uint8Array(bytes));
    const sheet = book.getWorksheet('上报表');
    const at = (address: string): unknown => sheet?.getCell(address).value ?? null;
    expect(['A1', 'B2', 'B4', 'B5', 'B6', 'D4', 'A9'].map(at)).toEqual([
      '区办公室自用表',
      'L-d',
      1_234,
      1_234,
      null,
      'S2-1社区、S2-2社区',
      '审核：',
    ]);
    // Empty for the formula that adds it; why, is in its comment.
    const { 'xl/comments1.xml': comments } = unzipSync(new Uint8Array(bytes));
    expect(strFromU8(comments ?? new Uint8Array())).toContain(
      '<comment ref="B6" authorId="0"><text><t>未报</t>',
    );
    expect(at('C4')).toMatchObject({ formula: 'B4*2' });
    expect(['E4', 'F4', 'E5', 'F5', 'E6', 'F6', 'E7'].map(at)).toEqual([
      '东门',
      4,
      '=西门',
      2,
      '南门',
      1,
      null,
    ]);
  });

  it('is the same of a place’s own part, for whoever sees it', async () => {
    const path = `/assignments/${course.at('S1')}/summary.xlsx?template=monthly`;
    const book = new Workbook();
    await book.xlsx.load(new Uint8Array((await download(path, 'S1')).bytes));
    const sheet = book.getWorksheet('上报表');
    // It has nothing below it of that name.
    expect([sheet?.getCell('B4').value, sheet?.getCell('B5').value ?? null]).toEqual([1_234, null]);
    expect((await download(path, 'S2')).status).toBe(404);
    expect((await download('/directives/d/summary.xlsx?template=monthly', FORCE)).status).toBe(403);
  });

  it('is refused where the form has no such template, or not of that kind', async () => {
    expect(codeOf(await download('/directives/d/summary.xlsx?template=none'))).toEqual([
      422,
      'template UNKNOWN_TEMPLATE',
    ]);
    expect(codeOf(await download('/directives/d/summary.docx?template=monthly'))).toEqual([
      422,
      'template UNKNOWN_TEMPLATE',
    ]);
    expect(codeOf(await download('/directives/d/summary.xlsx?template=monthly&item=none'))).toEqual([
      400,
      'item NOT_FOUND',
    ]);
    expect((await download('/directives/d/summary.xlsx?template=a.b')).status).toBe(400);
    const [item] = directive('two', { item: { form: { name: 'sites' } } as object }).items;
    const two = { ...directive('two'), items: [item, { ...item, key: 'more' }] };
    expect((await z.as(OFFICE).post('/directives?draft=true', two)).status).toBe(201);
    expect(codeOf(await download('/directives/two/summary.xlsx?template=monthly'))).toEqual([
      422,
      'item REQUIRED',
    ]);
    expect((await download('/directives/two/summary.xlsx?template=monthly&item=more')).status).toBe(200);
  });
});

describe('a summary in an office’s own document', () => {
  it('has figures, texts with who wrote them, and tables in place of the placeholders', async () => {
    const file = await upload(await document(), '报告.docx');
    const kept = await put('/forms/sites/templates/letter', { file, mapping: WORDS });
    expect([kept.status, kept.body]).toMatchObject([200, { kind: 'docx', warnings: [] }]);
    const { status, bytes } = await download('/directives/d/summary.docx?template=letter');
    expect(status).toBe(200);
    const { value } = await mammoth.extractRawText({ buffer: bytes });
    expect(value).toContain('关于摸排 d的报告：共1,234个，达标率37.5%。');
    // What a unit wrote is no placeholder.
    expect(value.replaceAll('\u2060', '')).toContain('S1-1社区：=1+1 {{总数}}');
    for (const part of ['名称', '座位', '=西门', '南门']) expect(value).toContain(part);
    const { value: html } = await mammoth.convertToHtml({ buffer: bytes });
    expect(html).toContain('<strong>1,234</strong>');
  });
});
