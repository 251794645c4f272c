// The leader's signature: nothing leaves a unit before it, where an item asks for it; its clock, corrections and nodes.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const SIGNED = { signOff: 'leader' } as const;

describe.each([2000, 5])('signatures with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    const bosses = ['S1', 'S1-1', 'S1-2', 'S2-1'];
    z = await startInstallation({ deskLimit, organisation: district({ bosses }) });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  it('keeps a report in the house until its leader signs', async () => {
    course = await sendOut(z, 'house', { item: SIGNED });
    expect(await course.by('S1-1-boss', 'S1-1', 'sign')).toBe('409 NOTHING_TO_SIGN');
    const presented = await course.do('S1-1', 'submit', { values: { n: 1 }, note: '初稿' });
    expect(presented).toMatchObject({
      phase: 'acknowledged',
      awaitingSignature: true,
      submittedAt: null,
      submission: null,
    });
    expect(await course.told('S1-1', 'approve')).toBe('409 NOT_SUBMITTED');
    expect((await z.as('S1').get('/assignments?role=issuer&phase=submitted')).body.items).toEqual([]);
    expect((await z.as('S1-1-boss').get('/notifications')).body.items.map(({ type }) => type)).toContain(
      'presented',
    );
    // What is presented again takes the place of what was presented before.
    await course.do('S1-1', 'submit', { values: { n: 2 } });
    expect(await course.by('S1-1', 'S1-1', 'sign')).toBe('403 FORBIDDEN');
    expect(await course.by('S1', 'S1-1', 'sign')).toBe('403 FORBIDDEN');
    expect(await course.by('S1-2-boss', 'S1-1', 'sign')).toBe('404 NOT_FOUND');
    expect((await z.as('S1-1-boss').see(course.at('S1-1'))).allowed).toContain('sign');
    expect(await course.by('S1-1-boss', 'S1-1', 'sign')).toBe('200');
    const signed = await course.see('S1-1');
    expect(signed).toMatchObject({ phase: 'submitted', awaitingSignature: false, onTime: true });
    expect(signed.submission).toMatchObject({ version: 2, values: { n: 2 }, by: 'S1-1' });
    expect(await course.by('S1-1-boss', 'S1-1', 'sign')).toBe('409 NOTHING_TO_SIGN');
    await course.do('S1-1', 'approve');
    expect((await course.summary()).values['n']).toBe(2);
  });

  it('asks none of the leader’s own report, nor where nobody leads', async () => {
    course = await sendOut(z, 'own', { item: SIGNED });
    expect(await course.by('S1-2-boss', 'S1-2', 'submit', { values: { n: 3 } })).toBe('200');
    expect(await course.see('S1-2')).toMatchObject({ phase: 'submitted', awaitingSignature: false });
    expect((await course.do('S2-2', 'submit', { values: { n: 4 } })).phase).toBe('submitted');
  });

  it('is asked of a correction too, and of one that was given back', async () => {
    course = await sendOut(z, 'again', { item: SIGNED });
    await course.do('S2-1', 'submit', { values: { n: 1 } });
    await course.by('S2-1-boss', 'S2-1', 'sign');
    await course.do('S2-1', 'return', { reason: '漏项' });
    expect((await course.do('S2-1', 'submit', { values: { n: 2 } })).phase).toBe('returned');
    await course.by('S2-1-boss', 'S2-1', 'sign');
    expect((await course.do('S2-1', 'approve')).phase).toBe('approved');
    const corrected = await course.do('S2-1', 'submit', { values: { n: 5 }, note: '复核' });
    expect(corrected).toMatchObject({ phase: 'approved', correcting: false, awaitingSignature: true });
    expect((await course.summary()).values['n']).toBe(2);
    expect(await course.by('S2-1-boss', 'S2-1', 'sign')).toBe('200');
    expect((await course.see('S2-1')).correcting).toBe(true);
    expect((await course.do('S2-1', 'approve')).submission).toMatchObject({ values: { n: 5 } });
    expect((await course.summary()).values['n']).toBe(5);
  });

  it('lets a street’s merged report go up at its leader’s word alone', async () => {
    course = await sendOut(z, 'node', { item: { ...SIGNED, review: 'auto' } });
    for (const [unit, n] of [
      ['S1-1', 1],
      ['S1-2', 10],
    ] as const) {
      await course.do(unit, 'submit', { values: { n } });
      expect(await course.by(`${unit}-boss`, unit, 'sign')).toBe('200');
    }
    // Nobody leads the other street: its holder sends it up himself.
    await course.do('S2-1', 'submit', { values: { n: 100 } });
    await course.by('S2-1-boss', 'S2-1', 'sign');
    await course.do('S2-2', 'submit', { values: { n: 1000 } });
    expect((await course.see('S1')).phase).toBe('issued');
    expect(await course.do('S1', 'submit')).toMatchObject({
      phase: 'acknowledged',
      awaitingSignature: true,
    });
    expect(await course.happens('S1', 'rolledUp', 0)).toEqual([]);
    expect(await course.by('S1', 'S1', 'sign')).toBe('403 FORBIDDEN');
    expect(await course.by('S1-boss', 'S1', 'sign')).toBe('200');
    expect((await course.comes('S1', 'approved')).awaitingSignature).toBe(false);
    const [copy] = await course.happens('S1', 'rolledUp');
    expect(copy?.data).toMatchObject({ final: true, values: { n: 11 } });
    expect(await course.told('S2', 'submit')).toBe('200');
    await course.becomes('closed');
    expect((await course.summary()).values['n']).toBe(1111);
  });

  it('is reminded of, once its time has passed', async () => {
    course = await sendOut(z, 'clock', { item: SIGNED, policy: { signWithin: 'PT1S' } });
    await course.do('S1-1', 'submit', { values: { n: 1 } });
    const [reminder] = await course.happens('S1-1', 'reminded');
    expect(reminder?.data).toMatchObject({ clock: 'sign', notified: ['S1-1-boss'] });
    expect(await course.by(FORCE, 'S1-1', 'sign')).toBe('403 FORBIDDEN');
    expect(await course.by('S1-1-boss', 'S1-1', 'sign')).toBe('200');
    expect(await z.as(OFFICE).events(course.at('S1-1'), 'signed')).toHaveLength(1);
  });

  it('asks the leader when all is in below, also where a partial copy has gone up before, and sends nothing unsigned', async () => {
    course = await sendOut(z, 'partial', {
      item: { ...SIGNED, review: 'auto' },
      policy: { signWithin: 'PT1S', ladder: [{ clock: 'sign', after: 'PT0S', notify: ['unit.leader'] }] },
    });
    await course.do('S1-1', 'submit', { values: { n: 1 } });
    await course.by('S1-1-boss', 'S1-1', 'sign');
    expect(await course.by('S1-boss', 'S1', 'sign')).toBe('200');
    const [partial] = await course.happens('S1', 'rolledUp');
    expect(partial?.data).toMatchObject({ final: false, values: { n: 1 } });
    expect(await course.see('S1')).toMatchObject({ phase: 'acknowledged', awaitingSignature: false });

    await course.do('S1-2', 'submit', { values: { n: 10 } });
    await course.by('S1-2-boss', 'S1-2', 'sign');
    const [gathered] = await course.happens('S1', 'gathered');
    expect(gathered?.data).toMatchObject({ asks: 'signature' });
    expect(await course.happens('S1', 'restated', 0)).toEqual([]);
    const waiting = await z.as('S1-boss').see(course.at('S1'));
    expect(waiting).toMatchObject({ phase: 'acknowledged', awaitingSignature: true, light: 'yellow' });
    expect(waiting.allowed).toContain('sign');
    const notices = (await z.as('S1-boss').get('/notifications?limit=200')).body.items;
    expect(notices.map(({ type }) => type)).toContain('gathered');
    const [rung] = await course.happens('S1', 'escalated');
    expect(rung?.data).toMatchObject({ clock: 'sign', notified: ['S1-boss'] });

    expect(await course.by('S1-boss', 'S1', 'sign')).toBe('200');
    const [copy] = await course.happens('S1', 'restated');
    expect(copy?.data).toMatchObject({ final: true, values: { n: 11 } });
    expect(await course.comes('S1', 'approved')).toMatchObject({ awaitingSignature: false, light: 'blue' });

    // Corrected below, the copy after it needs the leader's hand as well.
    await course.do('S1-1', 'submit', { values: { n: 2 }, note: '复核' });
    await course.by('S1-1-boss', 'S1-1', 'sign');
    await course.happens('S1', 'gathered', 2);
    expect(await course.see('S1')).toMatchObject({ phase: 'approved', awaitingSignature: true });
    expect(await course.happens('S1', 'restated')).toHaveLength(1);
    expect(await course.by('S1-boss', 'S1', 'sign')).toBe('200');
    expect((await course.happens('S1', 'restated', 2)).at(-1)?.data).toMatchObject({ values: { n: 12 } });
  });

  it('asks the holder where nobody leads, or nobody signs', async () => {
    course = await sendOut(z, 'unled', { item: { rollUp: 'manual', review: 'auto' } });
    await course.do('S2-1', 'submit', { values: { n: 1 } });
    expect(await course.told('S2', 'submit')).toBe('200');
    await course.do('S2-2', 'submit', { values: { n: 1 } });
    const [gathered] = await course.happens('S2', 'gathered');
    expect(gathered?.data).toMatchObject({ asks: 'sending' });
    expect(await course.see('S2')).toMatchObject({ awaitingSignature: true, light: 'yellow' });
    const notices = (await z.as('S2').get('/notifications?limit=200')).body.items;
    expect(notices.map(({ type }) => type)).toContain('gathered');
    expect(await course.happens('S2', 'restated', 0)).toEqual([]);
    expect(await course.told('S2', 'submit')).toBe('200');
    expect((await course.happens('S2', 'restated')).at(-1)?.data).toMatchObject({ final: true });
  });

  it('refuses to hand parts out while a report waits for it, until it is signed or taken back', async () => {
    course = await sendOut(z, 'parts', { item: SIGNED });
    await course.do('S1-1', 'submit', { values: { n: 1 } });
    const before = await z.as('S1-1').see(course.at('S1-1'));
    expect(before.allowed).not.toContain('decompose');
    expect(await course.told('S1-1', 'decompose', { receivers: [{ unit: 'S2-2' }] })).toBe(
      '409 SIGNATURE_PENDING',
    );
    expect(await course.told('S1-1', 'withdraw', { reason: '先分下去' })).toBe('200');
    const after = await z.as('S1-1').see(course.at('S1-1'));
    expect(after).toMatchObject({ awaitingSignature: false, submission: null, presented: null });
    expect(after.allowed).toContain('decompose');
    // Its number has been given: the next report has another.
    await course.do('S1-1', 'submit', { values: { n: 2 } });
    await course.by('S1-1-boss', 'S1-1', 'sign');
    expect((await course.see('S1-1')).submission).toMatchObject({ version: 2, values: { n: 2 } });
  });
});
