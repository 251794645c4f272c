// Merging on the way up: what is there at the due time, what comes later, what is returned, closed, cancelled or corrected.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { courseOf, sendOut, type Course } from '../../support/course.ts';
import { district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

describe.each([2000, 5])('merging with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: district() });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  const ALL = ['S1-1', 'S1-2', 'S2-1', 'S2-2'];
  const settleAll = async (units: readonly string[] = ALL): Promise<void> => {
    for (const [index, unit] of units.entries()) await course.settle(unit, 10 ** index);
  };
  const approveNodes = async (...units: string[]): Promise<void> => {
    for (const unit of units) {
      await course.comes(unit, 'submitted');
      await course.do(unit, 'approve');
    }
  };

  it('sends up what is there at the due time, marked with its coverage, and goes on collecting', async () => {
    course = await sendOut(z, 'due', { due: { within: 'PT3S' } });
    await course.settle('S1-1', 1);
    for (const [unit, expected] of [
      ['S1', 2],
      ['', 4],
    ] as const) {
      const [copy] = await course.happens(unit, 'rolledUp');
      expect(copy?.data).toMatchObject({
        n: 1,
        final: false,
        coverage: { expected, reported: 1, approved: 1 },
        values: { n: 1 },
      });
      expect((await course.see(unit)).phase).toBe('issued');
    }
    expect(await course.happens('S2', 'rolledUp', 0)).toEqual([]);

    await course.settle('S1-2', 10);
    // A turn between the report and its approval restates the coverage alone.
    const restated = await z.until(
      async () => (await course.happens('S1', 'restated')).find(({ data }) => data['final'] === true),
      'the street restates',
    );
    expect(restated.data).toMatchObject({ values: { n: 11 }, old: { n: 1 } });
    expect(await course.comes('S1', 'submitted')).toMatchObject({ onTime: false });
    const above = await z.until(
      async () => (await course.happens('', 'restated')).find(({ data }) => data.values['n'] === 11),
      'the task force restates',
    );
    expect(above.data).toMatchObject({ final: false, coverage: { expected: 4, approved: 2 }, old: { n: 1 } });

    await course.settle('S2-1', 100);
    const [first] = await course.happens('S2', 'rolledUp');
    expect(first?.data).toMatchObject({ final: false, coverage: { expected: 2, approved: 1 } });
    await course.settle('S2-2', 1000);
    await approveNodes('S1', 'S2', '');
    await course.becomes('closed');
    const { values, coverage, final } = await course.summary();
    expect({ values, coverage, final }).toMatchObject({
      values: { n: 1111 },
      coverage: { expected: 4, approved: 4, missing: [] },
      final: true,
    });
    const copies = (await z.as(OFFICE).events(course.at())).filter(({ type }) =>
      ['rolledUp', 'restated'].includes(type),
    );
    expect(copies.map(({ data }) => data['n'])).toEqual(copies.map((_, index) => index + 1));
    copies.slice(1).forEach(({ data }, index) => {
      expect(data.old).toEqual(copies[index]?.data.values);
    });
  });

  it('keeps every copy sent up, as it was sent', async () => {
    course = await sendOut(z, 'copies', { due: { within: 'PT1S' } });
    await course.settle('S1-1', 1);
    await course.happens('S1', 'rolledUp');
    await course.settle('S1-2', 10);
    await course.comes('S1', 'submitted');
    const { body } = await z.as(OFFICE).get(`/assignments/${course.at('S1')}/submissions`);
    const copies = body.items.map(({ version, values, coverage, final }) => ({
      version,
      values,
      coverage,
      final,
    }));
    // A turn between the report and its approval sends a copy too: its coverage is another.
    expect(copies.map(({ version }) => version)).toEqual(copies.map((_, older) => copies.length - older));
    expect(copies[0]).toMatchObject({ values: { n: 11 }, coverage: { approved: 2 }, final: true });
    expect(copies.at(-1)).toMatchObject({ values: { n: 1 }, coverage: { approved: 1 }, final: false });
  });

  it('waits for the holder where rolling up is his to do, and lets nobody send nothing', async () => {
    course = await sendOut(z, 'manual', { item: { rollUp: 'manual' } });
    const empty = await course.try('S1', 'submit');
    expect([empty.status, empty.body.code]).toEqual([409, 'NOTHING_REPORTED']);
    await course.settle('S1-1', 1);
    const partial = await course.do('S1', 'submit');
    expect(partial.phase).not.toBe('submitted');
    const [copy] = await course.happens('S1', 'rolledUp');
    expect(copy?.data).toMatchObject({ final: false, by: 'holder', coverage: { expected: 2, approved: 1 } });
    await settleAll(['S2-1', 'S2-2']);
    // All is in at S2, and the desk has looked: it is still the holder's to send.
    await z.until(isQuiet, 'every desk has looked');
    expect(await course.happens('S2', 'rolledUp', 0)).toEqual([]);
    expect(await course.do('S2', 'submit')).toMatchObject({ phase: 'submitted', onTime: true });
    const twice = await course.try('S2', 'submit');
    expect([twice.status, twice.body.code]).toEqual([409, 'ALREADY_SUBMITTED']);
    await course.settle('S1-2', 10);
    // What it has sent before does not let the whole go up by itself.
    await course.happens('S1', 'gathered');
    await z.until(isQuiet, 'every desk has looked');
    expect(await course.happens('S1', 'restated', 0)).toEqual([]);
    expect(await course.do('S1', 'submit')).toMatchObject({ phase: 'submitted' });
    await approveNodes('S1', 'S2');
    await z.until(isQuiet, 'every desk has looked');
    expect((await course.see()).phase).toBe('issued');
    expect(await course.do('', 'submit')).toMatchObject({ phase: 'submitted' });
    await course.do('', 'approve');
    await course.becomes('closed');
  });

  it('reminds the holder at the due time where rolling up is his to do', async () => {
    course = await sendOut(z, 'reminder', { item: { rollUp: 'manual' }, due: { within: 'PT1S' } });
    await course.settle('S1-1', 1);
    const [reminded] = await course.happens('S1', 'reminded');
    expect(reminded?.data).toMatchObject({ clock: 'due', notified: ['S1'] });
    expect(await course.happens('S1', 'rolledUp', 0)).toEqual([]);
  });

  it('takes a merged report back, by a correction below or as it is, and the issuer looks again', async () => {
    course = await sendOut(z, 'back');
    await settleAll();
    await course.comes('S1', 'submitted');
    await course.comes('S2', 'submitted');
    for (const unit of ['S1', 'S2'])
      expect(await course.do(unit, 'return', { reason: '与上周不符' })).toMatchObject({
        phase: 'returned',
        returned: { reason: '与上周不符' },
      });
    const unreasoned = await course.try('S1', 'return', {});
    expect([unreasoned.status, unreasoned.body.code]).toEqual([409, 'NOT_SUBMITTED']);

    // S2 stands by its figure; S1 has it corrected below.
    expect(await course.do('S2', 'submit')).toMatchObject({ phase: 'submitted', returned: null });
    const noted = await course.do('S1-1', 'submit', { values: { n: 5 }, note: '漏报' });
    expect(noted).toMatchObject({ phase: 'approved', correcting: true });
    expect((await course.summary()).values['n']).toBe(1111);
    await course.do('S1-1', 'approve');
    expect((await course.comes('S1', 'submitted')).submission?.values).toMatchObject({ n: 15 });
    await approveNodes('S1', 'S2', '');
    await course.becomes('closed');
    expect((await course.summary()).values['n']).toBe(1115);
    for (const [unit, n] of [
      ['S1', 15],
      ['S2', 1100],
      ['', 1115],
    ] as const)
      expect((await course.see(unit)).submission?.values).toMatchObject({ n });
  });

  it('restates upward what is corrected after everything above has been approved', async () => {
    course = await sendOut(z, 'corrected');
    await settleAll();
    await approveNodes('S1', 'S2');
    await course.comes('', 'submitted');
    await course.do('S2-2', 'submit', { values: { n: 3000 }, note: '更正' });
    const again = await course.try('S2-2', 'submit', { values: { n: 3 }, note: '再更正' });
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_SUBMITTED']);
    expect(await course.do('S2-2', 'return', { reason: '不准' })).toMatchObject({
      phase: 'approved',
      correcting: false,
    });
    expect((await course.summary()).values['n']).toBe(1111);
    await course.do('S2-2', 'submit', { values: { n: 2000 }, note: '更正' });
    await course.do('S2-2', 'approve');
    const [street] = await course.happens('S2', 'restated');
    const [force] = await course.happens('', 'restated');
    expect([street?.data.old, street?.data.values]).toMatchObject([{ n: 1100 }, { n: 2100 }]);
    expect([force?.data.old, force?.data.values]).toMatchObject([{ n: 1111 }, { n: 2111 }]);
    expect((await course.see('S2')).phase).toBe('approved');
    expect(await course.happens('S1', 'restated', 0)).toEqual([]);
    await course.do('', 'approve');
    await course.becomes('closed');
  });

  it('takes corrections after closing, restates them to the top, and refuses all else', async () => {
    course = await sendOut(z, 'after');
    await settleAll();
    await approveNodes('S1', 'S2', '');
    const { closedAt } = await course.becomes('closed');
    expect(closedAt).not.toBeNull();
    for (const [verb, body] of [
      ['acknowledge', {}],
      ['submit', { values: { n: 7 } }],
      ['approve', {}],
      ['cancel', { reason: '不要了' }],
      ['return', { reason: '不对' }],
    ] as const) {
      const { status, body: answer } = await course.try('S1-1', verb, body);
      const expected = verb === 'submit' ? 'ALREADY_SETTLED' : 'DIRECTIVE_CLOSED';
      expect([verb, status, answer.code]).toEqual([verb, 409, expected]);
    }
    await course.do('S1-1', 'submit', { values: { n: 7 }, note: '更正' });
    await course.do('S1-1', 'approve');
    const [street] = await course.happens('S1', 'restated');
    const [force] = await course.happens('', 'restated');
    expect([street?.data.values, force?.data.values]).toMatchObject([{ n: 17 }, { n: 1117 }]);
    expect((await course.summary()).values['n']).toBe(1117);
    expect((await course.whole()).phase).toBe('closed');
  });

  it('ends the collecting of a desk at its holder’s word: what is in passes, what is not is missing', async () => {
    course = await sendOut(z, 'ended');
    await course.do('S1-1', 'submit', { values: { n: 1 } });
    const leaf = await course.try('S1-1', 'close');
    expect([leaf.status, leaf.body.code]).toEqual([409, 'NOT_A_DESK']);
    await course.do('S1', 'close', { note: '不再等' });
    expect(await course.comes('S1-1', 'approved')).toMatchObject({ phase: 'approved' });
    expect(await course.comes('S1-2', 'missing')).toMatchObject({ light: 'blue' });
    expect((await course.comes('S1', 'submitted')).submission).toMatchObject({
      values: { n: 1 },
      final: true,
    });
    const late = await course.try('S1-2', 'submit', { values: { n: 1 } });
    expect([late.status, late.body.code]).toEqual([409, 'ALREADY_SETTLED']);
    expect((await course.whole()).coverage).toMatchObject({ expected: 4, reported: 1, approved: 1 });

    // And of all below the task force: S2 has nothing to send and says so.
    await course.do('S2-1', 'submit', { values: { n: 100 } });
    await course.do('', 'close');
    await course.comes('S2-2', 'missing');
    await course.comes('S1', 'approved');
    await course.comes('S2', 'approved');
    await approveNodes('');
    await course.becomes('closed');
    expect((await course.whole()).counts).toMatchObject({ total: 4, approved: 2, missing: 2 });
    expect((await course.summary()).values['n']).toBe(101);
  });

  it('cancels a subtree and leaves it out of what is expected', async () => {
    course = await sendOut(z, 'subtree');
    await course.settle('S1-1', 1);
    await course.do('S1-2', 'submit', { values: { n: 10 } });
    const unreasoned = await course.try('S1', 'cancel', {});
    expect([unreasoned.status, unreasoned.body.errors]).toMatchObject([
      422,
      [{ path: 'reason', code: 'REQUIRED' }],
    ]);
    await course.do('S1', 'cancel', { reason: '划归别处' });
    await course.comes('S1-2', 'cancelled');
    const { counts, coverage } = await course.whole();
    expect(counts).toMatchObject({ total: 4, approved: 0, cancelled: 2, issued: 2 });
    expect(coverage).toMatchObject({ expected: 2, reported: 0 });
    const late = await course.try('S1-2', 'submit', { values: { n: 1 } });
    expect([late.status, late.body.code]).toEqual([409, 'ALREADY_SETTLED']);
    await settleAll(['S2-1', 'S2-2']);
    await approveNodes('S2', '');
    await course.becomes('closed');
  });

  it('cancels all of a directive, also what is not yet read', async () => {
    course = await sendOut(z, 'cancelled');
    await course.settle('S1-1', 1);
    const { status, body } = await z.as(OFFICE).post('/directives/cancelled/cancel', { reason: '任务取消' });
    expect([status, body.phase]).toEqual([200, 'cancelled']);
    const late = await course.try('S2-2', 'acknowledge');
    expect([late.status, late.body.code]).toEqual([409, 'DIRECTIVE_CANCELLED']);
    for (const unit of ['S1-2', 'S2-1', 'S2-2', 'S1', 'S2', '']) await course.comes(unit, 'cancelled');
    expect((await course.see('S1-1')).phase).toBe('approved');
    const twice = await z.as(OFFICE).post('/directives/cancelled/cancel', { reason: '再次' });
    expect([twice.status, twice.body.code]).toEqual([409, 'DIRECTIVE_CANCELLED']);
    await z.until(isQuiet, 'every desk has looked');
    const { rows } = await z.pool.query(
      `select id from assignment where directive = 'cancelled' and (not settled or next_wake is not null)`,
    );
    expect(rows).toEqual([]);
    await z.until(async () => (await openDesks('cancelled')) === 0, 'its desks have ended');
  });

  it('closes a directive at its office’s word: what is in passes in the closer’s name, what is not is missing', async () => {
    course = await sendOut(z, 'closed');
    await course.settle('S1-1', 1);
    await course.do('S1-2', 'submit', { values: { n: 10 } });
    const { status, body } = await z.as(OFFICE).post('/directives/closed/close', { note: '时间已到' });
    expect([status, body.phase]).toEqual([200, 'closed']);
    await course.comes('S1-2', 'approved');
    const [approved] = await course.happens('S1-2', 'approved');
    expect(approved).toMatchObject({ actor: OFFICE });
    for (const unit of ['S2-1', 'S2-2']) await course.comes(unit, 'missing');
    for (const unit of ['S1', 'S2', '']) await course.comes(unit, 'approved');
    const { values, coverage, final } = await course.summary();
    expect({ values, coverage, final }).toMatchObject({
      values: { n: 11 },
      coverage: { expected: 4, reported: 2, approved: 2 },
      final: true,
    });
    expect((await course.see()).submission).toMatchObject({ values: { n: 11 }, final: true });
    const late = await course.try('S2-1', 'submit', { values: { n: 1 } });
    expect([late.status, late.body.code]).toEqual([409, 'DIRECTIVE_CLOSED']);
    // What was in is corrected as ever.
    await course.do('S1-2', 'submit', { values: { n: 20 }, note: '更正' });
    await course.do('S1-2', 'approve');
    await z.until(async () => (await course.see()).submission?.values['n'] === 21, 'the correction goes up');
  });

  it('closes by itself though the office’s own desk has sections', async () => {
    course = courseOf(z, 'wide');
    const items = DRAFT.items.flatMap((item) =>
      [1, 2, 3, 4, 5, 6].map((n) => ({ ...item, key: `i${n}`, review: 'auto' })),
    );
    const made = await z.as(OFFICE).post('/directives', { ...DRAFT, id: 'wide', number: 'L-wide', items });
    expect(made.status).toBe(201);
    await z.until(async () => (await z.as(OFFICE).see('wide')).phase === 'open', 'wide is open');
    for (const { key } of items) {
      const sent = await z.as('S1').post(`/assignments/wide.${key}.TF.S1/submit`, { note: '无' });
      expect(sent.status).toBe(200);
    }
    await z.until(
      async () => (await z.as(OFFICE).see('wide')).phase === 'closed',
      'wide has closed by itself',
    );
    expect(await faultsOfRecord(z.pool, 'wide')).toEqual([]);
  });

  it('keeps a draft to itself until it is sent out, and one that is cancelled never goes out', async () => {
    const office = z.as(OFFICE);
    course = courseOf(z, 'draft');
    for (const id of ['draft', 'dropped']) {
      const made = await office.post('/directives?draft=true', { ...DRAFT, id, number: `L-${id}` });
      expect([made.status, made.body.phase]).toEqual([201, 'draft']);
    }
    expect((await z.as('S1').get('/directives/draft')).status).toBe(404);
    expect((await office.post('/directives/dropped/cancel', { reason: '不发' })).body.phase).toBe(
      'cancelled',
    );
    const dropped = await office.post('/directives/dropped/issue');
    expect([dropped.status, dropped.body.code]).toEqual([409, 'NOT_A_DRAFT']);
    expect((await office.post('/directives/draft/issue')).status).toBe(200);
    await z.until(async () => (await office.see('draft')).phase === 'open', 'the draft is open');
    expect((await office.see('draft')).counts).toMatchObject({ total: 1, issued: 1 });
    const { rows } = await z.pool.query(`select id from desk where directive = 'dropped'`);
    expect(rows).toEqual([]);
  });

  const DRAFT = {
    title: '草稿',
    calendar: 'always',
    due: { within: 'PT1H' },
    policy: {},
    items: [{ key: 'note', title: '事项', dispatch: [{ taskForce: 'TF', receivers: [{ unit: 'S1' }] }] }],
  };
  const isQuiet = async (): Promise<boolean> => {
    const { rows } = await z.pool.query('select id from desk where asked <> looked and not ended');
    return rows.length === 0;
  };
  const openDesks = async (id: string): Promise<number> => {
    const { rowCount } = await z.pool.query('select from desk where directive = $1 and not ended', [id]);
    return rowCount ?? 0;
  };
});
