// One's own notifications over HTTP.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Answer, type TestApi } from '../../support/api.ts';
import { insertNotification, insertSmallRecord, tokenOf } from '../../support/small-record.ts';

const DD1 = 'd.sites.TF.DD.DD-1';
type Item = { id: string; type: string; text: string; readAt: string | null };
const itemsOf = (answer: Answer): Item[] => (answer.body as { items: Item[] }).items;

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await startApi();
  await insertSmallRecord(api);
  token = await tokenOf(api, 'DD1');
  await insertNotification(api.pool, 'DD1', DD1, 'issued', { dueAt: '2026-11-24T06:00:00.000Z' });
  await insertNotification(api.pool, 'DD2', 'd.sites.TF.DD.DD-2', 'issued');
  await insertNotification(api.pool, 'DD1', DD1, 'returned', { reason: '数据不符' });
});
afterAll(() => api.close());

const get = (query = '', headers = {}): Promise<Answer> =>
  api.call('GET', `/notifications${query}`, { token, headers });

describe('notifications', () => {
  it('are one’s own, newest first, in words', async () => {
    const { body } = await get();
    expect(body).toMatchObject({
      items: [
        { type: 'returned', text: '已退回，请重报：《志愿者站点》，一社区；数据不符', readAt: null },
        {
          type: 'issued',
          directive: { id: 'd', number: 'L-1', title: '志愿者站点' },
          assignment: DD1,
          text: '新任务，请签收：《志愿者站点》，一社区；时限 2026-11-24 14:00',
        },
      ],
      nextCursor: null,
    });
    const english = itemsOf(await get('', { 'accept-language': 'en' }));
    expect(english[0]?.text).toBe('Returned, please submit again: “志愿者站点”, 一社区; 数据不符');
  });

  it('come in pages', async () => {
    const first = await get('?limit=1');
    const { nextCursor } = first.body as { nextCursor: string };
    expect(itemsOf(await get(`?limit=1&cursor=${nextCursor}`)).map(({ type }) => type)).toEqual(['issued']);
    expect((await get('?cursor=nonsense')).status).toBe(400);
    expect((await get('?unread=maybe')).status).toBe(400);
  });

  it('are read once, and by nobody else', async () => {
    const [newest] = itemsOf(await get());
    const read = (options = {}): Promise<Answer> =>
      api.call('POST', `/notifications/${newest?.id}/read`, { token, body: {}, ...options });
    expect((await read({ token: await tokenOf(api, 'DD2') })).status).toBe(404);
    expect((await read({ body: { x: 1 } })).status).toBe(400);
    const first = await read();
    const again = await read({ headers: { 'idempotency-key': 'k' } });
    const repeated = await read({ headers: { 'idempotency-key': 'k' } });
    expect([first.status, again.status, repeated.status]).toEqual([200, 200, 200]);
    expect((first.body as Item).readAt).not.toBeNull();
    expect(again.body).toEqual(first.body);
    expect(repeated.body).toEqual(first.body);
    expect(itemsOf(await get('?unread=true')).map(({ type }) => type)).toEqual(['issued']);
    expect(itemsOf(await get('?unread=false'))).toHaveLength(2);
  });

  it('are counted while unread, in the list and for whoever asks only that', async () => {
    const unread = async (): Promise<unknown> =>
      (await api.call('GET', '/notifications/unread', { token })).body;
    expect((await get('?limit=1')).body).toMatchObject({ unread: 1 });
    expect(await unread()).toEqual({ unread: 1 });
    await insertNotification(api.pool, 'DD1', DD1, 'urged');
    expect(await unread()).toEqual({ unread: 2 });
  });

  it('are all read at once, but not what came after the newest one shown, and nobody else’s', async () => {
    const [newest] = itemsOf(await get());
    await insertNotification(api.pool, 'DD1', DD1, 'commented');
    const readAll = (body: object, headers = {}): Promise<Answer> =>
      api.call('POST', '/notifications/read-all', { token, body, headers });
    expect((await readAll({ upTo: newest?.id }, { 'idempotency-key': 'all' })).body).toEqual({
      read: 2,
      unread: 1,
    });
    expect((await readAll({ upTo: newest?.id }, { 'idempotency-key': 'all' })).body).toMatchObject({
      read: 2,
    });
    expect(itemsOf(await get('?unread=true')).map(({ type }) => type)).toEqual(['commented']);
    expect((await readAll({})).body).toEqual({ read: 1, unread: 0 });
    expect((await readAll({})).body).toEqual({ read: 0, unread: 0 });
    expect((await readAll({ upTo: 'x' })).status).toBe(400);
    const other = await api.call('GET', '/notifications/unread', { token: await tokenOf(api, 'DD2') });
    expect(other.body).toEqual({ unread: 1 });
  });

  it.each(['0', 'x', '-1', '99999999', '99999999999999999999', '1e3'])('%s is none', async (id) => {
    expect((await api.call('POST', `/notifications/${id}/read`, { token, body: {} })).status).toBe(404);
  });
});
