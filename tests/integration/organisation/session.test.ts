// Signing in, staying in, getting out: sessions, passwords, tokens, and the language of refusals.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureAdministrator } from '../../../command/account/first-administrator.ts';
import { createPool } from '../../../db/pool.ts';
import { ADMIN_PASSWORD, startApi, type Answer, type TestApi } from '../../support/api.ts';

let api: TestApi;
const forgive = (): Promise<unknown> => api.pool.query('delete from login_failure');

beforeAll(async () => {
  api = await startApi();
  const people = [
    { id: 'P1', name: '甲', login: 'jia' },
    { id: 'P2', name: '乙' },
  ];
  await api.call('POST', '/organisation/import', { body: { people } });
});
afterAll(() => api.close());

/** Gives a person a password that need not be changed any more, and signs in with it. */
async function enter(person: string, login: string, password: string): Promise<string> {
  await api.call('POST', `/people/${person}/password`, { body: { password: 'given-password' } });
  const first = (await api.signIn(login, 'given-password')).body as { token: string };
  await api.call('POST', `/people/${person}/password`, {
    token: first.token,
    body: { password, current: 'given-password' },
  });
  return ((await api.signIn(login, password)).body as { token: string }).token;
}

describe('sessions', () => {
  it('makes the first administrator once', async () => {
    expect(await ensureAdministrator(api.pool, 'another-password')).toBe(false);
    expect((await api.signIn('admin', ADMIN_PASSWORD)).status).toBe(200);
  });

  it('says who I am and what I may do', async () => {
    expect((await api.call('GET', '/me')).body).toMatchObject({
      person: { id: 'admin' },
      posts: [{ role: 'administrator', unit: null }],
      may: { administer: true, readAll: true, issueFor: [], mustChangePassword: false },
    });
  });

  it('ends with a sign-out, at once', async () => {
    const { body } = await api.signIn('admin', ADMIN_PASSWORD);
    const { token } = body as { token: string };
    expect((await api.call('GET', '/me', { token })).status).toBe(200);
    expect((await api.call('DELETE', '/session', { token })).status).toBe(204);
    const after = await api.call('GET', '/me', { token });
    expect([after.status, after.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('ends with its time', async () => {
    const { body } = await api.signIn('admin', ADMIN_PASSWORD);
    await api.pool.query(
      `update session set expires_at = now() where expires_at = (select max(expires_at) from session)`,
    );
    expect((await api.call('GET', '/me', { token: (body as { token: string }).token })).status).toBe(401);
  });

  it('keeps no secret in the database', async () => {
    const { rows } = await api.pool.query<{ found: boolean }>(
      `select exists (select from session where strpos(session::text, $1) > 0) as found`,
      [api.token.slice(4)],
    );
    expect(rows[0]?.found).toBe(false);
  });

  it('answers a malformed sign-in as such', async () => {
    expect((await api.call('POST', '/session', { token: null, body: { login: 'admin' } })).status).toBe(400);
  });
});

describe('wrong passwords', () => {
  it('allows five a minute for a login, however many come at once', async () => {
    await forgive();
    const tries = await Promise.all(Array.from({ length: 7 }, () => api.signIn('jia', 'wrong')));
    expect(tries.map(({ status }) => status).sort()).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const refused = tries.find(({ status }) => status === 429);
    const waitSeconds = Number(refused?.headers.get('retry-after'));
    expect(waitSeconds).toBeGreaterThan(50);
    expect(waitSeconds).toBeLessThanOrEqual(60);
  });

  it('hold up no other login of that address, and are forgotten', async () => {
    expect((await api.signIn('jia', 'wrong')).status).toBe(429);
    expect((await api.signIn('admin', ADMIN_PASSWORD)).status).toBe(200);
    await api.pool.query(`update login_failure set at = at - interval '1 minute'`);
    expect((await api.signIn('jia', 'wrong')).status).toBe(401);
  });

  it('takes an unknown login for a wrong password', async () => {
    const [unknown, wrong] = [await api.signIn('nobody', 'wrong'), await api.signIn('admin', 'wrong')];
    expect({ ...(unknown.body as object), requestId: '' }).toEqual({
      ...(wrong.body as object),
      requestId: '',
    });
    await forgive();
  });
});

describe('passwords', () => {
  it('must be changed when an administrator has given them', async () => {
    await api.call('POST', '/people/P1/password', { body: { password: 'given-password' } });
    const { token } = (await api.signIn('jia', 'given-password')).body as { token: string };
    expect((await api.call('GET', '/me', { token })).body).toMatchObject({
      may: { mustChangePassword: true },
    });
    expect((await api.call('GET', '/units', { token })).status).toBe(403);
    const changed = await api.call('POST', '/people/P1/password', {
      token,
      body: { password: 'chosen-password', current: 'given-password' },
    });
    expect(changed.status).toBe(204);
    expect((await api.call('GET', '/units', { token })).status).toBe(200);
  });

  it('are ten characters at least, need the current one, and are one’s own', async () => {
    const token = await enter('P2', 'P2', 'chosen-password');
    const set = (person: string, body: object): Promise<number> =>
      api.call('POST', `/people/${person}/password`, { token, body }).then(({ status }) => status);
    expect(await set('P2', { password: 'short', current: 'chosen-password' })).toBe(422);
    expect(await set('P2', { password: 'long-enough-1' })).toBe(403);
    expect(await set('P1', { password: 'long-enough-1' })).toBe(403);
    expect(await set('P9', { password: 'long-enough-1' })).toBe(404);
    await forgive();
  });

  it('are none of those that guessers try first, and not made of one’s own name', async () => {
    const refusal = async (password: string, language = 'zh'): Promise<unknown> => {
      const headers = { 'accept-language': language };
      const { status, body } = await api.call('POST', '/people/P1/password', { body: { password }, headers });
      const { errors } = body as { errors: { path: string; code: string; message: string }[] };
      return [status, errors.map(({ path, code, message }) => [path, code, message.slice(0, 8)])];
    };
    expect(await refusal('Qwertyuiop')).toEqual([422, [['password', 'PASSWORD_COMMON', '这个密码太常见，']]]);
    expect(await refusal('qq123456789')).toEqual([
      422,
      [['password', 'PASSWORD_COMMON', '这个密码太常见，']],
    ]);
    expect(await refusal('jia-jia-jia', 'en')).toEqual([422, [['password', 'PASSWORD_NAMED', 'This pas']]]);
    expect(await refusal('12345678901', 'en')).toEqual([422, [['password', 'PASSWORD_COMMON', 'This pas']]]);
  });

  it('given anew by an administrator end the sessions of the old', async () => {
    const token = await enter('P2', 'P2', 'chosen-password');
    await api.call('POST', '/people/P2/password', { body: { password: 'given-password' } });
    expect((await api.call('GET', '/me', { token })).status).toBe(401);
  });
});

describe('tokens', () => {
  it('are shown once, act for their person, and end when revoked', async () => {
    const made = await api.call('POST', '/tokens', { body: { name: '网关', person: 'P1' } });
    expect(made.status).toBe(201);
    const { id, token } = made.body as { id: string; token: string };
    expect((await api.call('GET', '/me', { token })).body).toMatchObject({ person: { id: 'P1' } });
    const { body } = await api.call('GET', '/tokens');
    expect(body).toMatchObject({
      items: [{ id, name: '网关', person: 'P1', madeBy: 'admin', revokedAt: null }],
    });
    expect(JSON.stringify(body)).not.toContain(token);
    expect((await api.call('DELETE', `/tokens/${id}`)).status).toBe(204);
    expect((await api.call('GET', '/me', { token })).status).toBe(401);
  });

  it('end with their time, and cannot begin after it', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    const made = await api.call('POST', '/tokens', { body: { name: 'short', expiresAt: soon } });
    const { id, token } = made.body as { id: string; token: string };
    await api.pool.query(`update token set expires_at = now() - interval '1 second' where id = $1`, [id]);
    expect((await api.call('GET', '/me', { token })).status).toBe(401);
    const past = await api.call('POST', '/tokens', {
      body: { name: 'x', expiresAt: '2020-01-01T00:00:00Z' },
    });
    expect(past.status).toBe(422);
  });

  it('are made for another, seen and revoked by administrators only', async () => {
    const jia = await enter('P1', 'jia', 'chosen-password');
    const own = await api.call('POST', '/tokens', { token: jia, body: { name: 'own' } });
    expect(own.status).toBe(201);
    expect(
      (await api.call('POST', '/tokens', { token: jia, body: { name: 'x', person: 'P2' } })).status,
    ).toBe(403);
    const { body } = await api.call('GET', '/tokens', { token: jia });
    expect(new Set((body as { items: { person: string }[] }).items.map(({ person }) => person))).toEqual(
      new Set(['P1']),
    );
    const admins = await api.call('POST', '/tokens', { body: { name: 'admin’s' } });
    const { id } = admins.body as { id: string };
    expect((await api.call('DELETE', `/tokens/${id}`, { token: jia })).status).toBe(404);
    const unknown = await api.call('POST', '/tokens', { body: { name: 'x', person: 'NOBODY' } });
    expect(unknown).toMatchObject({ status: 422, body: { errors: [{ path: 'person' }] } });
  });
});

describe('the scopes of tokens', () => {
  type Made = { id: string; token: string };
  const make = (body: object, token?: string): Promise<Answer> =>
    api.call('POST', '/tokens', {
      body: { name: 'device', ...body },
      ...(token === undefined ? {} : { token }),
    });
  const made = async (body: object, token?: string): Promise<Made> => (await make(body, token)).body as Made;
  const listed = async (id: string): Promise<unknown> => {
    const { items } = (await api.call('GET', '/tokens?limit=500')).body as { items: { id: string }[] };
    return items.find((each) => each.id === id);
  };

  it('let a token do what is theirs, and read', async () => {
    const { id, token } = await made({ scopes: ['report'] });
    const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
      api.call(method, path, { token, body });
    expect((await ask('GET', '/units')).status).toBe(200);
    // Before the body is read, and before anything is looked for.
    const wrong = await ask('POST', '/units', { strange: true });
    expect(wrong).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect((wrong.body as { detail: string }).detail).toContain('管理');
    expect((await ask('POST', '/assignments/NO.SUCH/approve', {})).status).toBe(403);
    expect((await ask('POST', '/assignments/NO.SUCH/acknowledge', {})).status).toBe(404);
    const list = await ask('POST', '/commands', [
      { assignment: 'NO.SUCH', command: 'approve' },
      { assignment: 'NO.SUCH', command: 'acknowledge' },
    ]);
    const verdicts = list.body as { status: number; problem: { detail: string } }[];
    expect(verdicts.map(({ status }) => status)).toEqual([403, 404]);
    expect(verdicts[0]?.problem.detail).toContain('办理');
    expect(await listed(id)).toMatchObject({ scopes: ['report'] });
  });

  it('are all where none is named, as tokens of before have them', async () => {
    const { id } = await made({});
    expect(await listed(id)).toMatchObject({
      scopes: ['read', 'report', 'command', 'administer'],
      lastUsedOn: null,
    });
    const { rows } = await api.pool.query(`
      insert into token (id, hash, name, person, made_by) values ('old', 'x', 'old', 'admin', 'admin') returning scopes`);
    expect(rows).toEqual([{ scopes: ['read', 'report', 'command', 'administer'] }]);
    expect((await make({ scopes: ['fly'] })).status).toBe(400);
    expect((await make({ scopes: [] })).status).toBe(400);
  });

  it('are passed on, never widened, nor for longer, nor for others', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const own = await made({ scopes: ['report'], expiresAt: soon });
    const child = await made({}, own.token);
    expect(await listed(child.id)).toMatchObject({ scopes: ['report'], expiresAt: soon });
    expect((await make({ scopes: ['report', 'command'] }, own.token)).status).toBe(403);
    expect((await make({ person: 'P1' }, own.token)).status).toBe(403);
    const later = new Date(Date.now() + 7_200_000).toISOString();
    expect(await make({ expiresAt: later }, own.token)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'expiresAt', code: 'OUTLIVES_TOKEN' }] },
    });
    expect((await api.call('DELETE', `/tokens/${own.id}`, { token: own.token })).status).toBe(403);
    // With the token go all that were made by it.
    expect((await api.call('GET', '/me', { token: child.token })).status).toBe(200);
    expect((await api.call('DELETE', `/tokens/${own.id}`)).status).toBe(204);
    expect((await api.call('GET', '/me', { token: child.token })).status).toBe(401);
  });

  it('come with the day of the last use, and no more of it', async () => {
    const { id, token } = await made({ scopes: ['read'] });
    await api.call('GET', '/me', { token });
    const { rows } = await api.pool.query<{ today: string }>(
      `select (now() at time zone 'Asia/Shanghai')::date::text as today`,
    );
    expect(await listed(id)).toMatchObject({ lastUsedOn: rows[0]?.today });
  });
});

describe('the words of a refusal', () => {
  it('are Chinese, or English where that is asked for first', async () => {
    const say = async (language?: string): Promise<string> => {
      const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language };
      return ((await api.call('GET', '/me', { token: null, headers })).body as { title: string }).title;
    };
    expect(await say()).toBe('请先登录');
    expect(await say('fr')).toBe('请先登录');
    expect(await say('zh-CN,en;q=0.8')).toBe('请先登录');
    expect(await say('en')).toBe('Sign in first');
    expect(await say('en-GB,en;q=0.9,zh;q=0.5')).toBe('Sign in first');
  });

  it('carry the request’s id, the caller’s own where it has one', async () => {
    const own = await api.call('GET', '/nothing', { headers: { 'x-request-id': 'mine-1' } });
    expect(own).toMatchObject({ status: 404, body: { requestId: 'mine-1' } });
    expect(own.headers.get('x-request-id')).toBe('mine-1');
    const other = await api.call('GET', '/nothing', { headers: { 'x-request-id': 'not one word' } });
    expect((other.body as { requestId: string }).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('show nothing of an inner failure', async () => {
    const broken = await startApi();
    await broken.pool.query('alter table unit rename to unit_gone');
    const inner = await broken.call('GET', '/units');
    expect(inner).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    expect(JSON.stringify(inner.body)).not.toMatch(/unit|relation/);
    await broken.close();
  });

  it('say when the database is away, and when to come again', async () => {
    const pool = createPool('postgres://nobody@127.0.0.1:1/none', {
      max: 1,
      name: 'test',
      onError: () => undefined,
    });
    const away = await startApi({ pool });
    for (const answer of [
      await away.signIn('admin', ADMIN_PASSWORD),
      await away.call('GET', '/me', { token: api.token }),
    ]) {
      expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await away.close();
    await pool.end();
  });
});
