// The L district's directive, played from end to end with its four planted faults: blocked, silent, to be explained, returned.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DirectiveRequest } from '../../../domain/directive/directive.ts';
import type { OrganisationFile } from '../../../domain/organisation/organisation.ts';
import { startInstallation, type Caller, type Installation, type Reply } from '../../support/installation.ts';
import type { Seen, SeenEvent } from '../../support/seen.ts';

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
});

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
