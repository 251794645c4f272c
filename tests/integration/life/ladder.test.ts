// Clocks on a real clock: a directive of three levels with short deadlines, whose late leaves climb the ladder.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Policy } from '../../../domain/policy/policy.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import type { SeenEvent } from '../../support/seen.ts';

const POLICY: Partial<Policy> = {
  acknowledgeWithin: 'PT1S',
  remindBefore: ['PT4S'],
  ladder: [
    { clock: 'acknowledge', after: 'PT0S', notify: ['unit.liaisonA'] },
    { clock: 'acknowledge', after: 'PT1S', notify: ['unit.leader'] },
    { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'], slip: 'red' },
    { clock: 'due', after: 'PT1S', notify: ['unit.leader', 'issuer.liaisonA'] },
    { clock: 'due', after: 'PT3S', notify: ['office.director'] },
    { clock: 'review', after: 'PT1S', notify: ['issuer.leader'] },
  ],
  reviewWithin: 'PT1S',
};
/** Reports at once, receipts at once, silent, silent with nobody sitting there. */
const [QUICK, RECEIPTED, SILENT, EMPTY] = ['S1-1', 'S1-2', 'S1-3', 'S2-1'] as const;

/** Rungs in the order they were taken; those a late wake passed over are named by the one that fired. */
const rungsOf = (events: readonly SeenEvent[], clock: string): unknown[] =>
  events
    .filter(({ data }) => data['clock'] === clock)
    .flatMap(({ data }) => [...((data['missed'] as number[] | undefined) ?? []), data['rung']]);
/** Whom the rung told, if it fired itself. */
const toldBy = (events: readonly SeenEvent[], clock: string, rung: number): unknown =>
  events.find(({ data }) => data['clock'] === clock && data['rung'] === rung)?.data['notified'];

describe.each([2000, 5])('the ladder with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  const escalations: Record<string, SeenEvent[]> = {};
  beforeAll(async () => {
    const organisation = district({ communities: 3, bosses: [SILENT, OFFICE, 'S1'], empty: [EMPTY] });
    z = await startInstallation({ deskLimit, organisation });
    course = await sendOut(z, 'd', { policy: POLICY, due: { within: 'PT10S' } });
    await course.do(QUICK, 'submit', { values: { n: 1 } });
    await course.do(RECEIPTED, 'acknowledge');
    for (const unit of [SILENT, EMPTY, RECEIPTED]) {
      const rungs = unit === RECEIPTED ? 3 : 5;
      escalations[unit] = await z.until(async () => {
        const events = await course.happens(unit, 'escalated', 0);
        return rungsOf(events, 'acknowledge').length + rungsOf(events, 'due').length >= rungs && events;
      }, `${unit} climbs ${rungs} rungs`);
    }
  });
  afterAll(() => z.close());

  it('calls the receipt late, once, of those who have not given it', async () => {
    for (const unit of [SILENT, EMPTY]) expect(await course.happens(unit, 'receiptOverdue')).toHaveLength(1);
    for (const unit of [QUICK, RECEIPTED]) {
      expect(await course.happens(unit, 'receiptOverdue', 0)).toEqual([]);
      expect(rungsOf(await course.happens(unit, 'escalated', 0), 'acknowledge')).toEqual([]);
    }
  });

  it('takes each rung once and in order, and raises the escalation with it', async () => {
    for (const unit of [SILENT, EMPTY])
      expect(rungsOf(escalations[unit] ?? [], 'acknowledge')).toEqual([0, 1]);
    for (const unit of [SILENT, EMPTY, RECEIPTED])
      expect(rungsOf(escalations[unit] ?? [], 'due')).toEqual([0, 1, 2]);
    const { escalation, overdue, light } = await course.see(SILENT);
    expect({ escalation, overdue, light }).toEqual({
      escalation: escalations[SILENT]?.length,
      overdue: true,
      light: 'red',
    });
    // Of the six, one has reported: that its issuer sits on the review is not its fault.
    expect((await course.whole()).counts).toMatchObject({ overdue: 5, escalated: 5 });
  });

  it('reminds before the due time those who still owe, and nobody who has reported', async () => {
    const [reminded] = await course.happens(RECEIPTED, 'reminded');
    expect(reminded?.data).toMatchObject({ clock: 'due', before: 'PT4S', notified: [RECEIPTED] });
    const { submittedAt, dueAt } = (await course.see(QUICK)) as unknown as Record<string, string>;
    expect(Date.parse(submittedAt ?? '')).toBeLessThan(Date.parse(dueAt ?? ''));
    const events = await z.as(OFFICE).events(course.at(QUICK));
    const after = events.slice(events.findIndex(({ type }) => type === 'submitted'));
    const clocks = after.filter(
      ({ type, data }) => ['reminded', 'escalated'].includes(type) && data['clock'] === 'due',
    );
    expect([...clocks, ...after.filter(({ type }) => type === 'overdue')]).toEqual([]);
  });

  it('is overdue once at the due time', async () => {
    for (const unit of [SILENT, RECEIPTED, EMPTY])
      expect(await course.happens(unit, 'overdue')).toHaveLength(1);
    expect(await course.happens(QUICK, 'overdue', 0)).toEqual([]);
  });

  it('tells the posts of the rung, and of them only', async () => {
    const events = escalations[SILENT] ?? [];
    // Silent after so many words, and without a liaison B: the street is called in beside it. On a slow machine rungs
    // are passed over, and fewer words have gone to it by then.
    const atDue = events.find(({ data }) => data['clock'] === 'due' && data['rung'] === 0);
    const beside = atDue?.data['passedTo'] === undefined ? [] : ['S1'];
    const expected = { 0: [...beside, SILENT], 1: [`${SILENT}-boss`, 'S1'].sort(), 2: [`${OFFICE}-boss`] };
    for (const [rung, people] of Object.entries(expected)) {
      const told = toldBy(events, 'due', Number(rung));
      if (told !== undefined) expect([rung, told]).toEqual([rung, people]);
    }
    const { body } = await z.as(`${OFFICE}-boss`).get('/notifications?unread=true&limit=500');
    const told = body.items.filter(({ type }) => type === 'escalated');
    // One notice speaks of all that are late at one moment.
    const about = told.flatMap(({ assignment, data }) => [
      assignment as unknown,
      ...((data as { also?: string[] }).also ?? []),
    ]);
    expect(about).toContain(course.at(SILENT));
    const stranger = await z.as('S2-2').get('/notifications?limit=500');
    expect(new Set(stranger.body.items.map(({ assignment }) => assignment as unknown))).toEqual(
      new Set([course.at('S2-2')]),
    );
  });

  it('passes a rung whose posts are empty to the next above who has somebody, and says so', () => {
    const [first] = escalations[EMPTY] ?? [];
    expect(first?.data).toMatchObject({ notified: ['S2'], passedTo: 'unit/S2' });
  });

  it('does not send a node up the ladder for what others owe it', async () => {
    for (const unit of ['S1', 'S2', '']) {
      expect(rungsOf(await course.happens(unit, 'escalated', 0), 'due')).toEqual([]);
      expect(await course.happens(unit, 'overdue')).toHaveLength(1);
    }
  });

  it('reminds the issuer who sits on a report, then his leader', async () => {
    const [reminded] = await course.happens(QUICK, 'reminded');
    expect(reminded?.data).toMatchObject({ clock: 'review', notified: ['S1', 'S1-boss'] });
    const [escalated] = await course.happens(QUICK, 'escalated');
    expect(escalated?.data).toMatchObject({ clock: 'review', rung: 0, notified: ['S1-boss'] });
    const { body } = await z.as('S1').get('/notifications?limit=500');
    const about = body.items.filter(
      ({ type, assignment }) => type === 'reminded' && (assignment as unknown) === course.at(QUICK),
    );
    expect(about).toHaveLength(1);
  });

  it('ends with the report: late by receipt, and no clock of it runs any more', async () => {
    for (const unit of [RECEIPTED, SILENT, 'S2-2', 'S2-3']) {
      const { onTime } = await course.do(unit, 'submit', { values: { n: 1 } });
      expect(onTime).toBe(false);
    }
    // Nobody sits at S2-1: its street's own people cannot report for it.
    expect(
      (await z.as('S2').post(`/assignments/${course.at(EMPTY)}/submit`, { values: { n: 1 } })).status,
    ).toBe(403);
    await course.do(EMPTY, 'cancel', { reason: '该社区已撤并' });
    for (const unit of [QUICK, RECEIPTED, SILENT, 'S2-2', 'S2-3']) await course.do(unit, 'approve');
    for (const unit of ['S1', 'S2', '']) {
      await course.comes(unit, 'submitted');
      await course.do(unit, 'approve');
    }
    await course.becomes('closed');
    const { rows } = await z.pool.query('select id from assignment where next_wake is not null');
    expect(rows).toEqual([]);
    expect((await course.summary()).values['n']).toBe(5);
    expect(await faultsOfRecord(z.pool, 'd')).toEqual([]);
  });
});
