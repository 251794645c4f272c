// Promises of a suspension: silence while it lasts, and every clock later by exactly the working time it stood still.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byName, lineOf, runUntil, wokenAt } from '../../tests/support/clock-run.ts';
import {
  assignmentAfter,
  at,
  clocksOf,
  happening,
  inStage,
  STAGES,
  TO_PHASE,
  wallOf,
  type Stage,
} from '../../tests/support/sample-assignment.ts';
import { isSettled, type Assignment } from './assignment.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { workingBetween } from '../calendar/calendar.ts';
import { evolve } from './evolve.ts';
import type { NewEvent } from './happening.ts';
import { toIso, type Millis } from '../instant.ts';
import { nextWake, wake } from '../clock/ladder.ts';
import { resumption } from './suspension.ts';

const { work } = builtInCalendars;
const FAR = clocksOf(undefined, { parentDueAt: at('2026-12-30 17:00') });
const START = at('2026-11-23 10:35');
const END = at('2026-12-20 00:00');

const suspendedAt = (a: Assignment, since: Millis, until: Millis, carried?: { of: string; n: number }) =>
  evolve(
    a,
    happening(
      {
        type: 'suspended',
        data: {
          since: toIso(since),
          until: toIso(until),
          reason: 'flood',
          ...(carried ? { carried } : {}),
        },
      },
      since,
    ),
  );

/** Events with the working time since the issue at which each happened; what repeats each day at opening left out. */
function timed(start: Assignment, from: Millis, to: Millis): { events: string[]; state: Assignment } {
  const events: string[] = [];
  let state = start;
  for (;;) {
    const now = nextWake(state, FAR);
    if (now === null || now > to) return { events, state };
    const woken = wokenAt(state, FAR, now);
    const at = workingBetween(work, START, now);
    for (const event of woken.events) {
      const isRepeated = event.type === 'escalated' && event.data.repeated === true;
      if (!isRepeated && event.type !== 'resumed' && now >= from)
        events.push(`${at} ${lineOf(event, now).slice(17)}`);
    }
    state = woken.state;
  }
}
const later = (events: readonly string[], ms: number): string[] =>
  events.map((line) => line.replace(/^\d+/, (count) => String(Number(count) + ms)));

describe('the clocks of what is suspended', () => {
  it('are silent until it goes on, for every answer waited for', () => {
    for (const stage of STAGES) {
      if (isSettled(inStage(stage))) continue;
      const a = suspendedAt(inStage(stage), at('2026-11-23 10:50'), at('2026-11-27 09:00'));
      for (const now of ['2026-11-23 11:05', '2026-11-24 14:00', '2026-11-26 17:30'])
        expect(wake(a, FAR, at(now), byName).filter(({ type }) => type !== 'resumed')).toEqual([]);
    }
  });

  it('are asked for once: at the end of its own suspension, and not at all where it waits for a level above', () => {
    expect(nextWake(inStage('suspended'), FAR)).toBe(at('2026-11-24 10:37'));
    expect(nextWake(inStage('suspendedAbove'), FAR)).toBeNull();
    expect(wake(inStage('suspendedAbove'), FAR, END, byName)).toEqual([]);
  });

  it.each<[Stage, string]>([
    ['issued', 'receiptOverdue'],
    ['acknowledged', 'overdue'],
    ['returned', 'overdue'],
    ['submitted', 'reminded review'],
    ['extending', 'reminded decide'],
    ['transferring', 'reminded decide'],
    ['declining', 'reminded decide'],
    ['presented', 'reminded sign'],
    ['correcting', 'reminded review'],
  ])('of what is %s fire exactly the working time suspended later: %s and all after it', (stage, first) => {
    const minutes = fc.integer({ min: 1, max: 4_000 }).map((n) => n * 60_000 + 7);
    fc.assert(
      fc.property(minutes, minutes, (waited, held) => {
        // Any stage is reached within five minutes of the issue.
        const since = START + 300_000 + waited;
        const until = since + held;
        const before = timed(inStage(stage), START, since);
        const undisturbed = timed(before.state, since, END).events;
        const pausedMs = workingBetween(work, since, until);
        const after = timed(suspendedAt(before.state, since, until), since, END).events;
        expect(after).toEqual(later(undisturbed, pausedMs));
        expect([...before.events, ...undisturbed].some((line) => line.includes(first))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('that repeat each working day begin again with the first opening after it goes on', () => {
    const { state } = runUntil(inStage('acknowledged'), FAR, at('2026-11-25 09:00'));
    const a = suspendedAt(state, at('2026-11-25 09:00'), at('2026-11-27 10:00'));
    expect(runUntil(a, FAR, at('2026-12-01 09:00')).lines).toEqual([
      '2026-11-27 10:00 resumed',
      '2026-11-30 08:30 escalated due 2 again',
      '2026-12-01 08:30 escalated due 2 again',
    ]);
  });

  it('that the issuer has climbed by hand begin again no sooner', () => {
    const rung = { clock: 'due' as const, rung: 2, after: 'PT2H', of: toIso(at('2026-11-24 15:00')) };
    const lifted = assignmentAfter([
      ...TO_PHASE.acknowledged,
      { type: 'overdue', data: { dueAt: toIso(at('2026-11-24 14:00')) } },
      { type: 'escalated', data: { ...rung, notify: [], notified: [], manual: true } },
    ]);
    const a = suspendedAt(lifted, at('2026-11-24 16:00'), at('2026-11-27 10:00'));
    // The level above leaves no more time, so the due time stays where it is.
    const tight = clocksOf(undefined, { parentDueAt: at('2026-11-24 14:00') });
    expect(runUntil(a, tight, at('2026-11-30 09:00')).lines).toEqual([
      '2026-11-27 10:00 resumed',
      '2026-11-30 08:30 escalated due 2 again',
    ]);
  });
});

describe('the end of a suspension', () => {
  const own = suspendedAt(inStage('acknowledged'), at('2026-11-24 09:00'), at('2026-11-24 11:00'));

  it('comes by itself at its time, however late it is noticed, and moves the due time by the working time of it alone', () => {
    for (const now of ['2026-11-24 11:00', '2026-11-24 15:59']) {
      expect(wake(own, FAR, at(now), byName)[0]).toEqual({
        type: 'resumed',
        data: {
          of: own.id,
          resumedAt: toIso(at('2026-11-24 11:00')),
          pausedMs: 2 * 3_600_000,
          dueAt: toIso(at('2026-11-24 16:00')),
          was: toIso(at('2026-11-24 14:00')),
          auto: true,
        },
      });
    }
  });

  it('noticed late goes on with what is due since', () => {
    const { events } = wokenAt(own, FAR, at('2026-11-24 16:30'));
    expect(events.map(({ type }) => type)).toEqual(['resumed', 'overdue', 'escalated']);
  });

  it('moves no due time past the level above, and none back', () => {
    const capped = (parentDueAt: Millis): string =>
      wallOf(Date.parse(resumption(own, own.id, at('2026-11-24 11:00'), parentDueAt, work).dueAt ?? ''));
    expect(capped(at('2026-11-24 15:30'))).toBe('2026-11-24 15:30');
    expect(capped(at('2026-11-24 14:00'))).toBe('2026-11-24 14:00');
    expect(capped(at('2026-11-24 13:00'))).toBe('2026-11-24 14:00');
  });

  it('moves nothing where no working time has passed', () => {
    const night = suspendedAt(inStage('acknowledged'), at('2026-11-23 18:00'), at('2026-11-24 08:00'));
    const data = resumption(night, night.id, at('2026-11-24 08:00'), at('2026-11-24 15:30'), work);
    expect(data).toMatchObject({ pausedMs: 0, dueAt: data.was });
  });

  it('moves a receipt only where one is owed', () => {
    const both = (stage: Stage) =>
      resumption(
        suspendedAt(inStage(stage), at('2026-11-23 10:50'), at('2026-11-23 11:50')),
        own.id,
        at('2026-11-23 11:50'),
        at('2026-11-24 15:30'),
        work,
      ).acknowledgeBy;
    // The hour leads over lunch.
    expect(both('issued')).toBe(toIso(at('2026-11-23 13:35')));
    expect(both('acknowledged')).toBeUndefined();
  });

  it('of one of two holds nothing loose', () => {
    const two = suspendedAt(own, at('2026-11-24 09:30'), at('2026-11-25 09:00'), { of: 'd', n: 1 });
    const { events, state } = wokenAt(two, FAR, at('2026-11-24 11:00'));
    expect(events).toEqual([
      {
        type: 'resumed',
        data: { of: own.id, resumedAt: toIso(at('2026-11-24 11:00')), pausedMs: 0, auto: true },
      },
    ]);
    expect(state).toMatchObject({
      dueAt: own.dueAt,
      suspended: { since: at('2026-11-24 09:00'), until: { d: at('2026-11-25 09:00') } },
    });
  });

  it('of a node is an order to all below it from the same instant', () => {
    const node = suspendedAt(
      inStage('acknowledged', { node: true }),
      at('2026-11-24 09:00'),
      at('2026-11-24 11:00'),
    );
    const { state } = wokenAt(node, FAR, at('2026-11-24 11:20'));
    expect(state.orders).toMatchObject([
      { n: 1, kind: 'suspend', at: toIso(at('2026-11-24 09:00')), until: toIso(at('2026-11-24 11:00')) },
      { n: 2, kind: 'resume', at: toIso(at('2026-11-24 11:00')) },
    ]);
  });
});

describe('a request that has waited through a suspension', () => {
  const extension: NewEvent = {
    type: 'extensionRequested',
    data: { dueAt: toIso(at('2026-11-24 15:00')), reason: 'flood' },
  };
  const declined: NewEvent = { type: 'declined', data: { basis: 'not our street' } };
  const policy = clocksOf({ decideWithin: 'PT1H' }, { parentDueAt: at('2026-12-30 17:00') });
  const then = (a: Assignment, event: NewEvent, wall: string): Assignment =>
    evolve(a, happening(event, at(wall), 'P1'));

  it('has as much time left as before, also when another is decided first', () => {
    let a = then(inStage('acknowledged'), extension, '2026-11-23 14:00');
    a = then(a, declined, '2026-11-23 14:10');
    a = suspendedAt(a, at('2026-11-23 14:20'), at('2026-11-23 16:20'));
    a = wokenAt(a, policy, at('2026-11-23 16:20')).state;
    expect(wallOf(nextWake(a, policy) ?? 0)).toBe('2026-11-23 17:00');
    a = then(a, { type: 'extensionDecided', data: { granted: false } }, '2026-11-23 16:30');
    expect(wallOf(nextWake(a, policy) ?? 0)).toBe('2026-11-23 17:10');
  });

  it('is not timed by a suspension of before it was made', () => {
    let a = suspendedAt(inStage('acknowledged'), at('2026-11-23 14:00'), at('2026-11-23 15:00'));
    a = wokenAt(a, policy, at('2026-11-23 15:00')).state;
    a = then(a, extension, '2026-11-23 15:10');
    expect(wallOf(nextWake(a, policy) ?? 0)).toBe('2026-11-23 16:10');
  });
});
