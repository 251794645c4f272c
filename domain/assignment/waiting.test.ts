// Promises of the clocks of those whose answer is waited for: the issuer, the person who decides, the leader who signs.
import { describe, expect, it } from '@jest/globals';
import { byName, runUntil } from '../../tests/support/clock-run.ts';
import {
  at,
  clocksOf,
  happening,
  inStage,
  wallOf,
  type Stage,
} from '../../tests/support/sample-assignment.ts';
import type { Assignment } from './assignment.ts';
import { evolve } from './evolve.ts';
import type { NewEvent } from './happening.ts';
import { toIso } from '../instant.ts';
import { nextWake, wake } from '../clock/ladder.ts';
import type { Place } from '../organisation/organisation.ts';
import { answerBy, waitingFor } from './waiting.ts';

const STANDARD = clocksOf();
const BARE = clocksOf({ reviewWithin: 'PT2H', decideWithin: 'PT1H', signWithin: 'PT30M' });
const then = (a: Assignment, event: NewEvent, wall: string): Assignment =>
  evolve(a, happening(event, at(wall), 'P1'));
const extension: NewEvent = {
  type: 'extensionRequested',
  data: { dueAt: toIso(at('2026-11-24 15:00')), reason: 'flood' },
};
const declined: NewEvent = { type: 'declined', data: { basis: 'not our street' } };
const transfer: NewEvent = { type: 'transferRequested', data: { to: 'unit/DD-2', reason: 'their field' } };
const refused: NewEvent = { type: 'extensionDecided', data: { granted: false } };

describe('who is waited for', () => {
  it.each<[Stage, 'review' | 'decide' | 'sign', readonly string[], Place | undefined]>([
    ['submitted', 'review', ['issuer.liaisonA', 'issuer.leader'], undefined],
    ['correcting', 'review', ['issuer.liaisonA', 'issuer.leader'], undefined],
    ['extending', 'decide', ['issuer.liaisonA', 'issuer.leader'], undefined],
    ['declining', 'decide', ['issuer.liaisonA', 'issuer.leader'], undefined],
    ['transferring', 'decide', ['unit.liaisonA', 'unit.leader'], 'unit/DD-2'],
    ['presented', 'sign', ['unit.leader'], undefined],
    ['presentedAgain', 'sign', ['unit.leader'], undefined],
  ])('of what is %s, by the clock %s, is %j', (stage, clock, whom, place) => {
    const waiting = waitingFor(inStage(stage), clock);
    expect([waiting?.whom, waiting?.place]).toEqual([whom, place]);
  });

  it('is no person where nothing has been asked', () => {
    for (const clock of ['review', 'decide', 'sign'] as const)
      for (const stage of ['issued', 'acknowledged', 'returned', 'approved', 'cancelled', 'missing'] as const)
        expect(waitingFor(inStage(stage), clock)).toBeNull();
  });

  it('is asked at the place that is to take it over, not at the holder’s', () => {
    const asked: [readonly string[], Place | undefined][] = [];
    wake(inStage('transferring'), BARE, at('2026-11-23 13:10') + 3_600_000, (targets, place) => {
      asked.push([targets, place]);
      return { notified: [] };
    });
    expect(asked).toEqual([[['unit.liaisonA', 'unit.leader'], 'unit/DD-2']]);
  });
});

describe('the clock of an answer', () => {
  it('runs from when it was asked for, and from the next opening what comes in after hours', () => {
    const night = then(inStage('acknowledged'), extension, '2026-11-23 20:00');
    expect(wallOf(answerBy(night, 'decide', STANDARD)?.at ?? 0)).toBe('2026-11-24 09:30');
  });

  it('reminds of a decision, climbs, and repeats each working day until it is there', () => {
    const asked = then(
      inStage('acknowledged', { dueAt: '2026-12-30T09:00:00Z' }),
      extension,
      '2026-11-23 14:00',
    );
    const { lines, state } = runUntil(asked, STANDARD, at('2026-11-25 09:00'));
    expect(lines).toEqual([
      '2026-11-23 15:00 reminded decide',
      '2026-11-23 15:00 escalated decide 0',
      '2026-11-23 16:00 escalated decide 1',
      '2026-11-24 08:30 escalated decide 1 again',
      '2026-11-25 08:30 escalated decide 1 again',
    ]);
    const answered = then(state, refused, '2026-11-25 09:10');
    expect(wallOf(nextWake(answered, STANDARD) ?? 0)).toBe('2026-12-30 11:30');
  });

  it('of a signature has one rung of its own an hour after its time, and stands beside the due time’s', () => {
    const presented = then(
      inStage('acknowledged'),
      { type: 'presented', data: { version: 1, digest: 'x' } },
      '2026-11-23 14:00',
    );
    const { lines } = runUntil(presented, STANDARD, at('2026-11-24 09:00'));
    expect(lines).toEqual([
      '2026-11-23 15:00 reminded sign',
      '2026-11-23 16:00 escalated sign 0',
      '2026-11-24 08:30 reminded due PT4H',
      '2026-11-24 08:30 escalated sign 0 again',
    ]);
  });

  it('begins anew with a report that replaces the one presented', () => {
    let a = then(
      inStage('acknowledged'),
      { type: 'presented', data: { version: 1, digest: 'x' } },
      '2026-11-23 14:00',
    );
    a = runUntil(a, BARE, at('2026-11-23 14:45')).state;
    a = then(a, { type: 'presented', data: { version: 2, digest: 'y' } }, '2026-11-23 15:00');
    expect(wallOf(nextWake(a, BARE) ?? 0)).toBe('2026-11-23 15:30');
  });

  it('is over once a correction is signed after the close, and decides nothing then', () => {
    const over = clocksOf({ decideWithin: 'PT1H', signWithin: 'PT1H' }, { running: false });
    expect(nextWake(inStage('presentedAgain'), over)).not.toBeNull();
    expect(nextWake(inStage('extending'), over)).toBeNull();
    expect(wake(inStage('extending'), over, at('2026-12-01 09:00'), byName)).toEqual([]);
  });
});

describe('of several requests', () => {
  const policy = clocksOf({
    decideWithin: 'PT1H',
    ladder: [{ clock: 'decide', after: 'PT0S', notify: ['issuer.liaisonA'] }],
  });
  const END = at('2026-11-23 17:29');

  it('the earliest is waited for', () => {
    const two = then(
      then(inStage('acknowledged'), declined, '2026-11-23 14:00'),
      transfer,
      '2026-11-23 14:30',
    );
    expect(waitingFor(two, 'decide')).toMatchObject({ since: at('2026-11-23 14:00') });
  });

  it('a second brings no rung of the first again (law 6)', () => {
    const first = runUntil(
      then(inStage('acknowledged'), extension, '2026-11-23 14:00'),
      policy,
      at('2026-11-23 15:29'),
    );
    expect(first.lines).toEqual(['2026-11-23 15:00 reminded decide', '2026-11-23 15:00 escalated decide 0']);
    const second = runUntil(then(first.state, declined, '2026-11-23 15:30'), policy, END);
    expect(second.lines).toEqual([]);
  });

  it('the one that is left is timed from when it came, with all its rungs', () => {
    let a = then(inStage('acknowledged'), extension, '2026-11-23 14:00');
    a = runUntil(a, policy, at('2026-11-23 15:10')).state;
    a = then(then(a, declined, '2026-11-23 15:30'), refused, '2026-11-23 15:40');
    expect(runUntil(a, policy, END).lines).toEqual([
      '2026-11-23 16:30 reminded decide',
      '2026-11-23 16:30 escalated decide 0',
    ]);
  });

  it('the answer to the later leaves the clock of the first alone', () => {
    let a = then(then(inStage('acknowledged'), declined, '2026-11-23 14:00'), extension, '2026-11-23 14:30');
    a = runUntil(a, policy, at('2026-11-23 15:10')).state;
    expect(runUntil(then(a, refused, '2026-11-23 15:20'), policy, END).lines).toEqual([]);
  });
});

describe('what is gathered at a node that sends nothing up by itself', () => {
  const gathered = (asks: 'signature' | 'sending'): NewEvent => ({
    type: 'gathered',
    data: { digest: 'figures', asks },
  });
  const node = (asks: 'signature' | 'sending'): Assignment =>
    evolve(inStage('acknowledged', { node: true }), happening(gathered(asks), at('2026-11-23 14:00')));

  it('waits for the leader, or where nothing is signed for the liaison to send it up', () => {
    expect(waitingFor(node('signature'), 'sign')).toMatchObject({ whom: ['unit.leader'] });
    expect(waitingFor(node('sending'), 'sign')).toMatchObject({ whom: ['unit.liaisonA'], sends: true });
  });

  it('is not waited for while something below is open again, nor once the directive is over', () => {
    expect(waitingFor(node('signature'), 'sign', { complete: false })).toBeNull();
    expect(waitingFor(node('signature'), 'sign', { running: false })).toBeNull();
  });
});

describe('rungs climbed because others sit on it', () => {
  it.each([
    ['submitted', 'review', 0],
    ['extending', 'decide', 0],
    ['presented', 'sign', 1],
  ] as const)('a %s one climbs its %s clock and is escalated %i times itself', (stage, clock, raised) => {
    const ladder = [{ clock, after: 'PT0S', notify: ['issuer.leader' as const] }];
    const within = { reviewWithin: 'PT1H', decideWithin: 'PT1H', signWithin: 'PT1H' };
    const { state, lines } = runUntil(
      inStage(stage),
      clocksOf({ ladder, ...within }),
      at('2026-11-24 08:00'),
    );
    expect(lines.some((line) => line.includes(`escalated ${clock}`))).toBe(true);
    expect(state.escalation).toBe(raised);
  });
});
