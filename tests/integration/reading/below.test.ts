// One overview of what lies below: of each place its own subtree and nothing of its siblings, by words too.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { courseOf, sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';

let z: Installation;
let course: Course;
const list = async (person: string, query = ''): Promise<string[]> => {
  const { status, body } = await z.as(person).get(`/assignments?scope=below${query}`);
  expect(status).toBe(200);
  return body.items.map(({ id }) => id);
};
const places = (...units: string[]): string[] => units.map((unit) => course.at(unit));
const FIRST = ['S1', 'S1-1', 'S1-2'];
const SECOND = ['S2', 'S2-1', 'S2-2'];

beforeAll(async () => {
  z = await startInstallation({ organisation: district(), deskLimit: 5 });
  course = await sendOut(z, 'd');
  await sendOut(z, 'e');
  for (const unit of [...FIRST, ...SECOND]) {
    await course.comes(unit, 'issued');
    await courseOf(z, 'e').comes(unit, 'issued');
  }
});
afterAll(() => z.close());

describe('what lies below', () => {
  it.each([
    ['the office, its directives whole', OFFICE, ['', ...FIRST, ...SECOND]],
    ['a task force', FORCE, [...FIRST, ...SECOND]],
    ['a street, without its siblings', 'S1', FIRST.slice(1)],
    ['a community', 'S1-1', []],
    ['an auditor', 'AUDITOR', ['', ...FIRST, ...SECOND]],
    ['somebody without a post', 'NOBODY', []],
  ])('is shown to %s', async (_, person, units) => {
    expect((await list(person, '&directive=d')).toSorted()).toEqual(places(...units).toSorted());
  });

  it('is of all directives at once, each assignment once, page by page', async () => {
    const all: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await z.as(FORCE).get(`/assignments?scope=below&limit=5${from}`);
      all.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    expect(all).toHaveLength(12);
    expect(new Set(all).size).toBe(12);
  });

  it('is found by what is not acknowledged, and by what is overdue', async () => {
    await course.do('S1-1', 'acknowledge');
    expect(await list('S1', '&unacknowledged=true&directive=d')).toEqual(places('S1-2'));
    expect(await list('S1', '&unacknowledged=false&directive=d')).toEqual(places('S1-1'));
    expect(await list(FORCE, '&overdue=true')).toEqual([]);
    await z.pool.query(
      `update assignment set due_at = now() - interval '1 minute' where id = $1`,
      places('S1-2'),
    );
    expect(await list(FORCE, '&overdue=true')).toEqual(places('S1-2'));
    expect(await list('S1', '&overdue=true')).toEqual(places('S1-2'));
    expect(await list('S2', '&overdue=true')).toEqual([]);
    expect(await list(FORCE, '&overdue=true&unacknowledged=true&directive=e')).toEqual([]);
  });

  it.each([
    ['a unit’s name', 'Ｓ1-2社区', ['S1-2']],
    ['who sits there', '名S1-1', ['S1-1']],
    ['the directive’s number', 'L-d', [...FIRST, ...SECOND]],
    ['what there is not', '西湖', []],
  ])('is found by %s', async (_, q, units) => {
    const found = await list(FORCE, `&directive=d&q=${encodeURIComponent(q)}`);
    expect(found.toSorted()).toEqual(places(...units).toSorted());
  });

  it('is not found by the name of a sibling', async () => {
    expect(await list('S1', `&q=${encodeURIComponent('S2-1社区')}`)).toEqual([]);
  });

  it('is no list of one’s own', async () => {
    expect((await z.as('S1').get('/assignments?scope=below&role=issuer')).status).toBe(400);
    expect((await z.as('S1').get('/assignments?scope=above')).status).toBe(400);
  });
});

describe('words', () => {
  const directives = async (person: string, q: string): Promise<string[]> =>
    (await z.as(person).get(`/directives?q=${encodeURIComponent(q)}`)).body.items.map(({ id }) => id);

  it('find directives by units and people that hold something of them, as far as the reader sees', async () => {
    expect(await directives(OFFICE, 'S2-1社区')).toEqual(['e', 'd']);
    expect(await directives(OFFICE, '名S2-1')).toEqual(['e', 'd']);
    expect(await directives('S2', 'S2-1社区')).toEqual(['e', 'd']);
    expect(await directives('S1', 'S2-1社区')).toEqual([]);
    expect(await directives('S1', 'S1街道')).toEqual(['e', 'd']);
    expect(await directives('S1', '摸排　d')).toEqual(['d']);
  });

  it('find what one owes oneself', async () => {
    const { body } = await z.as('S1-1').get(`/assignments?q=${encodeURIComponent('L-e')}`);
    expect(body.items.map(({ id }) => id)).toEqual([courseOf(z, 'e').at('S1-1')]);
  });
});
