// The L district's directive, played from end to end with its four planted faults: blocked, silent, to be explained, returned.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DirectiveRequest } from '../../../domain/directive/directive.ts';
import type { OrganisationFile } from '../../../domain/organisation/organisation.ts';
import { startInstallation, type Caller, type Installation, type Reply } from '../../support/installation.ts';
import { openZipOnDisk } from '../../../ooxml/package/zip-on-disk.ts';
import { verifyArchive } from '../../../reading/archive/verify-archive.ts';
import { tokenOf } from '../../support/small-record.ts';
import type { Seen, SeenEvent } from '../../support/seen.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

type Values = Record<string, unknown>;
type Answers = {
  answers: Record<string, Values>;
  planted: { unit: string; first?: Values }[];
  expected: { units: number; total: Values; byStreet: Record<string, Values> };
  earlier: unknown;
};

const read = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../demo/l-district', file), 'utf8'));
const organisation = read('organisation.json') as OrganisationFile;
const directive = read('volunteer-sites.directive.json') as DirectiveRequest;
const { answers, planted, expected } = read('volunteer-sites.answers.json') as Answers;

const OFFICE = 'P001';
const communities = Object.keys(answers);
const streetOf = (community: string): string => community.split('-')[0] ?? '';
const streets = [...new Set(communities.map(streetOf))];
/** What a planted fault sends first. */
const firstOf = (unit: string): Values => ({
  ...answers[unit],
  ...planted.find((fault) => fault.unit === unit)?.first,
});
const personOf = (where: { unit?: string; taskForce?: string }): string => {
  const post = organisation.posts.find(
    ({ unit, taskForce, role }) =>
      unit === where.unit && taskForce === where.taskForce && role === 'liaisonA',
  );
  const force = organisation.taskForces.find(({ code }) => code === where.taskForce);
  const person = post?.person ?? force?.posts.find(({ role }) => role === 'liaisonA')?.person;
  if (person === undefined) throw new Error(JSON.stringify(where));
  return person;
};

/** SX-1 had 333 registered in an earlier directive: the jump is to be explained. */
const earlier = {
  id: 'earlier',
  number: 'L-2023-0801-01',
  title: '早先的摸排',
  superior: 'CITY',
  calendar: 'always',
  due: { within: 'PT2H' },
  items: [
    {
      key: 'registered',
      title: '注册志愿者',
      review: 'auto',
      form: {
        fields: [
          {
            key: 'v_registered',
            label: '注册在册志愿者人数',
            type: 'integer',
            aggregate: 'sum',
            timeAxis: 'snapshot',
          },
        ],
        rules: [],
      },
      dispatch: [{ taskForce: 'TF-ZY', receivers: [{ unit: 'SX-1' }] }],
    },
  ],
};

describe.each([2000, 5])('the L district with desks of %i', (deskLimit) => {
  let z: Installation;
  let office: Caller;
  let force: Caller;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation });
    office = z.as(OFFICE);
    force = z.as(personOf({ taskForce: 'TF-ZY' }));
    expect((await office.post('/directives', earlier)).status).toBe(201);
    await isOpen('earlier');
    const report = { values: { v_registered: 333 } };
    const sent = await of('SX-1').post('/assignments/earlier.registered.TF-ZY.SX-1/submit', report);
    expect(sent.status).toBe(200);
  });
  afterAll(() => z.close());

  const of = (unit: string): Caller => z.as(personOf({ unit }));
  const isOpen = (id: string): Promise<true> =>
    z.until(async () => (await office.see(id)).phase === 'open', `${id} is open`);

  /** One play of the directive; the four planted faults make their own way. */
  function play(id: string): {
    node: (unit?: string) => string;
    community: (unit: string) => {
      acknowledge: () => Promise<Reply>;
      submit: (body: unknown) => Promise<Reply>;
      approve: () => Promise<Reply>;
      giveBack: (body: unknown) => Promise<Reply>;
    };
    summary: () => Promise<Seen>;
    close: () => Promise<void>;
  } {
    const top = `${id}.sites.TF-ZY`;
    const node = (unit?: string): string =>
      unit === undefined ? top : unit.includes('-') ? `${top}.${streetOf(unit)}.${unit}` : `${top}.${unit}`;
    const step = (who: Caller, unit: string, verb: string, body: unknown): Promise<Reply> =>
      who.post(`/assignments/${node(unit)}/${verb}`, body);
    return {
      node,
      community: (unit) => ({
        acknowledge: () => step(of(unit), unit, 'acknowledge', {}),
        submit: (body) => step(of(unit), unit, 'submit', body),
        approve: () => step(of(streetOf(unit)), unit, 'approve', {}),
        giveBack: (body) => step(of(streetOf(unit)), unit, 'return', body),
      }),
      summary: async () => (await office.get(`/directives/${id}/summary`)).body.items[0] as Seen,
      close: async () => {
        await Promise.all(
          streets.map(async (street) => {
            await isIn(node(street), 'submitted');
            expect((await force.post(`/assignments/${node(street)}/approve`)).status).toBe(200);
          }),
        );
        await isIn(top, 'submitted');
        expect((await office.post(`/assignments/${top}/approve`)).status).toBe(200);
        await z.until(async () => (await office.see(id)).phase === 'closed', `${id} has closed by itself`);
      },
    };
  }
  const isIn = (id: string, phase: string): Promise<true> =>
    z.until(async () => (await office.see(id)).phase === phase, `${id} is ${phase}`);

  async function archived(id: string, file: string): Promise<Buffer> {
    const token = await tokenOf(z.api, OFFICE);
    const response = await fetchChecked(`${z.api.url}/api/v1/directives/${id}/archive`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = Buffer.from(await response.arrayBuffer());
    writeFileSync(file, bytes);
    return bytes;
  }

  type Play = ReturnType<typeof play>;
  /** Everybody but the silent one: receipt, planted faults, report, approval. */
  async function report({ community }: Play): Promise<void> {
    for (const unit of communities.filter((each) => each !== 'QP-3')) {
      const { acknowledge, submit, approve, giveBack } = community(unit);
      expect((await acknowledge()).status).toBe(200);
      if (unit === 'WC-2') {
        const blocked = await submit({ values: firstOf(unit) });
        expect([blocked.status, blocked.body.code]).toEqual([422, 'RULE_BROKEN']);
        expect(blocked.body.errors).toMatchObject([{ message: '当日上岗人数不得大于注册人数' }]);
      }
      if (unit === 'SX-1') {
        const unexplained = await submit({ values: firstOf(unit) });
        expect([unexplained.status, unexplained.body.code]).toEqual([422, 'EXPLANATION_REQUIRED']);
        const explanations = { 'registered-jump': '新并入两个小区' };
        expect((await submit({ values: firstOf(unit), explanations })).status).toBe(200);
        const back = await giveBack({ reason: '与台账不符', fields: ['v_registered'] });
        expect(back.body.assignment.phase).toBe('returned');
      }
      if (unit === 'DD-3') {
        expect((await submit({ values: firstOf(unit) })).status).toBe(200);
        const back = await giveBack({ reason: '该社区无站点', fields: ['v_sites', 'v_on_duty'] });
        expect(back.body.assignment.returned).toMatchObject({
          reason: '该社区无站点',
          fields: ['v_sites', 'v_on_duty'],
          by: personOf({ unit: 'DD' }),
        });
      }
      expect((await submit({ values: answers[unit] })).status).toBe(200);
      const approved = await approve();
      expect([approved.status, approved.body.assignment.phase]).toEqual([200, 'approved']);
    }
  }

  async function expectTotals({ node, summary }: Play): Promise<void> {
    const total = await summary();
    expect(total.values).toMatchObject(expected.total);
    expect(total.coverage).toEqual({ expected: 36, reported: 36, approved: 36, missing: [] });
    for (const [street, values] of Object.entries(expected.byStreet)) {
      const { body } = await force.get(`/assignments/${node(street)}/summary`);
      expect([street, body.values]).toMatchObject([street, values]);
    }
    for (const field of ['v_sites', 'v_on_duty', 'v_registered', 'v_foreign']) {
      const { body } = await force.get(`/assignments/${node()}/summary/lineage?field=${field}&limit=500`);
      const sum = body.items.reduce((all, { value }) => all + value, 0);
      expect([field, sum]).toEqual([field, expected.total[field]]);
    }
  }

  it('comes to the figures of the city, in all and street by street, with its four faults on the way', async () => {
    const { calendar, due } = directive;
    expect([calendar, due, communities.length, streets.length]).toEqual([
      'work',
      { workdays: 1, at: '17:30' },
      36,
      12,
    ]);
    expect((await office.post('/directives', directive)).status).toBe(201);
    await isOpen('volunteer-sites');
    const played = play('volunteer-sites');
    await report(played);

    const before = await played.summary();
    expect(before.final).toBe(false);
    expect(before.coverage).toEqual({
      expected: 36,
      reported: 35,
      approved: 35,
      missing: [played.node('QP-3')],
    });
    const { counts: counted } = await office.see('volunteer-sites');
    expect(counted).toMatchObject({ total: 36, issued: 1, approved: 35, returned: 0, overdue: 0 });

    const silent = played.community('QP-3');
    expect((await silent.submit({ values: answers['QP-3'] })).status).toBe(200);
    expect((await silent.approve()).status).toBe(200);
    await played.close();
    await expectTotals(played);
    expect((await played.summary()).final).toBe(true);
  });

  it('restates the street, the task force and the total when the silent one reports after its due time', async () => {
    expect((await office.post('/directives', lateVariant())).status).toBe(201);
    await isOpen('late');
    const played = play('late');
    await report(played);

    const copies = async (unit?: string): Promise<SeenEvent[]> =>
      (await office.events(played.node(unit))).filter(({ type }) => ['rolledUp', 'restated'].includes(type));
    const before = new Map<string, SeenEvent>();
    for (const [unit, approved] of SENT_UP) {
      const sent = await z.until(
        async () => (await copies(unit)).findLast(({ data }) => data.coverage['approved'] === approved - 1),
        `${played.node(unit)} sends up what is there`,
      );
      expect(sent.data).toMatchObject({
        final: false,
        coverage: { expected: approved, approved: approved - 1 },
      });
      expect((await office.see(played.node(unit))).phase).not.toBe('submitted');
      before.set(played.node(unit), sent);
    }
    const silentOne = await office.see(played.node('QP-3'));
    expect(silentOne).toMatchObject({ phase: 'issued', overdue: true, light: 'red' });

    const silent = played.community('QP-3');
    const reported = await silent.submit({ values: answers['QP-3'] });
    expect(reported.body.assignment).toMatchObject({ phase: 'submitted', onTime: false });
    expect((await silent.approve()).status).toBe(200);
    await played.close();
    await expectTotals(played);
    for (const [unit, approved] of SENT_UP) {
      const last = (await copies(unit)).at(-1);
      expect(last?.type).toBe('restated');
      expect(last?.data).toMatchObject({ final: true, coverage: { expected: approved, approved } });
      const earlierCopy = before.get(played.node(unit));
      const risen =
        (last?.data.values['v_registered'] ?? 0) - (earlierCopy?.data.values['v_registered'] ?? 0);
      expect(risen).toBe(answers['QP-3']?.['v_registered']);
    }
  });

  it('goes into an archive that is verified on an empty machine, and refused after one byte is changed', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-archive-'));
    const file = path.join(folder, 'late.zip');
    const bytes = await archived('late', file);
    const { fingerprint } = (await z.api.call('GET', '/audit/key')).body as { fingerprint: string };
    const whole = await verified(file, '--key', fingerprint);
    expect(whole.code).toBe(0);
    const units = communities.length + streets.length + 1;
    expect(JSON.parse(whole.lines[0] ?? '')).toMatchObject({
      assignments: units,
      faults: 0,
      fingerprint,
    });
    expect((await verified(file, '--key', 'f'.repeat(64))).code).toBe(2);

    const zip = await openZipOnDisk(file);
    expect(zip.names).toEqual(
      expect.arrayContaining([
        'README.txt',
        'chain/events.jsonl',
        'summary.xlsx',
        'summary.docx',
        'manifest.json',
      ]),
    );
    zip.close();
    const forged = path.join(folder, 'forged.zip');
    // Every part of the zip has its turn: contents, names, sizes, the list of parts, the seal.
    const step = Math.max(1, Math.floor(bytes.length / 60));
    const places = [
      ...Array.from({ length: 60 }, (_, n) => n * step),
      ...[1, 60, 200].map((n) => bytes.length - n),
    ];
    for (const at of places) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(forged, changed);
      expect([at, await isRefused(forged)]).toEqual([at, true]);
    }
    for (const cut of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from('x')])]) {
      writeFileSync(forged, cut);
      expect(await isRefused(forged)).toBe(true);
    }
    expect((await verified(forged)).code).toBe(2);
    rmSync(folder, { recursive: true, force: true });

    // Of the directive its communities see a part, and another unit nothing.
    const get = async (caller: Caller): Promise<number> =>
      (await caller.get('/directives/late/archive')).status;
    expect(await get(of('QP-3'))).toBe(403);
    expect(await get(force)).toBe(403);
  });

  it('has nothing sensitive in clear in an archive, and verifies all the rest of it', async () => {
    const form = {
      fields: [
        { key: 'who', label: '联系人', type: 'contact' },
        { key: 'n', label: '人数', type: 'integer', aggregate: 'sum', timeAxis: 'snapshot' },
      ],
      rules: [],
    };
    const dispatch = [{ taskForce: 'TF-ZY', receivers: [{ unit: 'SX-1' }] }];
    const items = [{ key: 'who', title: '联系人', review: 'auto', form, dispatch }];
    const asked = { ...earlier, id: 'phones', number: 'L-phones', items };
    expect((await office.post('/directives', asked)).status).toBe(201);
    await isOpen('phones');
    const values = { who: { name: '张三丰', phone: '13812345678' }, n: 3 };
    const sent = await of('SX-1').post('/assignments/phones.who.TF-ZY.SX-1/submit', { values });
    expect(sent.status).toBe(200);
    const { rows } = await z.pool.query<{ salt: string }>(
      `select content ->> 'salt' as salt from submission where assignment = 'phones.who.TF-ZY.SX-1'`,
    );
    expect(rows[0]?.salt).toMatch(/^[0-9a-f]{32}$/);

    const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-archive-'));
    const file = path.join(folder, 'phones.zip');
    await archived('phones', file);
    const zip = await openZipOnDisk(file);
    let text = '';
    for (const name of zip.names) for await (const part of zip.read(name)) text += part.toString();
    for (const clear of ['13812345678', '张三丰', rows[0]?.salt ?? 'none']) expect(text).not.toContain(clear);
    expect(text).toContain('138****5678');
    const { faults, masked } = await verifyArchive(zip);
    expect([faults, masked > 0]).toEqual([[], true]);
    zip.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

/** `npm run verify` with nothing around it: no database, no folder, no Temporal. */
async function verified(...args: string[]): Promise<{ code: number | null; lines: string[] }> {
  const program = path.join(import.meta.dirname, '../../../verify.ts');
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    env: { PATH, DATA_DIR: '/nowhere' },
  });
  let said = '';
  child.stdout.on('data', (part) => (said += String(part)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, lines: said.split('\n') };
}

async function isRefused(file: string): Promise<boolean> {
  try {
    const zip = await openZipOnDisk(file);
    try {
      return (await verifyArchive(zip)).faults.length > 0;
    } finally {
      zip.close();
    }
  } catch {
    return true;
  }
}

/** Who sends a copy up at its due time, and of how many reports its last one is. */
const SENT_UP = [
  ['QP', 3],
  [undefined, 36],
] as const;

/** The same with no more than seconds for the silent one, its street and its task force; no clock of a policy. */
function lateVariant(): unknown {
  const late = JSON.parse(JSON.stringify(directive)) as { items: { dispatch: { receivers: Timed[] }[] }[] };
  const force = late.items[0]?.dispatch[0] as Timed & { receivers: Timed[] };
  const street = force.receivers.find(({ unit }) => unit === 'QP');
  for (const each of [force, street, street?.receivers.find(({ unit }) => unit === 'QP-3')])
    if (each) each.due = { within: 'PT3S' };
  return { ...late, id: 'late', number: 'L-late', calendar: 'always', due: { within: 'PT1H' }, policy: {} };
}
type Timed = { unit: string; due?: unknown; receivers: Timed[] };
