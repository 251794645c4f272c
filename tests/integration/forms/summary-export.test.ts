// The city's volunteer sites as a workbook and as a document: reference totals in formulas, who is missing, who may read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workbook, type Worksheet } from '@cj-tech-master/excelts';
import { installFormulaEngine } from '@cj-tech-master/excelts/formula';
import { strFromU8, unzipSync } from 'fflate';
import type { DirectiveRequest } from '../../../domain/directive/directive.ts';
import type { OrganisationFile } from '../../../domain/organisation/organisation.ts';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import type { Seen } from '../../support/seen.ts';
import { tokenOf } from '../../support/small-record.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

type Values = Record<string, unknown>;

const read = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../demo/l-district', file), 'utf8'));
const organisation = read('organisation.json') as OrganisationFile;
const directive = read('volunteer-sites.directive.json') as DirectiveRequest;
const { answers, expected } = read('volunteer-sites.answers.json') as {
  answers: Record<string, Values>;
  expected: { total: Values; byStreet: Record<string, Values> };
};

const OFFICE = 'P001';
const officeName = organisation.units.find(({ kind }) => kind === 'office')?.name ?? '';
const communities = Object.keys(answers);
const streetOf = (community: string): string => community.split('-')[0] ?? '';
const streets = [...new Set(communities.map(streetOf))];
const nameOf = (code: string): string => organisation.units.find((unit) => unit.code === code)?.name ?? code;
const personOf = (unit: string): string =>
  organisation.posts.find((post) => post.unit === unit && post.role === 'liaisonA')?.person ?? '';

const TOP = 'volunteer-sites.sites.TF-ZY';
const placeOf = (unit: string): string =>
  unit.includes('-') ? `${TOP}.${streetOf(unit)}.${unit}` : `${TOP}.${unit}`;

/** Has received nothing; has reported and waits; has been sent back. */
const SILENT = 'QP-3';
const WAITING = 'XG-1';
const RETURNED = 'SX-1';

let z: Installation;
let office: Caller;
beforeAll(async () => {
  installFormulaEngine();
  z = await startInstallation({ organisation });
  office = z.as(OFFICE);
  expect((await office.post('/directives', directive)).status).toBe(201);
  await z.until(async () => (await office.see('volunteer-sites')).phase === 'open', 'it is open');
  for (const unit of communities.filter((each) => each !== SILENT)) await submit(unit);
  for (const unit of communities.filter((each) => ![SILENT, WAITING, RETURNED].includes(each)))
    await approve(unit);
  const back = await z
    .as(personOf(streetOf(RETURNED)))
    .post(`/assignments/${placeOf(RETURNED)}/return`, { reason: '与台账不符' });
  expect(back.status).toBe(200);
});
afterAll(() => z.close());

async function submit(unit: string, extra: Values = {}): Promise<void> {
  const person = z.as(personOf(unit));
  const values = { ...answers[unit], ...extra };
  expect((await person.post(`/assignments/${placeOf(unit)}/submit`, { values })).status).toBe(200);
}
async function approve(unit: string): Promise<void> {
  const street = z.as(personOf(streetOf(unit)));
  expect((await street.post(`/assignments/${placeOf(unit)}/approve`)).status).toBe(200);
}

async function get(
  person: string,
  at: string,
  language = 'zh',
): Promise<{ status: number; headers: Headers; bytes: Uint8Array }> {
  const response = await fetchChecked(`${z.api.url}/api/v1${at}`, {
    headers: { authorization: `Bearer ${await tokenOf(z.api, person)}`, 'accept-language': language },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
}

async function workbookOf(at: string, person = OFFICE): Promise<Workbook> {
  const { status, bytes } = await get(person, at);
  expect(status).toBe(200);
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes);
  return workbook;
}
async function documentOf(at: string, person = OFFICE): Promise<string> {
  const { status, bytes } = await get(person, at);
  expect(status).toBe(200);
  const { 'word/document.xml': body } = unzipSync(bytes);
  return strFromU8(body ?? new Uint8Array()).replace(/<[^>]+>/g, '|');
}

const sheetOf = (workbook: Workbook, name: string): Worksheet => {
  const sheet = workbook.getWorksheet(name);
  if (!sheet) throw new Error(`${name} is none of ${workbook.worksheets.map((each) => each.name).join()}`);
  return sheet;
};

type Line = {
  row: number;
  at: (label: string, detail?: string) => { value: unknown; formula: string | null };
};

/** The rows of a sheet by their first cell, their cells by the head of the column. */
function linesOf(sheet: Worksheet): Map<string, Line> {
  const texts = (row: number): string[] =>
    Array.from({ length: sheet.columnCount }, (_, at) => sheet.getRow(row).getCell(at + 1).text);
  const head = Array.from({ length: 12 }, (_, at) => at + 1).find((row) => texts(row)[0] === '单位') ?? 0;
  const [labels, details] = [texts(head), texts(head + 1)];
  const lines = new Map<string, Line>();
  for (let row = head + 1; row <= sheet.rowCount; row += 1) {
    const name = (texts(row)[0] ?? '').replaceAll('　', '');
    const at: Line['at'] = (label, detail = '') => {
      const column = labels.findIndex(
        (text, index) => text === label && (details[index] ?? '').includes(detail),
      );
      if (column === -1) throw new Error(`no column ${label} ${detail}`);
      const { value } = sheet.getRow(row).getCell(column + 1);
      if (typeof value === 'object' && value !== null && 'formula' in value)
        return { value: value.result ?? null, formula: value.formula };
      return { value: value ?? null, formula: null };
    };
    if (!lines.has(name)) lines.set(name, { row, at });
  }
  return lines;
}
const lineOf = (sheet: Worksheet, name: string): Line => {
  const line = linesOf(sheet).get(name);
  if (!line) throw new Error(`no row ${name}`);
  return line;
};

const FIELDS = Object.fromEntries(
  (directive.items[0]?.form?.fields ?? []).map(({ key, label }) => [key, label]),
);

/** Every formula of a sheet comes to what is written beside it, reckoned by somebody else's engine. */
function expectSound(workbook: Workbook): number {
  const said = new Map<string, unknown>();
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.formula) said.set(`${sheet.name}!${cell.address}`, cell.result);
      });
    });
  workbook.calculateFormulas();
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const before = said.get(`${sheet.name}!${cell.address}`);
        if (before === undefined) return;
        const now: unknown = cell.result;
        const where = `${sheet.name}!${cell.address} ${cell.formula}`;
        if (typeof before === 'number')
          expect([where, Number(now)]).toEqual([where, expect.closeTo(before, 6)]);
        else expect([where, now]).toEqual([where, before]);
      });
    });
  return said.size;
}

describe('the workbook of a directive that is under way', () => {
  it('says who is missing and why, and counts none of them as 0', async () => {
    const workbook = await workbookOf('/directives/volunteer-sites/summary.xlsx');
    const sheet = sheetOf(workbook, '汇总');
    const silent = lineOf(sheet, nameOf(SILENT));
    expect(silent.at('报送情况').value).toBe('未报（未签收）');
    expect(silent.at(FIELDS['v_sites'] ?? '').value).toBe('未报');
    expect(lineOf(sheet, nameOf(WAITING)).at('报送情况').value).toBe('已报送，待审核');
    expect(lineOf(sheet, nameOf(RETURNED)).at('报送情况').value).toBe('未报（已退回，待重报）');
    const coverage = sheetOf(workbook, '报送情况');
    expect(lineOf(coverage, nameOf(RETURNED)).at('原因说明').value).toBe('与台账不符');
    expect(lineOf(coverage, nameOf('DD-1')).at('是否按时').value).toBe('是');
    expect(expectSound(workbook)).toBeGreaterThan(100);
  });

  it.each(['approved', 'reported'])('gives at every node the figures of the summary (%s)', async (basis) => {
    const sheet = sheetOf(
      await workbookOf(`/directives/volunteer-sites/summary.xlsx?basis=${basis}`),
      '汇总',
    );
    const whole = (await office.get(`/directives/volunteer-sites/summary?basis=${basis}`)).body
      .items[0] as Seen;
    const seen: [string, Seen][] = [[(whole as unknown as { title: string }).title, whole]];
    for (const street of streets)
      seen.push([
        nameOf(street),
        (await office.get(`/assignments/${placeOf(street)}/summary?basis=${basis}`)).body,
      ]);
    for (const [name, { values, coverage }] of seen) {
      const line = lineOf(sheet, name);
      const counted = basis === 'approved' ? coverage.approved : coverage.reported;
      expect([name, line.at('报送情况').value]).toEqual([name, `计入 ${counted}/${coverage.expected}`]);
      for (const field of ['v_sites', 'v_on_duty', 'v_registered', 'v_foreign', 'v_train_rate']) {
        const { value, formula } = line.at(FIELDS[field] ?? '');
        expect([name, field, value]).toEqual([name, field, values[field]]);
        expect(formula).toMatch(/^IF(ERROR)?\(/);
      }
      const open = values['v_open'] as unknown as Record<string, number>;
      for (const [option, count] of Object.entries(open))
        expect(line.at(FIELDS['v_open'] ?? '', option).value).toBe(count);
    }
  });

  it('is told in English to who asks so, under the directive’s number', async () => {
    const { headers, bytes } = await get(OFFICE, '/directives/volunteer-sites/summary.xlsx', 'en');
    expect(headers.get('content-disposition')).toContain('filename="L-2023-0824-01.xlsx"');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const workbook = new Workbook();
    await workbook.xlsx.load(bytes);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Figures', 'Coverage']);
  });
});

describe('the document of a directive that is under way', () => {
  it('has figures by part, who is missing and why, and the basis', async () => {
    const text = await documentOf('/directives/volunteer-sites/summary.docx');
    for (const said of [directive.number, directive.title, officeName, '只计审核通过的报送'])
      expect(text).toContain(said);
    expect(text).toContain('应报 36 家，已报 34 家（报送率 94.4%），审核通过 33 家，未报 2 家');
    for (const unit of [SILENT, WAITING, RETURNED]) expect(text).toContain(nameOf(unit));
    expect(text).toContain('未报（未签收）');
    expect(text).toContain('与台账不符');
  });
});

describe('the summary of a place', () => {
  it('is its holder’s and those above, and nobody else’s', async () => {
    for (const ending of ['xlsx', 'docx']) {
      const at = (unit: string): string => `/assignments/${placeOf(unit)}/summary.${ending}`;
      const told = async (person: string, where: string): Promise<number> =>
        (await get(person, where)).status;
      expect(await told(personOf('QP'), at('QP'))).toBe(200);
      expect(await told(personOf('DD'), at('QP'))).toBe(404);
      expect(await told(personOf('QP-1'), at('QP'))).toBe(404);
      expect(await told(personOf('QP-1'), at('QP-1'))).toBe(200);
      expect(await told(personOf('QP'), `/directives/volunteer-sites/summary.${ending}`)).toBe(403);
      expect(await told(OFFICE, `/directives/none/summary.${ending}`)).toBe(404);
      expect(await told(OFFICE, `${at('QP')}?basis=all`)).toBe(400);
    }
  });

  it('is the result alone where it is shared', async () => {
    const share = await z
      .as(personOf('QP'))
      .post(`/assignments/${placeOf('QP')}/share`, { to: { unit: 'DD' } });
    expect(share.status).toBe(200);
    const dd = personOf('DD');
    const at = `/assignments/${placeOf('QP')}/summary`;
    expect((await get(dd, `${at}.xlsx?basis=reported`)).status).toBe(403);
    const workbook = await workbookOf(`${at}.xlsx`, dd);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['汇总']);
    const sheet = sheetOf(workbook, '汇总');
    const { body } = await z.as(dd).get(at);
    expect(lineOf(sheet, nameOf('QP')).at(FIELDS['v_sites'] ?? '')).toEqual({
      value: body.values['v_sites'],
      formula: null,
    });
    const all = [JSON.stringify(sheet.getSheetValues()), await documentOf(`${at}.docx`, dd)].join();
    expect(all).not.toContain(nameOf('QP-1'));
    expect(all).not.toContain(nameOf(SILENT));
  });
});

describe('when all is in', () => {
  it('comes to the figures of the city, in formulas; texts stay text, and what is sensitive is masked', async () => {
    const need = '=HYPERLINK("http://x","缺遮阳伞")';
    await submit(RETURNED, { v_need: need, v_leader: { name: '欧阳小明', phone: '13800138000' } });
    await submit(SILENT);
    for (const unit of [SILENT, WAITING, RETURNED]) await approve(unit);
    const workbook = await workbookOf('/directives/volunteer-sites/summary.xlsx');
    const sheet = sheetOf(workbook, '汇总');
    const title = directive.items[0]?.title ?? '';
    const total = lineOf(sheet, title);
    const reference = {
      v_sites: 24,
      v_on_duty: 424,
      v_registered: 9202,
      v_foreign: 215,
      v_train_rate: 0.896847,
    };
    expect(expected.total).toMatchObject(reference);
    for (const [field, figure] of Object.entries(reference)) {
      const { value, formula } = total.at(FIELDS[field] ?? '');
      expect([field, value]).toEqual([field, figure]);
      expect(formula).toContain(field === 'v_train_rate' ? 'SUMPRODUCT' : 'SUM');
    }
    for (const [street, values] of Object.entries(expected.byStreet))
      for (const [field, figure] of Object.entries(values))
        expect([street, lineOf(sheet, nameOf(street)).at(FIELDS[field] ?? '').value]).toEqual([
          street,
          figure,
        ]);
    const returned = lineOf(sheet, nameOf(RETURNED));
    expect(returned.at(FIELDS['v_need'] ?? '')).toEqual({ value: need, formula: null });
    expect(returned.at(FIELDS['v_leader'] ?? '').value).toBe('欧＊＊ 138****8000');
    expectSound(workbook);

    const text = await documentOf('/directives/volunteer-sites/summary.docx');
    for (const said of [
      '9,202',
      '89.6847%',
      need.replaceAll('"', '&quot;'),
      '应报 36 家，已报 36 家（报送率 100%）',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('13800138000');
  });
});
