// One-time addresses for downloads, and pictures shown in place.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Answer, type TestApi } from '../../support/api.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

let api: TestApi;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)]);
const WEBP = Buffer.concat([Buffer.from('RIFF\x20\0\0\0WEBPVP8 ', 'latin1'), Buffer.alloc(64)]);

beforeAll(async () => {
  api = await startApi();
  const body = {
    units: [{ code: 'DD', name: '东渡街道', kind: 'street' }],
    people: [{ id: 'P1', name: '甲' }],
    posts: [{ unit: 'DD', role: 'liaisonA', person: 'P1' }],
  };
  expect((await api.call('POST', '/organisation/import', { body })).status).toBe(200);
});
afterAll(() => api.close());

async function upload(name: string, bytes: Uint8Array<ArrayBuffer>, token = api.token): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([bytes]), name);
  const headers = { authorization: `Bearer ${token}` };
  const sent = await fetchChecked(`${api.url}/api/v1/files`, { method: 'POST', headers, body: form });
  expect(sent.status).toBe(201);
  return ((await sent.json()) as { id: string }).id;
}

const ask = (path: unknown, token = api.token): Promise<Answer> =>
  api.call('POST', '/downloads', { token, body: { path } });
const addressFor = async (path: string, token = api.token): Promise<string> => {
  const answer = await ask(path, token);
  expect(answer.status).toBe(201);
  return (answer.body as { url: string }).url;
};
const follow = (url: string, method = 'GET'): Promise<Response> =>
  fetchChecked(`${api.url}${url}`, { method });

async function enter(): Promise<string> {
  await api.call('POST', '/people/P1/password', { body: { password: 'given-password' } });
  const { token } = (await api.signIn('P1', 'given-password')).body as { token: string };
  const body = { password: 'chosen-password', current: 'given-password' };
  await api.call('POST', '/people/P1/password', { token, body });
  return token;
}

describe('a one-time address', () => {
  it('gives the file once, without signing in, and ends within a minute', async () => {
    const id = await upload('甲.txt', Buffer.from('甲'));
    const answer = await ask(`/api/v1/files/${id}`);
    const { url, expiresAt } = answer.body as { url: string; expiresAt: string };
    expect(url).toMatch(/^\/g\/[\w-]{43}$/);
    const leftMs = Date.parse(expiresAt) - Date.now();
    expect(leftMs).toBeLessThanOrEqual(61_000);
    const first = await follow(url);
    expect([first.status, await first.text()]).toEqual([200, '甲']);
    expect(first.headers.get('content-disposition')).toContain('attachment');
    expect(first.headers.get('cache-control')).toContain('no-store');
    const again = await follow(url);
    expect([again.status, again.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('is not used up by a look at its head, and by no more than one of many at once', async () => {
    const url = await addressFor(`/files/${await upload('甲.txt', Buffer.from('甲'))}`);
    expect((await follow(url, 'HEAD')).status).toBe(200);
    const statuses = await Promise.all(Array.from({ length: 5 }, () => follow(url).then((r) => r.status)));
    expect(statuses.sort()).toEqual([200, 404, 404, 404, 404]);
  });

  it('takes every call that answers a file, with its query, and nothing else', async () => {
    const id = await upload('图.png', PNG);
    const shown = await follow(await addressFor(`/api/v1/files/${id}?inline=1`));
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    for (const path of ['/me', '/tokens', '/directives', '/nothing', '/metrics', '/g/x', '/session'])
      expect(await ask(path)).toMatchObject({ status: 422, body: { errors: [{ path: 'path' }] } });
    for (const path of ['https://stranger.example/', '//stranger.example', 'files/x', '/files/../tokens', ''])
      expect((await ask(path)).status).toBe(422);
    expect((await ask(7)).status).toBe(400);
    // A file there is not, or none of one's own, is found out at the download: by the rights of that moment.
    const missing = await follow(await addressFor(`/files/${'0'.repeat(32)}`));
    expect(missing.status).toBe(404);
  });

  it('has the rights of its maker at the time of the download, and ends with their session', async () => {
    const id = await upload('甲.txt', Buffer.from('甲'));
    const token = await enter();
    // The administrator's own upload is none of theirs.
    expect((await follow(await addressFor(`/files/${id}`, token))).status).toBe(404);
    const own = await upload('乙.txt', Buffer.from('乙'), token);
    expect((await follow(await addressFor(`/files/${own}`, token))).status).toBe(200);
    const waiting = await addressFor(`/files/${own}`, token);
    await api.call('DELETE', '/session', { token });
    expect((await follow(waiting)).status).toBe(404);
  });

  it('is 404 when it is altered or expired, and is kept as a hash', async () => {
    const url = await addressFor(`/files/${await upload('甲.txt', Buffer.from('甲'))}`);
    const altered = url.slice(0, -1) + (url.endsWith('A') ? 'B' : 'A');
    expect((await follow(altered)).status).toBe(404);
    expect((await follow(`/g/${'a'.repeat(3_000)}`)).status).toBe(404);
    const { rows } = await api.pool.query<{ found: boolean }>(
      `select exists (select from download d where strpos(d::text, $1) > 0) as found`,
      [url.slice(3)],
    );
    expect(rows[0]?.found).toBe(false);
    await api.pool.query(`update download set expires_at = now()`);
    expect((await follow(url)).status).toBe(404);
  });

  it('is made a hundred times at most before any is used', async () => {
    const token = ((await api.call('POST', '/tokens', { body: { name: '脚本' } })).body as { token: string })
      .token;
    const made = await Promise.all(Array.from({ length: 110 }, () => ask('/files/x', token)));
    const refused = made.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    expect(refused[0]?.headers.get('retry-after')).toBe('60');
  });
});

describe('GET /files/{id}?inline=1', () => {
  const read = (id: string, query = ''): Promise<Response> =>
    fetchChecked(`${api.url}/api/v1/files/${id}${query}`, {
      headers: { authorization: `Bearer ${api.token}` },
    });
  const kindOf = async (name: string, bytes: Uint8Array<ArrayBuffer>, query: string): Promise<string> => {
    const answer = await read(await upload(name, bytes), query);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    return answer.headers.get('content-disposition')?.split(';', 1)[0] ?? '';
  };

  it('shows pictures by their bytes', async () => {
    expect(await kindOf('图.png', PNG, '?inline=1')).toBe('inline');
    expect(await kindOf('图.jpg', JPEG, '?inline=1')).toBe('inline');
    expect(await kindOf('图.webp', WEBP, '?inline=1')).toBe('inline');
    // The name does not make a picture.
    expect(await kindOf('假.png', Buffer.from('<script>1</script>'), '?inline=1')).toBe('attachment');
    expect(
      await kindOf('图.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), '?inline=1'),
    ).toBe('attachment');
  });

  it('saves everything where nobody asks to see it', async () => {
    expect(await kindOf('图.png', PNG, '')).toBe('attachment');
    expect((await read(await upload('图.png', PNG), '?inline=yes')).status).toBe(400);
  });
});
