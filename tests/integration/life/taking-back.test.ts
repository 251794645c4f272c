// What is taken back: a report by its holder, an approval by its issuer, an end that came too soon, and all below what is cancelled.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const ALL = ['S1-1', 'S1-2', 'S2-1', 'S2-2'];
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

describe.each([2000, 5])('taking back with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: district() });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  const restatedTo = (unit: string, n: number | null): Promise<unknown> =>
    z.until(
      async () => (await course.happens(unit, 'restated', 0)).some(({ data }) => data.values['n'] === n),
      `${unit || 'the task force'} restates ${n}`,
    );

  it('lets a unit take its report back while it waits for review, and report again', async () => {
    course = await sendOut(z, 'withdrawn');
    expect(await course.told('S1-1', 'withdraw')).toBe('409 NOT_SUBMITTED');
    await course.do('S1-1', 'submit', { values: { n: 7 } });
    expect((await z.as('S1-1').see(course.at('S1-1'))).allowed).toContain('withdraw');
    expect(await course.by('S1', 'S1-1', 'withdraw')).toBe('403 FORBIDDEN');
    const back = await course.do('S1-1', 'withdraw', { reason: '数填错了' });
    expect(back).toMatchObject({
      phase: 'acknowledged',
      submittedAt: null,
      withdrawn: { reason: '数填错了', by: 'S1-1' },
    });
    expect((await course.whole()).counts).toMatchObject({ acknowledged: 1, submitted: 0, total: 4 });
    const reported = await z.as(OFFICE).get(`/directives/${course.id}/summary?basis=reported`);
    expect(reported.body.items[0]?.coverage).toMatchObject({ reported: 0 });
    expect(await course.told('S1-1', 'approve')).toBe('409 NOT_SUBMITTED');
    const again = await course.do('S1-1', 'submit', { values: { n: 8 } });
    expect(again).toMatchObject({ phase: 'submitted', withdrawn: null, submission: { version: 2 } });
    await course.do('S1-1', 'approve');
    expect(await course.told('S1-1', 'withdraw')).toBe('409 ALREADY_SETTLED');
    expect((await course.summary()).values['n']).toBe(8);
  });

  it('lets a correction be taken back: what was approved goes on counting, on either basis', async () => {
    course = await sendOut(z, 'uncorrected');
    await course.settle('S1-1', 1);
    for (const [verb, body] of [
      ['withdraw', {}],
      ['return', { reason: '不对' }],
    ] as const) {
      await course.do('S1-1', 'submit', { values: { n: 5 }, note: '复核' });
      expect(await course.do('S1-1', verb, body)).toMatchObject({ phase: 'approved', correcting: false });
      const reported = await z.as(OFFICE).get(`/directives/${course.id}/summary?basis=reported`);
      expect((reported.body.items[0] as { values: object }).values).toMatchObject({ n: 1 });
      expect((await course.summary()).values['n']).toBe(1);
    }
  });

  it('lets a street take back what it has sent up, and sends it again by its own hand', async () => {
    course = await sendOut(z, 'street');
    for (const unit of ['S1-1', 'S1-2']) await course.settle(unit, 1);
    await course.comes('S1', 'submitted');
    const withdraw = { reason: '再核一遍' };
    expect(await course.do('S1', 'withdraw', withdraw)).toMatchObject({ phase: 'acknowledged' });
    // Nothing has changed below: it goes up by no other hand.
    expect(await course.told('S1', 'submit')).toBe('200');
    expect(await course.comes('S1', 'submitted')).toMatchObject({ withdrawn: null });
    await course.do('S1', 'withdraw', withdraw);
    expect(await course.do('S1-1', 'reopen', { reason: '看错了' })).toMatchObject({ phase: 'submitted' });
    expect((await course.summary()).values['n']).toBe(1);
    await course.do('S1-1', 'approve');
    // What has been restated as a part meanwhile goes up whole by itself, perhaps before its holder sends it.
    expect(await course.told('S1', 'submit')).toMatch(/^(200|409 ALREADY_SUBMITTED)$/);
    await course.comes('S1', 'submitted');
    await course.do('S1', 'approve');
  });

  it('lets an issuer take back an approval and restates what has gone up of it', async () => {
    course = await sendOut(z, 'unapproved', { due: { within: 'PT4S' } });
    await course.settle('S1-1', 1);
    await course.settle('S2-1', 10);
    await course.happens('', 'rolledUp');
    expect(await course.by('S1-1', 'S1-1', 'reopen', { reason: '不' })).toBe('403 FORBIDDEN');
    expect(await course.told('S1-1', 'reopen')).toBe('422 INVALID reason:REQUIRED');
    expect(await course.told('S1-1', 'reopen', { reason: '看错了', due: inMinutes(1) })).toBe(
      '422 INVALID due:DUE_OF_APPROVED',
    );
    const reopened = await course.do('S1-1', 'reopen', { reason: '看错了' });
    expect(reopened).toMatchObject({ phase: 'submitted', settledAt: null });
    expect((await course.whole()).coverage).toMatchObject({ expected: 4, reported: 2, approved: 1 });
    await restatedTo('S1', null);
    await restatedTo('', 10);
    expect(await course.told('S1-1', 'reopen', { reason: '再' })).toBe('409 NOT_SETTLED');
    expect(await course.told('S1-1', 'return', { reason: '漏项' })).toBe('200');
  });

  it('takes an approval back that has gone up: the levels above owe theirs again, say so, and send the whole anew', async () => {
    course = await sendOut(z, 'gone-up');
    for (const [index, unit] of ALL.entries()) await course.settle(unit, 10 ** index);
    for (const street of ['S1', 'S2']) {
      await course.comes(street, 'submitted');
      await course.do(street, 'approve');
    }
    await course.comes('', 'submitted');
    const before = (await course.summary()).version;
    expect((await z.as('S1').see(course.at('S1-1'))).allowed).toContain('reopen');
    expect(await course.do('S1-1', 'reopen', { reason: '看错了' })).toMatchObject({ phase: 'submitted' });
    // At once, not when the clockwork has looked: nobody can approve what is open below.
    expect(await course.see('S1')).toMatchObject({ phase: 'acknowledged', settledAt: null, onTime: true });
    expect(await course.see('')).toMatchObject({ phase: 'acknowledged', onTime: true });
    expect(await course.see('S2')).toMatchObject({ phase: 'approved' });
    expect(await course.told('', 'approve')).toBe('409 NOT_SUBMITTED');
    await restatedTo('S1', 10);
    await restatedTo('', 1110);
    for (const unit of ['S1', '']) {
      const last = (await course.happens(unit, 'restated')).at(-1);
      expect(last?.data).toMatchObject({ final: false, old: { n: unit === 'S1' ? 11 : 1111 } });
    }
    const told = (await z.as(FORCE).get('/notifications')).body.items;
    const lastOf = (place: string): unknown =>
      told.find((each) => (each as { assignment: unknown }).assignment === place);
    expect(lastOf(course.at('S1'))).toMatchObject({ type: 'restated' });
    expect(lastOf(course.at(''))).toMatchObject({ type: 'reopened' });
    expect((await course.summary()).version).toBeGreaterThan(before);
    await course.do('S1-1', 'return', { reason: '漏项' });
    await course.settle('S1-1', 2);
    await course.comes('S1', 'submitted');
    await course.do('S1', 'approve');
    expect(await course.comes('', 'submitted')).toMatchObject({ onTime: true });
    expect((await course.happens('', 'restated')).at(-1)?.data).toMatchObject({
      final: true,
      values: { n: 1112 },
    });
    await course.do('', 'approve');
    await course.becomes('closed');
    expect((await course.summary()).values['n']).toBe(1112);
    expect(await course.told('S1-1', 'reopen', { reason: '再看' })).toBe('409 DIRECTIVE_CLOSED');
  });

  it('opens a missing community of a street that has gone up, and approves at once what was looked at again', async () => {
    course = await sendOut(z, 'gone-without');
    await course.settle('S1-1', 1);
    await course.do('S1', 'close', { note: '到此' });
    await course.comes('S1-2', 'missing');
    await course.comes('S1', 'submitted');
    expect(await course.do('S1-2', 'reopen', { reason: '补报' })).toMatchObject({ phase: 'issued' });
    expect(await course.see('S1')).toMatchObject({ phase: 'acknowledged' });
    await course.settle('S1-2', 10);
    await course.comes('S1', 'submitted');
    // Approved again as it was: the same figures go up whole once more.
    await course.do('S1-2', 'reopen', { reason: '看错了' });
    await course.do('S1-2', 'approve');
    await course.comes('S1', 'submitted');
    expect((await course.happens('S1', 'restated')).at(-1)?.data).toMatchObject({
      final: true,
      values: { n: 11 },
    });
    await course.do('S1', 'approve');
  });

  it('takes no approval back once figures have been handed up', async () => {
    course = await sendOut(z, 'handed');
    await course.settle('S1-1', 1);
    expect((await z.as(OFFICE).post(`/directives/${course.id}/hand-up`, {})).status).toBe(201);
    expect(await course.told('S1-1', 'reopen', { reason: '看错了' })).toBe('409 HANDED_UP');
    expect((await z.as('S1').see(course.at('S1-1'))).allowed).not.toContain('reopen');
  });

  it('gets a street the report its task force misses: returned, the missing community is opened again', async () => {
    course = await sendOut(z, 'missing');
    await course.settle('S1-1', 1);
    await course.do('S1', 'close', { note: '到此' });
    await course.comes('S1-2', 'missing');
    await course.comes('S1', 'submitted');
    await course.do('S1', 'return', { reason: '一社区必须补报' });
    expect(await course.told('S1-2', 'reopen', { reason: '补报', due: inMinutes(120) })).toBe(
      '422 DUE_AFTER_PARENT due:DUE_AFTER_PARENT',
    );
    const open = await course.do('S1-2', 'reopen', { reason: '一社区必须补报', due: inMinutes(30) });
    expect(open).toMatchObject({ phase: 'issued', settledAt: null, overdue: false });
    expect((await course.whole()).coverage).toMatchObject({ expected: 4, reported: 1 });
    expect((await z.as('S1-2').get('/notifications')).body.items[0]).toMatchObject({ type: 'reopened' });
    await course.settle('S1-2', 10);
    await restatedTo('S1', 11);
    expect(await course.comes('S1', 'submitted')).toMatchObject({ returned: null });
    await course.do('S1', 'approve');
    for (const unit of ['S2-1', 'S2-2']) await course.settle(unit, 100);
    await course.comes('S2', 'submitted');
    await course.do('S2', 'approve');
    await course.comes('', 'submitted');
    await course.do('', 'approve');
    await course.becomes('closed');
    expect((await course.summary()).values['n']).toBe(211);
  });

  it('opens a leaf again that was cancelled by mistake, due when its level above is where its own time has passed', async () => {
    course = await sendOut(z, 'mistaken', {
      item: {
        dispatch: [
          {
            taskForce: FORCE,
            receivers: [
              { unit: 'S1', receivers: [{ unit: 'S1-1', due: { within: 'PT1S' } }, { unit: 'S1-2' }] },
            ],
          },
        ],
      },
    });
    await course.do('S1-1', 'cancel', { reason: '不做' });
    await z.until(
      async () => Date.parse((await course.see('S1-1')).dueAt) < Date.now(),
      'its time has passed',
    );
    const street = await course.see('S1');
    const open = await course.do('S1-1', 'reopen', { reason: '撤错了' });
    expect(open).toMatchObject({ phase: 'issued', dueAt: street.dueAt, overdue: false });
    expect((await course.whole()).counts).toMatchObject({ issued: 2, cancelled: 0 });
    await course.settle('S1-1', 3);
    expect((await course.summary()).values['n']).toBe(3);
  });

  it('takes all below a cancelled street out of figure and coverage, restates above, and corrects nothing there', async () => {
    course = await sendOut(z, 'cancelled', { due: { within: 'PT5S' } });
    for (const [index, unit] of ALL.slice(0, 3).entries()) await course.settle(unit, 10 ** index);
    await course.happens('', 'rolledUp');
    expect((await course.summary()).values['n']).toBe(111);
    await course.do('S1-1', 'submit', { values: { n: 5 }, note: '复核' });
    await course.do('S1', 'cancel', { reason: '并入他街' });
    for (const unit of ['S1-1', 'S1-2']) await course.comes(unit, 'cancelled');
    await restatedTo('', 100);
    const { coverage, counts } = await course.whole();
    expect(coverage).toMatchObject({ expected: 2, reported: 1, approved: 1 });
    expect(counts).toMatchObject({ total: 4, cancelled: 2, approved: 1 });
    expect((await course.summary()).values['n']).toBe(100);
    const lineage = await z.as(OFFICE).get(`/directives/${course.id}/summary/lineage?field=n&item=sites`);
    expect(JSON.stringify(lineage.body)).not.toContain('S1-1');
    expect(await course.told('S1-1', 'approve')).toBe('409 ALREADY_SETTLED');
    expect(await course.told('S1-2', 'submit', { values: { n: 1 }, note: '复核' })).toBe(
      '409 ALREADY_SETTLED',
    );
    expect((await z.as('S1-2').see(course.at('S1-2'))).allowed).toEqual(['comment']);
    expect(await course.told('S1-2', 'reopen', { reason: '还要' })).toBe('409 SETTLED_ABOVE');
    expect(await course.told('S1', 'reopen', { reason: '还要' })).toBe('409 DESK_NOT_REOPENED');
  });

  it('never gives a version of figures twice, nor a lower one: whatever is taken back raises it', async () => {
    course = await sendOut(z, 'rising');
    const seen = { approved: new Map<number, string>(), reported: new Map<number, string>() };
    const last = { approved: 0, reported: 0 };
    const look = async (what: string): Promise<void> => {
      for (const basis of ['approved', 'reported'] as const) {
        const { body } = await z.as(OFFICE).get(`/directives/${course.id}/summary?basis=${basis}`);
        const { version, values } = body.items[0] as { version: number; values: object };
        const content = JSON.stringify(values);
        expect([what, basis, version]).toEqual([what, basis, Math.max(version, last[basis])]);
        expect([what, basis, seen[basis].get(version) ?? content]).toEqual([what, basis, content]);
        seen[basis].set(version, content);
        last[basis] = version;
      }
    };
    const steps: [string, Parameters<Course['do']>[1], object?][] = [
      ['S1-1', 'submit', { values: { n: 1 } }],
      ['S1-1', 'approve'],
      ['S1-1', 'reopen', { reason: '看错了' }],
      ['S1-1', 'return', { reason: '漏项' }],
      ['S1-1', 'submit', { values: { n: 2 } }],
      ['S1-1', 'withdraw'],
      ['S1-1', 'submit', { values: { n: 3 } }],
      ['S1-1', 'approve'],
      ['S1-1', 'submit', { values: { n: 4 }, note: '复核' }],
      ['S1-1', 'return', { reason: '不对' }],
      ['S1-1', 'reopen', { reason: '再看' }],
      ['S1-1', 'approve'],
      ['S1-2', 'submit', { values: { n: 10 } }],
      ['S1-2', 'cancel', { reason: '不做' }],
      ['S1-2', 'reopen', { reason: '撤错了' }],
      ['S1-2', 'submit', { values: { n: 20 } }],
      ['S2', 'submit', { values: { n: 100 } }],
      ['S2', 'cancel', { reason: '并入他街' }],
    ];
    await look('nothing');
    for (const [unit, verb, body] of steps) {
      await course.do(unit, verb, body);
      await look(`${unit} ${verb}`);
    }
    expect((await course.summary()).values['n']).toBe(3);
  });
});
