// Suspension: every clock and command of a subtree stands still, in every desk, and goes on at the word or at the stated time.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import type { Verb } from '../../../domain/assignment/command.ts';

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const HOUR_MS = 3_600_000;

describe.each([2000, 5])('suspension with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: district({ streets: 2, communities: 5 }) });
  });
  afterEach(async () => {
    expect(await faultsOfRecord(z.pool, course.id)).toEqual([]);
  });
  afterAll(() => z.close());

  const suspend = (unit: string, ms: number): Promise<unknown> =>
    course.do(unit, 'suspend', { until: inMs(ms), reason: '台风' });

  it('needs an end in the future and a reason, and is the issuer’s to order', async () => {
    course = await sendOut(z, 'bad');
    const told = (body: unknown): Promise<string> => course.told('S1', 'suspend', body);
    expect(await told({})).toBe('422 INVALID until:REQUIRED reason:REQUIRED');
    expect(await told({ until: inMs(-1), reason: '台风' })).toBe('422 INVALID until:UNTIL_IN_PAST');
    expect(await told({ until: '8 o’clock', reason: '台风' })).toMatch(/^400 MALFORMED/);
    expect(await course.by('S1', 'S1', 'suspend', { until: inMs(HOUR_MS), reason: '台风' })).toBe(
      '403 FORBIDDEN',
    );
    expect(await course.told('S1', 'resume')).toBe('409 NOT_SUSPENDED');
    await course.settle('S1-1', 1);
    expect(await course.told('S1-1', 'suspend', { until: inMs(HOUR_MS), reason: '台风' })).toBe(
      '409 ALREADY_SETTLED',
    );
  });

  it('refuses all but resume, cancel and comment at every depth and in every desk', async () => {
    course = await sendOut(z, 'still');
    await course.do('S1-2', 'transfer', { unit: 'S2-2', reason: '错派' });
    await course.do('S1-3', 'submit', { values: { n: 1 } });
    await suspend('', HOUR_MS);
    const BODIES: Partial<Record<Verb, unknown>> = {
      submit: { values: { n: 1 } },
      'decide-extension': { grant: true },
      'decide-decline': { accept: true, reason: '是' },
      decompose: { receivers: [{ unit: 'S1-1' }] },
      share: { to: 'S2-1' },
      escalate: { rung: 0 },
    };
    const holders: Verb[] = ['acknowledge', 'progress', 'submit', 'request-extension', 'decompose'];
    const issuers: Verb[] = ['approve', 'return', 'decide-extension', 'decide-decline', 'suspend'];
    const more: Verb[] = ['transfer', 'decline', 'close', 'share', 'urge', 'escalate'];
    for (const unit of ['S1-1', 'S1', '', 'S2-5']) {
      for (const verb of [...holders, ...issuers, ...more])
        expect(`${unit} ${verb} ${await course.told(unit, verb, BODIES[verb])}`).toBe(
          `${unit} ${verb} 409 SUSPENDED`,
        );
      expect(await course.see(unit)).toMatchObject({ light: 'hatched', overdue: false });
    }
    for (const verb of ['accept-transfer', 'decline-transfer'] as const)
      expect(await course.by('S2-2', 'S1-2', verb)).toBe('409 SUSPENDED');
    expect(await course.told('S1-3', 'approve')).toBe('409 SUSPENDED');
    expect(await course.told('S1-1', 'resume')).toBe('409 SUSPENDED_ABOVE');
    expect(await course.told('S1', 'resume')).toBe('409 SUSPENDED_ABOVE');
    expect((await z.as('S1-1').see(course.at('S1-1'))).allowed).toEqual(['comment']);
    expect((await z.as('S1').see(course.at('S1-1'))).allowed).toEqual(['cancel', 'comment']);
    expect((await z.as(OFFICE).see(course.at())).allowed).toEqual(['cancel', 'resume', 'comment']);
    expect(await course.told('S2-5', 'comment', { text: '知道了' })).toBe('200');
    expect(await course.told('S2-5', 'cancel', { reason: '不用了' })).toBe('200');
    await z.until(async () => (await course.whole()).counts['suspended'] === 9, 'nine leaves stand still');

    await course.do('', 'resume');
    for (const unit of ['S1-1', 'S1', 'S2-1']) expect((await course.see(unit)).suspendedUntil).toBeNull();
    expect(await course.by('S2-2', 'S1-2', 'accept-transfer')).toBe('200');
    expect(await course.told('S1-3', 'approve')).toBe('200');
    await z.until(async () => (await course.whole()).counts['suspended'] === 0, 'all goes on');
  });

  it('moves due times by the time it lasted, never past the level above', async () => {
    course = await sendOut(z, 'shift', { due: { within: 'PT2H' }, policy: { margins: ['PT10M'] } });
    const places = ['S1', 'S1-1', 'S1-5'];
    const before = await Promise.all(places.map(async (unit) => (await course.see(unit)).dueAt));
    await suspend('S1', HOUR_MS);
    await z.until(async () => (await course.see('S1')).counts['suspended'] === 5, 'the street stands still');
    const street = await course.do('S1', 'resume');
    const [event] = await z.as(OFFICE).events(course.at('S1'), 'resumed');
    const pausedMs = Number(event?.data['pausedMs']);
    expect(pausedMs).toBeGreaterThan(0);
    expect(Date.parse(street.dueAt) - Date.parse(before[0] ?? '')).toBe(pausedMs);
    for (const [index, unit] of places.entries()) {
      const moved = Date.parse((await course.see(unit)).dueAt) - Date.parse(before[index] ?? '');
      expect(moved).toBe(pausedMs);
    }
    expect((await course.see('S2-1')).dueAt).toBe(before[1]);
    await course.happens('S1-5', 'resumed');

    // Without a margin there is no room: the level above has not moved.
    await course.do('S1-1', 'request-extension', { due: street.dueAt, reason: '慢' });
    await course.do('S1-1', 'decide-extension', { grant: true });
    await suspend('S1-1', HOUR_MS);
    expect((await course.do('S1-1', 'resume')).dueAt).toBe(street.dueAt);
  });

  it('ends by itself at the stated time, for all below', async () => {
    course = await sendOut(z, 'until');
    await suspend('S1', 2_000);
    expect((await course.see('S1-4')).light).toBe('hatched');
    const [event] = await course.happens('S1', 'resumed');
    expect(event?.data).toMatchObject({ auto: true });
    for (const unit of ['S1', 'S1-4']) {
      const seen = await course.see(unit);
      expect(seen.suspendedUntil).toBeNull();
      expect(seen.light).not.toBe('hatched');
    }
    await course.happens('S1-4', 'resumed');
    expect(await course.told('S1-4', 'acknowledge')).toBe('200');
    await z.until(async () => (await course.whole()).counts['suspended'] === 0, 'all goes on');
  });

  it('that lies within another holds until both have ended', async () => {
    course = await sendOut(z, 'both');
    await suspend('S1-1', HOUR_MS);
    await suspend('', HOUR_MS);
    await course.do('S1-1', 'resume');
    expect((await course.see('S1-1')).light).toBe('hatched');
    await course.do('', 'resume');
    expect((await course.see('S1-1')).suspendedUntil).toBeNull();
    await course.happens('S1-2', 'resumed');
  });

  it('lets no clock speak meanwhile, and all of them afterwards', async () => {
    course = await sendOut(z, 'quiet', {
      policy: {
        acknowledgeWithin: 'PT3S',
        ladder: [{ clock: 'acknowledge', after: 'PT0S', notify: ['unit.liaisonA'] }],
      },
    });
    await suspend('S1', HOUR_MS);
    // The other street's clocks run meanwhile, so its time has come when theirs has.
    await course.happens('S2-1', 'escalated');
    const quiet = async (unit: string): Promise<string[]> =>
      (await z.as(OFFICE).events(course.at(unit))).map(({ type }) => type);
    for (const unit of ['S1', 'S1-1', 'S1-5'])
      expect((await quiet(unit)).filter((type) => ['escalated', 'receiptOverdue'].includes(type))).toEqual(
        [],
      );
    await course.do('S1', 'resume');
    await course.happens('S1-5', 'escalated');
    const types = await quiet('S1-5');
    expect(types.indexOf('resumed')).toBeLessThan(types.indexOf('escalated'));
    expect(await course.by(FORCE, 'S1', 'comment', { text: '继续' })).toBe('200');
  });
});
