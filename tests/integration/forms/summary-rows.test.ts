// Summaries made at once and in threads are the same, and a table's merged rows come out whole, in pages and as csv.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { createFileStore } from '../../../files/file-store.ts';
import { incomingFolder } from '../../../files/incoming.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { tokenOf } from '../../support/small-record.ts';
import type { TestApi } from '../../support/api.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const FORM = {
  fields: [
    { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'flow' },
    {
      key: 'list',
      label: '点位',
      type: 'table',
      columns: [
        { key: 'place', label: '地点', type: 'text' },
        { key: 'cost', label: '费用', unit: '元', type: 'number', decimals: 2 },
      ],
      aggregate: { union: ['place'] },
    },
    { key: 'loose', label: '不汇总', type: 'table', columns: [{ key: 'x', label: '甲', type: 'text' }] },
  ],
};
const rowsOf = (unit: string): object[] => [
  ...Array.from({ length: 30 }, (_, n) => ({ place: `${unit} ${n}`, cost: n / 8 })),
  { place: '=共有', cost: unit === 'S1-1' ? 1 : 2 },
];

const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-rows-'));
let z: Installation;
/** Makes nothing at once. */
let threaded: TestApi;
let course: Course;
beforeAll(async () => {
  z = await startInstallation({ organisation: district() });
  threaded = await z.addApi({ small: { values: -1, bytes: -1 }, files: createFileStore(folder) });
  course = await sendOut(z, 'd', { item: { form: FORM } as object });
  for (const unit of ['S1-1', 'S1-2']) {
    await course.do(unit, 'submit', { values: { n: 1 }, rows: { list: rowsOf(unit) } });
    await course.do(unit, 'approve');
  }
});
afterAll(async () => {
  await z.close();
  rmSync(folder, { recursive: true, force: true });
});

async function get(
  at: string,
  { who = OFFICE, api = z.api } = {},
): Promise<{ status: number; bytes: Uint8Array; text: string; headers: Headers }> {
  const response = await fetchChecked(`${api.url}/api/v1${at}`, {
    headers: { authorization: `Bearer ${await tokenOf(z.api, who)}`, 'accept-language': 'zh' },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, bytes, text: Buffer.from(bytes).toString(), headers: response.headers };
}

/** What a file says, without the instant it was made at. */
const said = (bytes: Uint8Array): string[] =>
  Object.entries(unzipSync(bytes))
    .filter(([name]) => /(sheet\d+|document|sharedStrings)\.xml$/.test(name))
    .map(([name, part]) => `${name} ${strFromU8(part).replaceAll(/\d\d:\d\d/g, '')}`);

type Page = { items: { place: string; sources: string[] }[]; total: number; nextCursor: string | null };
const page = async (at: string): Promise<Page> => JSON.parse((await get(at)).text) as Page;

describe('a summary made in a thread', () => {
  it.each(['xlsx', 'docx'])('is the same %s as one that is made at once', async (ending) => {
    // What is above the reports may still be settling between the two.
    await z.until(async () => {
      const [here, there] = await Promise.all([
        get(`/directives/d/summary.${ending}`),
        get(`/directives/d/summary.${ending}`, { api: threaded }),
      ]);
      expect([here.status, there.status]).toEqual([200, 200]);
      return isDeepStrictEqual(said(there.bytes), said(here.bytes));
    }, `${ending} is the same`);
  });

  it('is the same JSON, of an item and of a place', async () => {
    for (const at of ['/directives/d/summary', `/assignments/${course.at('S1')}/summary`]) {
      const here = JSON.parse((await get(at)).text) as { items?: { at?: string }[]; at?: string };
      const there = JSON.parse((await get(at, { api: threaded })).text) as typeof here;
      for (const each of [here, there, ...(here.items ?? []), ...(there.items ?? [])]) delete each.at;
      expect(there).toEqual(here);
    }
  });

  it('is made of four askers at once, and others are answered meanwhile', async () => {
    const made = Array.from({ length: 4 }, () => get('/directives/d/summary.xlsx', { api: threaded }));
    expect((await get('/me', { api: threaded })).status).toBe(200);
    expect((await Promise.all(made)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe('the merged rows of a table', () => {
  const AT = '/directives/d/summary/rows?field=list';

  it('come in pages, each once, in the order of the summary', async () => {
    const whole = await page(`${AT}&limit=10000`);
    expect([whole.total, whole.items.length, whole.nextCursor]).toEqual([61, 61, null]);
    const seen: Page['items'] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: Page = await page(`${AT}&limit=25${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...next.items);
      cursor = next.nextCursor;
    }
    expect(seen).toEqual(whole.items);
    expect(whole.items.find(({ place }) => place === '=共有')).toMatchObject({
      sources: ['S1-1', 'S1-2'],
      differences: { cost: [{ value: 1 }, { value: 2 }] },
    });
  });

  it('come as csv with their mark, exact, and without a formula; in a thread as at once', async () => {
    const csv = await get('/directives/d/summary/rows.csv?field=list');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = csv.text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(lines[0]).toBe('地点,费用（元）,来源,差异');
    expect(lines).toHaveLength(62);
    expect(csv.text).toContain(`"'=共有",1.00,`);
    const there = await get('/directives/d/summary/rows.csv?field=list', { api: threaded });
    expect(there.text).toBe(csv.text);
    expect(there.headers.get('content-length')).toBe(String(there.bytes.length));
    // It is written to a file piece by piece; sent, the file is gone.
    await z.until(() => Promise.resolve(readdirSync(incomingFolder(folder)).length === 0), 'no file is left');
  });

  it('are those of the place that is asked, for whoever may read it', async () => {
    const at = `/assignments/${course.at('S1-1')}/summary/rows?field=list`;
    expect((await page(at)).total).toBe(31);
    expect((await get(at, { who: 'S1-1' })).status).toBe(200);
    expect((await get(at, { who: 'S1-2' })).status).toBe(404);
    expect((await get(AT, { who: FORCE })).status).toBe(403);
    expect((await get(AT, { who: 'S1-1' })).status).toBe(403);
  });

  it('are refused of a field that is no merged table, and by a cursor of nobody’s', async () => {
    for (const field of ['n', 'loose', 'none', '']) {
      const { status, text } = await get(`/directives/d/summary/rows?field=${field}`);
      expect([status, text.includes('UNKNOWN_FIELD')]).toEqual([400, true]);
    }
    expect((await get(`${AT}&cursor=x`)).status).toBe(400);
    expect((await get(`${AT}&limit=10001`)).status).toBe(400);
    expect((await get(`${AT}&item=none`)).status).toBe(400);
  });
});
