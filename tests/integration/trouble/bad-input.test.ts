// Bad input: each case is refused by status, code and place; nothing of it is stored or started, and nobody else suffers.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { directive, EVERYBODY, handOut, outcome, SMALL } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

let z: Installation;
let p: Caller;
beforeAll(async () => {
  z = await startInstallation({ organisation: SMALL.organisation });
  p = z.as(EVERYBODY);
  await handOut(p, 'good', { review: 'manual' });
  await z.until(async () => (await outcome(p, 'good')).phase === 'open', 'good is open');
});
afterAll(() => z.close());

const AT = 'items[0].dispatch[0].receivers';
type Item = Record<string, unknown>;
const withReceivers = (receivers: unknown, more: Item = {}): Record<string, unknown> => ({
  ...directive('bad'),
  items: [{ key: 'a', title: 'a', ...more, dispatch: [{ taskForce: 'TF', receivers }] }],
});
const withRule = (check: string): Record<string, unknown> =>
  withReceivers([{ unit: 'S1' }], {
    form: {
      fields: [{ key: 'n', label: 'n', type: 'integer' }],
      rules: [{ key: 'r', check, severity: 'block', message: 'm' }],
    },
  });
const S1 = { unit: 'S1' };

describe('a directive', () => {
  it.each<[string, Record<string, unknown>, number, string, string]>([
    ['with an unknown unit', withReceivers([{ unit: 'NOPE' }]), 422, 'UNKNOWN_UNIT', `${AT}[0].unit`],
    ['with a unit twice under one node', withReceivers([S1, S1]), 422, 'INVALID', `${AT}[1].unit`],
    [
      'whose receiver is its own ancestor',
      withReceivers([{ unit: 'S1', receivers: [{ unit: 'S1-1', receivers: [S1] }] }]),
      422,
      'INVALID',
      `${AT}[0].receivers[0].receivers[0].unit`,
    ],
    [
      'with a child due after its parent',
      withReceivers([{ unit: 'S1', due: { within: 'PT9H' } }]),
      422,
      'DUE_AFTER_PARENT',
      `${AT}[0].due`,
    ],
    ['whose rule does not compile', withRule('n >'), 422, 'INVALID', 'items[0].form.rules[0].check'],
    ['whose rule names no field', withRule('m > 1'), 422, 'INVALID', 'items[0].form.rules[0].check'],
    [
      'with 100,001 receivers',
      withReceivers(Array.from({ length: 100_001 }, (_, n) => ({ unit: `U${n}` }))),
      422,
      'TOO_MANY',
      'items',
    ],
    [
      'in a year the calendar does not know',
      { ...directive('bad'), calendar: 'work', due: '2031-03-03T10:00:00+08:00' },
      422,
      'CALENDAR_YEAR_UNKNOWN',
      'due',
    ],
    ['of an id already used', directive('good'), 409, 'DUPLICATE', 'id'],
  ])('%s', async (_, body, status, code, path) => {
    const answer = await p.post('/directives', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  it('of a number already used', async () => {
    const { rows } = await z.pool.query<{ number: string }>(`select number from directive where id = 'good'`);
    const answer = await p.post('/directives', { ...directive('bad'), number: rows[0]?.number });
    expect([answer.status, answer.body.code]).toEqual([409, 'DUPLICATE']);
  });

  it('that is refused leaves nothing behind', async () => {
    const { rows } = await z.pool.query('select id from directive union all select id from desk order by 1');
    expect(rows.filter(({ id }: { id: string }) => !id.startsWith('good'))).toEqual([]);
  });
});

describe('a report', () => {
  const leaf = 'good.sites.TF.S1.S1-1';
  it.each<[string, unknown, string, string]>([
    ['without a required field', {}, 'REQUIRED', 'values.n'],
    ['with a string for a number', { n: '1' }, 'WRONG_TYPE', 'values.n'],
    ['with 1e308', { n: 1e308 }, 'OUT_OF_RANGE', 'values.n'],
    ['with a field that does not exist', { n: 1, m: 2 }, 'UNKNOWN_FIELD', 'values.m'],
  ])('%s', async (_, values, code, path) => {
    const answer = await p.post(`/assignments/${leaf}/submit`, { values });
    expect([answer.status, answer.body.code]).toEqual([422, 'INVALID']);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ code, path }));
  });

  it('in the wrong state is refused by its code, one that is no JSON by MALFORMED', async () => {
    const early = await p.post(`/assignments/${leaf}/approve`, {});
    expect([early.status, early.body.code]).toEqual([409, 'NOT_SUBMITTED']);
    const unknown = await p.post(`/assignments/${leaf}/submit`, { valuez: {} });
    expect([unknown.status, unknown.body.code]).toEqual([400, 'MALFORMED']);
  });

  it('that is wrong harms no other of its batch, and stalls no workflow', async () => {
    // One list: requests of their own arrive in any order, and a report that is in first makes the other a 409.
    const { body } = await p.post(
      '/commands',
      SMALL.leavesOf('good').flatMap(({ id, n }) => [
        { assignment: id, command: 'submit', values: { n: 'x' } },
        { assignment: id, command: 'submit', values: { n } },
      ]),
    );
    const many = body as unknown as { status: number }[];
    expect(many.map(({ status }) => status)).toEqual(SMALL.leavesOf('good').flatMap(() => [422, 200]));
    for (const { id } of SMALL.leavesOf('good')) await p.post(`/assignments/${id}/approve`, {});
    for (const node of SMALL.nodesOf('good').reverse()) {
      await z.until(async () => (await p.see(node)).phase === 'submitted', `${node} is sent up`);
      expect((await p.post(`/assignments/${node}/approve`, {})).status).toBe(200);
    }
    await z.until(async () => (await outcome(p, 'good')).phase === 'closed', 'good closes');
    expect(await outcome(p, 'good')).toEqual({ phase: 'closed', n: SMALL.total });
    expect(await faultsOfRecord(z.pool, 'good')).toEqual([]);
  });
});
