// Temporal away: every command answers as always, and what must follow each follows once it is back.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VERBS } from '../../../domain/assignment/command.ts';
import { openLine, type Line } from '../../support/cuttable.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, OFFICE } from '../../support/district.ts';
import { SIZE, steps, TERMS } from '../../support/every-verb.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { stackAddresses } from '../../support/stack.ts';
import { verdictOf } from '../../support/verdict-words.ts';

describe.each([2000, 5])('every verb without Temporal, with desks of %i', (deskLimit) => {
  let line: Line;
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    line = await openLine(stackAddresses().temporalAddress);
    z = await startInstallation({
      deskLimit,
      organisation: district(SIZE),
      sentinel: { everyMs: 200 },
      temporalAddress: line.address,
    });
  });
  afterAll(async () => {
    await z.close();
    await line.close();
  });

  it('answers, and is followed up when Temporal is back', async () => {
    course = await sendOut(z, 'away', TERMS);
    await line.cut();
    const answers: string[] = [];
    for (const verb of VERBS) {
      const { unit, person, body, before } = steps()[verb];
      await before?.(course);
      answers.push(
        `${verb} ${verdictOf(await z.as(person).post(`/assignments/${course.at(unit)}/${verb}`, body))}`,
      );
    }
    expect(answers).toEqual(VERBS.map((verb) => `${verb} 200`));
    // More than one desk of five holds, a suspension that ends meanwhile, an extension and an end of whole streets.
    const parts = Array.from({ length: 8 }, (_, index) => ({ unit: `S1-1-${index + 1}` }));
    await course.do('S1-1', 'decompose', { receivers: parts });
    const until = new Date(Date.now() + 500).toISOString();
    await course.do('S1-2', 'approve');
    await course.do('S2', 'suspend', { until, reason: '停' });
    await course.do('S1', 'request-extension', { due: (await course.see('')).dueAt, reason: '缺人' });
    await course.do('S1', 'decide-extension', { grant: true });
    // Whoever looks sees it already.
    expect((await course.see('S1-11')).dueAt).not.toBe((await course.see('S2-11')).dueAt);
    expect((await course.see('S3-9')).phase).toBe('missing');
    await line.mend();

    const below = (street: string): Promise<Record<string, number>> =>
      course.see(street).then(({ counts }) => counts);
    await z.until(async () => (await below('S3'))['missing'] === 12, 'the collecting below S3 has ended');
    await z.until(
      async () => (await z.as(OFFICE).get(`/assignments/${course.at('S1-1-8')}`)).status === 200,
      'the parts of S1-1 have gone out',
    );
    const [resumed] = await course.happens('S2', 'resumed');
    expect(resumed?.data).toMatchObject({ auto: true });
    await z.until(async () => (await below('S2'))['suspended'] === 1, 'of S2 only its own S2-7 stands still');
    await course.happens('S1-11', 'rescheduled');
    expect(await course.happens('S3-9', 'closed')).toHaveLength(1);
    // Nothing was reported, and that is sent up.
    expect(verdictOf(await course.try('S3', 'submit'))).toBe('200');
    await course.comes('S3', 'submitted');
    expect(await faultsOfRecord(z.pool, 'away')).toEqual([]);
  });
});
