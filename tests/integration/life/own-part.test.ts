// A part of one's own beside what is merged from below: in the figures and their lineage, not in the counts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

/** The second street leads the task force. */
const led = (): unknown => {
  const file = district();
  return {
    ...file,
    taskForces: (file.taskForces ?? []).map((force) => ({ ...force, leadUnit: 'S2' })),
  };
};

describe.each([2000, 5])('own parts with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: led() });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  it('adds to the figures, is seen in their lineage, and counts for no report', async () => {
    course = await sendOut(z, 'part');
    await course.settle('S1-1', 1);
    expect(await course.told('S1', 'submit', { values: { n: 'x' } })).toBe('422 INVALID values.n:WRONG_TYPE');
    const node = await course.do('S1', 'submit', { values: { n: 500 } });
    expect(node).toMatchObject({ phase: 'acknowledged', counts: { total: 2, approved: 1, submitted: 0 } });
    expect((await course.whole()).coverage).toMatchObject({ expected: 4, reported: 1, approved: 1 });
    expect((await course.summary()).values['n']).toBe(501);
    // What need not be whole: a remark alone. It takes the place of the part before.
    await course.do('S1', 'submit', { values: { remark: '街道本级' } });
    expect((await course.summary()).values['n']).toBe(1);
    await course.do('S1', 'submit', { values: { n: 300 } });
    const lineage = await z.as(OFFICE).get(`/assignments/${course.at('S1')}/summary/lineage?field=n`);
    expect(lineage.body.items.map(({ unit, value }) => [unit, value])).toEqual([
      ['S1', 300],
      ['S1-1', 1],
    ]);
    await course.settle('S1-2', 10);
    await course.comes('S1', 'submitted');
    const [copy] = await course.happens('S1', 'rolledUp');
    expect(copy?.data).toMatchObject({ values: { n: 311 }, coverage: { expected: 2, approved: 2 } });
    expect(await course.told('S1', 'submit', { values: { n: 7 } })).toBe('409 ALREADY_SUBMITTED');
    await course.do('S1', 'approve');
    // Once it has passed, a part needs its reason, and goes up as a restatement.
    expect(await course.told('S1', 'submit', { values: { n: 7 } })).toBe('409 ALREADY_SETTLED');
    await course.do('S1', 'submit', { values: { n: 400 }, note: '复核' });
    const restated = await course.happens('S1', 'restated');
    expect(restated.at(-1)?.data).toMatchObject({ values: { n: 411 }, old: { n: 311 } });
    expect((await course.see('S1')).phase).toBe('approved');
    expect((await course.summary()).values['n']).toBe(411);
  });

  it('is enough by itself for a holder to send up', async () => {
    course = await sendOut(z, 'alone', { item: { rollUp: 'manual', review: 'auto' } });
    expect(await course.told('S1', 'submit')).toBe('409 NOTHING_REPORTED');
    await course.do('S1', 'submit', { values: { n: 9 } });
    await course.do('S1', 'submit');
    const [copy] = await course.happens('S1', 'rolledUp');
    expect(copy?.data).toMatchObject({ final: false, values: { n: 9 } });
  });

  it('of a task force is its lead unit’s to add as well, and that is all it may', async () => {
    course = await sendOut(z, 'lead');
    const seen = await z.as('S2').see(course.at());
    expect(seen.allowed).toEqual(['submit', 'comment']);
    expect(await course.by('S1', '', 'submit', { values: { n: 1 } })).toBe('404 NOT_FOUND');
    expect(await course.by('S2', '', 'submit')).toBe('403 FORBIDDEN');
    for (const verb of ['acknowledge', 'close', 'transfer', 'progress', 'approve', 'decompose'] as const) {
      const body = verb === 'decompose' ? { receivers: [{ unit: 'S1' }] } : {};
      expect(`${verb} ${await course.by('S2', '', verb, body)}`).toBe(`${verb} 403 FORBIDDEN`);
    }
    expect(await course.by('S2', '', 'submit', { values: { n: 70 } })).toBe('200');
    expect((await course.summary()).values['n']).toBe(70);
    // It is the task force's one part: its own liaison takes its place.
    expect(await course.by(FORCE, '', 'submit', { values: { n: 80 } })).toBe('200');
    expect((await course.summary()).values['n']).toBe(80);
    expect(await course.by('S2', 'S1-1', 'submit', { values: { n: 1 } })).toBe('404 NOT_FOUND');
  });
});
