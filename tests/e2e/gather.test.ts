// What a street and an office do: see who owes them, urge, review, and see what is stuck (page.md §9, checks 2, 17, 18, 21, 23).
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { builtPage } from '../support/built-page.ts';
import { openBrowser, visit, type Visitor } from '../support/browser.ts';
import { startInstallation, type Installation } from '../support/installation.ts';
import { communityAt, OFFICE, organisation, personOf, volunteers } from '../support/l-district.ts';

const NODE = 'volunteer-sites.sites.TF-ZY.DD';
const REPORT = { v_sites: 1, v_registered: 217, v_foreign: 5, v_train_rate: 0.9 };

let z: Installation;
let browser: Browser;
const visitors: Visitor[] = [];

async function report(unit: string, onDuty: number): Promise<void> {
  const { status, body } = await z
    .as(personOf(unit))
    .post(`/assignments/${communityAt(unit)}/submit`, { values: { ...REPORT, v_on_duty: onDuty } });
  if (status !== 200) throw new Error(JSON.stringify(body));
}

beforeAll(async () => {
  browser = await openBrowser();
  z = await startInstallation({ organisation, page: await builtPage() });
  const { status, body } = await z.as(OFFICE).post('/directives', volunteers);
  if (status !== 201) throw new Error(JSON.stringify(body));
  await z.until(
    async () => (await z.as(OFFICE).get(`/assignments/${communityAt('DD-3')}`)).status === 200,
    'the directive has gone out',
  );
  await report('DD-1', 14);
}, 240_000);

afterAll(async () => {
  await browser.close();
  await z.close();
});

afterEach(async () => {
  const faults = visitors.flatMap((each) => each.faults);
  for (const each of visitors.splice(0)) await each.close();
  expect(faults).toEqual([]);
});

async function as(person: string, options: Partial<Parameters<typeof visit>[2]> = {}): Promise<Visitor> {
  const visitor = await visit(browser, z.api, { person, ...options });
  visitors.push(visitor);
  return visitor;
}

describe('who owes me (check 17)', () => {
  it('lands a street on what it gathers, with how complete it is', async () => {
    const { page } = await as(personOf('DD'), { device: 'phone' });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: '下级报送' }).waitFor();
    await page.getByText('应报 3 · 已报 1（33%）').waitFor();
  });

  it('shows each receiver, a dash where nothing is reported, and changes while one looks', async () => {
    const { page } = await as(personOf('DD'));
    await page.goto(`/a/${NODE}/receivers`);
    const table = page.getByRole('table', { name: '承办单位' });
    for (const head of ['灯', '单位', '签收', '时限', '报送'])
      await table.getByRole('columnheader', { name: head, exact: true }).waitFor();
    expect(await table.getByRole('row').filter({ hasText: '未签收' }).count()).toBe(2);
    expect(
      await table.getByRole('row').filter({ hasText: '未签收' }).first().getByText('—').count(),
    ).toBeGreaterThan(3);
    await report('DD-2', 99);
    await table.getByRole('cell', { name: '99', exact: true }).waitFor();
    await table.getByText('合计（已报 2/3）').waitFor();
  });

  it('urges those who have not acknowledged, and the record has it', async () => {
    const { page } = await as(personOf('DD'));
    await page.goto(`/a/${NODE}/receivers`);
    await page.getByRole('button', { name: '催办未签收（1）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '催办 1 家' }).click();
    await page.getByRole('status').filter({ hasText: '已催办 1 家' }).waitFor();
    expect(await z.as(personOf('DD')).events(communityAt('DD-3'), 'urged')).toHaveLength(1);
  });
});

describe('review (check 18)', () => {
  it('sends nothing that is taken back within five seconds, and approves what is not', async () => {
    const { page } = await as(personOf('DD'));
    const posted: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(new URL(request.url()).pathname);
    });
    await page.goto('/review');
    await page.getByRole('table', { name: '对比' }).waitFor();
    for (const head of ['本次', '上版', '上次', '同级'])
      await page.getByRole('columnheader', { name: head, exact: true }).waitFor();
    await page.getByRole('button', { name: '审核通过' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('待审核 2').waitFor();
    expect(posted).toEqual([]);
    await page.keyboard.press('a');
    await z.until(async () => {
      const seen = await Promise.all(
        ['DD-1', 'DD-2'].map((unit) => z.as(personOf('DD')).see(communityAt(unit))),
      );
      return seen.some(({ phase }) => phase === 'approved');
    }, 'one of them is approved');
  });

  it('sends nothing back without a reason, and the unit reads the reason', async () => {
    const { page } = await as(personOf('DD'));
    await page.goto('/review');
    await page.getByRole('button', { name: '退回' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: '退回' }).click();
    await sheet.getByText('请写明退回原因').waitFor();
    await sheet.getByRole('checkbox', { name: '当日上岗志愿者人数' }).check();
    await sheet.getByRole('textbox', { name: '退回原因' }).fill('人数和排班表不一致');
    await sheet.getByRole('button', { name: '退回' }).click();
    await page.getByText('没有待审核的报送。').waitFor();
    const returned = await z.until(async () => {
      const seen = await Promise.all(
        ['DD-1', 'DD-2'].map((unit) => z.as(personOf('DD')).see(communityAt(unit))),
      );
      return seen.find(({ phase }) => phase === 'returned');
    }, 'one is returned');
    const unit = returned.id.split('.').at(-1) ?? '';
    const visitor = await as(personOf(unit), { device: 'phone' });
    await visitor.page.goto(`/a/${communityAt(unit)}`);
    await visitor.page.getByRole('region', { name: '退回原因' }).getByText('人数和排班表不一致').waitFor();
  });
});

describe('the office (checks 2, 21 and 23)', () => {
  it('lands on the board, and sees what is stuck', async () => {
    const { page } = await as(OFFICE);
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: '交办看板' }).waitFor();
    await page.getByRole('link', { name: '关于摸排城市侧志愿服务点位及上岗人数的紧急通知' }).click();
    await page.getByRole('heading', { level: 2, name: '卡点' }).waitFor();
    const grid = page.getByRole('treegrid');
    await grid.getByRole('link', { name: '东渡街道' }).waitFor();
    // The task force, its streets and their communities, under one row of heads.
    expect(await grid.getByRole('row').count()).toBe(1 + 49);
  });

  it('is not there for a community', async () => {
    const { page } = await as(personOf('DD-1'));
    const answer = await page.goto('/board');
    expect(answer?.status()).toBe(404);
    await page.getByRole('heading', { level: 1, name: '没有这一项' }).waitFor();
    expect(await page.getByRole('navigation').getByRole('link', { name: '看板' }).count()).toBe(0);
  });
});
