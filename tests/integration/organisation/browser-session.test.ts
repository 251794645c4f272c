// Sessions of browsers: the cookie, its CSRF token, what a person sees and ends of their sessions, and when they end by themselves.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN_PASSWORD, startApi, type Answer, type CallOptions, type TestApi } from '../../support/api.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

let api: TestApi;
const PASSWORD = 'chosen-password';
const OFFICE = { code: 'OFFICE', name: '办公室', kind: 'office' };

beforeAll(async () => {
  api = await startApi({ sessions: { idleMs: 3_600_000, maxMs: 86_400_000 } });
  const people = ['P1', 'P2', 'P3'].map((id) => ({ id, name: `人${id}` }));
  const body = { name: '测试区', units: [OFFICE, { code: 'DD', name: '东渡街道', kind: 'street' }], people };
  expect((await api.call('POST', '/organisation/import', { body })).status).toBe(200);
});
afterAll(() => api.close());

/** A browser: it keeps the cookie, and the CSRF token once it has read `/me`. */
type Browser = { cookie: string; csrf: string; id: string };
const cookieOf = (answer: Answer): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

const byCookie = (cookie: string, method: string, path: string, options: CallOptions = {}): Promise<Answer> =>
  api.call(method, path, { token: null, ...options, headers: { cookie, ...options.headers } });

const signInBy = (login: string, password: string, headers = {}): Promise<Answer> =>
  api.call('POST', '/session', { token: null, body: { login, password, cookie: true }, headers });

async function open(login = 'admin', password = ADMIN_PASSWORD): Promise<Browser> {
  const cookie = cookieOf(await signInBy(login, password));
  const { csrf } = (await byCookie(cookie, 'GET', '/me')).body as { csrf: string };
  const sessions = await byCookie(cookie, 'GET', '/sessions');
  const items = (sessions.body as { items: { id: string; isThis: boolean }[] }).items;
  return { cookie, csrf, id: items.find(({ isThis }) => isThis)?.id ?? '' };
}

/** Gives a person a password that need not be changed any more. */
async function admit(person: string): Promise<void> {
  await api.call('POST', `/people/${person}/password`, { body: { password: 'given-password' } });
  const first = (await api.signIn(person, 'given-password')).body as { token: string };
  const body = { password: PASSWORD, current: 'given-password' };
  expect((await api.call('POST', `/people/${person}/password`, { token: first.token, body })).status).toBe(
    204,
  );
}
const enter = async (person: string): Promise<string> =>
  ((await api.signIn(person, PASSWORD)).body as { token: string }).token;
const meOf = async (token: string): Promise<number> => (await api.call('GET', '/me', { token })).status;

describe('the cookie of a session', () => {
  it('is set instead of a token, out of the reach of scripts', async () => {
    const answer = await signInBy('admin', ADMIN_PASSWORD);
    expect(answer).toMatchObject({ status: 200, body: { person: { id: 'admin' } } });
    expect(Object.keys(answer.body as object).sort()).toEqual(['expiresAt', 'person']);
    // The device's own cookie comes after it.
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^zb=zbs_[\w-]{43}; HttpOnly; SameSite=Lax; Path=\/$/),
      expect.stringContaining('zb-device='),
    ]);
    expect(await byCookie(cookieOf(answer), 'GET', '/me')).toMatchObject({ status: 200 });
  });

  it('is secure wherever the installation is reached by TLS', async () => {
    const secure = await startApi({ publicUrl: 'https://zhuanban.example' });
    const body = { login: 'admin', password: ADMIN_PASSWORD, cookie: true };
    const answer = await secure.call('POST', '/session', { token: null, body });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-zb=zbs_[\w-]{43}; HttpOnly; Secure; SameSite=Lax; Path=\/$/),
      expect.stringContaining('zb-device='),
    ]);
    const read = (cookie: string): Promise<Answer> =>
      secure.call('GET', '/me', { token: null, headers: { cookie } });
    expect((await read(cookieOf(answer))).status).toBe(200);
    // A name without the prefix can be set by any other site of the host.
    expect((await read(cookieOf(answer).replace('__Host-zb', 'zb'))).status).toBe(401);
    await secure.close();
  });

  it('is accepted beside other cookies, and by streams and files as by everything', async () => {
    const { cookie } = await open();
    expect((await byCookie(`theme=dark; ${cookie}; zbx=1`, 'GET', '/units')).status).toBe(200);
    const stream = await fetchChecked(`${api.url}/api/v1/stream`, { headers: { cookie } });
    expect(stream.status).toBe(200);
    await stream.body?.cancel();
    const form = new FormData();
    form.set('file', new Blob(['甲']), '甲.txt');
    const { csrf } = (await byCookie(cookie, 'GET', '/me')).body as { csrf: string };
    const headers = { cookie, 'x-csrf': csrf };
    const sent = await fetchChecked(`${api.url}/api/v1/files`, { method: 'POST', headers, body: form });
    const { id } = (await sent.json()) as { id: string };
    expect((await fetchChecked(`${api.url}/api/v1/files/${id}`, { headers: { cookie } })).status).toBe(200);
  });

  it.each([
    ['altered', (cookie: string) => `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`],
    ['empty', () => 'zb='],
    ['no secret at all', () => 'zb=%00"; zb'],
    ['a token of another kind', () => `zb=zbt_${'a'.repeat(43)}`],
    ['too long', () => `zb=zbs_${'a'.repeat(7_000)}`],
  ])('is 401 when it is %s', async (_how, change) => {
    const { cookie } = await open();
    const answer = await byCookie(change(cookie), 'GET', '/me');
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  it('of another installation on this host is 401, and left to that one', async () => {
    const other = await startApi();
    const body = { login: 'admin', password: ADMIN_PASSWORD, cookie: true };
    const foreign = cookieOf(await other.call('POST', '/session', { token: null, body }));
    const answer = await byCookie(foreign, 'GET', '/me');
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []]);
    await other.close();
  });

  it('gives way to a bearer token: where both come, the token alone counts', async () => {
    await admit('P1');
    const token = await enter('P1');
    const { cookie } = await open();
    const me = await byCookie(cookie, 'GET', '/me', { token });
    expect(me.body).toMatchObject({ person: { id: 'P1' }, csrf: null });
    // No page of a stranger can send a bearer token: it needs no CSRF token beside it.
    expect((await byCookie(cookie, 'DELETE', '/session', { token })).status).toBe(204);
    expect((await byCookie(cookie, 'GET', '/me', { token })).status).toBe(401);
    expect((await byCookie(cookie, 'GET', '/me', { token: 'nonsense' })).status).toBe(401);
    expect((await byCookie(cookie, 'GET', '/me', { headers: { authorization: 'Bearer !' } })).status).toBe(
      401,
    );
    expect((await byCookie(cookie, 'GET', '/me')).status).toBe(200);
  });

  it('ends with the next sign-in of the same browser, and is cleared by a sign-out', async () => {
    const first = await open();
    const again = await signInBy('admin', ADMIN_PASSWORD, { cookie: first.cookie });
    expect((await byCookie(first.cookie, 'GET', '/me')).status).toBe(401);
    const cookie = cookieOf(again);
    const { csrf } = (await byCookie(cookie, 'GET', '/me')).body as { csrf: string };
    const out = await byCookie(cookie, 'DELETE', '/session', { headers: { 'x-csrf': csrf } });
    expect([out.status, out.headers.getSetCookie()]).toEqual([
      204,
      ['zb=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0'],
    ]);
    expect((await byCookie(cookie, 'GET', '/me')).status).toBe(401);
  });

  it('opens nothing to other origins: no answer allows one', async () => {
    const { cookie } = await open();
    const headers = { cookie, origin: 'https://stranger.example', 'access-control-request-method': 'POST' };
    for (const method of ['OPTIONS', 'GET']) {
      const answer = await fetchChecked(`${api.url}/api/v1/me`, { method, headers });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('the CSRF token', () => {
  const unit = (code: string): object => ({ code, name: code, kind: 'community' });

  it('is asked for by everything that changes, and by nothing that reads', async () => {
    const { cookie, csrf } = await open();
    const refusal = { status: 403, body: { code: 'CSRF' } };
    expect(await byCookie(cookie, 'POST', '/units', { body: unit('U1') })).toMatchObject(refusal);
    for (const [method, path] of [
      ['POST', '/commands'],
      ['PATCH', '/units/DD'],
      ['PUT', '/me/preferences'],
      ['DELETE', '/session'],
      ['POST', '/nothing'],
    ] as const)
      expect(await byCookie(cookie, method, path, { body: {} })).toMatchObject(refusal);
    expect((await byCookie(cookie, 'GET', '/units')).status).toBe(200);
    const made = await byCookie(cookie, 'POST', '/units', { body: unit('U1'), headers: { 'x-csrf': csrf } });
    expect(made.status).toBe(201);
  });

  it.each([
    ['altered', (csrf: string) => `${csrf.slice(0, -1)}${csrf.endsWith('A') ? 'B' : 'A'}`],
    ['cut off', (csrf: string) => csrf.slice(0, 10)],
    ['empty', () => ''],
  ])('is refused when it is %s', async (_how, change) => {
    const { cookie, csrf } = await open();
    const headers = { 'x-csrf': change(csrf) };
    const answer = await byCookie(cookie, 'POST', '/units', { body: unit('U2'), headers });
    expect(answer).toMatchObject({ status: 403, body: { code: 'CSRF' } });
  });

  it('of another session is refused', async () => {
    const [one, other] = [await open(), await open()];
    expect(one.csrf).not.toBe(other.csrf);
    const headers = { 'x-csrf': other.csrf };
    const answer = await byCookie(one.cookie, 'POST', '/units', { body: unit('U3'), headers });
    expect(answer).toMatchObject({ status: 403, body: { code: 'CSRF' } });
  });

  it('is taken from a form’s field too, and the form goes no further than the call allows', async () => {
    const { cookie, csrf } = await open();
    const form = (fields: Record<string, string>): Promise<Answer> =>
      byCookie(cookie, 'POST', '/units', {
        raw: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await form({ csrf: 'wrong' })).status).toBe(403);
    expect((await form({ csrf })).status).toBe(415);
    expect((await form({ csrf, long: 'x'.repeat(100_000) })).status).toBe(413);
  });
});

describe('the sessions of a person', () => {
  it('are listed with the device, the day of their last use, and which one this is', async () => {
    await admit('P2');
    const agent = 'Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile MicroMessenger/8.0';
    const headers = { 'user-agent': agent };
    const phone = cookieOf(await signInBy('P2', PASSWORD, headers));
    const token = await enter('P2');
    const { body } = await api.call('GET', '/sessions', { token });
    const { items } = body as { items: { device: string; isThis: boolean; lastUsedOn: string }[] };
    expect(items.map(({ device, isThis }) => [device, isThis])).toContainEqual(['微信 · 安卓', false]);
    expect(items.filter(({ isThis }) => isThis)).toHaveLength(1);
    expect(items.every(({ lastUsedOn }) => /^\d{4}-\d{2}-\d{2}$/.test(lastUsedOn))).toBe(true);
    expect(JSON.stringify(body)).not.toContain(phone.slice(10));
    const english = await api.call('GET', '/sessions', { token, headers: { 'accept-language': 'en' } });
    expect(JSON.stringify(english.body)).toContain('WeChat · Android');
  });

  it('end one by one by their own person’s hand, and by no other’s', async () => {
    const { cookie, id } = await open('P2', PASSWORD);
    const token = await enter('P2');
    expect((await api.call('DELETE', `/sessions/${id}`)).status).toBe(404);
    expect((await byCookie(cookie, 'GET', '/me')).status).toBe(200);
    expect((await api.call('DELETE', `/sessions/${id}`, { token })).status).toBe(204);
    expect((await byCookie(cookie, 'GET', '/me')).status).toBe(401);
    expect((await api.call('DELETE', `/sessions/${id}`, { token })).status).toBe(404);
    expect(await meOf(token)).toBe(200);
  });
});

describe('a session ends', () => {
  const age = (column: string, by: string, token: string): Promise<unknown> =>
    api.pool.query(
      `update session set ${column} = ${column} - $1::interval
        where hash = encode(sha256(convert_to($2, 'UTF8')), 'hex')`,
      [by, token],
    );
  /** The process remembers a sign-in for a minute: a change of the organisation lets it look again. */
  const lookAgain = (): Promise<unknown> => api.call('PATCH', '/units/DD', { body: { name: '东渡街道' } });

  async function reached(token: string): Promise<number> {
    await lookAgain();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    return meOf(token);
  }

  it('when it has been idle for as long as configured', async () => {
    const token = await enter('P2');
    await age('used_at', '59 minutes', token);
    expect(await reached(token)).toBe(200);
    await age('used_at', '61 minutes', token);
    expect(await reached(token)).toBe(401);
  });

  it('and not while it is used: its use is written down once in some minutes', async () => {
    const token = await enter('P2');
    const usedAt = async (): Promise<number> => {
      const { rows } = await api.pool.query<{ at: Date }>(
        `select used_at as at from session where hash = encode(sha256(convert_to($1, 'UTF8')), 'hex')`,
        [token],
      );
      return rows[0]?.at.getTime() ?? 0;
    };
    const begun = await usedAt();
    expect(await meOf(token)).toBe(200);
    expect(await usedAt()).toBe(begun);
    await age('used_at', '50 minutes', token);
    expect(await reached(token)).toBe(200);
    expect(await usedAt()).toBeGreaterThanOrEqual(begun);
  });

  it('when it has lasted for as long as configured, however much it is used', async () => {
    const token = await enter('P2');
    await age('made_at', '1 day', token);
    expect(await reached(token)).toBe(401);
  });

  it('when its person has left, and their tokens rest; nobody signs in without a post of now or later', async () => {
    await admit('P3');
    const post = { unit: 'OFFICE', role: 'staff', person: 'P3' };
    const { id } = (await api.call('POST', '/posts', { body: post })).body as { id: string };
    const session = await enter('P3');
    const made = await api.call('POST', '/tokens', { token: session, body: { name: '平板' } });
    const { token } = made.body as { token: string };
    expect([await meOf(session), await meOf(token)]).toEqual([200, 200]);
    await api.call('PATCH', `/posts/${id}`, { body: { to: '2026-01-01' } });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect([await meOf(session), await meOf(token)]).toEqual([401, 401]);
    const refused = await api.signIn('P3', PASSWORD);
    expect(refused).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect((refused.body as { detail: string }).detail).toContain('任职');
    await api.call('PATCH', `/posts/${id}`, { body: { to: '2099-01-01' } });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    // The session is gone for good; a new one can be begun.
    expect(await meOf(session)).toBe(401);
    expect(await meOf(await enter('P3'))).toBe(200);
  });
});

describe('a change of the password', () => {
  it('keeps the session that made it, and ends the others and the tokens of the person', async () => {
    const [here, elsewhere] = [await open('P2', PASSWORD), await enter('P2')];
    const made = await api.call('POST', '/tokens', { token: elsewhere, body: { name: '脚本' } });
    const { token } = made.body as { token: string };
    const body = { password: 'another-password', current: PASSWORD };
    const headers = { 'x-csrf': here.csrf };
    expect((await byCookie(here.cookie, 'POST', '/people/P2/password', { body, headers })).status).toBe(204);
    expect((await byCookie(here.cookie, 'GET', '/me')).status).toBe(200);
    expect([await meOf(elsewhere), await meOf(token)]).toEqual([401, 401]);
    const back = { password: PASSWORD, current: 'another-password' };
    await byCookie(here.cookie, 'POST', '/people/P2/password', { body: back, headers });
  });

  it('by an administrator ends all sessions and tokens, and not those made for a service', async () => {
    const session = await enter('P2');
    const own = (await api.call('POST', '/tokens', { token: session, body: { name: '脚本' } })).body;
    const service = (await api.call('POST', '/tokens', { body: { name: '网关', person: 'P2' } })).body;
    await api.call('POST', '/people/P2/password', { body: { password: 'given-password' } });
    const left = [session, ...[own, service].map((made) => (made as { token: string }).token)];
    expect(await Promise.all(left.map(meOf))).toEqual([401, 401, 200]);
    const { items } = (await api.call('GET', '/tokens?limit=500')).body as {
      items: { name: string; person: string; madeBy: string; revokedAt: string | null }[];
    };
    const live = items.filter(({ person, revokedAt }) => person === 'P2' && revokedAt === null);
    expect(live).toMatchObject([{ name: '网关', madeBy: 'admin' }]);
    // The log of the installation names what ended, and by whose hand.
    const { rows } = await api.pool.query<{ type: string; actor: string; data: { person: string } }>(
      `select type, actor, data from security_event order by seq desc limit 3`,
    );
    expect(rows.toReversed()).toMatchObject([
      { type: 'passwordSet', actor: 'admin', data: { person: 'P2' } },
      { type: 'sessionsEnded', actor: 'admin', data: { person: 'P2' } },
      { type: 'tokenRevoked', actor: 'admin', data: { person: 'P2', token: (own as { id: string }).id } },
    ]);
    // Not even that token makes another while the password has to be changed.
    const serviceToken = (service as { token: string }).token;
    const more = await api.call('POST', '/tokens', { token: serviceToken, body: { name: '再来' } });
    expect(more.status).toBe(403);
  });

  it('that is still owed lets a person do that one thing only', async () => {
    await api.call('POST', '/people/P2/password', { body: { password: 'given-password' } });
    const { token } = (await api.signIn('P2', 'given-password')).body as { token: string };
    const asked = async (method: string, path: string, body?: object): Promise<number> =>
      (await api.call(method, path, { token, ...(body === undefined ? {} : { body }) })).status;
    expect(await asked('POST', '/tokens', { name: '脚本' })).toBe(403);
    expect(await asked('GET', '/sessions')).toBe(403);
    expect(await asked('GET', '/units')).toBe(403);
    expect(await asked('GET', '/me')).toBe(200);
    const post = { role: 'administrator', person: 'P2' };
    await api.call('POST', '/posts', { body: post });
    // An administrator too: no other person's password first.
    expect(await asked('POST', '/people/P1/password', { password: 'given-password' })).toBe(403);
    const body = { password: PASSWORD, current: 'given-password' };
    expect(await asked('POST', '/people/P2/password', body)).toBe(204);
    expect(await asked('GET', '/units')).toBe(200);
  });
});

describe('GET /me', () => {
  it('says where a person works, where they land, and how long they stay signed in', async () => {
    const posts = [
      { unit: 'DD', role: 'liaisonA', person: 'P1' },
      { unit: 'DD', role: 'leader', person: 'P1', to: '2026-01-01' },
    ];
    for (const body of posts) await api.call('POST', '/posts', { body });
    const { cookie } = await open('P1', PASSWORD);
    const me = await byCookie(cookie, 'GET', '/me');
    expect(me.body).toMatchObject({
      roles: [{ place: { code: 'DD', name: '东渡街道', kind: 'street' }, taskForce: null, role: 'liaisonA' }],
      landing: '/owe',
      installation: { name: '测试区' },
      csrf: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { now, session } = me.body as { now: string; session: { expiresAt: string } };
    const leftMs = Date.parse(session.expiresAt) - Date.parse(now);
    expect(leftMs).toBeGreaterThan(3_000_000);
    expect(leftMs).toBeLessThanOrEqual(3_605_000);
  });

  it('lands where the person has pinned it', async () => {
    const token = await enter('P1');
    expect((await api.call('PUT', '/me/preferences', { token, body: { landing: '/look' } })).status).toBe(
      200,
    );
    expect((await api.call('GET', '/me', { token })).body).toMatchObject({ landing: '/look' });
    const wrong = await api.call('PUT', '/me/preferences', { token, body: { landing: 'https://x.example' } });
    expect(wrong.status).toBe(422);
    await api.call('PUT', '/me/preferences', { token, body: {} });
    expect((await api.call('GET', '/me', { token })).body).toMatchObject({ landing: '/owe' });
  });

  it('of an administrator lands at the organisation, and has no session where a token asks', async () => {
    const { token } = (await api.call('POST', '/tokens', { body: { name: '脚本' } })).body as {
      token: string;
    };
    expect((await api.call('GET', '/me', { token })).body).toMatchObject({
      roles: [{ place: null, role: 'administrator' }],
      landing: '/admin/units',
      csrf: null,
      session: null,
    });
  });
});

describe('GET /sign-in-methods', () => {
  it('tells everybody how one signs in', async () => {
    expect(await api.call('GET', '/sign-in-methods', { token: null })).toMatchObject({
      status: 200,
      body: { password: true, oidc: null },
    });
  });
});
