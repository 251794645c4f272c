// The organisation over HTTP: the L district in and out, its faults, its keeping, and requests done once.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDirectorySource } from '../../../db/directory.ts';
import { inTransaction } from '../../../db/pool.ts';
import { occupants, unitPlace, type OrganisationFile } from '../../../domain/organisation/organisation.ts';
import { startApi, type Answer, type TestApi } from '../../support/api.ts';

const DISTRICT = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../../demo/l-district/organisation.json'), 'utf8'),
) as OrganisationFile;

let api: TestApi;
let member: string;
const load = (body: unknown, query = '', headers = {}): Promise<Answer> =>
  api.call('POST', `/organisation/import${query}`, { body, headers });
const all = (count: 'created' | 'same'): object => {
  const one = (n: number): object => ({ created: 0, changed: 0, same: 0, [count]: n });
  return { units: one(87), people: one(185), posts: one(185), taskForces: one(14) };
};
const places = (answer: Answer): string[] =>
  (answer.body as { errors: { path: string; code: string }[] }).errors.map(
    ({ path: at, code }) => `${at} ${code}`,
  );

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('import and export', () => {
  it('says what it would do and does not do it', async () => {
    expect((await load(DISTRICT, '?dryRun=true')).body).toEqual(all('created'));
    expect((await api.call('GET', '/units')).body).toEqual({ items: [], nextCursor: null });
  });

  it('loads the L district, and finds it all the same the second time', async () => {
    expect((await load(DISTRICT)).body).toEqual(all('created'));
    const before = await api.pool.query('select organisation_version from installation');
    expect((await load(DISTRICT)).body).toEqual(all('same'));
    const after = await api.pool.query('select organisation_version from installation');
    expect(after.rows).toEqual(before.rows);
  });

  it('gives back exactly what came in, and takes it again without a change', async () => {
    const { body } = await api.call('GET', '/organisation/export');
    expect(body).toEqual(DISTRICT);
    expect((await load(body)).body).toEqual(all('same'));
  });

  it('stores nothing of a file with a fault, and names every place', async () => {
    const faulty = {
      units: [
        { code: 'NEW', name: '新', kind: 'street', parent: 'OFFICE' },
        { code: 'LOST', name: '失', kind: 'street', parent: 'NOWHERE' },
        { code: 'NEW', name: '新', kind: 'street' },
      ],
      posts: [{ unit: 'DD', role: 'director', person: 'P999' }],
      taskForces: [
        {
          code: 'TF-X',
          name: '专班',
          office: 'DD',
          members: ['NO'],
          posts: [{ role: 'staff', person: 'P001' }],
        },
      ],
    };
    const answer = await load(faulty);
    expect(answer).toMatchObject({ status: 422, body: { code: 'UNKNOWN_UNIT' } });
    expect(places(answer)).toEqual([
      'units[2].code REPEATED',
      'units[1].parent UNKNOWN_UNIT',
      'taskForces[0].office NOT_AN_OPTION',
      'taskForces[0].members[0] UNKNOWN_UNIT',
      'posts[0].person UNKNOWN_PERSON',
      'taskForces[0].posts[0].role NOT_AN_OPTION',
    ]);
    expect((await api.call('GET', '/units/NEW')).status).toBe(404);
  });

  it('refuses a circle', async () => {
    const answer = await load({ units: [{ code: 'OFFICE', name: '办', kind: 'office', parent: 'DD-1' }] });
    expect(answer.status).toBe(422);
    expect(places(answer)).toEqual(['units[0].parent OWN_ANCESTOR']);
  });

  it('tells a misshapen file from a wrong one', async () => {
    const misshapen = await load({ units: [{ code: 'A', name: 5, kind: 'street', colour: 'red' }] });
    expect(misshapen).toMatchObject({ status: 400, body: { code: 'MALFORMED' } });
    expect(places(misshapen)).toEqual(['units[0].name WRONG_TYPE', 'units[0].colour UNKNOWN_FIELD']);
    const wrong = await load({ units: [{ code: 'not a code', name: 'A', kind: 'street' }] });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'INVALID' } });
    expect(places(wrong)).toEqual(['units[0].code INVALID']);
  });
});

describe('keeping it piece by piece', () => {
  it('adds, shows, changes and lists a unit', async () => {
    const made = await api.call('POST', '/units', {
      body: { code: 'ZZ', name: '新街道', kind: 'street', parent: 'OFFICE' },
    });
    expect([made.status, made.body]).toEqual([
      201,
      { code: 'ZZ', name: '新街道', kind: 'street', parent: 'OFFICE' },
    ]);
    const moved = await api.call('PATCH', '/units/ZZ', { body: { parent: null } });
    expect(moved).toMatchObject({ status: 200, body: { parent: null } });
    expect((await api.call('GET', '/units/ZZ')).body).toEqual(moved.body);
    const ordered = await api.call('PATCH', '/units/ZZ', { body: { order: 3 } });
    expect(ordered.body).toMatchObject({ order: 3, parent: null });
    // Without one it is left out again, as in the export.
    expect((await api.call('PATCH', '/units/ZZ', { body: { order: null } })).body).toEqual(moved.body);
    const again = await api.call('POST', '/units', { body: { code: 'ZZ', name: '新', kind: 'street' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'DUPLICATE' } });
    const wrong = await api.call('PATCH', '/units/ZZ', { body: { parent: 'NOPE' } });
    expect([wrong.status, places(wrong)]).toEqual([422, ['parent UNKNOWN_UNIT']]);
  });

  it('keeps a task force’s members when a change does not speak of them', async () => {
    const before = await api.call('GET', '/task-forces/TF-ZY');
    const after = await api.call('PATCH', '/task-forces/TF-ZY', { body: { name: '志愿者工作专班（新）' } });
    expect(after.body).toEqual({ ...(before.body as object), name: '志愿者工作专班（新）' });
  });

  it('fills and ends a post, and the directory knows at once', async () => {
    const source = createDirectorySource();
    const now = Date.now();
    const held = async (): Promise<string[]> =>
      occupants(await source.current(api.pool), unitPlace('ZZ'), 'liaisonA', null, now);
    expect(await held()).toEqual([]);
    const made = await api.call('POST', '/posts', { body: { unit: 'ZZ', role: 'liaisonA', person: 'P100' } });
    expect(made.status).toBe(201);
    expect(await held()).toEqual(['P100']);
    const again = await api.call('POST', '/posts', {
      body: { unit: 'ZZ', role: 'liaisonA', person: 'P100' },
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'DUPLICATE' } });
    const id = (made.body as { id: string }).id;
    const ended = await api.call('PATCH', `/posts/${id}`, { body: { to: '2020-01-01' } });
    expect(ended).toMatchObject({ status: 200, body: { to: '2020-01-01' } });
    expect(await held()).toEqual([]);
    expect((await api.call('GET', '/posts/x')).status).toBe(404);
  });

  it('reads a list page by page, each item once, in the order it was told', async () => {
    const codes: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body }: Answer = await api.call('GET', `/units?limit=20${from}`);
      const page = body as { items: { code: string }[]; nextCursor: string | null };
      codes.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor;
    }
    expect(codes).toEqual([...DISTRICT.units.map(({ code }) => code), 'ZZ']);
  });

  it.each(['?limit=0', '?limit=501', '?limit=x', '?cursor=abc', '?colour=red', '?limit=1&limit=2', '?q=%00'])(
    'refuses the query %s',
    async (query) => {
      expect((await api.call('GET', `/units${query}`)).status).toBe(400);
    },
  );

  it.each(['/units?q=东渡', '/units?q=　东渡 ', '/people?q=ｐ１００', '/task-forces?q=ＴＦ－ＺＹ'])(
    'finds what %s asks for, in whatever case, width and space',
    async (query) => {
      const { body } = await api.call('GET', encodeURI(query));
      expect((body as { items: unknown[] }).items.length).toBeGreaterThan(0);
    },
  );

  it('lets everybody read and only administrators write', async () => {
    const made = await api.call('POST', '/tokens', { body: { name: 'a member', person: 'P100' } });
    member = (made.body as { token: string }).token;
    expect((await api.call('GET', '/people?limit=1', { token: member })).status).toBe(200);
    const body = { code: 'YY', name: 'Y', kind: 'street' };
    expect((await api.call('POST', '/units', { token: member, body })).status).toBe(403);
    expect((await api.call('PATCH', '/units/DD', { token: member, body: { name: 'x' } })).status).toBe(403);
    expect((await api.call('POST', '/organisation/import', { token: member, body: {} })).status).toBe(403);
  });

  it('gives the whole organisation to offices, auditors and administrators, and to nobody else', async () => {
    const body = {
      people: ['DIR', 'LOOKS', 'OWNLIAISON'].map((id) => ({ id, name: id })),
      posts: [
        { unit: 'OFFICE', role: 'staff', person: 'DIR' },
        { unit: 'OFFICE', role: 'liaisonA', person: 'OWNLIAISON' },
        { role: 'auditor', person: 'LOOKS' },
      ],
    };
    expect((await load(body)).status).toBe(200);
    const status = async (person: string): Promise<number> => {
      const made = await api.call('POST', '/tokens', { body: { name: 'one', person } });
      return (
        await api.call('GET', '/organisation/export', { token: (made.body as { token: string }).token })
      ).status;
    };
    expect([await status('DIR'), await status('LOOKS'), await status('OWNLIAISON')]).toEqual([200, 200, 403]);
    expect((await api.call('GET', '/organisation/export', { token: member })).status).toBe(403);
    expect((await api.call('GET', '/organisation/events', { token: member })).status).toBe(403);
  });
});

describe('the order of refusals', () => {
  const headers = { 'content-type': 'text/plain' };
  it('asks who, then what kind, then the form, then whether it is there, then whether one may', async () => {
    const wrongAll = { token: 'nobody', raw: '{', headers };
    expect((await api.call('PATCH', '/units/NONE', wrongAll)).status).toBe(401);
    expect((await api.call('PATCH', '/units/NONE', { token: member, raw: '{', headers })).status).toBe(415);
    expect((await api.call('PATCH', '/units/NONE', { token: member, raw: '{' })).status).toBe(400);
    expect((await api.call('PATCH', '/units/NONE', { token: member, body: {} })).status).toBe(404);
    expect((await api.call('PATCH', '/units/DD', { token: member, body: { parent: 'NOPE' } })).status).toBe(
      403,
    );
  });

  it('refuses what is too large before looking at it', async () => {
    const large = JSON.stringify({ code: 'L', name: 'x'.repeat(1_100_000), kind: 'street' });
    expect((await api.call('POST', '/units', { raw: large })).status).toBe(413);
    expect((await load({ name: 'x'.repeat(1_100_000) })).status).toBe(422);
  });

  it('refuses text that no database can keep', async () => {
    for (const text of ['"\\u0000"', '"\\ud800"']) {
      const answer = await api.call('POST', '/units', { raw: `{"code":"N","kind":"street","name":${text}}` });
      expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID' } });
      expect(places(answer)).toEqual(['name INVALID']);
    }
    const emoji = await api.call('POST', '/units', {
      raw: '{"code":"E","kind":"street","name":"\\ud83d\\ude00"}',
    });
    expect(emoji).toMatchObject({ status: 201, body: { name: '😀' } });
  });

  it('answers unknown paths as a problem', async () => {
    const answer = await api.call('GET', '/nothing');
    expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await api.call('GET', '/units/%E0%A4%A')).status).toBe(400);
    expect((await api.call('GET', '/units/A%00')).status).toBe(404);
  });
});

describe('Idempotency-Key', () => {
  it('does the work once for ten at once, and answers all alike', async () => {
    const key = { 'idempotency-key': 'ten at once' };
    const body = { code: 'ONCE', name: '一次', kind: 'street' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.call('POST', '/units', { body, headers: key })),
    );
    expect(new Set(answers.map(({ status, body: shown }) => `${status} ${JSON.stringify(shown)}`)).size).toBe(
      1,
    );
    expect(answers[0]?.status).toBe(201);
  });

  it('shows the present state when asked again', async () => {
    await api.call('PATCH', '/units/ONCE', { body: { name: '后来' } });
    const again = await api.call('POST', '/units', {
      body: { code: 'ONCE', name: '一次', kind: 'street' },
      headers: { 'idempotency-key': 'ten at once' },
    });
    expect(again).toMatchObject({ status: 201, body: { name: '后来' } });
  });

  it('refuses the key for another body, and for somebody else it is another key', async () => {
    const headers = { 'idempotency-key': 'ten at once' };
    const other = await api.call('POST', '/units', {
      body: { code: 'ZZ', name: 'x', kind: 'street' },
      headers,
    });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(
      (
        await api.call('POST', '/units', {
          token: member,
          body: { code: 'ZZ', name: 'x', kind: 'street' },
          headers,
        })
      ).status,
    ).toBe(403);
  });

  it('gives the first refusal again, even when it would now pass', async () => {
    const headers = { 'idempotency-key': 'refused' };
    const body = { code: 'LATER', name: 'x', kind: 'street', parent: 'PARENT' };
    const first = await api.call('POST', '/units', { body, headers });
    await api.call('POST', '/units', { body: { code: 'PARENT', name: 'x', kind: 'street' } });
    const second = await api.call('POST', '/units', { body, headers });
    expect([first.status, second.status]).toEqual([422, 422]);
    expect(places(second)).toEqual(places(first));
    expect((await api.call('POST', '/units', { body })).status).toBe(201);
  });

  it('refuses a key that is too long', async () => {
    const headers = { 'idempotency-key': 'x'.repeat(201) };
    expect(
      (await api.call('POST', '/units', { body: { code: 'K', name: 'x', kind: 'street' }, headers })).status,
    ).toBe(400);
  });
});

describe('the directory', () => {
  it('loads a version once, however many ask', async () => {
    const source = createDirectorySource();
    const [first, ...rest] = await Promise.all(Array.from({ length: 10 }, () => source.current(api.pool)));
    expect(new Set([first, ...rest]).size).toBe(1);
    expect(await source.at(api.pool, first?.version ?? 0)).toBe(first);
  });

  it('is read again after a write, never during one', async () => {
    const source = createDirectorySource();
    const before = await source.current(api.pool);
    await inTransaction(api.pool, async (tx) => {
      await tx.query('update installation set organisation_version = organisation_version + 1');
      expect((await source.current(api.pool)).version).toBe(before.version);
    });
    expect((await source.current(api.pool)).version).toBe(before.version + 1);
  });
});
