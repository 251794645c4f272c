// All who owe urged at once, over any number of desks: one notice a person, done once under a key, by whoever is above.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { verdictOf } from '../../support/verdict-words.ts';

/** Of the first street's communities the last three are one person's too. */
const organisation = (): unknown => {
  const file = district({ streets: 2, communities: 7, bosses: [OFFICE] });
  const more = ['S1-5', 'S1-6', 'S1-7'].map((unit) => ({ unit, role: 'liaisonB', person: 'NOBODY' }));
  return { ...file, posts: [...(file.posts ?? []), ...more] };
};

describe.each([2000, 5])('an urge to all below with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: organisation() });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  const urge = (person: string, unit: string, body: unknown = {}, headers = {}): Promise<Reply> =>
    z.as(person).post(`/assignments/${course.at(unit)}/urge-below`, body, headers);
  const urgedOf = (reply: Reply): unknown => (reply.body as unknown as { urged: unknown }).urged;
  const told = async (person: string): Promise<number> =>
    (await z.as(person).get('/notifications?limit=500')).body.items.filter(({ type }) => type === 'urged')
      .length;
  const events = async (): Promise<Record<string, number>> => {
    const { rows } = await z.pool.query<{ unit: string; count: number }>(
      `select split_part(assignment, '.', 5) as unit, count(*)::int as count from event
        where directive = $1 and type = 'urged' group by 1 order by 1`,
      [course.id],
    );
    return Object.fromEntries(rows.map(({ unit, count }) => [unit, count]));
  };

  it('reaches who owes and nobody else, each person once', async () => {
    course = await sendOut(z, 'below');
    await course.do('S1-1', 'submit', { values: { n: 1 } });
    await course.do('S1-2', 'cancel', { reason: '不做' });
    await course.do('S1-3', 'suspend', {
      until: new Date(Date.now() + 1_800_000).toISOString(),
      reason: '停',
    });
    const reply = await urge('S1', 'S1', { note: '今天要数' });
    expect(verdictOf(reply)).toBe('200');
    expect(urgedOf(reply)).toEqual({ assignments: 4, people: 5 });
    expect(reply.body.assignment).toMatchObject({ id: course.at('S1') });
    expect(await events()).toEqual({ 'S1-4': 1, 'S1-5': 1, 'S1-6': 1, 'S1-7': 1 });
    for (const person of ['S1-4', 'S1-5', 'S1-6', 'S1-7', 'NOBODY']) expect(await told(person)).toBe(1);
    for (const person of ['S1-1', 'S1-2', 'S1-3', 'S1', 'S2-1']) expect(await told(person)).toBe(0);
    const [notice] = (await z.as('NOBODY').get('/notifications')).body.items;
    expect(notice).toMatchObject({ type: 'urged', text: expect.stringContaining('如有其他欠报任务') });
    expect(notice).toMatchObject({ text: expect.stringContaining('今天要数') });
  });

  it('is done once under one key, however often it is asked for and whatever came in between', async () => {
    course = await sendOut(z, 'once');
    const before = await told('NOBODY');
    const key = { 'idempotency-key': 'all' };
    const [first, second] = await Promise.all([1, 2].map(() => urge(FORCE, '', {}, key)));
    expect([first, second].map((reply) => reply && verdictOf(reply))).toEqual(['200', '200']);
    expect(first && urgedOf(first)).toEqual({ assignments: 14, people: 15 });
    await course.do('S2-1', 'submit', { values: { n: 1 } });
    const again = await urge(FORCE, '', {}, key);
    expect(urgedOf(again)).toEqual({ assignments: 14, people: 15 });
    expect(Object.values(await events())).toEqual(Array(14).fill(1));
    expect((await told('NOBODY')) - before).toBe(1);
    expect(verdictOf(await urge(FORCE, '', { note: '再催' }, key))).toBe('422 IDEMPOTENCY_KEY_REUSED');
  });

  it('is the holder’s of the node and everybody’s above it, and of nodes alone', async () => {
    course = await sendOut(z, 'who');
    const verdicts = async (unit: string): Promise<string[]> =>
      Promise.all(
        [OFFICE, FORCE, 'S1', 'S2', 'S1-1', 'AUDITOR'].map(async (who) => verdictOf(await urge(who, unit))),
      );
    expect(await verdicts('S1')).toEqual([
      '200',
      '200',
      '200',
      '404 NOT_FOUND',
      '404 NOT_FOUND',
      '403 FORBIDDEN',
    ]);
    expect(verdictOf(await urge('S1', 'S1-1'))).toBe('409 NOT_A_DESK');
    expect(verdictOf(await urge('S1', 'S1', { note: 7 }))).toMatch(/^400 MALFORMED/);
    expect((await z.as('S1').see(course.at('S1'))).allowed).toContain('urge-below');
    expect((await z.as('S1-1').see(course.at('S1-1'))).allowed).not.toContain('urge-below');
    await course.do('S1', 'suspend', {
      until: new Date(Date.now() + 1_800_000).toISOString(),
      reason: '停',
    });
    expect(verdictOf(await urge('S1', 'S1'))).toBe('409 SUSPENDED');
    await course.do('', 'cancel', { reason: '撤' });
    await course.becomes('closed');
    expect(verdictOf(await urge('S1', 'S1'))).toMatch(/^409 /);
  });

  it('of a whole directive is its office’s, reaches who owes at any level, and nobody once it is over', async () => {
    course = await sendOut(z, 'all');
    const office = z.as(OFFICE);
    const whole = (who: string, body: unknown = {}, headers = {}): Promise<Reply> =>
      z.as(who).post(`/directives/all/urge`, body, headers);
    for (const community of [1, 2, 3, 4, 5, 6, 7].map((n) => `S1-${n}`)) await course.settle(community, 1);
    await course.comes('S1', 'submitted');
    const before = await told('S2-1');
    const key = { 'idempotency-key': 'whole' };
    const reply = await whole(OFFICE, { note: '今天要数' }, key);
    // The second street waits for its communities: only they hold it up.
    expect([verdictOf(reply), urgedOf(reply)]).toEqual(['200', { assignments: 7, people: 7 }]);
    expect(reply.body).toMatchObject({ directive: { id: 'all', phase: 'open' } });
    expect(urgedOf(await whole(OFFICE, { note: '今天要数' }, key))).toEqual({ assignments: 7, people: 7 });
    expect((await told('S2-1')) - before).toBe(1);
    expect(verdictOf(await whole(FORCE))).toBe('403 FORBIDDEN');
    expect(verdictOf(await whole('AUDITOR'))).toBe('403 FORBIDDEN');
    expect(verdictOf(await whole(OFFICE, { note: 7 }))).toMatch(/^400 MALFORMED/);
    await office.post('/directives?draft=true', directive('unsent'));
    expect(verdictOf(await office.post('/directives/unsent/urge'))).toBe('409 NOT_ISSUED');
    await office.post('/directives/all/cancel', { reason: '撤' });
    expect(verdictOf(await whole(OFFICE))).toBe('409 DIRECTIVE_CANCELLED');
    await course.becomes('cancelled');
  });

  it('leaves urging and the next rung to each level above, not to its issuer alone', async () => {
    course = await sendOut(z, 'levels', {
      policy: {
        ladder: [
          { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'], slip: 'red' },
          { clock: 'due', after: 'PT1M', notify: ['office.director'] },
        ],
      },
    });
    for (const who of [OFFICE, FORCE, 'S1']) expect(await course.by(who, 'S1-1', 'urge')).toBe('200');
    expect(await course.by('S2', 'S1-1', 'urge')).toBe('404 NOT_FOUND');
    expect(await course.by(OFFICE, 'S1-1', 'approve')).toBe('403 FORBIDDEN');
    // Two who click at once: one slip, and who comes second hears which rung is next.
    const clicked = await Promise.all(
      [FORCE, 'S1', OFFICE].map((who) =>
        z.as(who).post(`/assignments/${course.at('S1-1')}/escalate`, { rung: 0 }),
      ),
    );
    expect(clicked.map(verdictOf).sort()).toEqual(['200', '409 REPEATED', '409 REPEATED']);
    expect(clicked.find(({ status }) => status === 409)?.body.detail).toBe(
      '第 0 级已经提过，每级只提一次；下一个可提的是第 1 级（从 0 数起）',
    );
    expect((await z.as(OFFICE).get('/slips?directive=levels')).body.items).toHaveLength(1);
    expect(await z.as(FORCE).see(course.at('S1-1'))).toMatchObject({
      nextRungs: [{ clock: 'due', rung: 1, after: 'PT1M', notify: ['office.director'] }],
    });
    expect(await course.by(OFFICE, 'S1-1', 'escalate', { rung: 1 })).toBe('200');
    const seen = await z.as(OFFICE).see(course.at('S1-1'));
    expect(seen).toMatchObject({ nextRungs: [] });
    expect(seen.allowed).not.toContain('escalate');
  });
});
