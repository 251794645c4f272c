// What a reviewer is pointed at before approving: who sees which outliers, worst first, and what is told to nobody.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { z as schema } from 'zod';
import type { DirectiveRequest } from '../../../domain/directive/directive.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { at, directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { tokenOf } from '../../support/small-record.ts';

/** Another office has a task force of its own, to which the streets belong as well. */
const OTHER = 'OTHER';
const THEIRS = 'TF2';
const twoOffices = (): unknown => {
  const file = district({ streets: 2, communities: 7 });
  return {
    units: [...(file.units ?? []), { code: OTHER, name: '另一办公室', kind: 'office' }],
    people: [...(file.people ?? []), { id: OTHER, name: '另' }, { id: THEIRS, name: '它' }],
    taskForces: [
      ...(file.taskForces ?? []),
      { code: THEIRS, name: '交通专班', office: OTHER, members: ['S1', 'S2'] },
    ],
    posts: [
      ...(file.posts ?? []),
      { unit: OTHER, role: 'staff', person: OTHER },
      { taskForce: THEIRS, role: 'liaisonA', person: THEIRS },
    ],
  };
};

const FORM = {
  fields: [
    {
      key: 'n',
      label: '站点数',
      type: 'integer',
      aggregate: 'sum',
      timeAxis: 'snapshot',
      alertIf: 'n >= 900',
    },
    {
      key: 'list',
      label: '隐患',
      type: 'table',
      columns: [{ key: 'grave', label: '重大', type: 'boolean' }],
      aggregate: { union: [] },
      alertIf: 'list.exists(r, r.grave == true)',
    },
  ],
  rules: [],
} satisfies schema.input<typeof DirectiveRequest>['items'][number]['form'];

type Item = Record<string, unknown> & { unit: string; field: string; kind: string };
const told = (items: readonly Item[]): string[] =>
  items.map(({ unit, field, kind }) => `${unit} ${field} ${kind}`);

describe('outliers', () => {
  let z: Installation;
  let course: Course;
  const before = [10, 11, 12, 13, 14, 15, 16];

  const listed = async (person: string, unit = '', query = ''): Promise<Item[]> => {
    const { status, body } = await z
      .as(person)
      .get(`/assignments/${course.at(unit)}/outliers?limit=500${query}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.items as unknown as Item[];
  };

  beforeAll(async () => {
    z = await startInstallation({ organisation: twoOffices() });
    const earlier = await sendOut(z, 'before', { item: { form: FORM } });
    for (const [index, n] of before.entries()) await earlier.settle(`S1-${index + 1}`, n);
    course = await sendOut(z, 'now', { item: { form: FORM } });
    const now = [11, 11, 12, 13, 14, 15, 1000];
    for (const [index, n] of now.entries()) await course.do(`S1-${index + 1}`, 'submit', { values: { n } });
    await course.do('S2-1', 'submit', {
      values: { n: 12 },
      rows: { list: [{ grave: false }, { grave: true }] },
    });
  });
  afterAll(() => z.close());

  it('are the jumps, the strangers and what the form calls alarming, worst first', async () => {
    const items = await listed('S1', 'S1');
    expect(told(items)).toEqual(['S1-7 n alert', 'S1-7 n zScore', 'S1-7 n jump']);
    const common = {
      assignment: course.at('S1-7'),
      unit: 'S1-7',
      unitName: 'S1-7社区',
      field: 'n',
      label: '站点数',
      value: 1000,
      version: 1,
    };
    const [alert, zScore, jump] = items;
    expect(alert).toEqual({ ...common, kind: 'alert' });
    expect(zScore).toMatchObject({ ...common, kind: 'zScore', siblings: 6, mean: 12.666667 });
    expect(jump).toEqual({
      ...common,
      kind: 'jump',
      change: 61.5,
      last: { value: 16, at: expect.stringMatching(/Z$/), assignment: at('before', 'S1-7') },
    });
  });

  it('are those of the whole branch to whoever stands above, tables looked through as well', async () => {
    for (const person of [FORCE, OFFICE, 'AUDITOR'])
      expect(told(await listed(person)).sort()).toEqual([
        'S1-7 n alert',
        'S1-7 n jump',
        'S1-7 n zScore',
        'S2-1 list alert',
      ]);
  });

  it('of a unit itself are its own to see, and no neighbour’s', async () => {
    expect(told(await listed('S1-7', 'S1-7'))).toEqual(['S1-7 n alert', 'S1-7 n jump']);
    expect(await listed('S1-1', 'S1-1')).toEqual([]);
    for (const person of ['S1-1', 'S2', 'NOBODY', OTHER]) {
      const { status } = await z.as(person).get(`/assignments/${course.at('S1')}/outliers`);
      expect(`${person} ${status}`).toBe(`${person} 404`);
    }
  });

  it('come page by page as they come at once', async () => {
    const whole = await listed(OFFICE);
    const pages: Item[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await z.as(OFFICE).get(`/assignments/${course.at()}/outliers?limit=1${cursor}`);
      pages.push(...(body.items as unknown as Item[]));
      cursor = body.nextCursor === null ? null : `&cursor=${body.nextCursor}`;
    }
    expect(pages).toEqual(whole);
  });

  it('are as strange as the reviewer asks, on the basis asked for', async () => {
    expect(told(await listed('S1', 'S1', '&jump=0.1&least=1'))).toContain('S1-1 n jump');
    expect(told(await listed('S1', 'S1', '&z=1000&jump=100'))).toEqual(['S1-7 n alert']);
    expect(await listed('S1', 'S1', '&basis=approved')).toEqual([]);
    for (const wrong of [
      'jump=0',
      'jump=x',
      'z=-1',
      'z=1e3',
      'least=',
      'basis=all',
      'cursor=x',
      'what=1',
      'limit=501',
    ]) {
      const { status, body } = await z.as('S1').get(`/assignments/${course.at('S1')}/outliers?${wrong}`);
      expect(`${wrong} ${status} ${body.code}`).toBe(`${wrong} 400 MALFORMED`);
    }
  });

  it('say nothing of what a unit told another office, but to whoever sees that', async () => {
    const theirs = directive('theirs', {
      item: {
        form: FORM,
        dispatch: [
          { taskForce: THEIRS, receivers: [{ unit: 'S1', receivers: [{ unit: 'S1-2' }, { unit: 'S1-3' }] }] },
        ],
      },
    });
    expect((await z.as(OTHER).post('/directives', theirs)).status).toBe(201);
    await z.until(async () => (await z.as(OTHER).see('theirs')).phase === 'open', 'theirs is open');
    const place = `theirs.sites.${THEIRS}.S1.S1-2`;
    expect((await z.as('S1-2').post(`/assignments/${place}/submit`, { values: { n: 777 } })).status).toBe(
      200,
    );
    expect((await z.as('S1').post(`/assignments/${place}/approve`)).status).toBe(200);
    // The street stands above both, and may know; its task force and its office see the value before that.
    expect(told(await listed('S1', 'S1'))).toContain('S1-2 n jump');
    for (const person of [FORCE, OFFICE]) {
      const items = await listed(person);
      expect(told(items)).not.toContain('S1-2 n jump');
      expect(JSON.stringify(items)).not.toMatch(/777|theirs/);
    }
  });

  it('go with a report that is returned, and come again with the next', async () => {
    await course.do('S1-7', 'return', { reason: '请核对', fields: ['n'] });
    expect(await listed('S1', 'S1')).not.toContainEqual(expect.objectContaining({ unit: 'S1-7' }));
    await course.do('S1-7', 'submit', { values: { n: 17 } });
    expect(await listed('S1', 'S1')).not.toContainEqual(expect.objectContaining({ unit: 'S1-7' }));
  });
});

describe('many approvals at once', () => {
  it('are 500 verdicts in order: what can be approved is, and what cannot is refused by name', async () => {
    const z = await startInstallation({ organisation: district({ streets: 1, communities: 499 }) });
    try {
      const course = await sendOut(z, 'many', { item: { rollUp: 'manual' } });
      const units = Array.from({ length: 499 }, (_, index) => `S1-${index + 1}`);
      const reporting = units.filter((_, index) => index % 10 !== 0);
      for (const some of [reporting.slice(0, 225), reporting.slice(225)]) {
        const answers = await Promise.all(
          some.map(async (unit, index) => {
            const options = { token: await tokenOf(z.api, unit), body: { values: { n: index } } };
            return (await z.api.call('POST', `/assignments/${course.at(unit)}/submit`, options)).status;
          }),
        );
        expect(new Set(answers)).toEqual(new Set([200]));
      }
      const commands = [...units, 'S1-2'].map((unit) => ({
        assignment: course.at(unit),
        command: 'approve',
      }));
      const since = Date.now();
      const { status, body } = await z.as('S1').post('/commands', commands, { 'idempotency-key': 'all' });
      expect(Date.now() - since).toBeLessThan(20_000);
      expect(status).toBe(200);
      const verdicts = body as unknown as {
        status: number;
        assignment?: { id: string; phase: string };
        problem?: { code: string };
      }[];
      expect(verdicts).toHaveLength(500);
      verdicts.forEach((verdict, index) => {
        const said = verdict.problem?.code ?? `${verdict.assignment?.id} ${verdict.assignment?.phase}`;
        const isLate = index < 499 && index % 10 === 0;
        if (isLate) expect([verdict.status, said]).toEqual([409, 'NOT_SUBMITTED']);
        else if (index === 499) expect([verdict.status, said]).toEqual([409, 'ALREADY_SETTLED']);
        else expect([verdict.status, said]).toEqual([200, `${commands[index]?.assignment} approved`]);
      });
      expect((await course.see('S1')).counts).toMatchObject({ total: 499, approved: reporting.length });
      // The same list again does nothing twice.
      const again = await z.as('S1').post('/commands', commands, { 'idempotency-key': 'all' });
      expect((again.body as unknown as { status: number }[]).map((each) => each.status)).toEqual(
        verdicts.map((each) => each.status),
      );
      const { rows } = await z.pool.query<{ count: number }>(
        `select count(*)::int as count from event where directive = 'many' and type = 'approved'`,
      );
      expect(rows[0]?.count).toBe(reporting.length);
    } finally {
      await z.close();
    }
  });
});
