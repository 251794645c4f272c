// One gate for reading: lists, routes and the stream give the same answer to who sees a directive.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type Answer, type TestApi } from '../../support/api.ts';
import { listen } from '../../support/event-stream.ts';
import { fetchAs, uploadAs } from '../../support/upload.ts';
import { insertEvent, insertSmallRecord, tokenOf } from '../../support/small-record.ts';

const DD1 = 'd.sites.TF.DD.DD-1';

/** Beside the small record's: a unit asked to take over, one that leads the task force, and guests of one task force. */
const MORE = {
  units: [
    { code: 'BJ', name: '民政局', kind: 'department' },
    { code: 'LD', name: '团区委', kind: 'department' },
    { code: 'CITY', name: '市指挥部', kind: 'superior' },
    { code: 'OFFICE2', name: '另一办公室', kind: 'office' },
  ],
  people: ['BJ', 'BJ2', 'LD', 'LD2', 'OFF2', 'CITY', 'BOTH', 'OTHER', 'OTHER2', 'ROOT'].map((id) => ({
    id,
    name: `名${id}`,
  })),
  taskForces: [
    { code: 'TF', name: '志愿专班', office: 'OFFICE', leadUnit: 'LD', members: ['DD', 'XH'] },
    { code: 'TF9', name: '别的专班', office: 'OFFICE2', members: ['DD', 'XH'] },
  ],
  posts: [
    { unit: 'BJ', role: 'liaisonA', person: 'BJ' },
    { unit: 'BJ', taskForce: 'TF2', role: 'liaisonA', person: 'BJ2' },
    { unit: 'LD', role: 'liaisonA', person: 'LD' },
    { unit: 'LD', taskForce: 'TF2', role: 'liaisonB', person: 'LD2' },
    { unit: 'OFFICE', taskForce: 'TF2', role: 'liaisonB', person: 'OFF2' },
    { unit: 'CITY', role: 'leader', person: 'CITY' },
    { unit: 'OFFICE2', role: 'staff', person: 'OTHER' },
    { unit: 'OFFICE2', role: 'deputy', person: 'OTHER2' },
    { unit: 'OFFICE2', role: 'director', person: 'ROOT' },
    { role: 'administrator', person: 'ROOT' },
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

describe('a file', () => {
  const statusOf = async (person: string, id: string): Promise<number> =>
    (await fetchAs(api, person, `/files/${id}`)).status;
  const draft = (id: string, files: string[]): object => ({
    id,
    number: id,
    title: id,
    calendar: 'always',
    due: { within: 'PT5H' },
    attachments: files,
    items: [{ key: 'a', title: 'a', attachments: files, dispatch: [{ taskForce: 'TF9' }] }],
  });
  const told = async (person: string, method: string, to: string, body: object): Promise<unknown[]> => {
    const headers = method === 'PUT' ? { 'if-match': '*' } : {};
    const answer = await api.call(method, to, { token: await tokenOf(api, person), body, headers });
    const { code, errors = [] } = answer.body as { code?: string; errors?: { path: string; code: string }[] };
    return [answer.status, code, ...errors.map((each) => `${each.path} ${each.code}`)];
  };
  const UNKNOWN = [422, 'INVALID', 'attachments[0] UNKNOWN_FILE', 'items[0].attachments[0] UNKNOWN_FILE'];

  it('of a stranger is attached by no draft, in none of the ways, and stays its owner’s', async () => {
    const [mine, waiting] = [
      await uploadAs(api, 'DD1', '机密', 'a.txt'),
      await uploadAs(api, 'OFF', '未发', 'b.txt'),
    ];
    for (const { id } of [mine, waiting]) {
      // An administrator reads every file; what is attached to nothing is the uploader's to attach all the same.
      for (const person of ['OTHER', 'ROOT'])
        for (const to of ['/directives?draft=true', '/directives', '/directives/preview'])
          expect([person, to, ...(await told(person, 'POST', to, draft('thief', [id])))]).toEqual([
            person,
            to,
            ...UNKNOWN,
          ]);
      expect(
        (await told('OTHER', 'POST', '/directives?draft=true', draft(`p-${id.slice(0, 8)}`, [])))[0],
      ).toBe(201);
      expect(
        await told('OTHER', 'PUT', `/directives/p-${id.slice(0, 8)}`, draft(`p-${id.slice(0, 8)}`, [id])),
      ).toEqual(UNKNOWN);
      expect(await statusOf('OTHER', id)).toBe(404);
    }
    expect([await statusOf('DD1', mine.id), await statusOf('OFF', waiting.id)]).toEqual([200, 200]);
  });

  it('goes on to a second directive by a colleague who sees the first, in a draft put anew, a copy and at its issue', async () => {
    const { id } = await uploadAs(api, 'OTHER', '附件', 'c.txt');
    expect((await told('OTHER', 'POST', '/directives?draft=true', draft('first', [id])))[0]).toBe(201);
    expect((await told('OTHER2', 'PUT', '/directives/first', draft('first', [id])))[0]).toBe(200);
    expect(
      (await told('OTHER2', 'POST', '/directives/first/copy', { id: 'second', number: 'second' }))[0],
    ).toBe(201);
    expect((await told('OTHER2', 'POST', '/directives/second/issue', {}))[0]).toBe(200);
    expect([await statusOf('OTHER', id), await statusOf('OTHER2', id), await statusOf('DD1', id)]).toEqual([
      200, 200, 404,
    ]);
  });
});
