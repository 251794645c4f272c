// The last administrator stays one, whatever way is taken; and there is a way back on the machine itself, on the record.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { restoreAdministrator } from '../../../command/account/restore-administrator.ts';
import { brokenAt } from '../../../reading/chain.ts';
import { findSecurityHead, listSecurityEvents } from '../../../db/queries/security-event.ts';
import { readSecurityLink } from '../../../reading/security-link.ts';
import { startApi, type Answer, type TestApi } from '../../support/api.ts';
import { createDatabase, type TestDatabase } from '../../support/stack.ts';

let api: TestApi;
let database: TestDatabase;
const call = (method: string, path: string, body?: unknown, token?: string): Promise<Answer> =>
  api.call(method, path, {
    ...(body === undefined ? {} : { body }),
    ...(token === undefined ? {} : { token }),
  });
const postOf = async (person: string): Promise<string> =>
  ((await call('GET', `/posts?person=${person}`)).body as { items: { id: string }[] }).items[0]?.id ?? '';
const tokenOf = async (person: string): Promise<string> =>
  ((await call('POST', '/tokens', { name: 'a second', person })).body as { token: string }).token;
const LAST = { status: 409, body: { code: 'LAST_ADMINISTRATOR' } };

beforeAll(async () => {
  database = await createDatabase();
  api = await startApi({}, database);
  const people = ['A', 'B'].map((id) => ({ id, name: id }));
  await call('POST', '/organisation/import', { people, units: [{ code: 'U', name: '甲', kind: 'street' }] });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

describe('the last administrator', () => {
  it.each<[string, object]>([
    ['ending the post today', { to: '2020-01-01' }],
    ['ending it in ten years', { to: '2036-01-01' }],
    ['beginning it later', { from: '2036-01-01' }],
    ['making it an auditor’s', { role: 'auditor' }],
    ['giving it to a unit', { unit: 'U', role: 'leader' }],
  ])('is not lost by %s', async (_, change) => {
    expect(await call('PATCH', `/posts/${await postOf('admin')}`, change)).toMatchObject(LAST);
    expect((await call('GET', '/me')).body).toMatchObject({ may: { administer: true } });
  });

  it('is not lost by an import, not even as a look ahead', async () => {
    const posts = [{ role: 'administrator', person: 'admin', to: '2026-01-01' }];
    expect(await call('POST', '/organisation/import', { posts })).toMatchObject(LAST);
    expect(await call('POST', '/organisation/import?dryRun=true', { posts })).toMatchObject(LAST);
    const { body } = await call('GET', '/organisation/export');
    expect((await call('POST', '/organisation/import', body)).status).toBe(200);
  });

  it('may go once there is another, and two who end each other at once leave one', async () => {
    expect((await call('POST', '/posts', { role: 'administrator', person: 'A' })).status).toBe(201);
    const [own, other] = [await postOf('admin'), await postOf('A')];
    const token = await tokenOf('A');
    const answers = await Promise.all([
      call('PATCH', `/posts/${other}`, { to: '2020-01-01' }),
      call('PATCH', `/posts/${own}`, { to: '2020-01-01' }, token),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    // 401 where the other's end came first: with their only post a person has left.
    expect([401, 403, 409]).toContain(answers.find(({ status }) => status !== 200)?.status);
  });
});

describe('an administrator who cannot sign in', () => {
  let own: TestApi;
  let post = '';
  beforeAll(async () => {
    own = await startApi();
    await own.call('POST', '/organisation/import', { body: { people: [{ id: 'A', name: '甲' }] } });
    const { body } = await own.call('GET', '/posts?person=admin');
    post = (body as { items: { id: string }[] }).items[0]?.id ?? '';
  });
  afterAll(() => own.close());
  const ends = (): Promise<Answer> => own.call('PATCH', `/posts/${post}`, { body: { to: '2020-01-01' } });

  it('is none to hand the installation to, and the refusal says what to do first', async () => {
    const handed = await own.call('POST', '/posts', { body: { role: 'administrator', person: 'A' } });
    expect(handed.status).toBe(201);
    const refused = await ends();
    expect(refused).toMatchObject(LAST);
    expect((refused.body as { detail: string }).detail).toBe(
      '此后的系统管理员（A）都没有密码，谁也无法登录：请先为其设置密码，再作此变更',
    );
    const posts = [{ role: 'administrator', person: 'admin', to: '2026-01-01' }];
    expect(await own.call('POST', '/organisation/import', { body: { posts } })).toMatchObject(LAST);
  });

  it('is one with a password', async () => {
    const password = { password: 'a-first-one-1' };
    expect((await own.call('POST', '/people/A/password', { body: password })).status).toBe(204);
    expect((await ends()).status).toBe(200);
  });
});

describe('npm run admin', () => {
  const run = (...args: string[]): Promise<{ code: number | null; output: string }> => {
    const program = path.join(import.meta.dirname, '../../../admin.ts');
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
      env: { PATH, DATABASE_URL: database.url },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    return new Promise((resolve) => {
      child.once('close', (code) => {
        resolve({ code, output });
      });
    });
  };

  it('prints the password once, and says what it could not do', async () => {
    const { code, output } = await run('A', '--reset-password');
    expect(code).toBe(0);
    const [, password = ''] = /Password (\S+)/.exec(output) ?? [];
    expect((await api.signIn('A', password)).status).toBe(200);
    expect(await run('NOBODY')).toMatchObject({ code: 1, output: expect.stringContaining('NOBODY') });
    expect((await run('A', 'B')).code).toBe(78);
    expect((await run('--colour')).code).toBe(78);
  });
});

describe('the way back', () => {
  it('makes an administrator of who lost the post, with a password that is shown once', async () => {
    const { password } = await restoreAdministrator(api.pool, { person: 'B', resetPassword: false });
    expect(password).toMatch(/^[\w-]{16,}$/);
    const { status, body } = await api.signIn('B', password ?? '');
    expect(status).toBe(200);
    const token = (body as { token: string }).token;
    const me = (await call('GET', '/me', undefined, token)).body;
    expect(me).toMatchObject({ may: { administer: true, mustChangePassword: true } });
  });

  it('does nothing to who is one already, unless a new password is asked for', async () => {
    const again = await restoreAdministrator(api.pool, { person: 'B', resetPassword: false });
    expect(again).toEqual({ person: 'B', madeAdministrator: false, password: null });
    const reset = await restoreAdministrator(api.pool, { person: 'B', resetPassword: true });
    expect(reset).toMatchObject({ madeAdministrator: false, password: expect.any(String) });
    expect((await api.signIn('B', reset.password ?? '')).status).toBe(200);
  });

  it('makes the account every installation begins with where nobody is named, and nobody who is not known', async () => {
    expect(await restoreAdministrator(api.pool, { person: null, resetPassword: true })).toMatchObject({
      person: 'admin',
    });
    await expect(restoreAdministrator(api.pool, { person: 'X', resetPassword: false })).rejects.toThrow('X');
  });

  it('is on the record, chained, for administrators and auditors to read', async () => {
    const { password } = await restoreAdministrator(api.pool, { person: null, resetPassword: true });
    const token = ((await api.signIn('admin', password ?? '')).body as { token: string }).token;
    const changed = await call(
      'POST',
      '/people/admin/password',
      { password: 'another-one-1', current: password },
      token,
    );
    expect(changed.status).toBe(204);
    await call('POST', '/posts', { role: 'auditor', person: 'A' }, token);
    const { items } = (await call('GET', '/organisation/events', undefined, token)).body as {
      items: { type: string; actor: string | null; data: { person?: string } }[];
    };
    const types = items.map(({ type, actor }) => `${type} ${actor ?? 'machine'}`);
    expect(types.slice(0, 2).map((each) => each.split(' ')[0])).toEqual([
      'administratorsChanged',
      'administratorsChanged',
    ]);
    expect(types.slice(2)).toEqual(Array.from({ length: 5 }, () => 'administratorRestored machine'));
    const all = { after: 0, limit: 1_000, types: null };
    const rows = await listSecurityEvents(api.pool, all);
    const { hash: head } = await findSecurityHead(api.pool);
    expect(brokenAt(rows.map(readSecurityLink), head)).toBeNull();
    expect(JSON.stringify(rows)).not.toContain(password);
    await api.pool.query(`update security_event set data = '{"person": "NOBODY"}' where seq = 3`);
    const forged = await listSecurityEvents(api.pool, all);
    expect(brokenAt(forged.map(readSecurityLink), head)).toBe(3);
  });
});
