// The second axis: figures of several directives, flows added up, of snapshots the last one, whoever sees all of them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { verdictOf } from '../../support/verdict-words.ts';

const number = (key: string, more: object): object => ({ key, label: `${key}数`, type: 'number', ...more });
const form = (more: object = {}): { fields: object[] } => ({
  fields: [
    number('flow', { aggregate: 'sum', timeAxis: 'flow', ...more }),
    number('stand', { aggregate: 'sum', timeAxis: 'snapshot' }),
    number('rate', { type: 'percent', aggregate: { weightedMean: 'stand' } }),
    number('apart', { aggregate: 'none' }),
    { key: 'note', label: '说明', type: 'text', aggregate: 'concat' },
  ],
});
/** The test's own forms are wider than the type of a directive's. */
const ofForm = (of: object): never => ({ item: { form: of } }) as never;

let z: Installation;
const weeks: Course[] = [];
beforeAll(async () => {
  z = await startInstallation({ organisation: district() });
  for (const [week, [flow, stand]] of [
    [1.1, 10],
    [2.2, 12],
    [3.3, 7],
  ].entries()) {
    const course = await sendOut(z, `w${week}`, ofForm(form()));
    for (const unit of ['S1-1', 'S2-1']) {
      await course.do(unit, 'submit', { values: { flow, stand, rate: 0.5 } });
      if (unit === 'S1-1' || week < 2) await course.do(unit, 'approve');
    }
    weeks.push(course);
  }
});
afterAll(() => z.close());

const ALL = 'w0,w1,w2';
const asks = (query: string, person = OFFICE): ReturnType<ReturnType<Installation['as']>['get']> =>
  z.as(person).get(`/figures/over-time?item=sites&${query}`);
const told = async (query: string, person?: string): Promise<string> => verdictOf(await asks(query, person));

describe('a figure over time', () => {
  it('of a flow adds up exactly, of a snapshot the last counts', async () => {
    const flow = await asks(`directives=${ALL}&field=flow`);
    expect(flow.body).toMatchObject({ field: 'flow', timeAxis: 'flow', as: 'sum', value: 9.9, unit: null });
    expect((flow.body as unknown as { periods: object[] }).periods).toMatchObject([
      { directive: 'w0', value: 2.2, coverage: { expected: 4, reported: 2, approved: 2 } },
      { directive: 'w1', value: 4.4 },
      { directive: 'w2', value: 3.3, coverage: { reported: 2, approved: 1 } },
    ]);
    // In whatever order they are named.
    const stand = await asks('directives=w2,w0,w1&field=stand');
    expect(stand.body).toMatchObject({ timeAxis: 'snapshot', as: 'last', value: 7 });
    expect((await asks(`directives=${ALL}&field=stand&basis=reported`)).body).toMatchObject({ value: 14 });
    expect((await asks(`directives=${ALL}&field=stand&as=mean`)).body.value).toBe(17);
    expect((await asks(`directives=${ALL}&field=stand&as=max`)).body.value).toBe(24);
    expect((await asks(`directives=${ALL}&field=rate`)).body).toMatchObject({ as: 'last', value: 0.5 });
  });

  it('of one unit is of its places alone, a street’s with what is below it', async () => {
    expect((await asks(`directives=${ALL}&field=flow&unit=S1-1`)).body).toMatchObject({
      unit: 'S1-1',
      value: 6.6,
    });
    expect((await asks(`directives=${ALL}&field=flow&unit=S2`)).body.value).toBe(3.3);
    expect((await asks(`directives=${ALL}&field=flow&unit=S2-2`)).body.value).toBeNull();
    expect((await asks(`directives=${ALL}&field=flow&unit=NOBODY`)).body.value).toBeNull();
  });

  it('of snapshots is never their sum, and the refusal says why and what to ask instead', async () => {
    const zh = await asks(`directives=${ALL}&field=stand&as=sum`);
    expect([zh.status, zh.body.code]).toEqual([422, 'SNAPSHOT_NOT_SUMMED']);
    expect(zh.body.detail).toMatch(/stand数.*重复计算.*as=last/);
    expect(await told(`directives=${ALL}&field=rate&as=sum`)).toBe('422 TIME_AXIS_NOT_STATED');
    expect(await told(`directives=${ALL}&field=apart`)).toBe('422 NOT_MERGED');
    expect(await told(`directives=${ALL}&field=note`)).toBe('422 NO_NUMBER_OVER_TIME');
  });

  it('is of fields of one kind, each directive once, and none that has not gone out', async () => {
    await sendOut(z, 'other', ofForm(form({ type: 'integer' })));
    await sendOut(z, 'without', ofForm({ fields: [] }));
    expect(await told('directives=w0,other,w0,without&field=flow')).toBe(
      '422 INVALID directives[1]:FIELD_DIFFERS directives[2]:REPEATED directives[3]:UNKNOWN_FIELD',
    );
    expect(await told(`directives=w0,nowhere&field=flow`)).toBe('404 NOT_FOUND');
    expect(await told('directives=&field=flow')).toMatch(/^400 MALFORMED/);
    const many = Array.from({ length: 101 }, (_, at) => `d${at}`).join(',');
    expect(await told(`directives=${many}&field=flow`)).toBe('400 MALFORMED directives:TOO_MANY');
  });

  it('is for those who may read the whole of each directive', async () => {
    expect(await told(`directives=${ALL}&field=flow`, 'AUDITOR')).toBe('200');
    expect(await told(`directives=${ALL}&field=flow`, FORCE)).toBe('403 FORBIDDEN');
    expect(await told(`directives=${ALL}&field=flow&unit=S1-1`, 'S1-1')).toBe('403 FORBIDDEN');
    expect(await told(`directives=${ALL}&field=flow`, 'NOBODY')).toBe('404 NOT_FOUND');
  });
});
