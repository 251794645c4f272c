// One gate for reading: lists, routes and the stream give the same answer to who sees a directive.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Answer, type TestApi } from '../../support/api.ts';
import { listen } from '../../support/event-stream.ts';
import { insertEvent, insertSmallRecord, tokenOf } from '../../support/small-record.ts';

const DD1 = 'd.sites.TF.DD.DD-1';

/** Beside the small record's: a unit asked to take over, one that leads the task force, and guests of one task force. */
const MORE = {
  units: [
    { code: 'BJ', name: '民政局', kind: 'department' },
    { code: 'LD', name: '团区委', kind: 'department' },
    { code: 'CITY', name: '市指挥部', kind: 'superior' },
  ],
  people: ['BJ', 'BJ2', 'LD', 'LD2', 'OFF2', 'CITY', 'BOTH'].map((id) => ({ id, name: `名${id}` })),
  taskForces: [{ code: 'TF', name: '志愿专班', office: 'OFFICE', leadUnit: 'LD', members: ['DD', 'XH'] }],
  posts: [
    { unit: 'BJ', role: 'liaisonA', person: 'BJ' },
    { unit: 'BJ', taskForce: 'TF2', role: 'liaisonA', person: 'BJ2' },
    { unit: 'LD', role: 'liaisonA', person: 'LD' },
    { unit: 'LD', taskForce: 'TF2', role: 'liaisonB', person: 'LD2' },
    { unit: 'OFFICE', taskForce: 'TF2', role: 'liaisonB', person: 'OFF2' },
    { unit: 'CITY', role: 'leader', person: 'CITY' },
    { unit: 'CITY', role: 'liaisonA', person: 'BOTH' },
    { unit: 'XH', role: 'liaisonB', person: 'BOTH' },
  ],
};

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  await insertSmallRecord(api);
  const { status, body } = await api.call('POST', '/organisation/import', { body: MORE });
  if (status !== 200) throw new Error(JSON.stringify(body));
  await api.pool.query(`update assignment set transfer_to = 'unit/BJ' where id = $1`, [DD1]);
  await api.pool.query(`update directive set superior = 'CITY', handed_up = 1`);
});
afterAll(() => api.close());

const as = async (person: string, path: string): Promise<Answer> =>
  api.call('GET', path, { token: await tokenOf(api, person) });
const listed = async (person: string): Promise<string[]> =>
  ((await as(person, '/directives')).body as { items: { id: string }[] }).items.map(({ id }) => id);

const SEEING = ['OFF', 'AUD', 'TF', 'DD', 'DD1', 'XH', 'BJ', 'LD', 'CITY', 'BOTH'];
/** Named for another task force, at places that hold, lead, are asked to take over or issue; and one without a post. */
const BLIND = ['LIM', 'BJ2', 'LD2', 'OFF2', 'NONE'];

describe('the gate', () => {
  it.each(SEEING)('shows %s the directive in the list and by itself', async (person) => {
    expect([await listed(person), (await as(person, '/directives/d')).status]).toEqual([['d'], 200]);
  });

  it.each(BLIND)('shows %s nothing of it, not even that there is one', async (person) => {
    expect(await listed(person)).toEqual([]);
    for (const path of ['', '/tree', '/events', '/summary', '/amendments', '/hand-ups'])
      expect([path, (await as(person, `/directives/d${path}`)).status]).toEqual([path, 404]);
    expect((await as(person, '/assignments?directive=d')).body).toMatchObject({ items: [] });
    expect((await as(person, '/assignments?scope=below')).body).toMatchObject({ items: [] });
    expect((await as(person, '/directives?q=一社区')).body).toMatchObject({ items: [] });
  });

  it('lets the stream tell of it exactly those who may read what happened', async () => {
    const people = [...SEEING, ...BLIND];
    const streams = await Promise.all(
      people.map(async (person) => listen(api.url, await tokenOf(api, person))),
    );
    await insertEvent(api.pool, null, 'closed');
    const allowed = await Promise.all(
      people.map(async (person) => (await as(person, '/directives/d/events')).status === 200),
    );
    for (const [index, stream] of streams.entries())
      if (allowed[index]) await stream.until((heard) => heard.length > 0);
    expect(people.filter((_, index) => (streams[index]?.heard.length ?? 0) > 0)).toEqual(
      people.filter((_, index) => allowed[index]),
    );
    for (const stream of streams) stream.close();
  }, 20_000);
});
