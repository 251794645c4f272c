// Endpoints and preferences over HTTP: who may, what is refused, what is never shown, and a test that is sent once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keepSecretsSealed, sealEndpoints } from '../../../command/sealing/seal-endpoints.ts';
import { findEndpoint } from '../../../db/queries/endpoint.ts';
import { hasSealedSecrets } from '../../../db/queries/endpoint-secret.ts';
import { createSecretBox } from '../../../db/secret-box.ts';
import { startApi, TEST_SECRETS, type Answer, type TestApi } from '../../support/api.ts';
import { startListener, type Listener } from '../../support/listener.ts';
import { routingOf } from '../../support/routing.ts';
import { createDatabase, type TestDatabase } from '../../support/stack.ts';
import { insertSmallRecord, tokenOf } from '../../support/small-record.ts';

const SECRET = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;
const TOKEN = '0123456789abcdef0123456789abcdef';

let api: TestApi;
let database: TestDatabase;
let listener: Listener;
let liaison: string;
beforeAll(async () => {
  listener = await startListener(({ path }) => {
    if (path === '/never') return 'never';
    return path === '/wrong'
      ? { status: 500, body: `trouble with ${TOKEN}` }
      : { body: '{"errcode":0,"errmsg":"ok"}' };
  });
  database = await createDatabase();
  api = await startApi({}, database);
  await insertSmallRecord(api);
  liaison = await tokenOf(api, 'DD1');
});
afterAll(async () => {
  await api.close();
  await database.drop();
  await listener.close();
});

const post = (body: unknown, options = {}): Promise<Answer> =>
  api.call('POST', '/endpoints', { body, ...options });
const robot = (id: string, path = '/robot'): Record<string, unknown> => ({
  id,
  kind: 'wecom',
  name: '街道群',
  place: { unit: 'DD' },
  url: `${listener.url}${path}?key=${TOKEN}`,
});
const codesOf = ({ body }: Answer): unknown => {
  const problem = body as { code: string; errors?: { path: string; code: string }[] };
  return [problem.code, ...(problem.errors ?? []).map((fault) => `${fault.path} ${fault.code}`)];
};

describe('an endpoint', () => {
  it('is made, shown without its secrets, changed, and removed with them', async () => {
    const made = await post(robot('one'));
    const shown = {
      id: 'one',
      kind: 'wecom',
      name: '街道群',
      place: { unit: 'DD' },
      url: `${listener.url}/…cdef`,
      hasSecret: false,
      types: null,
    };
    expect([made.status, made.body]).toEqual([201, shown]);
    const changed = await api.call('PATCH', '/endpoints/one', {
      body: { name: '新群', types: ['issued'], place: { taskForce: 'TF' } },
    });
    expect(changed.body).toEqual({ ...shown, name: '新群', types: ['issued'], place: { taskForce: 'TF' } });
    const { body } = await api.call('GET', '/endpoints');
    expect((body as { items: unknown[] }).items).toEqual([changed.body]);
    expect(JSON.stringify(body)).not.toContain(TOKEN);
    expect((await api.call('DELETE', '/endpoints/one')).status).toBe(204);
    expect((await api.call('DELETE', '/endpoints/one')).status).toBe(404);
    expect((await api.call('GET', '/endpoints/one')).status).toBe(404);
    const { rows } = await api.pool.query(`select url, secret from endpoint where id = 'one'`);
    expect(rows).toEqual([{ url: '', secret: null }]);
    expect(codesOf(await post(robot('one')))).toEqual(['DUPLICATE']);
  });

  it('lies sealed in its row, and is sealed there if it was in the clear or under an older key', async () => {
    const webhook = {
      id: 'sealed',
      kind: 'webhook',
      name: '系统',
      url: `${listener.url}/hook`,
      secret: SECRET,
    };
    expect((await post(webhook)).status).toBe(201);
    const stored = async (): Promise<string> =>
      JSON.stringify((await api.pool.query(`select * from endpoint where id = 'sealed'`)).rows);
    expect(await stored()).toMatch(/"sealed:1:.*"sealed:1:/);
    for (const text of ['/hook', SECRET.slice(6)]) expect(await stored()).not.toContain(text);

    await api.pool.query(`update endpoint set url = $1, secret = $2 where id = 'sealed'`, [
      webhook.url,
      webhook.secret,
    ]);
    expect((await api.call('GET', '/endpoints/sealed')).body).toMatchObject({ hasSecret: true });
    const done = await sealEndpoints(api.pool, TEST_SECRETS);
    expect(done).toEqual({ sealed: 1, locked: [] });
    expect(await stored()).not.toContain(SECRET.slice(6));
    expect(await sealEndpoints(api.pool, TEST_SECRETS)).toEqual({ sealed: 0, locked: [] });
    const tried = await api.call('POST', '/endpoints/sealed/test');
    expect(tried.body).toMatchObject({ state: 'sent' });

    const [older, newer] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
    const turned = createSecretBox(() => [newer, older]);
    expect((await sealEndpoints(api.pool, turned)).sealed).toBeGreaterThan(0);
    expect(
      await findEndpoint(
        api.pool,
        createSecretBox(() => [newer]),
        'sealed',
      ),
    ).toMatchObject({
      url: webhook.url,
      secret: SECRET,
    });
    expect(
      (
        await sealEndpoints(
          api.pool,
          createSecretBox(() => [older, newer]),
        )
      ).locked,
    ).toEqual([]);
    await api.call('DELETE', '/endpoints/sealed');
  });

  it('whose key is not here says so, waits for it, or takes its secrets anew; all else works', async () => {
    await post({ ...robot('locked'), secret: 'SEC0123456789' });
    const elsewhere = await startApi({ secrets: createSecretBox(() => [Buffer.alloc(32, 9)]) }, database);
    const shown = await elsewhere.call('GET', '/endpoints/locked');
    expect(shown.body).toMatchObject({ url: '…', hasSecret: true });
    expect((await elsewhere.call('GET', '/endpoints')).status).toBe(200);
    expect(codesOf(await elsewhere.call('POST', '/endpoints/locked/test'))).toEqual(['SECRET_LOCKED']);
    const change = (body: unknown): Promise<Answer> => elsewhere.call('PATCH', '/endpoints/locked', { body });
    expect(codesOf(await change({ name: '新群' }))).toEqual(['SECRET_LOCKED']);
    const said: unknown[] = [];
    const log = {
      info: () => undefined,
      error: (about: unknown, words?: string) => said.push([about, words?.slice(0, 30)]),
    };
    const source = { keys: () => [Buffer.alloc(32, 9)], make: () => undefined };
    await keepSecretsSealed(
      { pool: elsewhere.pool, box: createSecretBox(source.keys), log },
      source,
      hasSealedSecrets,
    );
    expect(said).toEqual([[{ endpoints: ['locked'] }, 'these endpoints were sealed wi']]);
    const anew = await change({ url: robot('x')['url'], secret: null });
    expect([anew.status, anew.body]).toMatchObject([200, { hasSecret: false }]);
    await elsewhere.close();
    await api.call('DELETE', '/endpoints/locked');
  });

  it('is made once however often it is asked for with one key', async () => {
    const headers = { 'idempotency-key': 'made-once' };
    const { id: _, ...body } = robot('');
    const answers = [await post(body, { headers }), await post(body, { headers })];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[1]?.body).toEqual(answers[0]?.body);
  });

  it.each([
    [{ kind: 'mail' }, 422, ['INVALID', 'kind NOT_AN_OPTION']],
    [{ url: 'ftp://group.example' }, 422, ['INVALID', 'url INVALID']],
    [{ url: 'https://user:password@group.example' }, 422, ['INVALID', 'url INVALID']],
    [{ url: 7 }, 400, ['MALFORMED', 'url WRONG_TYPE']],
    [{ place: null }, 422, ['INVALID', 'place REQUIRED']],
    [{ place: { unit: 'NOWHERE' } }, 422, ['UNKNOWN_UNIT', 'place.unit UNKNOWN_UNIT']],
    [{ place: { taskForce: 'NOBODY' } }, 422, ['UNKNOWN_TASK_FORCE', 'place.taskForce UNKNOWN_TASK_FORCE']],
    [{ kind: 'webhook' }, 422, ['INVALID', 'secret REQUIRED']],
    [{ kind: 'webhook', secret: 'guess' }, 422, ['INVALID', 'secret INVALID']],
    [{ colour: 'red' }, 400, ['MALFORMED', 'colour UNKNOWN_FIELD']],
  ])('with %j is refused by its place', async (more, status, codes) => {
    const answer = await post({ ...robot('bad'), ...more });
    expect([answer.status, codesOf(answer)]).toEqual([status, codes]);
  });

  it('is an administrator’s business alone', async () => {
    const mine = { token: liaison };
    expect((await post(robot('mine'), mine)).status).toBe(403);
    for (const [method, path] of [
      ['GET', '/endpoints'],
      ['GET', '/endpoints/x'],
      ['PATCH', '/endpoints/x'],
      ['DELETE', '/endpoints/x'],
      ['POST', '/endpoints/x/test'],
    ] as const) {
      const answer = await api.call(method, path, {
        ...mine,
        ...(method === 'PATCH' || method === 'POST' ? { body: {} } : {}),
      });
      expect(answer.status).toBe(403);
    }
  });
});

describe('a test of an endpoint', () => {
  const test = (id: string, headers = {}): Promise<Answer> =>
    api.call('POST', `/endpoints/${id}/test`, { body: {}, headers });

  it('answers what the other side said', async () => {
    await post(robot('works'));
    expect((await test('works')).body).toMatchObject({
      state: 'sent',
      type: 'test',
      said: '{"errcode":0,"errmsg":"ok"}',
      endpoint: { id: 'works', name: '街道群' },
    });
    const [received] = listener.at('/robot');
    expect(JSON.parse(received?.body ?? '')).toMatchObject({
      text: { content: '【专班】测试消息：通道可用' },
    });
  });

  it('says so where it answers wrongly or never, and repeats no secret', async () => {
    await post(robot('wrong', '/wrong'));
    await post(robot('never', '/never'));
    expect((await test('wrong')).body).toMatchObject({ state: 'failed', said: '500 trouble with …' });
    expect((await test('never')).body).toMatchObject({ state: 'failed', said: 'no answer within 0.5 s' });
  });

  it('of a webhook is signed', async () => {
    await post({ id: 'hook', kind: 'webhook', name: '桥', url: `${listener.url}/hook`, secret: SECRET });
    expect((await test('hook')).body).toMatchObject({ state: 'sent' });
    expect(listener.at('/hook')[0]?.headers['webhook-signature']).toMatch(/^v1,/);
  });

  it('is sent once for one key, and said again', async () => {
    const before = listener.at('/robot').length;
    const headers = { 'idempotency-key': 'test-once' };
    const answers = await Promise.all([
      test('works', headers),
      test('works', headers),
      test('works', headers),
    ]);
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    expect((await test('works', headers)).body).toMatchObject({ state: 'sent' });
    expect(listener.at('/robot')).toHaveLength(before + 1);
  });
});

describe('the routing in memory', () => {
  it('hears of every change by its version, and reads no preferences twice', async () => {
    const source = routingOf(true);
    const before = await source.current(api.pool);
    expect(await source.current(api.pool)).toBe(before);
    const token = await tokenOf(api, 'DD2');
    await api.call('PUT', '/me/preferences', { token, body: { channels: ['mail'] } });
    await post(robot('heard'));
    const after = await source.current(api.pool);
    expect(after.preferences.get('DD2')?.channels).toEqual(['mail']);
    expect(after.robots.get('unit/DD')?.map(({ id }) => id)).toContain('heard');
    await api.call('DELETE', '/endpoints/heard');
    const last = await source.current(api.pool);
    expect(last.robots.get('unit/DD')?.map(({ id }) => id)).not.toContain('heard');
    expect(last.preferences.get('DD2')).toBe(after.preferences.get('DD2'));
  });
});

describe('preferences', () => {
  const usual = {
    channels: null,
    quietHours: null,
    digest: true,
    digestTimes: ['08:40', '14:00', '16:30'],
    language: 'zh',
    landing: null,
  };
  const call = (method: string, body?: unknown): Promise<Answer> =>
    api.call(method, '/me/preferences', { token: liaison, ...(body === undefined ? {} : { body }) });

  it('are the usual ones until somebody says otherwise, and again what is left out', async () => {
    expect((await call('GET')).body).toEqual(usual);
    const mine = {
      channels: ['wecom', 'mail'],
      quietHours: { from: '21:00', to: '07:00' },
      digestTimes: ['09:05'],
    };
    expect((await call('PUT', mine)).body).toEqual({ ...usual, ...mine });
    expect((await call('GET')).body).toEqual({ ...usual, ...mine });
    expect((await call('PUT', {})).body).toEqual(usual);
  });

  it.each([
    [{ channels: ['pigeon'] }, 422, 'channels[0] NOT_AN_OPTION'],
    [{ channels: ['mail', 'mail'] }, 422, 'channels INVALID'],
    [{ channels: 'mail' }, 400, 'channels WRONG_TYPE'],
    [{ digestTimes: ['08:41'] }, 422, 'digestTimes[0] INVALID'],
    [{ digestTimes: [] }, 422, 'digestTimes REQUIRED'],
    [{ quietHours: { from: '22:00', to: '22:00' } }, 422, 'quietHours INVALID'],
    [{ quietHours: { from: '25:00', to: '07:00' } }, 422, 'quietHours.from INVALID'],
    [{ quietHours: { from: '22:00' } }, 422, 'quietHours.to REQUIRED'],
    [{ loud: true }, 400, 'loud UNKNOWN_FIELD'],
  ])('%j are refused by their place', async (body, status, fault) => {
    const answer = await call('PUT', body);
    expect([answer.status, (codesOf(answer) as string[])[1]]).toEqual([status, fault]);
  });

  it('raise the version by which every process hears of them', async () => {
    const version = async (): Promise<number> =>
      (await api.pool.query<{ v: number }>('select routing_version as v from installation')).rows[0]?.v ?? 0;
    const before = await version();
    await call('PUT', { digest: false });
    expect(await version()).toBe(before + 1);
  });
});
