// Named policies over HTTP: what ships, what an administrator makes of it, and who may not.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPolicyVersion } from '../../../db/queries/policy.ts';
import { SHIPPED_POLICIES } from '../../../domain/policy/policy.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertSmallRecord, tokenOf } from '../../support/small-record.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await insertSmallRecord(api);
});
afterAll(() => api.close());

const put = (name: string, body: unknown, token?: string) =>
  api.call('PUT', `/policies/${name}`, { body, ...(token === undefined ? {} : { token }) });
const codesOf = (body: unknown): unknown => {
  const problem = body as { code: string; errors?: { path: string; code: string }[] };
  return [problem.code, ...(problem.errors ?? []).map((fault) => `${fault.path} ${fault.code}`)];
};

describe('policies', () => {
  it('has those that ship from the start', async () => {
    const { body } = await api.call('GET', '/policies');
    expect(body).toEqual({
      items: [
        { name: 'standard', version: 1, ...SHIPPED_POLICIES.standard, at: null, by: null },
        { name: 'urgent', version: 1, ...SHIPPED_POLICIES.urgent, at: null, by: null },
      ],
      nextCursor: null,
    });
    expect((await api.call('GET', '/policies/urgent')).body).toMatchObject({ acknowledgeWithin: 'PT15M' });
    expect((await api.call('GET', '/policies/none')).status).toBe(404);
    expect((await findPolicyVersion(api.pool, 'urgent'))?.policy).toEqual(SHIPPED_POLICIES.urgent);
    expect(await findPolicyVersion(api.pool, 'none')).toBeNull();
  });

  it('makes a new version of what differs, and none of what is the same', async () => {
    const same = await put('urgent', SHIPPED_POLICIES.urgent);
    expect([same.status, same.body]).toMatchObject([200, { version: 1, by: null }]);
    const edited = { ...SHIPPED_POLICIES.urgent, acknowledgeWithin: 'PT10M' };
    expect((await put('urgent', edited)).body).toMatchObject({
      version: 2,
      by: 'admin',
      acknowledgeWithin: 'PT10M',
    });
    expect((await put('urgent', edited)).body).toMatchObject({ version: 2 });
    expect((await put('urgent', SHIPPED_POLICIES.urgent)).body).toMatchObject({ version: 3 });
    expect((await findPolicyVersion(api.pool, 'urgent'))?.policy).toEqual(SHIPPED_POLICIES.urgent);
  });

  it('makes one version of ten writings at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => put('once', { remindBefore: ['PT1H'] })),
    );
    expect(
      new Set(answers.map(({ status, body }) => `${status} ${(body as { version: number }).version}`)),
    ).toEqual(new Set(['200 1']));
  });

  it('fills in what is left out, and lists all by name, page by page', async () => {
    await put('A-1', {});
    expect((await api.call('GET', '/policies/A-1')).body).toMatchObject({
      acknowledgeWithin: null,
      ladder: [],
      correctionsFor: 'P30D',
    });
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await api.call('GET', `/policies?limit=1${query}`);
      const page = body as { items: { name: string }[]; nextCursor: string | null };
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(names).toEqual(['A-1', 'once', 'standard', 'urgent']);
  });

  it('refuses in the order of the contract', async () => {
    const token = await tokenOf(api, 'OFF');
    expect((await put('standard', { remindBefore: 'PT1H' }, token)).status).toBe(400);
    expect((await put('standard', { remindBefore: ['soon'] }, token)).status).toBe(403);
    expect((await put('standard', {}, token)).status).toBe(403);
    expect((await put('a.b', {})).status).toBe(400);
    expect(codesOf((await put('standard', { unknown: 1 })).body)).toEqual([
      'MALFORMED',
      'unknown UNKNOWN_FIELD',
    ]);
    const wrong = await put('standard', {
      remindBefore: ['soon'],
      ladder: [{ clock: 'due', after: 'PT0S', notify: ['me'] }],
    });
    expect(wrong.status).toBe(422);
    expect(codesOf(wrong.body)).toEqual([
      'INVALID',
      'remindBefore[0] NOT_A_DURATION',
      'ladder[0].notify[0] NOT_AN_OPTION',
    ]);
    expect((await api.call('GET', '/policies', { token: null })).status).toBe(401);
  });
});
