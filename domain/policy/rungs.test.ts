// Promises of rungs at their edges: review, nodes, order in a calendar, equal times, and years that are not loaded.
import { describe, expect, it } from '@jest/globals';
import { byName, runUntil, wokenAt } from '../../tests/support/clock-run.ts';
import { assignmentAfter, at, clocksOf, inStage, wallOf } from '../../tests/support/sample-assignment.ts';
import { evolve } from '../assignment/evolve.ts';
import type { Assignment } from '../assignment/assignment.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { CalendarYearUnknown } from '../calendar/calendar.ts';
import { toIso } from '../instant.ts';
import { nextWake, wake } from '../clock/ladder.ts';
import type { Policy } from './policy.ts';

const END = at('2026-11-25 12:00');
const due = (after: string): Policy['ladder'][number] => ({ clock: 'due', after, notify: ['unit.leader'] });

describe('the issuer who sits on a review', () => {
  // Submitted on Monday at 10:37.
  it('is reminded when its time is over, then climbs, then hears of it each working day', () => {
    const { lines } = runUntil(inStage('submitted'), clocksOf(), END);
    expect(lines).toEqual([
      '2026-11-23 14:07 reminded review',
      '2026-11-23 14:07 escalated review 0',
      '2026-11-23 15:07 escalated review 1',
      '2026-11-24 08:30 escalated review 1 again',
      '2026-11-25 08:30 escalated review 1 again',
    ]);
  });

  it('is reminded each working day even where the policy has no rung for it', () => {
    const { lines } = runUntil(inStage('submitted'), clocksOf({ reviewWithin: 'PT2H' }), END);
    expect(lines).toEqual([
      '2026-11-23 14:07 reminded review',
      '2026-11-24 08:30 reminded review',
      '2026-11-25 08:30 reminded review',
    ]);
  });

  it('has the same clock for a correction, also after the directive closed', () => {
    const context = clocksOf({ reviewWithin: 'PT2H' }, { running: false });
    expect(runUntil(inStage('correcting'), context, at('2026-11-23 18:00')).lines).toEqual([
      '2026-11-23 14:09 reminded review',
    ]);
  });

  it('has none where the policy gives none, nor once he has decided', () => {
    expect(nextWake(inStage('submitted'), clocksOf({}))).toBeNull();
    for (const stage of ['approved', 'cancelled', 'missing'] as const) {
      expect(nextWake(inStage(stage), clocksOf())).toBeNull();
    }
  });
});

describe('a node', () => {
  const node = inStage('acknowledged', { node: true });
  const context = (complete: boolean, rollUp: 'auto' | 'manual') =>
    clocksOf({ remindBefore: ['PT2H'], ladder: [due('PT0S')] }, { complete, rollUp });

  it('that waits for those below is only marked overdue, never called in', () => {
    expect(runUntil(node, context(false, 'auto'), END).lines).toEqual(['2026-11-24 14:00 overdue']);
  });

  it('that rolls up by itself has no holder to wait for, unless its copy was returned', () => {
    expect(runUntil(node, context(true, 'auto'), END).lines).toEqual(['2026-11-24 14:00 overdue']);
    const { lines } = runUntil(inStage('returned', { node: true }), context(true, 'auto'), END);
    expect(lines).toEqual([
      '2026-11-24 10:30 reminded due PT2H',
      '2026-11-24 14:00 overdue',
      '2026-11-24 14:00 escalated due 0',
      '2026-11-25 08:30 escalated due 0 again',
    ]);
  });

  it('whose holder sends up by hand is reminded of it at the due time, and called in once all below is in', () => {
    expect(runUntil(node, context(false, 'manual'), END).lines).toEqual([
      '2026-11-24 14:00 overdue',
      '2026-11-24 14:00 reminded due',
    ]);
    expect(runUntil(node, context(true, 'manual'), at('2026-11-24 18:00')).lines).toEqual([
      '2026-11-24 10:30 reminded due PT2H',
      '2026-11-24 14:00 overdue',
      '2026-11-24 14:00 reminded due',
      '2026-11-24 14:00 escalated due 0',
    ]);
  });
});

describe('the order of rungs', () => {
  const climbed = (context: ReturnType<typeof clocksOf>): (string | undefined)[] => {
    const afters: string[] = [];
    let state: Assignment = inStage('acknowledged');
    for (let wakes = 0; wakes < 5; wakes += 1) {
      const now = nextWake(state, context) ?? END;
      const woken = wokenAt(state, context, now);
      for (const event of woken.events) {
        if (event.type === 'escalated') afters.push(`${wallOf(now)} ${event.data.after}`);
      }
      state = woken.state;
    }
    return afters;
  };

  it('is that of the calendar: a workday has 7½ hours, so one day comes before eight hours', () => {
    const ladder = [due('PT8H'), due('P1D')];
    expect(climbed(clocksOf({ ladder })).slice(0, 2)).toEqual([
      '2026-11-25 14:00 P1D',
      '2026-11-25 14:30 PT8H',
    ]);
    const { always } = builtInCalendars;
    expect(climbed(clocksOf({ ladder }, { calendar: always })).slice(0, 2)).toEqual([
      '2026-11-24 22:00 PT8H',
      '2026-11-25 14:00 P1D',
    ]);
  });

  it('lets two of the same instant both fire, for each names other posts', () => {
    const { events } = wokenAt(
      inStage('acknowledged'),
      clocksOf({ ladder: [due('PT0S'), due('PT1H'), { ...due('PT1H'), notify: ['office.director'] }] }),
      at('2026-11-24 15:00'),
    );
    expect(events).toMatchObject([
      { type: 'overdue' },
      { data: { rung: 1, notify: ['unit.leader'], missed: [0] } },
      { data: { rung: 2, notify: ['office.director'] } },
    ]);
  });
});

describe('a clock that runs into a year that is not loaded', () => {
  const newYear = '2027-01-01 00:00';
  const lastDay = { dueAt: toIso(at('2026-12-31 17:00')), acknowledgeBy: null };
  const context = clocksOf({
    remindBefore: ['PT1H'],
    ladder: [due('PT0S'), due('PT1H')],
    reviewWithin: 'PT2H',
  });

  it('wakes when that year begins, and nextWake does not throw', () => {
    const { lines, state } = runUntil(inStage('acknowledged', lastDay), context, at('2026-12-31 23:59'));
    expect(lines).toEqual([
      '2026-12-31 16:00 reminded due PT1H',
      '2026-12-31 17:00 overdue',
      '2026-12-31 17:00 escalated due 0',
    ]);
    expect(wallOf(nextWake(state, context) ?? 0)).toBe(newYear);
  });

  it('keeps nothing from firing that is known, and says so only when its time has come', () => {
    const { state } = runUntil(inStage('acknowledged', lastDay), context, at('2026-12-31 23:59'));
    expect(wake(state, context, at(newYear) - 1, byName)).toEqual([]);
    expect(() => wake(state, context, at(newYear), byName)).toThrow(CalendarYearUnknown);
    const missed = wake(inStage('acknowledged', lastDay), context, at('2027-01-02 00:00'), byName);
    expect(missed.map(({ type }) => type)).toEqual(['overdue', 'escalated']);
  });

  it('is the same for a repetition, and for a review', () => {
    const once = clocksOf({ ladder: [due('PT0S')] });
    const taken = runUntil(inStage('acknowledged', lastDay), once, at('2026-12-31 23:59')).state;
    expect(wallOf(nextWake(taken, once) ?? 0)).toBe(newYear);
    const submitted = evolve(inStage('acknowledged'), {
      type: 'submitted',
      data: { version: 1, digest: 'x', onTime: true },
      at: toIso(at('2026-12-31 17:00')),
      actor: 'P1',
    });
    expect(wallOf(nextWake(submitted, context) ?? 0)).toBe(newYear);
    expect(wake(submitted, context, at('2026-12-31 23:59'), byName)).toEqual([]);
  });

  it('drops a reminder that would fall before the first year known', () => {
    const early = { dueAt: toIso(at('2025-01-02 17:00')), acknowledgeBy: null };
    const a = { ...assignmentAfter([], early), issuedAt: at('2025-01-02 08:30') };
    const { lines } = runUntil(a, clocksOf({ remindBefore: ['P3D', 'PT1H'] }), at('2025-01-02 17:00'));
    expect(lines).toEqual(['2025-01-02 16:00 reminded due PT1H', '2025-01-02 17:00 overdue']);
  });
});
