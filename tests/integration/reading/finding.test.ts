// Lists of assignments on the real stack: what waits for me, what stands still, what is shared with me; and the log of a part.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';

/** `S_1` and `SX1` differ where an underscore is one, and not where it stands for any sign. */
const ORGANISATION = ((): unknown => {
  const file = district({ streets: 2, communities: 2 });
  const more = ['S_1', 'SX1'];
  return {
    ...file,
    units: [
      ...(file.units ?? []),
      ...more.map((code) => ({ code, name: `${code}街道`, kind: 'street' })),
      { code: 'SX1-1', name: '社区', kind: 'community', parent: 'SX1' },
    ],
    people: [...(file.people ?? []), ...more.map((id) => ({ id, name: `名${id}` }))],
    posts: [
      ...(file.posts ?? []),
      ...more.map((unit) => ({ unit, role: 'liaisonA', person: unit })),
      { unit: 'S2', taskForce: 'OTHER', role: 'liaisonB', person: 'NOBODY' },
    ],
    taskForces: [
      ...(file.taskForces ?? []).map((force) => ({ ...force, members: [...(force.members ?? []), ...more] })),
      { code: 'OTHER', name: '另一专班', office: OFFICE, members: ['S2'] },
    ],
  };
})();

let z: Installation;
let course: Course;
beforeAll(async () => {
  z = await startInstallation({ organisation: ORGANISATION });
  course = await sendOut(z, 'd');
});
afterAll(() => z.close());

const act = async (who: string, unit: string, verb: string, body: unknown = {}): Promise<void> => {
  const { status, body: answer } = await z.as(who).post(`/assignments/${course.at(unit)}/${verb}`, body);
  if (status !== 200) throw new Error(`${who} ${verb} ${unit}: ${status} ${JSON.stringify(answer)}`);
};
const list = (who: string, query: string): Promise<Reply> => z.as(who).get(`/assignments?${query}`);
const found = async (who: string, query: string): Promise<string[]> =>
  (await list(who, query)).body.items.map(({ id }) => id);
const soon = (): string => new Date(Date.now() + 30 * 60_000).toISOString();

describe('the lists of assignments', () => {
  it('show whoever is asked to take one over what it is', async () => {
    await act('S1-1', 'S1-1', 'transfer', { unit: 'S2', reason: '辖区' });
    expect(await found('S2', 'role=target')).toEqual([course.at('S1-1')]);
    expect(await found('S2', 'role=target&phase=issued&directive=d')).toEqual([course.at('S1-1')]);
    expect(await found('S2', 'role=target&phase=approved')).toEqual([]);
    expect(await found('S2', 'role=target&directive=e')).toEqual([]);
    for (const who of ['S1', 'S1-1', 'NOBODY', FORCE]) expect(await found(who, 'role=target')).toEqual([]);
    await act('S2', 'S1-1', 'decline-transfer', { reason: '不是' });
    expect(await found('S2', 'role=target')).toEqual([]);
  });

  it('show an issuer the requests that wait for a decision, in pages', async () => {
    await act('S1-1', 'S1-1', 'decline', { basis: '不归我' });
    await act('S1-2', 'S1-2', 'decline', { basis: '也不归我' });
    await act('S1', 'S1', 'decline', { basis: '街道不管' });
    const both = [course.at('S1-1'), course.at('S1-2')];
    expect(await found('S1', 'role=issuer&asked=true')).toEqual(both);
    const first = await list('S1', 'role=issuer&asked=true&limit=1');
    const cursor = first.body.nextCursor ?? '';
    expect(
      [first, await list('S1', `role=issuer&asked=true&cursor=${cursor}`)].map(
        ({ body }) => body.items[0]?.id,
      ),
    ).toEqual(both);
    expect(await found(FORCE, 'role=issuer&asked=true')).toEqual([course.at('S1')]);
    expect(await found('S1-1', 'asked=true')).toEqual([course.at('S1-1')]);
    for (const who of ['S2', OFFICE]) expect(await found(who, 'role=issuer&asked=true')).toEqual([]);
    await act('S1', 'S1-1', 'decide-decline', { accept: false, reason: '归你' });
    expect(await found('S1', 'role=issuer&asked=true&phase=issued')).toEqual([course.at('S1-2')]);
  });

  it('show what stands still', async () => {
    await act('S1', 'S1-2', 'suspend', { until: soon(), reason: '台风' });
    expect(await found('S1-2', 'suspended=true')).toEqual([course.at('S1-2')]);
    expect(await found('S1-2', 'suspended=false')).toEqual([]);
    expect(await found('S1', 'role=issuer&suspended=true')).toEqual([course.at('S1-2')]);
    expect(await found(OFFICE, 'directive=d&suspended=true')).toEqual([course.at('S1-2')]);
    expect(await found('S1-1', 'suspended=true')).toEqual([]);
    for (const query of ['suspended=x', 'asked=x', 'role=anyone'])
      expect((await list('S1', query)).status).toBe(400);
  });
});

describe('a merged result that is shared', () => {
  beforeAll(async () => {
    await course.settle('S2-1', 5);
    await act('S2', 'S2', 'share', { to: { unit: 'S_1' } });
    await act('S2-1', 'S2-1', 'share', { to: { unit: 'S_1' } });
  });

  it('is found by those it is shared with, as whose it is and of what, and nothing more', async () => {
    const { body } = await list('S_1', 'role=shared');
    expect(body.items[0]).toEqual({
      id: course.at('S2'),
      directive: { id: 'd', number: 'L-d', title: '摸排 d', urgency: 'normal' },
      item: { key: 'sites', title: '站点' },
      holder: { code: 'S2', name: 'S2街道', kind: 'unit' },
    });
    expect(body.items.map(({ id }) => id)).toEqual([course.at('S2'), course.at('S2-1')]);
    const first = await list('S_1', 'role=shared&limit=1&directive=d');
    const second = await list('S_1', `role=shared&cursor=${first.body.nextCursor ?? ''}`);
    expect(second.body.items.map(({ id }) => id)).toEqual([course.at('S2-1')]);
    expect(await found('S_1', 'role=shared&directive=e')).toEqual([]);
    for (const who of ['SX1', 'S2', OFFICE, 'NOBODY']) expect(await found(who, 'role=shared')).toEqual([]);
    // A filter would tell what the list does not.
    for (const query of ['phase=issued', 'overdue=true', 'suspended=false', 'unit=S2'])
      expect((await list('S_1', `role=shared&${query}`)).status).toBe(400);
  });

  it('is read as values, rows and numbers of coverage, approved ones only', async () => {
    const path = `/assignments/${course.at('S2')}/summary`;
    const { status, body } = await z.as('S_1').get(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      values: { n: 5 },
      coverage: { expected: 2, reported: 1, approved: 1 },
      final: false,
    });
    expect(body.children).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('S2-2');
    expect((await z.as('S_1').get(`${path}?basis=reported`)).status).toBe(403);
    expect((await z.as('S2').get(`${path}?basis=reported`)).body.children).toHaveLength(2);
  });

  it('opens nothing else', async () => {
    const id = course.at('S2');
    for (const path of [
      '',
      '/summary/lineage?field=n',
      '/submissions',
      '/submissions/1',
      '/parts',
      '/events',
    ])
      expect((await z.as('S_1').get(`/assignments/${id}${path}`)).status).toBe(404);
    expect((await z.as('S_1').get(`/assignments/${course.at('S2-2')}/summary`)).status).toBe(404);
    expect((await z.as('S_1').post(`/assignments/${id}/comment`, { text: '好' })).status).toBe(404);
    expect((await z.as('SX1').get(`/assignments/${id}/summary`)).status).toBe(404);
  });
});

it('a street reads the log of its own part, and of no other whose code looks like it', async () => {
  await act('SX1', 'SX1-1', 'urge');
  await act('S_1', 'S_1', 'comment', { text: '本处' });
  const events = await z.as('S_1').events('d');
  expect([...new Set(events.map(({ assignment }) => assignment))]).toEqual([course.at('S_1')]);
});
