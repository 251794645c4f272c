// Signing in while others guess: by pairs of login and address, behind proxies, from known devices, in a fair queue.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMIN_PASSWORD, startApi, type Answer, type TestApi } from '../../support/api.ts';

let api: TestApi;

beforeAll(async () => {
  // The test speaks from 127.0.0.1: its word on whom it speaks for is believed, as nginx's is.
  api = await startApi({ trustedProxies: ['127.0.0.1', '10.9.0.0/16'] });
  await api.call('POST', '/organisation/import', {
    body: { people: [{ id: 'P1', name: '甲', login: 'jia' }] },
  });
});
afterAll(() => api.close());
beforeEach(() => api.pool.query('delete from login_failure'));

const tryFrom = (
  forwarded: string,
  login: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  api.call('POST', '/session', {
    token: null,
    body: { login, password },
    headers: { 'x-forwarded-for': forwarded, ...headers },
  });

async function wrongFrom(forwarded: string, login: string, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await tryFrom(forwarded, login, 'wrong')).status);
  return statuses;
}

const deviceOf = (answer: Answer): string => (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';

describe('wrong passwords', () => {
  it('of a stranger hold up the stranger and not the person', async () => {
    expect(await wrongFrom('198.51.100.1', 'admin', 6)).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await tryFrom('198.51.100.1', 'admin', ADMIN_PASSWORD)).status).toBe(429);
    expect((await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD)).status).toBe(200);
  });

  it('from many addresses do not lock the login for another', async () => {
    for (let n = 0; n < 30; n += 1) await wrongFrom(`198.51.100.${n}`, 'admin', 5);
    expect((await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD)).status).toBe(200);
  });

  it('hold up longer the more there were, and a good one clears them', async () => {
    const waitAfter = async (wrong: number): Promise<number> => {
      await api.pool.query('delete from login_failure');
      await api.pool.query(
        `insert into login_failure (login, address) select 'admin', '198.51.100.1' from generate_series(1, $1)`,
        [wrong],
      );
      const answer = await tryFrom('198.51.100.1', 'admin', ADMIN_PASSWORD);
      return answer.status === 429 ? Number(answer.headers.get('retry-after')) : 0;
    };
    const waits = [await waitAfter(5), await waitAfter(10), await waitAfter(400), await waitAfter(4)];
    for (const [n, least] of [50, 110, 890].entries()) expect(waits[n]).toBeGreaterThan(least);
    expect(waits[2]).toBeLessThanOrEqual(900);
    expect(waits[3]).toBe(0);
    const { rows } = await api.pool.query('select from login_failure');
    expect(rows).toHaveLength(0);
  });

  it('at many logins hold up their address for a minute at most, and no other', async () => {
    await api.pool.query(
      `insert into login_failure (login, address) select 'x' || n, '198.51.100.1' from generate_series(1, 60) n`,
    );
    const held = await tryFrom('198.51.100.1', 'admin', ADMIN_PASSWORD);
    expect(held.status).toBe(429);
    expect(Number(held.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await tryFrom('198.51.100.2', 'admin', ADMIN_PASSWORD)).status).toBe(200);
  });

  it('count for the whole line of an IPv6 caller, who has an address for every try', async () => {
    for (let n = 1; n <= 5; n += 1) await tryFrom(`2001:db8:1:2::${n}`, 'jia', 'wrong');
    expect((await tryFrom('2001:db8:1:2::99', 'jia', 'wrong')).status).toBe(429);
    expect((await tryFrom('2001:db8:1:3::99', 'jia', 'wrong')).status).toBe(401);
  });
});

describe('a known device', () => {
  it('is not held up by what others tried at its address', async () => {
    const cookie = deviceOf(await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD));
    expect(cookie).toMatch(/^zb-device=/);
    await wrongFrom('203.0.113.7', 'admin', 6);
    await api.pool.query(
      `insert into login_failure (login, address) select 'x' || n, '203.0.113.7' from generate_series(1, 60) n`,
    );
    expect((await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD)).status).toBe(429);
    expect((await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD, { cookie })).status).toBe(200);
  });

  it('has five tries of its own, wherever it is', async () => {
    const cookie = deviceOf(await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD));
    for (let n = 1; n <= 5; n += 1) await tryFrom(`198.51.100.${n}`, 'admin', 'wrong', { cookie });
    expect((await tryFrom('198.51.100.9', 'admin', 'wrong', { cookie })).status).toBe(429);
  });

  it('is known for those who signed in on it, and cannot be made up or borrowed for another login', async () => {
    const first = await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD);
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    const cookie = deviceOf(first);
    await wrongFrom('203.0.113.7', 'jia', 5);
    expect((await tryFrom('203.0.113.7', 'jia', 'wrong', { cookie })).status).toBe(429);
    await wrongFrom('203.0.113.7', 'admin', 5);
    const forged = cookie.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    expect((await tryFrom('203.0.113.7', 'admin', 'wrong', { cookie: forged })).status).toBe(429);
    const secure = await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD, {
      cookie,
      'x-forwarded-proto': 'https',
    });
    // Over TLS the cookie has another name: the one without is not believed there.
    expect(secure.status).toBe(429);
  });
});

describe('forwarded addresses', () => {
  it('count as far as proxies of ours wrote them', async () => {
    // As nginx appends ($proxy_add_x_forwarded_for): what stands left of the last address that is not ours is anybody's.
    expect(await wrongFrom('1.1.1.1, 198.51.100.1, 10.9.0.5', 'admin', 5)).toEqual([401, 401, 401, 401, 401]);
    expect((await tryFrom('2.2.2.2, 198.51.100.1', 'admin', 'wrong')).status).toBe(429);
    expect((await tryFrom('198.51.100.1, 203.0.113.7', 'admin', 'wrong')).status).toBe(401);
  });

  it('of a caller who is no proxy of ours count nothing', async () => {
    const bare = await startApi();
    await bare.pool.query('delete from login_failure');
    const spoofed = (n: number): Promise<Answer> =>
      bare.call('POST', '/session', {
        token: null,
        body: { login: 'admin', password: 'wrong' },
        headers: {
          'x-forwarded-for': `198.51.100.${n}`,
          'x-real-ip': `198.51.100.${n}`,
          forwarded: `for=${n}`,
        },
      });
    for (let n = 1; n <= 5; n += 1) expect((await spoofed(n)).status).toBe(401);
    expect((await spoofed(6)).status).toBe(429);
    await bare.close();
  });
});

describe('a flood', () => {
  it('from one address is held up or refused, and a good sign-in from another is neither', async () => {
    const flood = Promise.all(
      Array.from({ length: 400 }, (_, n) => tryFrom('198.51.100.1', `guess-${n}`, 'wrong')),
    );
    expect((await tryFrom('203.0.113.7', 'admin', ADMIN_PASSWORD)).status).toBe(200);
    const statuses = (await flood).map(({ status }) => status);
    expect([...new Set(statuses)].sort()).toEqual([401, 429]);
  });

  it('at one login and address tries its five and no more, and says when to come again', async () => {
    const tries = await Promise.all(
      Array.from({ length: 100 }, () => tryFrom('198.51.100.1', 'jia', 'wrong')),
    );
    const statuses = tries.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    for (const { status, headers } of tries)
      if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
