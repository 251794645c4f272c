// An amendment of what has gone out: previewed, taken down to every depth and desk, shown as a difference, acknowledged anew.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Policy } from '../../../domain/policy/policy.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const POLICY: Partial<Policy> = {
  acknowledgeWithin: 'PT10M',
  remindBefore: ['PT10M'],
  margins: ['PT10M', 'PT10M', 'PT10M'],
};
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
type Due = { id: string; due: number; parent: number | null };

/** Due times of everything unsettled, with that of the level above. */
async function dueTimes({ pool }: Installation, directive: string): Promise<Due[]> {
  const { rows } = await pool.query<Due>(
    `select a.id, extract(epoch from a.due_at)::float8 as due, extract(epoch from p.due_at)::float8 as parent
       from assignment a left join assignment p on p.directive = a.directive and p.id = a.parent
      where a.directive = $1 and not a.settled`,
    [directive],
  );
  return rows;
}

describe.each([2000, 5])('an amendment with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  const dueAt = inMinutes(60);
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: district({ streets: 3, communities: 3 }) });
    course = await sendOut(z, 'd', { policy: POLICY, due: { within: 'PT4H' }, body: '原文' });
    await course.do('S1-1', 'acknowledge');
    await course.settle('S1-2', 1);
  });
  afterAll(() => z.close());

  it('is previewed: what moves, which get earlier, and a warning where the time is short', async () => {
    const { status, body } = await z
      .as(OFFICE)
      .post('/directives/d/amend/preview', { due: inMinutes(20), note: '提前' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      warnings: [{ code: 'MARGINS_SHRUNK' }],
      moves: { total: 12, earlier: 12, later: 0, same: 0 },
    });
    expect((await course.whole()).dueAt).not.toBe(dueAt);
  });

  it('is refused without a note or a change, by others than the office, and into the past', async () => {
    const amend = (who: string, body: unknown) => z.as(who).post('/directives/d/amend', body);
    expect((await amend(OFFICE, { title: '新' })).status).toBe(422);
    expect((await amend(OFFICE, { note: '无' })).body).toMatchObject({
      code: 'INVALID',
      errors: [{ code: 'NOTHING_CHANGES' }],
    });
    expect((await amend(OFFICE, { note: '早', due: '2020-01-01T00:00:00Z' })).body).toMatchObject({
      errors: [{ path: 'due', code: 'DUE_IN_PAST' }],
    });
    expect((await amend(FORCE, { note: '不', title: '新' })).status).toBe(403);
    expect((await amend('NOBODY', { note: '不', title: '新' })).status).toBe(404);
  });

  it('goes down to every holder at every depth, and due times are budgeted anew', async () => {
    const change = { title: '新标题', body: '新文', due: dueAt, note: '上级提前' };
    const key = { 'idempotency-key': 'amend once' };
    const { status, body } = await z.as(OFFICE).post('/directives/d/amend', change, key);
    expect(status).toBe(200);
    expect(body).toMatchObject({ n: 1, note: '上级提前' });
    expect((await z.as(OFFICE).post('/directives/d/amend', change, key)).body).toEqual(body);
    await z.until(async () => {
      const { rows } = await z.pool.query(
        `select from assignment where directive = 'd' and (state -> 'amended' ->> 'amendment') is distinct from '1'`,
      );
      return rows.length === 0;
    }, 'everybody has heard of it');
    expect(await course.whole()).toMatchObject({ title: '新标题', dueAt });
    const due = await dueTimes(z, 'd');
    expect(due.filter(({ due: own, parent }) => parent !== null && own > parent)).toEqual([]);
    expect(Math.max(...due.map((each) => each.due * 1000))).toBeLessThan(Date.parse(dueAt));
    expect(await faultsOfRecord(z.pool, 'd')).toEqual([]);
  });

  it('is shown as a difference', async () => {
    const { body } = await z.as('S1-1').get('/directives/d/amendments');
    const [first] = body.items as unknown as { changes: unknown[] }[];
    expect(first?.changes).toContainEqual({ field: 'body', before: '原文', after: '新文' });
    expect((await z.as('NOBODY').get('/directives/d/amendments')).status).toBe(404);
  });

  it('is acknowledged anew by those who had acknowledged, and told to those who have been approved', async () => {
    const before = (await z.as('S1-1').see(course.at('S1-1'))) as unknown as Record<string, unknown>;
    expect(before['amendment']).toMatchObject({ n: 1, acknowledgedAt: null });
    const after = (await course.do('S1-1', 'acknowledge')) as unknown as Record<string, unknown>;
    expect(after['amendment']).toMatchObject({ acknowledgedAt: expect.any(String) as unknown });
    expect((await course.try('S1-1', 'acknowledge')).body.code).toBe('ALREADY_ACKNOWLEDGED');
    expect(await course.happens('S1-2', 'amended')).toHaveLength(1);
    const { body } = await z.as('S1-2').get('/notifications?limit=500');
    expect(body.items.map(({ type }) => type)).toContain('amended');
  });

  it('reminds by the new due time alone', async () => {
    const { rows } = await z.pool.query<{ wake: string }>(
      `select to_char(next_wake at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as wake
         from assignment where directive = 'd' and id = $1`,
      [course.at('S1-1')],
    );
    const own = (await course.see('S1-1')) as unknown as { dueAt: string };
    const reminder = new Date(Date.parse(own.dueAt) - 10 * 60_000).toISOString().slice(0, 16);
    expect(rows[0]?.wake).toBe(reminder);
  });

  it('is not taken once the directive is closed', async () => {
    await z.as(OFFICE).post('/directives/d/close', {});
    const { status, body } = await z.as(OFFICE).post('/directives/d/amend', { title: '晚', note: '晚了' });
    expect([status, body.code]).toEqual([409, 'DIRECTIVE_CLOSED']);
  });
});
