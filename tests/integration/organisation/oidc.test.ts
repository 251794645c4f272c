// Single sign-on against a real provider: there, back with a session, out at both ends, and what is refused on the way.
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createOidcProvider } from '../../../api/oidc/provider.ts';
import { ADMIN_PASSWORD, startApi, type TestApi } from '../../support/api.ts';
import { startOidcServer, type OidcServer } from '../../support/oidc-server.ts';

let api: TestApi;
let server: OidcServer;
const config = { claim: 'preferred_username', name: '统一登录', publicUrl: '' };

beforeAll(async () => {
  // The provider says at length that it is one of a test.
  for (const say of ['info', 'warn'] as const) jest.spyOn(console, say).mockImplementation(() => undefined);
  const starting = await startOidcServer(() => api.url);
  server = starting;
  const provider = createOidcProvider(Object.assign(config, { issuer: server.issuer, ...server.client }));
  api = await startApi({ oidc: { name: config.name, provider } });
  config.publicUrl = api.url;
  await starting.open();
  const people = [
    { id: 'P1', name: '甲', login: 'jia' },
    { id: 'P2', name: '乙', login: 'yi' },
    { id: 'yi', name: '丙', login: 'bing' },
    { id: 'P4', name: '丁' },
  ];
  await api.call('POST', '/organisation/import', { body: { people } });
});
afterAll(async () => {
  await api.close();
  await server.close();
});
beforeEach(() => {
  server.account = 'jia';
});

/** A browser: it keeps cookies by site and follows where it is sent, until `stop` or an answer that sends it nowhere. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: URL): Map<string, string> => {
    const jar = jars.get(url.origin) ?? new Map<string, string>();
    jars.set(url.origin, jar);
    return jar;
  };
  async function ask(to: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(to);
    const cookie = [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'accept-language': 'en', ...(init.headers as Record<string, string>), cookie };
    const answer = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      const value = pair.slice(at + 1);
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(set)) jarOf(url).delete(name);
      else jarOf(url).set(name, value);
    }
    return answer;
  }
  async function follow(
    from: string,
    stop: (url: string) => boolean = () => false,
  ): Promise<[string, Response]> {
    let at = from;
    for (let hops = 0; hops < 20; hops += 1) {
      const answer = await ask(at);
      const next = answer.headers.get('location');
      if (next === null) return [at, answer];
      at = new URL(next, at).href;
      if (stop(at)) return [at, answer];
    }
    throw new Error('it is sent round and round');
  }
  return { ask, follow, jar: (url: string) => jarOf(new URL(url)) };
}
type Browser = ReturnType<typeof browser>;

const BEGIN = '/api/v1/session/oidc';
const isPage = (url: string): boolean => url.startsWith(api.url) && !url.includes('/api/v1/');
const signIn = (from: Browser, to = '/owe'): Promise<[string, Response]> =>
  from.follow(`${api.url}${BEGIN}?to=${encodeURIComponent(to)}`, isPage);
const me = async (from: Browser): Promise<unknown> => {
  const answer = await from.ask(`${api.url}/api/v1/me`);
  return answer.status === 200
    ? ((await answer.json()) as { person: { id: string } }).person.id
    : answer.status;
};
const csrfOf = async (from: Browser): Promise<string> =>
  ((await (await from.ask(`${api.url}/api/v1/me`)).json()) as { csrf: string }).csrf;

describe('signing in at the provider', () => {
  it('is offered where it is configured', async () => {
    expect((await api.call('GET', '/sign-in-methods', { token: null })).body).toEqual({
      password: true,
      oidc: { name: '统一登录', url: BEGIN },
    });
    const without = await startApi();
    expect((await without.call('GET', '/session/oidc', { token: null })).status).toBe(404);
    expect((await without.call('GET', '/session/oidc/callback', { token: null })).status).toBe(404);
    await without.close();
  });

  it('comes back with a session’s cookie to the page that was asked for', async () => {
    const visitor = browser();
    const [at] = await signIn(visitor, '/d/a-1?place=DD');
    expect(at).toBe(`${api.url}/d/a-1?place=DD`);
    expect(await me(visitor)).toBe('P1');
    expect([...visitor.jar(api.url).keys()]).toEqual(['zb']);
    const { rows } = await api.pool.query(
      `select actor, data from security_event where type = 'signedIn' order by seq desc limit 1`,
    );
    expect(rows).toEqual([{ actor: 'P1', data: { by: 'oidc' } }]);
  });

  it('finds a person by the id too, and needs no password of theirs', async () => {
    server.account = 'P4';
    const visitor = browser();
    await signIn(visitor);
    expect(await me(visitor)).toBe('P4');
  });

  it('is sent with a challenge, a state and a nonce, and to no other site afterwards', async () => {
    const begun = await browser().ask(`${api.url}${BEGIN}`);
    const { searchParams } = new URL(begun.headers.get('location') ?? '');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(searchParams.get(name)).toMatch(/^[\w-]{40,}$/);
    expect(begun.headers.get('set-cookie')).toMatch(
      /^zb-oidc=sealed:1:.*HttpOnly;.*SameSite=Lax;.*Max-Age=600/,
    );
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'owe'])
      expect((await browser().ask(`${api.url}${BEGIN}?to=${encodeURIComponent(to)}`)).status).toBe(400);
  });
});

describe('what is refused', () => {
  const refusal = async ([, answer]: [string, Response]): Promise<string> => {
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    return `${answer.status} ${/<p>(.*?)<\/p>/.exec(await answer.text())?.[1] ?? ''}`;
  };

  it('is a person nobody knows here, or one of two', async () => {
    server.account = 'stranger';
    expect(await refusal(await signIn(browser()))).toMatch(/^403 No person here has stranger/);
    server.account = 'yi';
    expect(await refusal(await signIn(browser()))).toMatch(
      /^403 The account “yi” is one person’s login and another’s id/,
    );
  });

  it('is a person who declined', async () => {
    server.account = null;
    expect(await refusal(await signIn(browser()))).toMatch(/^403 The provider did not vouch for you/);
  });

  it('is an answer brought by another browser, altered, or brought twice', async () => {
    const isBack = (url: string): boolean => url.startsWith(`${api.url}${BEGIN}/callback`);
    const visitor = browser();
    const [back] = await visitor.follow(`${api.url}${BEGIN}`, isBack);
    expect(await refusal([back, await browser().ask(back)])).toMatch(/^403 This sign-in has expired/);
    const other = browser();
    await other.ask(`${api.url}${BEGIN}`);
    expect(await refusal([back, await other.ask(back)])).toMatch(/^403 The provider did not vouch/);
    expect((await visitor.ask(back)).status).toBe(303);
    expect(await refusal([back, await visitor.ask(back)])).toMatch(/^403 This sign-in has expired/);

    const again = browser();
    const [second] = await again.follow(`${api.url}${BEGIN}`, isBack);
    const altered = second.replace(/code=./, (found) => `${found}x`);
    expect(await refusal([second, await again.ask(altered)])).toMatch(/^403 The provider did not vouch/);
    expect(await me(again)).toBe(401);
  });

  it('is all while the provider is away, and passwords go on', async () => {
    const provider = createOidcProvider({ ...config, issuer: 'http://127.0.0.1:1', ...server.client });
    const alone = await startApi({ oidc: { name: 'x', provider } });
    const answer = await alone.call('GET', '/session/oidc', { token: null });
    expect(answer).toMatchObject({ status: 503, body: { code: 'SIGN_IN_AWAY' } });
    expect((await alone.signIn('admin', ADMIN_PASSWORD)).status).toBe(200);
    await alone.close();
  });
});

describe('signing out', () => {
  /** Says yes to the provider's question. */
  async function endThere(visitor: Browser, url: string): Promise<string | null> {
    const question = await (await visitor.ask(url)).text();
    const [, action = ''] = /action="([^"]+)"/.exec(question) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(question) ?? [];
    const body = new URLSearchParams({ xsrf, logout: 'yes' });
    return (await visitor.ask(action, { method: 'POST', body })).headers.get('location');
  }

  it('ends the session here and says where it ends there', async () => {
    const visitor = browser();
    await signIn(visitor);
    const headers = { 'x-csrf': await csrfOf(visitor) };
    const out = await visitor.ask(`${api.url}/api/v1/session`, { method: 'DELETE', headers });
    expect(out.status).toBe(200);
    const { endUrl } = (await out.json()) as { endUrl: string };
    expect(await me(visitor)).toBe(401);
    expect(await endThere(visitor, endUrl)).toMatch(new RegExp(`^${api.url}/`));
    // There the person is asked anew: the next browser session is another's.
    server.account = 'P4';
    await signIn(visitor);
    expect(await me(visitor)).toBe('P4');
  });

  it('at the provider ends the session here, and no other', async () => {
    const [first, second] = [browser(), browser()];
    await signIn(first);
    await signIn(second);
    await endThere(first, `${server.issuer}/session/end?client_id=${server.client.clientId}`);
    expect(await me(first)).toBe(401);
    expect(await me(second)).toBe('P1');
  });

  it('takes nobody else’s word for it', async () => {
    const visitor = browser();
    await signIn(visitor);
    const say = (body: string): Promise<Response> =>
      visitor.ask(`${api.url}${BEGIN}/logout`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const { rows } = await api.pool.query<{ sub: string }>(
      `select oidc_sub as sub from session where oidc_sub is not null`,
    );
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = `${part({ alg: 'none' })}.${part({ iss: server.issuer, aud: 'zhuanban', sub: rows[0]?.sub })}.`;
    expect((await say(`logout_token=${forged}`)).status).toBe(400);
    expect((await say('logout_token=')).status).toBe(400);
    expect((await say('')).status).toBe(400);
    expect((await say(`logout_token=${'x'.repeat(20_000)}`)).status).toBe(413);
    expect(await me(visitor)).toBe('P1');
  });

  it('of a password’s session is as before', async () => {
    const { token } = (await api.signIn('admin', ADMIN_PASSWORD)).body as { token: string };
    expect((await api.call('DELETE', '/session', { token })).status).toBe(204);
  });
});
