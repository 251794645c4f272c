// Sensitive values planted in reports are searched for in everything the system answers, sends and exports to people who may not read them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { listen, type EventStream } from '../../support/event-stream.ts';
import { everyGet } from '../../support/every-get.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { startListener, type Listener } from '../../support/listener.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';
import { uploadAs } from '../../support/upload.ts';
import { tokenOf } from '../../support/small-record.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const field = (key: string, type: string, more: object = {}): object => ({
  key,
  label: `项${key}`,
  type,
  ...more,
});
const FORM = {
  fields: [
    field('n', 'integer', { required: true, aggregate: 'sum', timeAxis: 'snapshot' }),
    field('who', 'contact', { aggregate: 'max', freshDays: 30 }),
    field('idno', 'text', { sensitive: true, aggregate: 'concat', freshDays: 30 }),
    field('pay', 'number', {
      sensitive: true,
      aggregate: 'sum',
      timeAxis: 'flow',
      freshDays: 30,
      alertIf: 'pay > 1000',
    }),
    field('born', 'date', { sensitive: true, aggregate: 'min' }),
    field('state', 'choice', { sensitive: true, options: ['患病甲类', '健康'], aggregate: 'any' }),
    field('list', 'table', {
      columns: [field('place', 'text'), field('boss', 'contact')],
      aggregate: { union: ['boss'] },
    }),
    field('scan', 'file', { sensitive: true, aggregate: 'collect' }),
    field('hush', 'table', { sensitive: true, columns: [field('word', 'text')], aggregate: { union: [] } }),
  ],
  rules: [],
};
const VALUES = {
  n: 5,
  who: { name: '欧阳慕容甲', phone: '13987654321' },
  idno: '440111198706051234',
  pay: 73_519_264,
  born: '1987-06-05',
  state: '患病甲类',
};
const ROWS = {
  list: [
    { place: '东门', boss: { name: '司马青衫乙', phone: '13712345678' } },
    // Another person whose mask is the same.
    { place: '西门', boss: { name: '司马红袖丙', phone: '13799995678' } },
  ],
  hush: [{ word: '绝密丁字' }],
};
/** 31933 is the day of birth as a spreadsheet counts days. */
const PLANTED = [
  '慕容甲',
  '13987654321',
  '19870605',
  '73519264',
  '73,519,264',
  '73519265',
  '73,519,265',
  '1987-06-05',
  '31933',
  '青衫乙',
  '红袖丙',
  '13712345678',
  '13799995678',
  '绝密丁字',
  '病历戊',
  '绝密附件',
];
/** The liaison's own, kept with the people. */
const OWN = { phone: '13611112222', email: 'private-mailbox@example.org' };

/** Everybody who sees something of the directive, or something else, and is neither holder nor direct issuer. */
const READERS = [
  'NOBODY',
  'AUDITOR',
  'ADMIN',
  OFFICE,
  FORCE,
  'S1-2',
  'S2',
  'S2-1',
  'CITY',
  'OFF2',
  'TF2',
  'EX',
];
/** Of them those who may have the liaison's number: who keeps the list of people. */
const KEEPERS = ['ADMIN'];

let z: Installation;
let course: Course;
let later: Course;
let listener: Listener;
let mail: MailServer;
let scan: string;
const streams = new Map<string, EventStream>();

beforeAll(async () => {
  [listener, mail] = await Promise.all([startListener(() => ({ status: 204 })), startMailServer()]);
  const { people = [], units = [], posts = [], taskForces = [], ...rest } = district();
  const more = ['ADMIN', 'CITY', 'OFF2', 'TF2', 'EX'].map((id) => ({ id, name: `名${id}` }));
  z = await startInstallation({
    organisation: {
      ...rest,
      units: [
        ...units,
        { code: 'CITY', name: '市办公室', kind: 'superior' },
        { code: 'OFFICE2', name: '另一办公室', kind: 'office' },
      ],
      people: [...people, ...more].map((person) => ({
        ...person,
        email: person.id === 'S1-1' ? OWN.email : `${person.id.toLowerCase()}@example.org`,
        ...(person.id === 'S1-1' ? { phone: OWN.phone } : {}),
      })),
      taskForces: [...taskForces, { code: 'TF2', name: '另一专班', office: 'OFFICE2', members: [] }],
      posts: [
        ...posts,
        { role: 'administrator', person: 'ADMIN' },
        { unit: 'CITY', role: 'leader', person: 'CITY' },
        { unit: 'OFFICE2', role: 'staff', person: 'OFF2' },
        { taskForce: 'TF2', role: 'leader', person: 'TF2' },
        { unit: 'S1-1', role: 'liaisonB', person: 'EX', to: '2020-01-01' },
      ],
    },
    sentinel: { everyMs: 200 },
    mail,
  });
  const bridge = {
    id: 'bridge',
    kind: 'webhook',
    name: '市平台',
    url: `${listener.url}/bridge`,
    secret: `whsec_${Buffer.alloc(32, 5).toString('base64')}`,
  };
  expect((await z.api.call('POST', '/endpoints', { body: bridge })).status).toBe(201);
  expect((await z.as(OFFICE).put('/forms/sites', { title: '站点', ...FORM })).status).toBe(200);
  for (const reader of READERS) streams.set(reader, await listen(z.api.url, await tokenOf(z.api, reader)));
  course = await sendOut(z, 'd', { superior: 'CITY', item: { form: FORM } as object });
  // Two versions that differ in what is sensitive, and a correction after it was all handed up.
  scan = (await uploadAs(z.api, 'S1-1', '绝密附件', '病历戊.txt')).id;
  const values = { ...VALUES, scan: [scan] };
  await course.do('S1-1', 'submit', { values: { ...values, pay: 73_519_265 }, rows: ROWS });
  await course.do('S1-1', 'return', { reason: '核对' });
  await course.do('S1-1', 'submit', { values, rows: ROWS });
  await course.do('S1-1', 'approve');
  await course.settle('S1-2', 1);
  await course.comes('S1', 'submitted');
  await course.do('S1', 'approve');
  await course.do('S1', 'share', { to: { unit: 'S2' } });
  expect((await z.as(OFFICE).post('/directives/d/hand-up', {})).status).toBe(201);
  await course.do('S1-1', 'submit', { values: { ...values, n: 6 }, rows: ROWS, note: '更正' });
  await course.do('S1-1', 'approve');
  await course.happens('S1', 'restated');
  await z.until(async () => (await handUps()).length === 2, 'the hand-up is restated');
  later = await sendOut(z, 'e', { item: { form: FORM } as object });
}, 240_000);
afterAll(async () => {
  for (const stream of streams.values()) stream.close();
  await z.close();
  await listener.close();
  await mail.close();
});

const handUps = async (): Promise<unknown[]> => (await z.as(OFFICE).get('/directives/d/hand-ups')).body.items;

/** All that can be read of an answer: of a workbook or document every part of it. */
function wordsOf(bytes: Uint8Array): string {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return strFromU8(bytes);
  return Object.values(unzipSync(bytes))
    .map((part) => strFromU8(part))
    .join('\n');
}

async function read(person: string, path: string): Promise<{ status: number; words: string }> {
  const headers = { authorization: `Bearer ${await tokenOf(z.api, person)}` };
  const response = await fetchChecked(`${z.api.url}${path}`, { headers });
  const words = wordsOf(new Uint8Array(await response.arrayBuffer()));
  return { status: response.status, words };
}

const foundIn = (words: string, needles: readonly string[]): string[] =>
  needles.filter((needle) => words.includes(needle));

const all = (...queries: string[]): readonly string[] => queries;
function everyPath(): { paths: string[]; without: string[] } {
  const places = [course.at('S1-1'), course.at('S1'), course.at(''), later.at('S1-1'), later.at('S1')];
  return everyGet(
    {
      assignments: { id: places, version: ['1', '2', '3'] },
      directives: { id: ['d', 'e'], n: ['1', '2'] },
      audit: { n: ['1'] },
      calendars: { id: ['always'] },
      elements: { key: ['n'] },
      endpoints: { id: ['bridge'] },
      files: { id: [scan] },
      forms: { name: ['sites'], version: ['1'], template: ['none'] },
      // What a one-time address answers is what its path answers, and that is walked by itself.
      g: { token: ['none'] },
      l: { token: ['none'] },
      people: { id: ['S1-1', 'S1'] },
      policies: { name: ['none'] },
      posts: { id: ['1'] },
      slips: { id: ['1'] },
      'task-forces': { code: [FORCE] },
      units: { code: ['S1-1'] },
    },
    {
      '/review': all('', '?limit=200'),
      '/assignments/{id}/receivers': all('', '?limit=500'),
      '/assignments': all('', '?scope=below', '?scope=issued', '?scope=all', '?scope=shared', '?directive=d'),
      '/directives/{id}/summary': all('', '?basis=reported'),
      '/assignments/{id}/summary': all('', '?basis=reported'),
      '/assignments/{id}/summary/lineage': ['who', 'idno', 'pay', 'born', 'state', 'list', 'hush'].map(
        (key) => `?field=${key}`,
      ),
      '/directives/{id}/summary/rows': all('?field=list', '?field=hush'),
      '/assignments/{id}/summary/rows': all('?field=list', '?field=hush'),
      '/directives/{id}/summary/rows.csv': all('?field=list', '?field=hush'),
      '/assignments/{id}/summary/rows.csv': all('?field=list', '?field=hush'),
      '/figures/over-time': ['n', 'pay'].map((key) => `?directives=d,e&item=sites&field=${key}`),
      '/people': all('?limit=100', '?q=S1-1'),
      '/directives/{id}/events': all('?limit=500'),
      '/assignments/{id}/events': all('?limit=500'),
      '/assignments/{id}/outliers': all('', '?basis=approved'),
    },
  );
}

describe('a sensitive value', () => {
  it('has an address to be searched for at, for every GET of the contract', () => {
    expect(everyPath().without).toEqual([]);
  });

  it('is searched for where there is something to read', async () => {
    const statuses: number[] = [];
    for (const path of everyPath().paths) statuses.push((await read(OFFICE, path)).status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(100);
  }, 120_000);

  it.each(READERS)(
    'is in nothing that %s reads',
    async (reader) => {
      const found: unknown[] = [];
      for (const path of everyPath().paths) {
        const { status, words } = await read(reader, path);
        const planted = foundIn(words, [...PLANTED, ...(KEEPERS.includes(reader) ? [] : Object.values(OWN))]);
        if (planted.length > 0 || status >= 500) found.push([path, status, ...planted]);
      }
      expect(found).toEqual([]);
    },
    120_000,
  );

  it('is in no mail, no webhook, no notice of the stream', async () => {
    const waiting = `select from delivery where directive = 'd' and channel = 'webhook' and state = 'waiting'`;
    await z.until(
      async () => (await z.pool.query(waiting)).rowCount === 0,
      'the webhook has been told of all',
    );
    await z.until(() => mail.letters.length > 0, 'mail is sent');
    const sent = mail.letters.map(({ raw, text }) => `${raw}\n${text}`);
    const hooks = listener.at('/bridge').map(({ body }) => body);
    const heard = [...streams.values()].flatMap((stream) => stream.heard.map((each) => JSON.stringify(each)));
    expect([sent.length, hooks.length, heard.length].map((count) => count > 0)).toEqual([true, true, true]);
    expect(hooks.some((body) => body.includes('"restated"'))).toBe(true);
    expect(foundIn([...sent, ...hooks, ...heard].join('\n'), PLANTED)).toEqual([]);
  });

  it('is kept in no hand-up', async () => {
    const { rows } = await z.pool.query<{ said: string }>(
      `select content::text as said from hand_up union all select data::text from event where type like 'hand%'`,
    );
    expect(foundIn(rows.map(({ said }) => said).join('\n'), PLANTED)).toEqual([]);
  });

  it('is clear to its holder and to the direct issuer, in answers and in exports', async () => {
    const leaf = `/api/v1/assignments/${course.at('S1-1')}`;
    const node = `/api/v1/assignments/${course.at('S1')}`;
    const own = [
      '慕容甲',
      '13987654321',
      '440111198706051234',
      '73519264',
      '1987-06-05',
      '患病甲类',
      '青衫乙',
      '绝密丁字',
    ];
    for (const [person, path] of [
      ['S1-1', leaf],
      ['S1', leaf],
      ['S1', `${node}/summary`],
      ['S1', `${node}/summary.xlsx`],
      ['S1-1', `${leaf}/sheet.xlsx`],
      ['S1', `${node}/sheet.xlsx`],
    ] as const) {
      const { words } = await read(person, path);
      const asWritten = path.endsWith('.xlsx') ? own.filter((each) => each !== '1987-06-05') : own;
      expect([person, path, foundIn(words, asWritten)]).toEqual([person, path, asWritten]);
    }
    for (const person of ['S1-1', 'S1'])
      expect((await read(person, `/api/v1/files/${scan}`)).words).toContain('绝密附件');
    expect((await read('AUDITOR', `/api/v1/files/${scan}`)).status).toBe(404);
    const rows = (await read('S1', `${node}/summary/rows.csv?field=list`)).words;
    expect(foundIn(rows, ['13712345678', '红袖丙'])).toEqual(['13712345678', '红袖丙']);
    expect((await read('S1-1', `/api/v1/assignments/${later.at('S1-1')}/form`)).words).toContain(
      '13987654321',
    );
  });

  it('stays recognisable where it is masked, and two people stay two', async () => {
    const { body } = await z.as(OFFICE).get(`/assignments/${course.at('S1')}/summary`);
    expect(body).toMatchObject({
      values: {
        n: 7,
        who: { name: '欧＊＊', phone: '139****4321' },
        idno: [{ text: '440***********1234' }],
        pay: '＊＊＊',
        born: '＊＊＊',
      },
      rows: {
        list: [
          { place: '东门', boss: { name: '司＊＊', phone: '137****5678' } },
          { place: '西门', boss: { name: '司＊＊', phone: '137****5678' } },
        ],
        hush: [{ word: '＊＊＊' }],
      },
    });
    const { body: version } = await z.as(OFFICE).get(`/assignments/${course.at('S1-1')}/submissions/2`);
    expect((version as unknown as { changes: unknown }).changes).toEqual([
      { path: 'values.pay', before: '＊＊＊', after: '＊＊＊' },
    ]);
  });

  it('is never replaced by its mask: what is copied from where it was masked is refused', async () => {
    const masked = {
      n: 5,
      who: { name: '欧＊＊', phone: '139****4321' },
      idno: '440***********1234',
      pay: '＊＊＊',
    };
    const { status, body } = await z
      .as('S1-1')
      .post(`/assignments/${later.at('S1-1')}/submit`, { values: masked });
    expect([status, ...body.errors.map(({ path, code }) => `${path} ${code}`)]).toEqual([
      422,
      'values.who MASKED_VALUE',
      'values.idno MASKED_VALUE',
      'values.pay MASKED_VALUE',
    ]);
  });
});

describe('a telephone number of a colleague', () => {
  it.each([
    ['S1-1', OWN.phone, OWN.email],
    ['S1', OWN.phone, OWN.email],
    ['ADMIN', OWN.phone, OWN.email],
    ['S2', '136****2222', 'p***@example.org'],
    ['AUDITOR', '136****2222', 'p***@example.org'],
    [OFFICE, '136****2222', 'p***@example.org'],
  ])('is read by %s as %s', async (person, phone, email) => {
    const { body } = await z.as(person).get('/people/S1-1');
    expect(body).toMatchObject({ phone, email });
    const listed = (await z.as(person).get('/people?q=S1-1')).body.items as { id: string }[];
    expect(listed.find(({ id }) => id === 'S1-1')).toMatchObject({ phone, email });
  });
});
