// Units stand in the order of the dispatch, where there is none in the organisation's own, everywhere: never by code.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { directive, FORCE, FORM, OFFICE } from '../../support/district.ts';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';

const TABLE = {
  key: 'list',
  label: '清单',
  type: 'table',
  columns: [{ key: 'place', label: '点位', type: 'text' }],
  aggregate: { union: ['place'] },
} as const;
const STREETS = ['S1', 'S2', 'S3', 'S10'];
/** Told in this order; `order` puts the last one first. */
const COMMUNITIES = [{ code: 'S2-10' }, { code: 'S2-9' }, { code: 'S2-1', order: 1 }];
const PEOPLE = [OFFICE, FORCE, ...STREETS, ...COMMUNITIES.map(({ code }) => code), 'S10-1', 'S10-2'];
const ORGANISATION = {
  units: [
    { code: OFFICE, name: '办公室', kind: 'office' },
    ...STREETS.map((code) => ({ code, name: `${code}街道`, kind: 'street' })),
    ...COMMUNITIES.map((unit) => ({ ...unit, name: `${unit.code}社区`, kind: 'community', parent: 'S2' })),
    ...['S10-1', 'S10-2'].map((code) => ({ code, name: `${code}社区`, kind: 'community', parent: 'S10' })),
  ],
  people: PEOPLE.map((id) => ({ id, name: id })),
  taskForces: [{ code: FORCE, name: '专班', office: OFFICE, members: STREETS }],
  posts: [
    { unit: OFFICE, role: 'staff', person: OFFICE },
    { taskForce: FORCE, role: 'liaisonA', person: FORCE },
    ...PEOPLE.slice(2).map((unit) => ({ unit, role: 'liaisonA', person: unit })),
  ],
};
const TOP = `d.sites.${FORCE}`;
/** As dispatched: S10 hands out later, S3 is added last. */
const IN_ORDER = ['S10.S10-2', 'S10.S10-1', 'S2.S2-1', 'S2.S2-10', 'S2.S2-9', 'S1', 'S3'];
const LEAVES = IN_ORDER.map((path) => `${TOP}.${path}`);
const CODES = IN_ORDER.map((path) => path.split('.').at(-1));

type Body = {
  id: string;
  code: string;
  assignment: string;
  items: Body[];
  children: Body[];
  nextCursor: string | null;
  coverage: { expected: number; missing: string[] };
  values: Record<string, { unit: string }[]>;
  rows: Record<string, { sources: string[] }[]>;
  assignments: { id: string }[];
};
let z: Installation;
let office: Caller;
const body = async (path: string, by = office): Promise<Body> => (await by.get(path)).body as unknown as Body;
const post = async (person: string, path: string, said: unknown): Promise<void> => {
  const { status, body: answer } = await z.as(person).post(path, said);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
};

beforeAll(async () => {
  z = await startInstallation({ organisation: ORGANISATION, deskLimit: 5 });
  office = z.as(OFFICE);
  const dispatch = [
    { taskForce: FORCE, receivers: [{ unit: 'S10' }, { unit: 'S2', receivers: 'children' }, { unit: 'S1' }] },
  ];
  const form = { ...FORM, fields: [...FORM.fields, TABLE] };
  const { status } = await office.post('/directives', directive('d', { item: { form, dispatch } } as never));
  expect(status).toBe(201);
  await z.until(async () => (await office.see('d')).phase === 'open', 'd is open');
  await post('S10', `/assignments/${TOP}.S10/decompose`, { receivers: [{ unit: 'S10-2' }] });
  await post('S10', `/assignments/${TOP}.S10/decompose`, { receivers: [{ unit: 'S10-1' }] });
  await post(FORCE, `/assignments/${TOP}/decompose`, { receivers: [{ unit: 'S3' }] });
  await z.until(
    async () => (await body('/directives/d/summary')).items[0]?.coverage.expected === 7,
    'all are out',
  );
});
afterAll(() => z.close());

describe('before anybody has reported', () => {
  it('the missing are named in order, of a directive and of a node', async () => {
    expect((await body('/directives/d')).coverage.missing).toEqual(LEAVES);
    expect((await body(`/assignments/${TOP}/summary`)).coverage.missing).toEqual(LEAVES);
  });

  it('the tree stands in order, in parts too', async () => {
    const ids = (nodes: Body[]): string[] => nodes.flatMap(({ id, children }) => [id, ...ids(children)]);
    const { items } = await body('/directives/d/tree');
    const nodes = new Set(LEAVES.flatMap((leaf) => [TOP, leaf.split('.').slice(0, 4).join('.'), leaf]));
    expect(ids(items)).toEqual([...nodes]);
    expect(ids((await body('/directives/d/tree', z.as('S2'))).items).slice(1)).toEqual(LEAVES.slice(2, 5));
  });

  it('lists of what is due at one moment stand in order, page by page', async () => {
    const all: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: Body = await body(`/assignments?directive=d&limit=2${from}`);
      all.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(all.filter((id) => LEAVES.includes(id))).toEqual(LEAVES);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('once all have reported', () => {
  beforeAll(async () => {
    for (const leaf of LEAVES.toReversed()) {
      const code = leaf.split('.').at(-1) ?? '';
      const rows = { list: [{ place: '同一处' }] };
      await post(code, `/assignments/${leaf}/submit`, { values: { n: 1, remark: code }, rows });
      await post(
        leaf.split('.').length === 4 ? FORCE : (leaf.split('.').at(-2) ?? ''),
        `/assignments/${leaf}/approve`,
        {},
      );
    }
  });

  it('the parts of a summary, its texts and the sources of its rows stand in order', async () => {
    const { items } = await body('/directives/d/summary');
    const summary = await body(`/assignments/${TOP}/summary`);
    expect(summary.children.map(({ assignment }) => assignment)).toEqual(
      ['S10', 'S2', 'S1', 'S3'].map((s) => `${TOP}.${s}`),
    );
    for (const each of [items[0], summary]) {
      expect(each?.values['remark']?.map(({ unit }) => unit)).toEqual(CODES);
      expect(each?.rows['list']?.[0]?.sources).toEqual(CODES);
    }
  });

  it('a lineage stands in order, page by page', async () => {
    const first = await body(`/assignments/${TOP}/summary/lineage?field=n&limit=4`);
    const rest = await body(`/assignments/${TOP}/summary/lineage?field=n&limit=4&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ assignment }) => assignment)).toEqual(LEAVES);
    const below = await body(`/assignments/${TOP}.S2/summary/lineage?field=n`);
    expect(below.items.map(({ assignment }) => assignment)).toEqual(LEAVES.slice(2, 5));
  });

  it('what was issued before there were ranks keeps the order of its ids, and what comes later follows', async () => {
    await z.pool.query(`update assignment set rank = null where id <> $1`, [`${TOP}.S3`]);
    await z.pool.query(`update assignment set rank = $2 where id = $1`, [`${TOP}.S3`, `${TOP}.~000003`]);
    const { items } = await body('/directives/d/summary');
    const old = ['S1', 'S10-1', 'S10-2', 'S2-1', 'S2-10', 'S2-9', 'S3'];
    expect(items[0]?.values['remark']?.map(({ unit }) => unit)).toEqual(old);
    expect((await body(`/assignments/${TOP}/summary/lineage?field=n`)).items).toHaveLength(7);
  });
});

describe('the organisation’s own order', () => {
  const codes = async (query: string): Promise<string[]> =>
    (await body(`/units?${query}`)).items.map(({ code }) => code);

  it('is shown in lists, changed by PATCH, and given back by the export', async () => {
    expect(await codes('parent=S2')).toEqual(['S2-1', 'S2-10', 'S2-9']);
    const patch = (code: string, order: number | null): Promise<{ status: number; body: unknown }> =>
      z.api.call('PATCH', `/units/${code}`, { body: { order } });
    expect(await patch('S2-9', 0)).toMatchObject({ status: 200, body: { order: 0 } });
    expect(await codes('parent=S2')).toEqual(['S2-9', 'S2-1', 'S2-10']);
    expect((await patch('S2-9', -1)).status).toBe(422);
    const exported = (await z.api.call('GET', '/organisation/export')).body as {
      units: { code: string; order?: number }[];
    };
    expect(exported.units.find(({ code }) => code === 'S2-9')?.order).toBe(0);
    expect(exported.units.find(({ code }) => code === 'S2-10')?.order).toBeUndefined();
    const again = await z.api.call('POST', '/organisation/import', { body: exported });
    expect(again.body).toMatchObject({ units: { created: 0, changed: 0 } });
  });

  it('is that of children and of groups in a dispatch', async () => {
    await z.api.call('PATCH', '/units/S10', { body: { order: 5 } });
    const dispatch = [{ taskForce: FORCE, receivers: { group: 'street', receivers: 'children' } }];
    const { body: plan } = await office.post(
      '/directives/preview',
      directive('e', { item: { dispatch } } as never),
    );
    const ids = (plan as unknown as { assignments: { id: string }[] }).assignments.map(({ id }) =>
      id.split('.').at(-1),
    );
    expect(ids).toEqual([FORCE, 'S10', 'S10-1', 'S10-2', 'S1', 'S2', 'S2-9', 'S2-1', 'S2-10', 'S3']);
  });
});
