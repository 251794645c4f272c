// One-time links on the real stack: a receipt without signing in, once, for whom and what it was made for, and no other way.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLinks, linkUrl, type WantedLink } from '../../../command/links/link.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import type { SeenEvent } from '../../support/seen.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

type Page = { status: number; headers: Headers; text: string };
type LinkEvent = SeenEvent & { token: string | null; by?: string };

describe('links', () => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ organisation: district({ streets: 2, communities: 5 }) });
    course = await sendOut(z, 'd');
  });
  afterAll(() => z.close());
  // Guesses count by address, and all tests here come from one.
  beforeEach(() => z.pool.query('delete from link_guess'));

  const linkFor = async (unit: string, more: Partial<WantedLink> = {}, lastsMs?: number): Promise<string> => {
    const wanted = { assignment: course.at(unit), person: unit, action: 'acknowledge' as const, ...more };
    const [token] = await createLinks(z.pool, [wanted], lastsMs);
    return token ?? '';
  };
  const visit = async (method: 'GET' | 'POST', token: string, headers = {}): Promise<Page> => {
    const response = await fetchChecked(linkUrl(z.api.url, token), { method, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const receipts = async (unit: string): Promise<LinkEvent[]> =>
    (await z.as(OFFICE).events(course.at(unit), 'acknowledged')) as LinkEvent[];

  it('shows what is to be acknowledged, and is not used up by looking', async () => {
    const token = await linkFor('S1-1');
    for (let look = 0; look < 3; look += 1) {
      const { status, headers, text } = await visit('GET', token);
      expect(status).toBe(200);
      for (const said of ['请签收任务', '摸排 d', 'L-d', 'S1-1社区', '名S1-1']) expect(text).toContain(said);
      expect(headers.get('content-type')).toMatch(/^text\/html/);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    expect((await visit('GET', token, { 'accept-language': 'en' })).text).toContain('Please acknowledge');
    expect(await receipts('S1-1')).toEqual([]);
  });

  it('acknowledges without signing in, once, and the log says by link', async () => {
    const token = await linkFor('S1-1');
    const done = await visit('POST', token);
    expect([done.status, /已签收/.test(done.text)]).toEqual([200, true]);
    expect((await course.see('S1-1')).phase).toBe('acknowledged');
    const [receipt, ...more] = await receipts('S1-1');
    expect(more).toEqual([]);
    expect(receipt).toMatchObject({ actor: 'S1-1', by: 'link' });
    expect(receipt?.token).toMatch(/^link:[\w-]{22}$/);
    // Who reads the log learns nothing to follow.
    expect(token).not.toContain(receipt?.token?.slice('link:'.length));

    for (const method of ['POST', 'GET'] as const) {
      const replayed = await visit(method, token, { 'accept-language': 'en' });
      expect([replayed.status, /has been used/.test(replayed.text)]).toEqual([410, true]);
      expect(replayed.text).not.toContain('摸排');
    }
    expect(await receipts('S1-1')).toHaveLength(1);
  });

  it('makes one receipt of a double click, and of any number of them', async () => {
    const token = await linkFor('S1-2');
    const clicks = await Promise.all(Array.from({ length: 10 }, () => visit('POST', token)));
    expect(clicks.some(({ status }) => status === 200)).toBe(true);
    expect(clicks.filter(({ status }) => ![200, 409, 410].includes(status))).toEqual([]);
    expect(await receipts('S1-2')).toHaveLength(1);
    expect((await visit('POST', token)).status).toBe(410);
  });

  it('does nothing twice where its use was done and not yet noted', async () => {
    const token = await linkFor('S1-3');
    expect((await visit('POST', token)).status).toBe(200);
    await z.pool.query('update link set used_at = null');
    const again = await visit('POST', token);
    expect([again.status, /已签收/.test(again.text)]).toEqual([409, true]);
    expect(await receipts('S1-3')).toHaveLength(1);
  });

  it('is refused when it has expired', async () => {
    const token = await linkFor('S1-4', {}, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const method of ['GET', 'POST'] as const) {
      const { status, text } = await visit(method, token);
      expect([status, /已过期/.test(text)]).toEqual([410, true]);
    }
    expect(await receipts('S1-4')).toEqual([]);
  });

  it('is refused when altered: another assignment, person, action or end with the same signature', async () => {
    const token = await linkFor('S1-4');
    const [payload, signature] = token.split('.') as [string, string];
    const facts = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[];
    const others: [number, unknown][] = [
      [1, course.at('S1-5')],
      [2, 'S1-5'],
      [3, 'submit'],
      [4, Number(facts[4]) + 1],
    ];
    for (const [place, value] of others) {
      const altered = Buffer.from(JSON.stringify(facts.with(place, value))).toString('base64url');
      const { status, text } = await visit('POST', `${altered}.${signature}`);
      expect([status, /链接无效/.test(text)]).toEqual([404, true]);
    }
    for (const unit of ['S1-4', 'S1-5']) expect(await receipts(unit)).toEqual([]);
  });

  it('does its one thing, whatever else is asked of it', async () => {
    const token = await linkFor('S1-4');
    const response = await fetchChecked(`${linkUrl(z.api.url, token)}?action=submit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ verb: 'submit', command: 'cancel', values: { n: 1 } }),
    });
    expect(response.status).toBe(200);
    const types = (await z.as(OFFICE).events(course.at('S1-4'))).map(({ type }) => type);
    expect(types).toEqual(['issued', 'acknowledged']);
    // It is no token of the API either.
    const { status } = await z.api.call('GET', '/me', { token: token.replace('.', '') });
    expect(status).toBe(401);
  });

  it('lets nobody guess: 429 after five in a minute, while what we signed still works', async () => {
    const statuses = [];
    for (let guess = 0; guess < 7; guess += 1) statuses.push((await visit('GET', `x${guess}.y`)).status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429]);
    const refused = await visit('POST', 'x.y');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const token = await linkFor('S1-5');
    expect((await visit('GET', token)).status).toBe(200);
    await z.pool.query('delete from link_guess');
    await z.pool.query('delete from link where assignment = $1', [course.at('S1-5')]);
    expect((await visit('POST', token)).status).toBe(404);
    for (const path of ['/l/', '/l/%ff', `/l/${'a'.repeat(5_000)}.b`, '/l/%00.x'])
      expect((await fetchChecked(`${z.api.url}${path}`)).status).toBeGreaterThanOrEqual(400);
    expect(await receipts('S1-5')).toEqual([]);
  });

  it('is void for whoever has left the post, and works for who is still there', async () => {
    const token = await linkFor('S2-1');
    const { body } = await z.api.call('GET', '/posts?person=S2-1');
    const [post] = (body as { items: { id: string }[] }).items;
    const ended = await z.api.call('PATCH', `/posts/${post?.id}`, { body: { to: '2020-01-01' } });
    expect(ended.status).toBe(200);
    for (const method of ['GET', 'POST'] as const) {
      const { status, text } = await visit(method, token);
      expect([status, /不在该任务的岗位/.test(text), /摸排/.test(text)]).toEqual([403, true, false]);
    }
    // Who sees an assignment without holding it has no receipt to give.
    expect((await visit('POST', await linkFor('S2-2', { person: 'S2' }))).status).toBe(403);
    expect(await receipts('S2-1')).toEqual([]);
    expect((await visit('POST', await linkFor('S2-2'))).status).toBe(200);
  });

  it('says so when the receipt was given otherwise, or the assignment is over', async () => {
    const [first, second] = [await linkFor('S2-3'), await linkFor('S2-4')];
    await course.do('S2-3', 'acknowledge');
    const late = await visit('POST', first);
    expect([late.status, /已签收/.test(late.text)]).toEqual([409, true]);
    await course.do('S2-4', 'cancel', { reason: '不再需要' });
    const over = await visit('POST', second, { 'accept-language': 'en' });
    expect([over.status, /Already settled/.test(over.text)]).toEqual([409, true]);
  });

  it('are made in bulk, and once for one occasion', async () => {
    const wanted = ['S2-5', 'S1-5'].map((unit) => ({
      assignment: course.at(unit),
      person: unit,
      action: 'acknowledge' as const,
      occasion: 'delivery-1',
    }));
    const made = await createLinks(z.pool, [...wanted, ...wanted]);
    expect(await createLinks(z.pool, wanted)).toEqual(made.slice(0, 2));
    expect(made.slice(2)).toEqual(made.slice(0, 2));
    expect(new Set(made).size).toBe(2);
    expect(await createLinks(z.pool, [])).toEqual([]);
    const { rows } = await z.pool.query('select id from link where assignment = any($1)', [
      wanted.map(({ assignment }) => assignment),
    ]);
    expect(rows).toHaveLength(2);
    await expect(createLinks(z.pool, Array(501).fill(wanted[0]))).rejects.toThrow('more than 500');
    expect((await visit('POST', made[0] ?? '')).status).toBe(200);
    // Used, the same occasion gives the same link, and that is used.
    expect((await visit('POST', (await createLinks(z.pool, wanted))[0] ?? '')).status).toBe(410);
  });
});
