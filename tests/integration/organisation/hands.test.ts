// Changed hands in a running installation: however a post passes, everybody concerned is told once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tellHands } from '../../../command/hands.ts';
import { createDirectorySource } from '../../../db/directory.ts';
import { sendOut } from '../../support/course.ts';
import { district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { routingOf } from '../../support/routing.ts';

const EXTRA = ['NEW', 'LATER', 'B1', 'B2', 'B3', 'B4'];
type Notice = { type: string; text: string; data: Record<string, unknown[]> };

let z: Installation;
beforeAll(async () => {
  const { people = [], ...rest } = district();
  const organisation = { ...rest, people: [...people, ...EXTRA.map((id) => ({ id, name: `名${id}` }))] };
  z = await startInstallation({ organisation, sentinel: { everyMs: 200 } });
  await z.until(async () => {
    const { rows } = await z.pool.query<{ seen: boolean }>(
      `select hands_version = organisation_version as seen from installation`,
    );
    return rows[0]?.seen;
  }, 'the organisation has been looked at');
  await sendOut(z, 'd');
});
afterAll(() => z.close());

const TYPES = new Set(['postTaken', 'postEnded', 'liaisonChanged']);
const handsOf = async (person: string): Promise<Notice[]> => {
  const { body } = await z.as(person).get('/notifications');
  return (body.items as unknown as Notice[]).filter(({ type }) => TYPES.has(type));
};
const told = (person: string, count = 1): Promise<Notice[]> =>
  z.until(async () => {
    const notices = await handsOf(person);
    return notices.length >= count && notices;
  }, `${person} is told of ${count}`);

const postOf = async (person: string): Promise<string> => {
  const { body } = await z.api.call('GET', `/posts?person=${person}`);
  return (body as { items: { id: string }[] }).items[0]?.id ?? '';
};
const quiet = async (): Promise<number> =>
  (await z.pool.query(`select from notification where type = any($1)`, [[...TYPES]])).rowCount ?? 0;

describe('a post given to another', () => {
  it('tells the new hand, the old one, and whoever works with the post, once each', async () => {
    expect(await quiet()).toBe(0);
    const { status } = await z.api.call('PATCH', `/posts/${await postOf('S1-1')}`, {
      body: { person: 'NEW' },
    });
    expect(status).toBe(200);
    const [taken] = await told('NEW');
    expect(taken).toMatchObject({ type: 'postTaken', data: { taken: [{ open: 1, overdue: 0 }] } });
    expect(taken?.text).toBe('您已接任岗位，请接手在办任务；S1-1社区联络员 A 岗（在办 1 件）');
    expect((await told('S1-1'))[0]?.type).toBe('postEnded');
    expect((await told('S1'))[0]?.text).toBe('对接人员有变动；S1-1社区联络员 A 岗：由名S1-1变更为名NEW');
    expect(await quiet()).toBe(3);
  });
});

describe('a post with a beginning to come', () => {
  it('is told of when it begins, and again when it ends', async () => {
    const soon = (): string => new Date(Date.now() + 1_000).toISOString();
    const from = soon();
    const body = { unit: 'S2', role: 'liaisonB', person: 'LATER', from };
    expect((await z.api.call('POST', '/posts', { body })).status).toBe(201);
    const [taken] = await told('LATER');
    expect(taken).toMatchObject({ type: 'postTaken', data: { taken: [{ open: 1 }] } });
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(from));
    const to = soon();
    await z.api.call('PATCH', `/posts/${await postOf('LATER')}`, { body: { to } });
    const notices = await told('LATER', 2);
    expect(notices.map(({ type }) => type)).toEqual(['postEnded', 'postTaken']);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(to));
    // Above it the task force's liaison, below it its two communities': the beginning and the end.
    for (const person of ['TF', 'S2-1', 'S2-2']) expect(await told(person, 2)).toHaveLength(2);
  });
});

describe('an import that changes many', () => {
  it('makes one notice a person', async () => {
    const before = await quiet();
    const units = ['S1-1', 'S1-2', 'S2-1', 'S2-2'];
    const posts = units.flatMap((unit, n) => [
      { unit, role: 'liaisonB', person: `B${n + 1}` },
      { unit, role: 'leader', person: `B${n + 1}` },
    ]);
    expect((await z.api.call('POST', '/organisation/import', { body: { posts } })).status).toBe(200);
    for (const person of ['B1', 'B2', 'B3', 'B4'])
      expect((await told(person))[0]?.data['taken']).toHaveLength(2);
    const [street] = await told('S1', 2);
    expect(street?.data['changes']).toHaveLength(4);
    // Four new hands and two streets.
    expect(await quiet()).toBe(before + 6);
  });
});

it('a new hand of the office hears of its open directives, its task forces that somebody has come', async () => {
  const body = { unit: OFFICE, role: 'staff', person: 'NEW' };
  expect((await z.api.call('POST', '/posts', { body })).status).toBe(201);
  const [taken] = await told('NEW', 2);
  expect(taken?.text).toBe('您已接任岗位，请接手在办任务；区办公室工作人员（在办 1 件）');
  expect((await told('TF', 3))[0]?.text).toBe('对接人员有变动；区办公室工作人员：名NEW到岗');
});

it('who is brought in and handed work at once is not told of a post as well', async () => {
  const alone = await startInstallation();
  try {
    const look = (): Promise<number> =>
      tellHands({
        pool: alone.pool,
        sources: { directory: createDirectorySource(), routing: routingOf(false) },
      });
    // As the sentinel of an installation that nobody has filled in yet.
    await look();
    const { status } = await alone.api.call('POST', '/organisation/import', { body: district() });
    expect(status).toBe(200);
    await sendOut(alone, 'at-once');
    expect(await look()).toBe(0);
  } finally {
    await alone.close();
  }
});
