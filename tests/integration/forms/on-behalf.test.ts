// Reports brought by the issuer for a unit that could not do it itself: the unit's in all that follows, told and named.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const BRING = { values: { n: 4 }, onBehalf: true };

describe('a report brought for a unit', () => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ organisation: district({ bosses: ['S1-2'] }) });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  const noticesOf = async (person: string): Promise<string[]> =>
    (await z.as(person).get('/notifications')).body.items.map(({ type }) => type);

  it('is its issuer’s alone to bring, and only with that word', async () => {
    course = await sendOut(z, 'who');
    expect(await course.by('S1', 'S1-1', 'submit', { values: { n: 4 } })).toBe('403 FORBIDDEN');
    for (const person of ['S1-1', OFFICE, FORCE, 'AUDITOR'])
      expect(`${person} ${await course.by(person, 'S1-1', 'submit', BRING)}`).toBe(`${person} 403 FORBIDDEN`);
    expect(await course.by('S2', 'S1-1', 'submit', BRING)).toBe('404 NOT_FOUND');
    expect(await course.by(FORCE, 'S1', 'submit', BRING)).toBe('409 NOT_ON_BEHALF');
    expect(await course.by(FORCE, 'S1', 'submit', { onBehalf: true })).toBe('409 NOT_ON_BEHALF');
    expect(await course.by('S1', 'S1-1', 'submit', { values: { n: 'x' }, onBehalf: true })).toBe(
      '422 INVALID values.n:WRONG_TYPE',
    );
  });

  it('counts as the unit’s own, says who brought it, and is told to the unit, which may correct it', async () => {
    course = await sendOut(z, 'brought');
    expect(await course.by('S1', 'S1-1', 'submit', BRING)).toBe('200');
    const seen = await course.see('S1-1');
    expect(seen).toMatchObject({ phase: 'submitted', onTime: true, acknowledgedAt: null });
    expect(seen.submission).toMatchObject({ values: { n: 4 }, by: 'S1', onBehalf: true });
    const [event] = await course.happens('S1-1', 'submitted');
    expect(event).toMatchObject({ actor: 'S1', data: { onBehalf: true, onTime: true } });
    expect(await noticesOf('S1-1')).toContain('submitted');
    expect(await noticesOf('S1')).not.toContain('submitted');
    expect((await course.whole()).coverage).toMatchObject({ reported: 1 });
    // The unit still says for itself that it has seen it.
    expect((await z.as('S1-1').see(course.at('S1-1'))).allowed).toContain('acknowledge');
    await course.do('S1-1', 'acknowledge');
    expect(await course.by('S1', 'S1-1', 'submit', BRING)).toBe('409 ALREADY_SUBMITTED');
    await course.do('S1-1', 'approve');
    expect((await course.summary()).values['n']).toBe(4);
    expect(await course.by('S1', 'S1-1', 'submit', { ...BRING, note: '改' })).toBe('409 ALREADY_SETTLED');
    await course.do('S1-1', 'submit', { values: { n: 5 }, note: '应为 5' });
    await course.do('S1-1', 'approve');
    expect((await course.summary()).values['n']).toBe(5);
    expect((await course.see('S1-1')).submission).not.toHaveProperty('onBehalf');
  });

  it('can be brought again after a return, and the unit can do it itself', async () => {
    course = await sendOut(z, 'back');
    expect(await course.by('S1', 'S1-1', 'submit', BRING)).toBe('200');
    await course.do('S1-1', 'return', { reason: '核实' });
    expect(await course.by('S1', 'S1-1', 'submit', BRING)).toBe('200');
    await course.do('S1-1', 'return', { reason: '再核实' });
    await course.settle('S1-1', 6);
    expect(await course.see('S1-1')).toMatchObject({
      phase: 'approved',
      submission: { version: 3, by: 'S1-1' },
    });
  });

  it('waits for the unit’s leader where one signs, and takes the place of nothing the unit has written', async () => {
    course = await sendOut(z, 'signed', { item: { signOff: 'leader' } });
    await course.do('S1-2', 'submit', { values: { n: 3 } });
    expect(await course.by('S1', 'S1-2', 'submit', BRING)).toBe('409 SIGNATURE_PENDING');
    course = await sendOut(z, 'signed-too', { item: { signOff: 'leader' } });
    expect(await course.by('S1', 'S1-2', 'submit', BRING)).toBe('200');
    expect(await course.see('S1-2')).toMatchObject({ phase: 'issued', submission: null });
    expect(await noticesOf('S1-2')).toContain('presented');
    expect(await course.by('S1-2-boss', 'S1-2', 'sign')).toBe('200');
    const [event] = await course.happens('S1-2', 'submitted');
    expect(event).toMatchObject({ actor: 'S1-2-boss', data: { onBehalf: true, by: 'S1' } });
    expect((await course.see('S1-2')).submission).toMatchObject({ by: 'S1', onBehalf: true });
  });

  it('does not repeat a snapshot in a zero report that its bringer may not see', async () => {
    const apart = [{ taskForce: FORCE, receivers: [{ unit: 'S1-1' }] }];
    course = await sendOut(z, 'hidden', { item: { dispatch: apart } });
    const there = `${course.at()}.S1-1`;
    expect((await z.as('S1-1').post(`/assignments/${there}/submit`, { values: { n: 77 } })).status).toBe(200);
    expect((await z.as(FORCE).post(`/assignments/${there}/approve`, {})).status).toBe(200);
    course = await sendOut(z, 'zero', { item: { zeroReport: true } });
    const zero = { zeroReport: true, onBehalf: true };
    expect(await course.by('S1', 'S1-1', 'submit', zero)).toBe('422 INVALID values.n:LAST_NOT_SEEN');
    expect(await course.by('S1', 'S1-1', 'submit', { ...zero, values: { n: 0 } })).toBe('200');
    expect((await course.see('S1-1')).submission).toMatchObject({ values: { n: 0 }, zeroReport: true });
  });
});
