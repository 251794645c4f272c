// What was approved before is offered again while it is fresh, to whoever may see where it comes from.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { at, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';

const FORM = {
  fields: [
    {
      key: 'n',
      label: '数',
      type: 'integer' as const,
      required: true,
      aggregate: 'sum' as const,
      timeAxis: 'snapshot' as const,
      freshDays: 30,
    },
    { key: 'found', label: '本期发现', type: 'integer' as const, required: true },
    {
      key: 'list',
      label: '清单',
      type: 'table' as const,
      columns: [{ key: 'place', label: '点位', type: 'text' as const }],
      aggregate: { union: [] },
      freshDays: 30,
    },
  ],
  rules: [{ key: 'near', check: 'n < last.n * 2', severity: 'warn' as const, message: '翻倍' }],
};
const ASKED = { item: { form: FORM, zeroReport: true } };
const LIST = [{ place: '一号门' }, { place: '二号门' }];

let z: Installation;
let first: Course;
beforeAll(async () => {
  z = await startInstallation({ organisation: district() });
  first = await sendOut(z, 'first', ASKED);
  await first.do('S1-1', 'submit', { values: { n: 7, found: 2 }, rows: { list: LIST } });
});
afterAll(() => z.close());

const formFor = async (person: string, assignment: string): Promise<Record<string, unknown>> => {
  const { status, body } = await z.as(person).get(`/assignments/${assignment}/form`);
  expect(status).toBe(200);
  return body;
};

describe('the form of an assignment', () => {
  it('says what is asked, and offers nothing that nobody has approved', async () => {
    const course = await sendOut(z, 'early', ASKED);
    const asked = await formFor('S1-1', course.at('S1-1'));
    expect(asked).toMatchObject({ item: 'sites', zeroReport: true, version: 1, submission: 0 });
    expect((asked['fields'] as { key: string }[]).map(({ key }) => key)).toEqual(['n', 'found', 'list']);
    expect(asked['rules']).toEqual(FORM.rules);
    expect(asked).toMatchObject({ prefill: {}, last: {} });
  });

  it('offers what was approved before, with when and where, tables too', async () => {
    await first.do('S1-1', 'approve');
    const course = await sendOut(z, 'second', ASKED);
    const from = { at: expect.any(String) as unknown, assignment: first.at('S1-1') };
    expect(await formFor('S1-1', course.at('S1-1'))).toMatchObject({
      prefill: { n: { value: 7, ...from }, list: { value: LIST, ...from } },
      last: { n: 7 },
    });
    // What its own report says is not from before; another unit has its own.
    expect(await formFor('S1-1', first.at('S1-1'))).toMatchObject({ prefill: {} });
    expect(await formFor('S1-2', course.at('S1-2'))).toMatchObject({ prefill: {} });
    expect(await formFor('S1', course.at('S1'))).toMatchObject({ prefill: {} });
  });

  it('offers nothing from where its reader may not look', async () => {
    const dispatch = [{ taskForce: FORCE, receivers: [{ unit: 'S1-2' }] }];
    const apart = await sendOut(z, 'apart', { item: { ...ASKED.item, dispatch } });
    const there = `${at(apart.id)}.S1-2`;
    const report = { values: { n: 5, found: 0 } };
    expect((await z.as('S1-2').post(`/assignments/${there}/submit`, report)).status).toBe(200);
    expect((await z.as(FORCE).post(`/assignments/${there}/approve`, {})).status).toBe(200);
    const course = await sendOut(z, 'third', ASKED);
    const here = course.at('S1-2');
    expect(await formFor('S1-2', here)).toMatchObject({ prefill: { n: { value: 5 } }, last: { n: 5 } });
    expect(await formFor(OFFICE, here)).toMatchObject({ prefill: { n: { value: 5 } } });
    // The street issues this one, and saw nothing of the other.
    expect(await formFor('S1', here)).toMatchObject({ prefill: {}, last: {} });
    expect((await z.as('S2').get(`/assignments/${here}/form`)).status).toBe(404);
  });
});

describe('a report', () => {
  let course: Course;
  beforeAll(async () => {
    course = await sendOut(z, 'again', ASKED);
    await first.do('S2-1', 'submit', { values: { n: 20, found: 1 }, rows: { list: LIST } });
    await first.do('S2-1', 'approve');
    await first.do('S2-2', 'submit', { values: { n: 30, found: 1 } });
    await first.do('S2-2', 'approve');
  });
  const from = { at: expect.any(String) as unknown, assignment: 'first.sites.TF.S2.S2-1' };

  it('says in one act that nothing has changed, and shows what it took over', async () => {
    // Nobody offers what is asked anew each time.
    expect(await course.told('S2-1', 'submit', { unchanged: true })).toBe(
      '422 INVALID values.found:REQUIRED',
    );
    const reported = await course.do('S2-1', 'submit', { values: { found: 0 }, unchanged: true });
    const expected = {
      values: { n: 20, found: 0 },
      rows: { list: LIST },
      carried: { n: from, list: from },
    };
    expect(reported.submission).toMatchObject(expected);
    expect((await course.see('S2-1')).submission).toMatchObject(expected);
    const version = await z.as('S2').get(`/assignments/${course.at('S2-1')}/submissions/1`);
    expect(version.body).toMatchObject(expected);
    await course.do('S2-1', 'approve');
    const lineage = async (field: string): Promise<unknown> =>
      (await z.as(OFFICE).get(`/assignments/${course.at()}/summary/lineage?field=${field}`)).body.items;
    expect(await lineage('n')).toMatchObject([{ unit: 'S2-1', value: 20, carried: from }]);
    expect(await lineage('found')).toMatchObject([{ value: 0, carried: null }]);
  });

  it('is held to its marks, many at once as well', async () => {
    const submit = (body: object): object => ({ assignment: course.at('S2-2'), command: 'submit', ...body });
    const { body } = await z
      .as('S2-2')
      .post('/commands', [
        submit({ values: { n: 31, found: 1 }, carried: ['n'] }),
        submit({ values: { n: 30, found: 1 }, carried: ['n', 'found'] }),
        submit({ unchanged: true, zeroReport: true }),
        submit({ values: { found: 1 }, carried: ['n'] }),
      ]);
    const verdicts = body as unknown as {
      status: number;
      problem?: { errors: { path: string; code: string }[] };
    }[];
    expect(
      verdicts.map(({ status, problem }) => [
        status,
        ...(problem?.errors ?? []).map((e) => `${e.path} ${e.code}`),
      ]),
    ).toEqual([
      [422, 'carried[0] CARRIED_DIFFERS'],
      [422, 'carried[1] NOTHING_TO_CARRY'],
      [422, 'unchanged UNCHANGED_AND_ZERO'],
      [200],
    ]);
    expect((await course.see('S2-2')).submission).toMatchObject({
      values: { n: 30, found: 1 },
      carried: { n: { assignment: first.at('S2-2') } },
    });
  });

  it('that takes nothing over bears no mark', async () => {
    const plain = await course.do('S1-2', 'submit', { values: { n: 1, found: 1 } });
    expect(plain.submission).not.toHaveProperty('carried');
    expect(plain.submission).not.toHaveProperty('zeroReport');
    expect(await course.told('S1', 'submit', { unchanged: true })).toBe('409 NOTHING_REPORTED');
    await course.do('S1-2', 'approve');
    expect(await course.told('S1', 'submit', { unchanged: true })).toBe(
      '422 INVALID unchanged:NOTHING_TO_CARRY',
    );
  });
});

describe('a zero report', () => {
  it('in one act says 0 of what flows and repeats what stands, and is in on time', async () => {
    const fields = [
      {
        key: 'stand',
        label: '在册',
        type: 'integer' as const,
        aggregate: 'sum' as const,
        timeAxis: 'snapshot' as const,
      },
      {
        key: 'flow',
        label: '新增',
        type: 'integer' as const,
        aggregate: 'sum' as const,
        timeAxis: 'flow' as const,
        required: true,
      },
    ];
    const rules = [
      {
        key: 'roll',
        check: 'stand == last.stand + flow',
        severity: 'block' as const,
        message: '在册=上期+新增',
      },
    ];
    const item = { form: { fields, rules }, zeroReport: true };
    const was = await sendOut(z, 'zero-was', { item });
    await was.do('S1-1', 'submit', { values: { stand: 12, flow: 12 } });
    await was.do('S1-1', 'approve');
    const is = await sendOut(z, 'zero-is', { item });
    expect(await is.told('S1-1', 'submit', { zeroReport: true, values: { flow: 1 } })).toBe(
      '422 RULE_BROKEN rules.roll:RULE_BROKEN',
    );
    const zero = await is.do('S1-1', 'submit', { zeroReport: true });
    expect(zero).toMatchObject({ phase: 'submitted', onTime: true });
    expect(zero.submission).toMatchObject({ values: { stand: 12, flow: 0 }, zeroReport: true });
    const [submitted] = await is.happens('S1-1', 'submitted');
    expect(submitted?.data).toMatchObject({ zeroReport: true, onTime: true });
    expect((await is.whole()).coverage).toMatchObject({ reported: 1 });
  });
});
