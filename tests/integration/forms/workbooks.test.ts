// Reports filled in as workbooks: taken down, typed into, sent back, and worth what the same reports are as JSON.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import {
  answers,
  communityAt,
  expected,
  OFFICE,
  organisation,
  personOf,
  publicity,
  streetOf,
  volunteers,
  type Values,
} from '../../support/l-district.ts';
import { filledIn, sendSheet, sheetOf } from '../../support/workbook.ts';

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
/** Four at a time: two workbooks are read at once, and the others wait their turn. */
async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += 4) await Promise.all(all.slice(at, at + 4).map(work));
}

/** Takes the workbook down, types the report in, sends it back and hands in what it says. */
async function reportByWorkbook(
  unit: string,
  id: string,
  report: { values: Values; rows?: Record<string, Values[]> },
): Promise<void> {
  const bytes = await filledIn(await sheetOf(z.api, personOf(unit), id), report);
  const { status, body } = await sendSheet(z.api, personOf(unit), id, bytes);
  expect([status, body.problems]).toEqual([200, []]);
  const sent = await z.as(personOf(unit)).post(`/assignments/${id}/submit`, {
    values: body.values,
    rows: body.rows,
  });
  expect([unit, sent.status]).toEqual([unit, 200]);
}

it('brings 36 communities to the figures of the city, in all and street by street', async () => {
  await sendOut(volunteers, 'volunteer-sites');
  await eachOf(Object.entries(answers), async ([unit, values]) => {
    await reportByWorkbook(unit, communityAt(unit), { values });
    const approved = await z.as(personOf(streetOf(unit))).post(`/assignments/${communityAt(unit)}/approve`);
    expect(approved.status).toBe(200);
  });
  const { body } = await office.get('/directives/volunteer-sites/summary');
  expect(body.items[0]).toMatchObject({ values: expected.total, coverage: { expected: 36, approved: 36 } });
  for (const [street, values] of Object.entries(expected.byStreet)) {
    const summary = await office.get(`/assignments/volunteer-sites.sites.TF-ZY.${street}/summary`);
    expect([street, summary.body.values]).toMatchObject([street, values]);
  }
});

/** What a unit of the publicity sites reports: some share a site, and say different things of it. */
function publicityReport(index: number): { values: Values; rows: Record<string, Values[]> } {
  const kinds = ['大屏', '站台', '小品'];
  const states = ['完好', '破损', '已更换'];
  const site = (n: number): Values => ({
    address: n === 0 ? '奥体路 1 号' : `=第 ${index} 路 ${n} 号`,
    kind: kinds[n % 3] ?? '',
    owner: `@单位 ${index}`,
    state: states[(index + n) % 3] ?? '',
  });
  return {
    values: {
      p_screen: index,
      p_flag: 3 * index,
      p_hoarding: index + 0.125,
      p_stop: 2,
      p_scene: 1,
      p_broken: index % 5,
      p_fixed: index % 3,
      p_doc: `第 ${index} 家\n“已换”`,
    },
    rows: { p_table: [0, 1, 2].map(site) },
  };
}

it('gives 17 units the summary their reports have as JSON', async () => {
  const units = publicity.items[0]?.dispatch[0] as unknown as { receivers: { unit: string }[] };
  await sendOut(publicity, 'publicity-sites');
  await sendOut({ ...publicity, id: 'by-json', number: 'L-by-json' }, 'by-json');
  await eachOf([...units.receivers.entries()], async ([index, { unit }]) => {
    const report = publicityReport(index);
    // What is broken must be more than what has been mended.
    report.values['p_broken'] = 10 + index;
    await reportByWorkbook(unit, `publicity-sites.sites.TF-XW.${unit}`, report);
    const sent = await z.as(personOf(unit)).post(`/assignments/by-json.sites.TF-XW.${unit}/submit`, report);
    expect(sent.status).toBe(200);
  });
  const summaryOf = async (id: string): Promise<unknown> => {
    const { body } = await office.get(`/assignments/${id}.sites.TF-XW/summary?basis=reported`);
    const { values, rows, coverage } = body as unknown as Record<string, unknown>;
    return JSON.parse(JSON.stringify({ values, rows, coverage }).replaceAll('by-json', 'publicity-sites'));
  };
  const summary = await summaryOf('publicity-sites');
  expect(summary).toMatchObject({ values: { p_screen: 136 }, coverage: { reported: 17 } });
  expect(summary).toEqual(await summaryOf('by-json'));
});

it('hands in a workbook whose table is larger than a JSON body may be, once under its key', async () => {
  const id = 'publicity-large.sites.TF-XW.DD';
  await sendOut({ ...publicity, id: 'publicity-large', number: 'L-large' }, 'publicity-large');
  const { values } = publicityReport(1);
  const sites = Array.from({ length: 10_000 }, (_, at) => ({
    address: `东渡街道江滨路与中山北路交叉口以东第 ${at} 号灯杆`,
    kind: '道旗',
    owner: '东渡街道城市管理办公室',
    state: '完好',
  }));
  expect(Buffer.byteLength(JSON.stringify(sites))).toBeGreaterThan(1024 * 1024);
  const bytes = await filledIn(await sheetOf(z.api, personOf('DD'), id), {
    values: { ...values, p_broken: 5 },
    rows: { p_table: sites },
  });
  const handIn = () =>
    sendSheet(z.api, personOf('DD'), `${id}/sheet/reports`, bytes, { 'idempotency-key': 'large' });
  const first = await handIn();
  expect([first.status, first.body]).toEqual([
    200,
    {
      items: [
        {
          assignment: id,
          unit: 'DD',
          unitName: expect.any(String),
          row: null,
          status: 200,
          // The form's rule that only warns.
          warnings: [expect.objectContaining({ path: 'rules.rows-match-counts', code: 'RULE_BROKEN' })],
        },
      ],
      problems: [],
      warnings: [],
    },
  ]);
  // What warned was said when the workbook was read; the verdict is given again without reading it.
  expect((await handIn()).body).toMatchObject({ items: [{ assignment: id, status: 200 }], problems: [] });
  const { body } = await z.as(personOf('DD')).get(`/assignments/${id}/submissions/1`);
  expect((body.rows as Record<string, unknown[]>)['p_table']).toHaveLength(10_000);
  // Without the key it is a workbook of before the report.
  const later = await sendSheet(z.api, personOf('DD'), `${id}/sheet/reports`, bytes);
  expect([later.status, later.body.code]).toEqual([422, 'WORKBOOK_OUTDATED']);
});
