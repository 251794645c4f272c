// Drafts over HTTP: put anew, thrown away, and at one moment with being sent out; numbers that are free again.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLS } from '../../../contract/calls.ts';
import { sendOut } from '../../support/course.ts';
import { directive, district, FORCE, FORM, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { tokenOf } from '../../support/small-record.ts';
import type { Seen } from '../../support/seen.ts';
import { verdictOf } from '../../support/verdict-words.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

let z: Installation;
beforeAll(async () => {
  z = await startInstallation({ organisation: district({ streets: 1, communities: 2 }) });
});
afterAll(() => z.close());

type Draft = Seen & { version: number; title: string; request: ReturnType<typeof directive> };

async function draft(id: string, more: Parameters<typeof directive>[1] = {}): Promise<Draft> {
  const { status, body } = await z.as(OFFICE).post('/directives?draft=true', directive(id, more));
  expect(status).toBe(201);
  return body as Draft;
}
async function call(
  method: 'PUT' | 'DELETE',
  id: string,
  { version, body, key, who = OFFICE }: { version?: number; body?: unknown; key?: string; who?: string } = {},
): Promise<Reply> {
  return z.as(who).send(method, `/directives/${id}`, body, {
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  });
}
const put = (id: string, version: number | undefined, body: unknown): Promise<Reply> =>
  call('PUT', id, { ...(version === undefined ? {} : { version }), body });
const look = async (id: string): Promise<Draft> => (await z.as(OFFICE).see(id)) as Draft;

describe('a draft', () => {
  it('shows all that was kept, so that it can be changed and put back as it is', async () => {
    await z.as(OFFICE).put('/forms/kept', { title: '站点', ...FORM });
    const made = await draft('whole', { item: { form: { name: 'kept' } as never } });
    expect(made).toMatchObject({ version: 1, phase: 'draft' });
    const { headers, body } = await z.as(OFFICE).get('/directives/whole');
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({
      request: {
        number: 'L-whole',
        items: [{ form: { name: 'kept', version: 1 }, dispatch: [{ taskForce: FORCE }] }],
      },
    });
    const again = await put('whole', 1, (body as Draft).request);
    expect([again.status, again.headers.get('etag')]).toEqual([200, '"2"']);
    expect((await look('whole')).request).toEqual((body as Draft).request);
  });

  it('is replaced as a whole, and goes out as it was put last', async () => {
    await draft('put');
    const changed = directive('put', {
      number: 'L-put-2',
      title: '新题',
      urgency: 'critical',
      item: { dispatch: [{ taskForce: FORCE, receivers: [{ unit: 'S1' }] }] },
    });
    expect(await put('put', 1, changed)).toMatchObject({
      status: 200,
      body: { version: 2, number: 'L-put-2', title: '新题', urgency: 'critical', warnings: [] },
    });
    expect(verdictOf(await put('put', 1, changed))).toBe('412 NEWER_VERSION');
    expect((await z.as(OFFICE).post('/directives/put/issue')).status).toBe(200);
    await z.until(async () => (await look('put')).phase === 'open', 'it is open');
    expect(await z.as('S1').see('put.sites.TF.S1')).toMatchObject({ directive: { title: '新题' } });
    expect((await z.as(OFFICE).get('/assignments/put.sites.TF.S1.S1-1')).status).toBe(404);
    // The number it had first is free.
    await draft('other', { number: 'L-put' });
  });

  it('is checked as a new one is, and asks for the version that was seen', async () => {
    await draft('checked');
    const same = directive('checked');
    expect(verdictOf(await put('checked', undefined, same))).toBe('428 IF_MATCH_REQUIRED');
    expect(verdictOf(await call('DELETE', 'checked'))).toBe('428 IF_MATCH_REQUIRED');
    expect(verdictOf(await put('checked', 1, { ...same, due: '2020-01-01T00:00:00Z' }))).toBe(
      '422 OUT_OF_RANGE due:OUT_OF_RANGE',
    );
    expect(verdictOf(await put('checked', 1, { ...same, id: 'another' }))).toBe('422 INVALID id:INVALID');
    expect(verdictOf(await put('checked', 1, { ...same, number: 'L-whole' }))).toBe(
      '409 DUPLICATE number:DUPLICATE',
    );
    expect((await put('checked', 1, [])).status).toBe(400);
    for (const [who, status] of [
      [FORCE, 404],
      ['S1', 404],
      ['AUDITOR', 403],
      ['NOBODY', 404],
    ] as const) {
      expect((await call('PUT', 'checked', { version: 1, body: same, who })).status).toBe(status);
      expect((await call('DELETE', 'checked', { version: 1, who })).status).toBe(status);
    }
    expect(await look('checked')).toMatchObject({ version: 1 });
  });

  it('once it has gone out is neither put nor thrown away', async () => {
    await sendOut(z, 'out');
    const { version } = await look('out');
    expect(verdictOf(await put('out', version, directive('out')))).toBe('409 NOT_A_DRAFT');
    expect(verdictOf(await call('DELETE', 'out', { version }))).toBe('409 NOT_A_DRAFT');
  });

  it('thrown away is gone, with its number and its id free, and once under one key', async () => {
    await draft('gone');
    expect(verdictOf(await call('DELETE', 'gone', { version: 7 }))).toBe('412 NEWER_VERSION');
    expect((await call('DELETE', 'gone', { version: 1, key: 'away' })).status).toBe(204);
    expect((await call('DELETE', 'gone', { version: 1, key: 'away' })).status).toBe(204);
    expect((await z.as(OFFICE).get('/directives/gone')).status).toBe(404);
    expect((await call('DELETE', 'gone', { version: 1 })).status).toBe(404);
    const course = await sendOut(z, 'gone', { title: '又一件' });
    expect(await course.do('S1-1', 'submit', { values: { n: 1 } })).toMatchObject({ phase: 'submitted' });
  });

  it('that was looked at as one thing and made anew under the same id is judged by what it is now', async () => {
    const none = { form: undefined };
    await draft('anew', { item: none });
    const { version } = await look('anew');
    await z.as(OFFICE).post('/directives/anew/amend/preview', { title: 'x', note: 'y' });
    expect((await call('DELETE', 'anew', { version })).status).toBe(204);
    const course = await sendOut(z, 'anew');
    expect(await course.told('S1-1', 'submit', { values: { n: 'much' } })).toMatch('422 INVALID values.n');
  });
});

describe('at one moment', () => {
  const sort = (...replies: Reply[]): number[] => replies.map(({ status }) => status).sort((a, b) => a - b);

  it('of a change and the issue the second sees the first, and no change is lost', async () => {
    for (let n = 0; n < 8; n += 1) {
      const id = `race-${n}`;
      await draft(id);
      const [changed, issued] = await Promise.all([
        put(id, 1, directive(id, { title: '改过' })),
        z.as(OFFICE).post(`/directives/${id}/issue`),
      ]);
      expect(issued.status).toBe(200);
      // Before the issue it is in what went out; after it, it is refused.
      expect([200, 412]).toContain(changed.status);
      expect((await look(id)).title).toBe(changed.status === 200 ? '改过' : `摸排 ${id}`);
    }
  });

  it('of throwing away and the issue exactly one is done', async () => {
    for (let n = 0; n < 8; n += 1) {
      const id = `away-${n}`;
      await draft(id);
      const [away, issued] = await Promise.all([
        call('DELETE', id, { version: 1 }),
        z.as(OFFICE).post(`/directives/${id}/issue`),
      ]);
      expect([away.status === 204, issued.status === 200].filter(Boolean)).toHaveLength(1);
      expect((await z.as(OFFICE).get(`/directives/${id}`)).status).toBe(issued.status === 200 ? 200 : 404);
    }
  });

  it('of two changes of one version one is taken', async () => {
    await draft('two');
    const replies = await Promise.all(
      ['甲', '乙'].map((title) => put('two', 1, directive('two', { title }))),
    );
    expect(sort(...replies)).toEqual([200, 412]);
  });

  it('of two that take one number, or one id, one is made and none is overwritten', async () => {
    for (let n = 0; n < 5; n += 1) {
      const posts = ['a', 'b'].map((letter) =>
        z.as(OFFICE).post('/directives?draft=true', directive(`n${n}${letter}`, { number: `L-n${n}` })),
      );
      expect(sort(...(await Promise.all(posts)))).toEqual([201, 409]);
      const ids = ['a', 'b'].map((letter) =>
        z.as(OFFICE).post('/directives?draft=true', directive(`i${n}`, { number: `L-i${n}${letter}` })),
      );
      expect(sort(...(await Promise.all(ids)))).toEqual([201, 409]);
    }
  });
});

describe('the number of a directive cancelled within a day, with nothing approved,', () => {
  const cancel = (id: string): Promise<Reply> =>
    z.as(OFFICE).post(`/directives/${id}/cancel`, { reason: '发错了' });

  it('is free again; the cancelled one keeps it with a suffix, shown and logged', async () => {
    for (const [id, number] of [
      ['wrong', 'L-wrong（撤销）'],
      ['wrong2', 'L-wrong（撤销2）'],
    ] as const) {
      await sendOut(z, id, { number: 'L-wrong' });
      expect(await cancel(id)).toMatchObject({ status: 200, body: { number, phase: 'cancelled' } });
      const [event] = await z.as(OFFICE).events(id, 'cancelled');
      expect(event?.data).toEqual({ reason: '发错了', number, was: 'L-wrong' });
      expect(await z.as(OFFICE).see(`${id}.sites.TF`)).toMatchObject({ directive: { number } });
    }
    const right = await sendOut(z, 'right', { number: 'L-wrong' });
    expect(await right.whole()).toMatchObject({ number: 'L-wrong', phase: 'open' });
  });

  it('of a draft is free too', async () => {
    await draft('undone');
    expect(await cancel('undone')).toMatchObject({ status: 200, body: { number: 'L-undone（撤销）' } });
    await draft('redone', { number: 'L-undone' });
  });

  it('stays its own once something has been approved, or a day has passed', async () => {
    const used = await sendOut(z, 'used');
    await used.settle('S1-1', 1);
    expect(await cancel('used')).toMatchObject({ status: 200, body: { number: 'L-used' } });
    await sendOut(z, 'old');
    await z.pool.query(
      `update directive set issued_at = issued_at - interval '25 hours', version = version + 1 where id = 'old'`,
    );
    expect(await cancel('old')).toMatchObject({ status: 200, body: { number: 'L-old' } });
    expect((await z.as(OFFICE).post('/directives', directive('again', { number: 'L-old' }))).status).toBe(
      409,
    );
  });
});

describe('every call on a directive', () => {
  /** Bodies that are well formed; a call that is refused for its phase reads no more of it. */
  const bodyOf = (path: string, id: string): unknown => {
    switch (path.slice('/directives/{id}'.length)) {
      case '':
        return directive(id);
      case '/amend':
      case '/amend/preview':
        return { title: '改', note: '更正' };
      case '/cancel':
        return { reason: '不办了' };
      case '/copy':
        return { id: `${id}-copy`, number: `${id}-copy` };
      default:
        return {};
    }
  };
  const calls = CALLS.filter(({ path }) => path.startsWith('/directives/{id}'))
    // To throw it away ends its phase, and so do these: they come last.
    .toSorted(
      (a, b) =>
        Number(/\/(issue|cancel|close)$/.test(a.path)) - Number(/\/(issue|cancel|close)$/.test(b.path)),
    )
    .toSorted((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete'));

  async function brought(id: string, phase: string): Promise<void> {
    const office = z.as(OFFICE);
    if (phase.startsWith('draft')) await draft(id);
    else await sendOut(z, id, {});
    const verb = /closed|cancelled/.exec(phase)?.[0];
    if (verb === 'closed') expect((await office.post(`/directives/${id}/close`, {})).status).toBe(200);
    if (verb === 'cancelled')
      expect((await office.post(`/directives/${id}/cancel`, { reason: '不办' })).status).toBe(200);
  }

  it.each(['draft', 'draft, closed', 'draft, cancelled', 'open', 'open, closed', 'open, cancelled'])(
    'is answered in its phase, never by a fault of ours: %s',
    async (phase) => {
      const failed: string[] = [];
      for (const [at, { method, path, body }] of calls.entries()) {
        const id = `p${at}-${phase.replaceAll(/\W+/g, '-')}`;
        // What changes nothing of the phase shares one directive.
        const own = method === 'get' ? `p-${phase.replaceAll(/\W+/g, '-')}` : id;
        if (method !== 'get' || at === calls.findIndex((each) => each.method === 'get'))
          await brought(own, phase);
        const to = path.replace('{id}', own).replaceAll(/\{\w+\}/g, '1');
        const raw = await fetchWith(method, to, body === undefined ? undefined : bodyOf(path, own));
        if (raw >= 500) failed.push(`${method} ${path} ${raw}`);
      }
      expect(failed).toEqual([]);
    },
    120_000,
  );

  async function fetchWith(method: string, to: string, body: unknown): Promise<number> {
    const response = await fetchChecked(`${z.api.url}/api/v1${to}`, {
      method: method.toUpperCase(),
      headers: {
        authorization: `Bearer ${await tokenOf(z.api, OFFICE)}`,
        'if-match': '*',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await response.arrayBuffer();
    return response.status;
  }
});
