// What a community does on a phone: sees what it owes, acknowledges, reports (page.md §9, checks 1 to 10).
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, visit, type Visitor } from '../support/browser.ts';
import { communityAt, OFFICE, organisation, personOf, volunteers } from '../support/l-district.ts';
import { startInstallation, type Installation } from '../support/installation.ts';
import { passwordOf } from '../support/page-accounts.ts';
import { builtPage } from '../support/built-page.ts';

let z: Installation;
let browser: Browser;
const visitors: Visitor[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  z = await startInstallation({ organisation, page: await builtPage() });
  const { status, body } = await z.as(OFFICE).post('/directives', volunteers);
  if (status !== 201) throw new Error(JSON.stringify(body));
  await z.until(
    async () => (await z.as(OFFICE).get(`/assignments/${communityAt('DD-1')}`)).status === 200,
    'the directive has gone out',
  );
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

async function as(
  person: string | null,
  options: Partial<Parameters<typeof visit>[2]> = {},
): Promise<Visitor> {
  const visitor = await visit(browser, z.api, { person, device: 'phone', ...options });
  visitors.push(visitor);
  return visitor;
}

const title = '城市侧志愿服务点位及上岗人数';

describe('signing in (check 1)', () => {
  it('leads a stranger to the sign-in and back', async () => {
    const { page } = await as(null);
    await page.goto('/owe');
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/sign-in?to=%2Fowe');
    const { login } = await passwordOf(z.api, personOf('DD-1'));
    await page.getByRole('textbox', { name: '账号' }).fill(login);
    await page.getByLabel('密码').fill('wrong-password');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').filter({ hasText: '账号或密码不对' }).waitFor();
    await page.getByLabel('密码').and(page.locator(':focus')).waitFor();
    await page.getByLabel('密码').fill((await passwordOf(z.api, personOf('DD-1'))).password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { level: 1, name: '我的任务' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/owe');
  });

  it('works without JavaScript', async () => {
    const { page } = await as(null, { scripts: false });
    const { login, password } = await passwordOf(z.api, personOf('DD-2'));
    await page.goto('/owe');
    await page.getByRole('textbox', { name: '账号' }).fill(login);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { level: 1, name: '我的任务' }).waitFor();
  });

  it('asks for a password of one’s own where one was given', async () => {
    const person = personOf('DD-3');
    const found = organisation.people.find(({ id }) => id === person);
    await z.api.call('POST', `/people/${person}/password`, { body: { password: 'given-by-admin-1' } });
    const { page } = await as(null);
    await page.goto('/sign-in?to=%2Fowe');
    await page.getByRole('textbox', { name: '账号' }).fill(found?.login ?? person);
    await page.getByLabel('密码').fill('given-by-admin-1');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByLabel('新密码').fill('one-of-my-own-1');
    await page.getByLabel('再输一次').fill('one-of-my-own-1');
    await page.getByRole('button', { name: '设置并登录' }).click();
    await page.getByRole('heading', { level: 1, name: '我的任务' }).waitFor();
  });
});

describe('what I owe (checks 3 to 5)', () => {
  it('shows the one assignment with its light, its due time and its acts', async () => {
    const { page } = await as(personOf('DD-1'));
    await page.goto('/owe');
    const row = page.getByRole('listitem').filter({ hasText: title });
    expect(await row.count()).toBe(1);
    await row.getByRole('link', { name: title }).waitFor();
    await row.getByText('未开始').waitFor();
    const { dueAt } = await z.as(personOf('DD-1')).see(communityAt('DD-1'));
    expect(await row.locator('time').getAttribute('datetime')).toBe(dueAt);
    await row.getByRole('button', { name: '更多' }).waitFor();
  });

  it('acknowledges in one tap, by one request with its key and the version shown', async () => {
    const { page } = await as(personOf('DD-1'));
    const posted: Record<string, string>[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(request.headers());
    });
    await page.goto('/owe');
    await page.waitForFunction(() => performance.getEntriesByName('live').length > 0);
    await page.getByRole('listitem').getByRole('button', { name: '签收', exact: true }).tap();
    await page.getByRole('status').filter({ hasText: '已签收' }).waitFor();
    expect(await page.getByRole('button', { name: '签收', exact: true }).count()).toBe(0);
    expect((await z.as(personOf('DD-1')).see(communityAt('DD-1'))).phase).toBe('acknowledged');
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({
      'idempotency-key': expect.any(String),
      'if-match': expect.any(String),
    });
  });

  it('acknowledges without JavaScript', async () => {
    const { page } = await as(personOf('DD-2'), { scripts: false });
    await page.goto('/owe');
    await page
      .getByText(/还有|起计时/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: '签收', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '我的任务' }).waitFor();
    expect((await z.as(personOf('DD-2')).see(communityAt('DD-2'))).phase).toBe('acknowledged');
  });
});

describe('reporting (checks 9 and 10)', () => {
  it('says at once what breaks a rule, and leads to it', async () => {
    const { page, context } = await as(personOf('DD-1'));
    await page.goto(`/a/${communityAt('DD-1')}/fill`);
    const onDuty = page.getByRole('textbox', { name: '当日上岗志愿者人数' });
    await onDuty.fill('400');
    await page.getByRole('textbox', { name: '注册在册志愿者人数' }).fill('217');
    await onDuty.focus();
    await onDuty.blur();
    await page.getByText('当日上岗人数不得大于注册人数').first().waitFor();
    expect(await onDuty.getAttribute('aria-invalid')).toBe('true');
    await context.setOffline(true);
    await onDuty.fill('14');
    expect(await onDuty.getAttribute('aria-invalid')).toBeNull();
    await onDuty.fill('400');
    expect(await onDuty.getAttribute('aria-invalid')).toBe('true');
    await context.setOffline(false);
    await page.getByRole('button', { name: '报送' }).click();
    const summary = page.getByRole('alert').filter({ hasText: '处需要修改' });
    await summary.waitFor();
    await page.getByRole('button', { name: '下一处' }).waitFor();
  });

  it('is sent once, and the record has it', async () => {
    const { page } = await as(personOf('DD-1'));
    await page.goto(`/a/${communityAt('DD-1')}/fill`);
    await page
      .getByRole('status')
      .filter({ hasText: '已保存在本机' })
      .or(page.getByRole('textbox').first())
      .first()
      .waitFor();
    const fill = (name: string, text: string): Promise<void> =>
      page.getByRole('textbox', { name }).fill(text);
    await fill('亚运V站（城市志愿服务点）数量', '1');
    await fill('当日上岗志愿者人数', '14');
    await fill('注册在册志愿者人数', '217');
    await fill('具备外语服务能力人数', '5');
    await fill('通用培训完成率', '90');
    await page.getByRole('button', { name: '报送' }).click();
    await page.getByRole('button', { name: '确认报送' }).click();
    await page.getByRole('status').filter({ hasText: '已送达' }).waitFor();
    const seen = await z.as(personOf('DD-1')).see(communityAt('DD-1'));
    expect(seen.submission).toMatchObject({ version: 1, values: { v_on_duty: 14, v_train_rate: 0.9 } });
  });
});

describe('without a network (check 14)', () => {
  it('keeps a report, says so, and sends it once when the network is back', async () => {
    const { page, context } = await as(personOf('DD-2'));
    await page.goto(`/a/${communityAt('DD-2')}/fill`);
    const fill = (name: string, text: string): Promise<void> =>
      page.getByRole('textbox', { name }).fill(text);
    await fill('亚运V站（城市志愿服务点）数量', '2');
    await fill('当日上岗志愿者人数', '20');
    await fill('注册在册志愿者人数', '90');
    await fill('具备外语服务能力人数', '3');
    await fill('通用培训完成率', '80');
    await context.setOffline(true);
    await page.getByRole('button', { name: '报送' }).click();
    await page.getByRole('button', { name: '确认报送' }).click();
    await page.getByRole('status').filter({ hasText: '以送达时间为准' }).waitFor();
    await page.getByRole('link', { name: '未送达（1）' }).waitFor();
    await context.setOffline(false);
    await page.getByRole('link', { name: '未送达（1）' }).waitFor({ state: 'detached' });
    const seen = await z.as(personOf('DD-2')).see(communityAt('DD-2'));
    expect(seen.submission).toMatchObject({ version: 1, values: { v_on_duty: 20 } });
  });
});

it('shows nothing of a sibling (check 23)', async () => {
  const { page } = await as(personOf('DD-1'));
  const answer = await page.goto(`/a/${communityAt('DD-2')}`);
  expect(answer?.status()).toBe(404);
  await page.getByRole('heading', { level: 1, name: '没有这一项' }).waitFor();
});
