// Corrections after closing: for as long as the policy says, at a leaf, by its holder and its issuer, up to the top.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const ALL = ['S1-1', 'S1-2', 'S2-1', 'S2-2'];

describe.each([2000, 5])('corrections with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: district() });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  async function closed(id: string, correctionsFor: string): Promise<void> {
    course = await sendOut(z, id, { policy: { correctionsFor }, item: { review: 'auto' } });
    for (const unit of ALL) await course.do(unit, 'submit', { values: { n: 1 } });
    await course.becomes('closed');
  }

  it('leave all else closed, at every depth', async () => {
    await closed('kept', 'P30D');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    for (const unit of ['S1-1', 'S1', ''])
      for (const [verb, body] of [
        ['acknowledge', {}],
        ['progress', { note: '晚' }],
        ['request-extension', { due: until, reason: '晚' }],
        ['decide-extension', { grant: true }],
        ['transfer', { unit: 'S2-1', reason: '转' }],
        ['decline', { basis: '转' }],
        ['suspend', { until, reason: '停' }],
        ['resume', {}],
        ['cancel', { reason: '撤' }],
        ['close', {}],
        ['share', { to: 'S2-1' }],
        ['decompose', { receivers: [{ unit: 'S1-1' }] }],
        ['urge', {}],
        ['escalate', { rung: 0 }],
        ['approve', {}],
        ['return', { reason: '漏' }],
      ] as const)
        expect(`${unit} ${verb} ${await course.told(unit, verb, body)}`).toBe(
          `${unit} ${verb} 409 DIRECTIVE_CLOSED`,
        );
    expect(await course.told('S1', 'submit', { values: { n: 1 }, note: '本级' })).toBe(
      '409 DIRECTIVE_CLOSED',
    );
    expect((await z.as('S1-1').see(course.at('S1-1'))).allowed).toEqual(['submit', 'comment']);
    expect(await course.told('S1-1', 'comment', { text: '有误' })).toBe('200');
    expect(await course.told('S1-1', 'submit', { values: { n: 2 } })).toBe('409 ALREADY_SETTLED');
    expect(await course.told('S1-1', 'submit', { values: { n: 2 }, note: '复核' })).toBe('200');
    const restated = await course.happens('', 'restated');
    expect(restated.at(-1)?.data).toMatchObject({ values: { n: 5 }, old: { n: 4 } });
    expect((await course.see('S1-1')).phase).toBe('approved');
    expect((await course.whole()).phase).toBe('closed');
  });

  it('count though approved after their time, when they were handed in within it', async () => {
    await closed('late', 'PT2S');
    const at = Date.now();
    expect(await course.told('S1-1', 'submit', { values: { n: 9 }, note: '复核' })).toBe('200');
    await z.until(
      async () => (await course.told('S1-2', 'submit', { values: { n: 2 } })) === '409 DIRECTIVE_CLOSED',
      `the time for corrections is over (begun ${at})`,
    );
    expect((await z.as(OFFICE).see(course.at('S1-1'))).phase).toBe('approved');
    expect(await course.told('S1-1', 'submit', { values: { n: 3 }, note: '再改' })).toBe(
      '409 DIRECTIVE_CLOSED',
    );
    const restated = await course.happens('', 'restated');
    expect(restated.at(-1)?.data).toMatchObject({ values: { n: 12 }, old: { n: 4 } });
  });

  it.each(['return', 'withdraw', 'approve'] as const)(
    'that still wait when their time is over hold their desks, until one of them has its %s',
    async (verb) => {
      course = await sendOut(z, `held-${verb}`, {
        policy: { correctionsFor: 'PT0S' },
        item: { review: 'manual' },
      });
      for (const unit of ALL) await course.settle(unit, 1);
      for (const unit of ['S1', 'S2']) {
        await course.comes(unit, 'submitted');
        await course.do(unit, 'approve');
      }
      await course.comes('', 'submitted');
      expect(await course.told('S1-1', 'submit', { values: { n: 1 }, note: '复核' })).toBe('200');
      await course.do('', 'approve');
      await course.becomes('closed');
      const awake = `select from desk where directive = $1 and not ended
                        and (asked <> looked or planned_at is null or planned_at < now() + interval '30 minutes')`;
      await z.until(
        async () => (await z.pool.query(awake, [course.id])).rowCount === 0,
        'desks sleep or end',
      );
      const left = 'select from desk where directive = $1 and not ended';
      expect((await z.pool.query(left, [course.id])).rowCount).not.toBe(0);
      expect(await course.told('S1-1', verb, verb === 'return' ? { reason: '漏' } : {})).toBe('200');
      await z.until(
        async () => (await z.pool.query(left, [course.id])).rowCount === 0,
        'every desk has ended',
      );
    },
  );

  it('are taken as long as the policy says, and then no more, and every desk ends', async () => {
    await closed('over', 'PT2S');
    await z.until(
      async () => (await course.told('S1-1', 'submit', { values: { n: 2 } })) === '409 DIRECTIVE_CLOSED',
      'the time for corrections is over',
    );
    expect(await course.told('S1-1', 'submit', { values: { n: 2 }, note: '复核' })).toBe(
      '409 DIRECTIVE_CLOSED',
    );
    expect(await course.told('S1-1', 'comment', { text: '有误' })).toBe('409 DIRECTIVE_CLOSED');
    expect((await z.as(OFFICE).see(course.at('S1-1'))).allowed).toEqual([]);
    await z.until(async () => {
      const { rows } = await z.pool.query('select id from desk where directive = $1 and not ended', ['over']);
      return rows.length === 0;
    }, 'every desk has ended');
    // Nothing is left of it in Temporal but what the namespace keeps of what has ended.
    for (const desk of await desksOf('over'))
      await z.until(
        async () => (await z.client.workflow.getHandle(desk).describe()).status.name === 'COMPLETED',
        `the workflow of ${desk} has ended`,
      );
  });

  it('are waited for asleep: one timer a desk, and no turn between', async () => {
    await closed('asleep', 'P30D');
    const awake = `select from desk where directive = 'asleep'
                      and (asked <> looked or planned_at is null or planned_at < now() + interval '29 days')`;
    await z.until(async () => (await z.pool.query(awake)).rowCount === 0, 'every desk has looked');
    for (const desk of await desksOf('asleep'))
      await z.until(async () => (await pendingOf(desk)).join() === '2592000', `${desk} sleeps on one timer`);
  });

  const desksOf = async (directive: string): Promise<string[]> => {
    const { rows } = await z.pool.query<{ id: string }>('select id from desk where directive = $1', [
      directive,
    ]);
    return rows.map(({ id }) => id);
  };

  /** Timers of a desk's workflow that have begun and not ended, in seconds: at most 30 days, less what has passed since. */
  async function pendingOf(desk: string): Promise<number[]> {
    const { events } = await z.client.workflow.getHandle(desk).fetchHistory();
    const pending = new Map<string, number>();
    for (const event of events ?? []) {
      const { timerStartedEventAttributes: begun } = event;
      const over = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
      if (begun) pending.set(begun.timerId ?? '', Number(begun.startToFireTimeout?.seconds ?? 0));
      else if (over) pending.delete(over.timerId ?? '');
    }
    // The clock of the record and that of the workflow are a moment apart.
    return [...pending.values()].map((seconds) => (seconds > 2_591_000 ? 2_592_000 : seconds));
  }
});
