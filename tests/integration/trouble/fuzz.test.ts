// Thousands of spoilt bodies against the real API: each is taken or refused in words, none breaks it, and it does not grow.
//
//   ZHUANBAN_FUZZ_SEED=7 ZHUANBAN_FUZZ_COUNT=20000 npm run jest -- --selectProjects integration --testPathPatterns fuzz
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAILURES } from '../../../domain/failure.ts';
import { SHIPPED_POLICIES } from '../../../domain/policy/policy.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { SIZE, steps, TERMS } from '../../support/every-verb.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { mutated, randomFrom, type Random } from '../../support/mutate-json.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { tokenOf } from '../../support/small-record.ts';

/** The one under which a key `toString` once broke a check; others by the variable. */
const SEED = Number(process.env['ZHUANBAN_FUZZ_SEED'] ?? 410_862);
const COUNT = Number(process.env['ZHUANBAN_FUZZ_COUNT'] ?? 3_000);
/** Requests on their way at a time. */
const AT_ONCE = 8;
/** On a busy machine too; whoever is left without an answer is a finding. */
const ANSWERED_WITHIN_MS = 20_000;
/** One body may not keep all others waiting: nothing small enough to be let in takes that long. */
const MAY_HALT_MS = 5_000;
/** Until then caches fill: heads, forms, sessions, compiled code. */
const WARM = 1_000;
/** Far more than what is remembered on purpose, far less than keeping each body would take. */
const MAY_GROW_BYTES = 60_000_000;

/** A real request, with who sends it. */
type Sample = { method: 'POST' | 'PUT' | 'PATCH'; path: string; body: unknown; token: string; url: string };

/** Every type of field, and a rule over them. */
const FORM = {
  fields: [
    {
      key: 'n',
      label: '数',
      type: 'integer',
      min: 0,
      max: 1e6,
      aggregate: 'sum',
      timeAxis: 'snapshot',
      alertIf: 'n > 9',
      freshDays: 9,
    },
    { key: 'rate', label: '率', type: 'percent', aggregate: { weightedMean: 'n' } },
    { key: 'yes', label: '是', type: 'boolean', aggregate: 'all' },
    { key: 'which', label: '哪', type: 'choice', options: ['甲', '乙'], aggregate: 'countByValue' },
    { key: 'word', label: '话', type: 'text', maxLength: 50, aggregate: 'concat' },
    { key: 'day', label: '日', type: 'date', aggregate: 'max' },
    { key: 'who', label: '谁', type: 'contact', aggregate: 'none' },
    { key: 'papers', label: '件', type: 'file', aggregate: 'collect' },
    {
      key: 'list',
      label: '表',
      type: 'table',
      columns: [
        { key: 'name', label: '名', type: 'text' },
        { key: 'open', label: '未', type: 'integer' },
      ],
      aggregate: { union: ['name'] },
    },
  ],
  rules: [
    { key: 'sum', check: 'list.map(r, r.open).sum() <= n', severity: 'block', message: '不符' },
    { key: 'jump', check: 'last.n == null || n < 2 * last.n', severity: 'explain', message: '为何' },
  ],
};
const REPORT = {
  values: {
    n: 3,
    rate: 0.5,
    yes: true,
    which: '甲',
    word: '好',
    day: '2026-11-27',
    who: { name: '王', phone: '1' },
    papers: [],
  },
  rows: {
    list: [
      { name: 'a', open: 1 },
      { name: 'b', open: 2 },
    ],
  },
  attachments: [],
  note: '报',
  explanations: { jump: '因为' },
};

let z: Installation;
let course: Course;
/** An API whose organisation and policies may be spoilt: nothing else stands on them. */
let ground: TestApi;
let samples: Sample[] = [];
beforeAll(async () => {
  z = await startInstallation({ organisation: district(SIZE), worker: false });
  const worker = await z.startWorker();
  course = await sendOut(z, 'fuzz', { ...TERMS, item: { ...TERMS.item, form: FORM as never } });
  for (const { before } of Object.values(steps())) await before?.(course);
  // Amended as often as a mutant is taken.
  await sendOut(z, 'changing');
  // What mutants hand out need not be carried down the tree.
  await worker.stop();
  ground = await startApi();
  expect((await ground.call('POST', '/organisation/import', { body: district() })).status).toBe(200);
  samples = await samplesOf();
});
afterAll(async () => {
  await ground.close();
  await z.close();
});

async function samplesOf(): Promise<Sample[]> {
  const at = (unit: string): string => `/assignments/${course.at(unit)}`;
  const by = async (
    person: string,
    path: string,
    body: unknown,
    method: Sample['method'] = 'POST',
  ): Promise<Sample> => ({
    method,
    path,
    body,
    token: await tokenOf(z.api, person),
    url: z.api.url,
  });
  const onGround = (path: string, body: unknown, method: Sample['method'] = 'POST'): Promise<Sample> =>
    Promise.resolve({ method, path, body, token: ground.token, url: ground.url });
  const commands = Object.entries(steps()).map(([verb, { unit, person, body }]) =>
    by(person, `${at(unit)}/${verb}`, verb === 'submit' ? REPORT : body),
  );
  const order = directive('another', {
    item: { form: FORM as never },
    body: '通知',
    attachments: [],
    urgency: 'urgent',
  });
  const many = [
    { assignment: course.at('S3-1'), command: 'submit', ...REPORT },
    { assignment: course.at('S3-1'), command: 'acknowledge' },
    { assignment: course.at('S3-2'), command: 'comment', text: '在' },
  ];
  const calendar = (await ground.call('GET', '/calendars/work')).body as Record<string, unknown>;
  for (const key of ['id', 'version', 'at', 'by']) Reflect.deleteProperty(calendar, key);
  return Promise.all([
    ...commands,
    // Half of all is what people send most.
    ...['S3-1', 'S3-2', 'S3-3', 'S3-4'].map((unit) => by(unit, `${at(unit)}/submit`, REPORT)),
    by('S3', `${at('S3')}/submit`, { values: { n: 1 } }),
    by('S3-1', '/commands', many),
    by('S3-1', '/commands', many),
    by(OFFICE, '/directives', order),
    by(OFFICE, '/directives', { ...order, policy: SHIPPED_POLICIES.standard }),
    by(OFFICE, '/directives?draft=true', order),
    by(OFFICE, '/directives/preview', order),
    by(OFFICE, '/directives/preview', { ...order, due: { workdays: 1, at: '17:30' } }),
    by(OFFICE, '/directives/changing/amend/preview', { title: '改', due: { within: 'PT3H' }, note: '因' }),
    by(OFFICE, '/directives/changing/amend', { title: '改', note: '因' }),
    by(OFFICE, '/directives/changing/hand-up', { note: '报' }),
    by(OFFICE, '/directives/changing/copy', { id: 'copy', number: 'L-copy', due: { within: 'PT3H' } }),
    by(OFFICE, '/forms/kept', { title: '表', ...FORM, note: '初' }, 'PUT'),
    by(OFFICE, '/forms/kept/clone', { name: 'cloned', title: '又' }),
    by(
      FORCE,
      '/me/preferences',
      { channels: ['mail'], quietHours: { from: '22:00', to: '07:00' }, digestTimes: ['08:40'] },
      'PUT',
    ),
    onGround('/organisation/import', district()),
    onGround('/organisation/import?dryRun=true', district()),
    onGround('/policies/mine', SHIPPED_POLICIES.urgent, 'PUT'),
    onGround('/calendars/mine', calendar, 'PUT'),
    onGround('/calendars/work/preview', calendar),
    onGround('/calendars/work/notice', {
      year: 2027,
      source: 'x',
      holidays: ['2027-01-01', { from: '2027-10-01', to: '2027-10-07' }],
      workdays: ['2027-10-09'],
    }),
    onGround('/tokens', { name: 't', person: 'S1', expiresAt: '2027-01-01T00:00:00Z' }),
    onGround('/endpoints', {
      id: 'hook',
      kind: 'webhook',
      name: 'w',
      url: 'https://hook.example/',
      secret: `whsec_${'QUFB'.repeat(10)}`,
      types: ['issued'],
    }),
    onGround('/posts', { unit: 'S1', role: 'liaisonB', person: 'S2', from: '2026-01-01' }),
    onGround('/units', { code: 'NEW', name: '新', kind: 'street' }),
    onGround('/units/S1', { name: '名' }, 'PATCH'),
    onGround('/people', { id: 'new', name: '新', unit: 'S1', phone: '1' }),
    onGround('/people/S1', { name: '名', email: 'a@example.org' }, 'PATCH'),
    onGround('/task-forces', { code: 'TF9', name: '新', office: OFFICE, members: ['S1'] }),
    onGround('/task-forces/TF', { members: ['S1', 'S2'] }, 'PATCH'),
    onGround('/elements/n', { label: '数', meaning: '多少', type: 'integer' }, 'PUT'),
  ]);
}

/** What is wrong with an answer; null for nothing. */
async function wrongWith(response: Response): Promise<string | null> {
  const { status } = response;
  const text = await response.text();
  if (status >= 500) return `${status} ${text}`;
  if (status < 400) return null;
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return `${status} ${type}`;
  const problem = JSON.parse(text) as { code: string; status: number; detail: string; requestId: string };
  const isWhole =
    problem.code in FAILURES &&
    problem.status === status &&
    problem.detail !== '' &&
    problem.requestId !== '';
  return isWhole ? null : `${status} ${text}`;
}

const send = ({ method, path, token, url }: Sample, body: Buffer): Promise<Response> =>
  fetch(`${url}/api/v1${path}`, {
    method,
    body: new Uint8Array(body),
    signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heldBytes = (): number => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

type Run = { faults: string[]; statuses: Map<number, number> };
async function fuzz(random: Random, count: number, into: Run): Promise<void> {
  let left = count;
  const runner = async (): Promise<void> => {
    while (left > 0 && into.faults.length < 20) {
      left -= 1;
      const sample = random.one(samples);
      const body = mutated(sample.body, random);
      const wrong = await send(sample, body).then(
        (response) => {
          into.statuses.set(response.status, (into.statuses.get(response.status) ?? 0) + 1);
          return wrongWith(response);
        },
        (error: unknown) => `no answer: ${String(error)} ${String((error as Error).cause)}`,
      );
      if (wrong !== null)
        into.faults.push(`${sample.method} ${sample.path} ${body.toString().slice(0, 2_000)}\n→ ${wrong}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
}

describe(`${COUNT} spoilt bodies (seed ${SEED})`, () => {
  it('are all real to begin with', async () => {
    const refused: string[] = [];
    for (const sample of samples) {
      const response = await send(sample, Buffer.from(JSON.stringify(sample.body)));
      // What is wrong with it may be its moment, never its form.
      if (![200, 201, 204, 409].includes(response.status))
        refused.push(`${sample.method} ${sample.path} ${response.status} ${await response.text()}`);
    }
    expect(refused).toEqual([]);
  });

  it('are taken or refused in words, break nothing and leave nothing behind in memory', async () => {
    const random = randomFrom(SEED);
    const run: Run = { faults: [], statuses: new Map() };
    const halts = monitorEventLoopDelay();
    halts.enable();
    await fuzz(random, Math.min(WARM, COUNT), run);
    const before = heldBytes();
    await fuzz(random, Math.max(0, COUNT - WARM), run);
    const after = heldBytes();
    expect(run.faults).toEqual([]);
    expect(halts.max / 1e6).toBeLessThan(MAY_HALT_MS);
    // A fuzzer that is only ever turned away at the door, or only ever let in, tries nothing.
    for (const status of [400, 422]) expect(run.statuses.get(status) ?? 0).toBeGreaterThan(COUNT / 20);
    expect((run.statuses.get(200) ?? 0) + (run.statuses.get(201) ?? 0)).toBeGreaterThan(COUNT / 100);
    expect(after - before).toBeLessThan(MAY_GROW_BYTES);
  }, 120_000);

  it('leave the record whole, and the API at work', async () => {
    expect(await faultsOfRecord(z.pool, 'fuzz')).toEqual([]);
    expect(await course.told('S2-11', 'submit', REPORT)).toBe('200');
    expect((await course.summary()).coverage).toMatchObject({ expected: expect.any(Number) });
  });
});
