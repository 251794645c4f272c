// The installation's own log: who came in, what was changed and what was taken out, each event chained to the one before.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../../db/pool.ts';
import { findSecurityHead, listSecurityEvents } from '../../../db/queries/security-event.ts';
import { SECURITY_EVENTS, type SecurityEventType } from '../../../domain/audit/security-event.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import { createSecurityLog } from '../../../command/security/security-log.ts';
import { brokenAt } from '../../../reading/chain.ts';
import { readSecurityLink } from '../../../reading/security-link.ts';
import { ADMIN_PASSWORD, startApi, type Answer, type TestApi } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
  api.call(method, path, body === undefined ? {} : { body });
const events = (): ReturnType<typeof listSecurityEvents> =>
  listSecurityEvents(api.pool, { after: 0, limit: 10_000, types: null });
const told = async (): Promise<string[]> => (await events()).map(({ type, actor }) => `${actor} ${type}`);
const isWhole = async (): Promise<boolean> =>
  brokenAt((await events()).map(readSecurityLink), (await findSecurityHead(api.pool)).hash) === null;

describe('the log of the installation', () => {
  it('tells of a sign-in, of what an administrator changes, and of what is taken out, with no secret in it', async () => {
    const before = (await events()).length;
    await api.signIn('admin', ADMIN_PASSWORD);
    await call('POST', '/people', { id: 'A', name: '甲', phone: '13800001234' });
    await call('PATCH', '/people/A', { phone: '13900001234' });
    await call('POST', '/units', { code: 'U', name: '甲', kind: 'street' });
    await call('POST', '/posts', { role: 'leader', person: 'A', unit: 'U' });
    await call('POST', '/people/A/password', { password: 'quite-a-secret-1' });
    await call('POST', '/organisation/import', { people: [{ id: 'B', name: '乙' }] });
    const { token, id } = (await call('POST', '/tokens', { name: 'service' })).body as {
      token: string;
      id: string;
    };
    await call('DELETE', `/tokens/${id}`);
    const address = { url: 'https://open.feishu.cn/hook/e', place: { unit: 'U' } };
    const endpoint = { id: 'E', kind: 'feishu', name: 'e', secret: 'hidden-1', ...address };
    await call('POST', '/endpoints', endpoint);
    await call('PATCH', '/endpoints/E', { name: 'f' });
    await call('DELETE', '/endpoints/E');
    await call('GET', '/organisation/export');
    expect((await told()).slice(before)).toEqual(
      [
        'signedIn',
        'personAdded',
        'personChanged',
        'unitAdded',
        'postAdded',
        'passwordSet',
        'organisationImported',
        'tokenMade',
        'tokenRevoked',
        'endpointAdded',
        'endpointChanged',
        'endpointRemoved',
        'exported',
      ].map((type) => `admin ${type}`),
    );
    const rows = await events();
    const text = JSON.stringify(rows);
    for (const secret of [
      ADMIN_PASSWORD,
      'quite-a-secret-1',
      token,
      'hidden-1',
      '13800001234',
      '13900001234',
    ])
      expect(text).not.toContain(secret);
    for (const { type, data, address } of rows) {
      expect(SECURITY_EVENTS[type as SecurityEventType].data.safeParse(data).error).toBeUndefined();
      expect(address).toContain('127.0.0.1');
    }
    expect(await isWhole()).toBe(true);
  });

  it('tells nothing of a change that was refused', async () => {
    const before = (await events()).length;
    expect((await call('POST', '/posts', { role: 'leader', person: 'NOBODY', unit: 'U' })).status).toBe(422);
    expect((await call('POST', '/organisation/import?dryRun=true', { people: [] })).status).toBe(200);
    expect((await events()).length).toBe(before);
  });

  it('counts refused sign-ins instead of telling each, and keeps no login that nobody has', async () => {
    const before = (await events()).length;
    for (let n = 0; n < 4; n++) await api.signIn('A', `wrong-${n}`);
    await api.signIn('my-password-in-the-wrong-field', 'x');
    const rows = (await events()).slice(before);
    expect(rows.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'signInRefused', data: { person: 'A', reason: 'wrong', times: 1 } },
      { type: 'signInRefused', data: { person: null, reason: 'unknown', times: 1 } },
    ]);
    expect(JSON.stringify(rows)).not.toContain('wrong-field');
  });

  it('writes what comes at once in few transactions, in one chain with what others write', async () => {
    const logs = [0, 1].map(() =>
      createSecurityLog({ pool: api.pool, now: () => Date.now(), onError: () => undefined }),
    );
    const origin = { actor: 'A', token: null, address: '10.0.0.1' };
    const before = (await events()).length;
    const read = async (): Promise<number> =>
      Number(
        (await api.pool.query<{ n: string }>(`select count(distinct xmin::text) as n from security_event`))
          .rows[0]?.n,
      );
    const transactions = await read();
    await Promise.all([
      ...Array.from({ length: 600 }, (_, n) =>
        logs[n % 2]?.record({ ...origin, type: 'signedIn', data: { session: String(n) } }),
      ),
      inTransaction(api.pool, (tx) => recordSecurity(tx, { ...origin, type: 'signedOut', data: {} })),
    ]);
    expect((await events()).length - before).toBe(601);
    expect((await read()) - transactions).toBeLessThan(20);
    expect(await isWhole()).toBe(true);
    await Promise.all(logs.map((log) => log.close()));
  });

  it('gives out nothing it cannot tell of', async () => {
    await inTransaction(api.pool, async (tx) => {
      await tx.query(
        `alter table security_event add constraint only_before check (type <> 'exported') not valid`,
      );
    });
    const { status, body } = await call('GET', '/organisation/export');
    await api.pool.query('alter table security_event drop constraint only_before');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('people');
    expect(await isWhole()).toBe(true);
  });
});
