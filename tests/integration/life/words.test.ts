// Words between those above and below: progress, urging, comments, a rung climbed by hand; each told to whom it concerns.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

describe.each([2000, 5])('words with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: district({ bosses: ['S1', 'S1-1', OFFICE] }) });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  const toldOf = async (person: string, type: string): Promise<number> =>
    (await z.as(person).get('/notifications?limit=500')).body.items.filter((each) => each.type === type)
      .length;

  it('keeps the latest progress in sight, and takes none of what is in', async () => {
    course = await sendOut(z, 'progress');
    expect(await course.told('S1-1', 'progress')).toBe('422 INVALID note:REQUIRED');
    expect(await course.told('S1-1', 'progress', { note: '过半', percent: 101 })).toMatch(/^400 MALFORMED/);
    await course.do('S1-1', 'progress', { note: '过半', percent: 60 });
    expect((await course.see('S1-1')).progress).toMatchObject({ note: '过半', percent: 60, by: 'S1-1' });
    expect((await course.do('S1-1', 'progress', { note: '收尾' })).progress).toMatchObject({ percent: null });
    expect(await course.by('S1', 'S1-1', 'progress', { note: '代报' })).toBe('403 FORBIDDEN');
    // It is no receipt: that is given by word or with the report.
    expect((await course.see('S1-1')).phase).toBe('issued');
    await course.do('S1-1', 'submit', { values: { n: 1 } });
    expect(await course.told('S1-1', 'progress', { note: '晚了' })).toBe('409 ALREADY_SUBMITTED');
  });

  it('urges who owes, by whoever issued it', async () => {
    course = await sendOut(z, 'urge');
    const before = await toldOf('S1-1', 'urged');
    expect(await course.by('AUDITOR', 'S1-1', 'urge')).toBe('403 FORBIDDEN');
    await course.do('S1-1', 'urge', { note: '请抓紧' });
    await course.do('S1-1', 'urge');
    // Both are in the log; by one person within ten minutes they are one notice.
    expect(await toldOf('S1-1', 'urged')).toBe(before + 1);
    const [urged] = await course.happens('S1-1', 'urged', 2);
    expect(urged?.data).toMatchObject({ note: '请抓紧', notified: ['S1-1'] });
    await course.settle('S1-1', 1);
    expect(await course.told('S1-1', 'urge')).toBe('409 ALREADY_SETTLED');
  });

  it('lets all who see it comment, at any time, and nobody else', async () => {
    course = await sendOut(z, 'comment');
    expect(await course.told('S1-1', 'comment')).toBe('422 INVALID text:REQUIRED');
    for (const person of ['S1-1', 'S1', FORCE, OFFICE, 'AUDITOR'])
      expect(await course.by(person, 'S1-1', 'comment', { text: '在办' })).toBe('200');
    for (const person of ['S1-2', 'S2', 'NOBODY'])
      expect(await course.by(person, 'S1-1', 'comment', { text: '在办' })).toBe('404 NOT_FOUND');
    await course.settle('S1-1', 1);
    expect(await course.told('S1-1', 'comment', { text: '谢谢' })).toBe('200');
    expect(await course.told('S1-1', 'comment', { text: 'x'.repeat(2001) })).toMatch(/^400 MALFORMED/);
    expect(await course.happens('S1-1', 'commented')).toHaveLength(6);
  });

  it('climbs to a rung by hand, past those below it, which the clock then leaves out', async () => {
    course = await sendOut(z, 'climb', {
      policy: {
        acknowledgeWithin: 'PT1H',
        ladder: [
          { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'] },
          { clock: 'due', after: 'PT1M', notify: ['unit.leader'], slip: 'yellow' },
          { clock: 'due', after: 'PT2M', notify: ['office.director'] },
          { clock: 'acknowledge', after: 'PT0S', notify: ['unit.leader'] },
        ],
      },
    });
    const escalate = (body: unknown): Promise<string> => course.told('S1-1', 'escalate', body);
    expect(await escalate({})).toMatch(/^400 MALFORMED/);
    expect(await escalate({ rung: 3 })).toBe('422 INVALID rung:OUT_OF_RANGE');
    expect(await course.by('S1-1', 'S1-1', 'escalate', { rung: 0 })).toBe('403 FORBIDDEN');
    expect(await escalate({ rung: 1, note: '要紧' })).toBe('200');
    expect(await escalate({ clock: 'acknowledge', rung: 0 })).toBe('200');
    const climbed = await course.happens('S1-1', 'escalated', 2);
    expect(climbed.map(({ data }) => data)).toMatchObject([
      { clock: 'due', rung: 1, manual: true, note: '要紧', slip: 'yellow', notified: ['S1-1-boss'] },
      { clock: 'acknowledge', rung: 0, manual: true, notified: ['S1-1-boss'] },
    ]);
    expect(await course.see('S1-1')).toMatchObject({ escalation: 2 });
    expect(await toldOf('S1-1-boss', 'escalated')).toBe(2);
    // The receipt countersigns the slip, and ends that clock.
    expect(await course.told('S1-1', 'acknowledge')).toBe('200');
    expect(await escalate({ clock: 'acknowledge', rung: 0 })).toBe('409 ALREADY_ACKNOWLEDGED');
  });
});
