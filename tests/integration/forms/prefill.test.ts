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
