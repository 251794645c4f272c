// Promises of notices: the people each event concerns, as the posts are held at that moment, but never its actor.
import { describe, expect, it } from '@jest/globals';
import { EVERY_EVENT } from '../../tests/support/every-event.ts';
import { at } from '../../tests/support/sample-assignment.ts';
import {
  COMMUNITY_STANDING as STANDING,
  SMALL_DIRECTORY as directory,
} from '../../tests/support/small-directory.ts';
import type { NewEvent } from '../assignment/happening.ts';
import { toldOf } from './notification.ts';

const NOW = at('2026-11-23 16:00');
const told = (event: NewEvent, actor: string | null = null, standing = STANDING): string =>
  toldOf(event, directory, standing, NOW, actor).join(' ');

const since = '2026-11-23T08:00:00.000Z';
const until = '2026-11-24T08:00:00.000Z';
const carried = { of: 'd', n: 1 };

describe('toldOf', () => {
  it.each<[string, NewEvent, string]>([
    ['a presented report', { type: 'presented', data: { version: 1 } }, 'head'],
    ['one brought for the unit', { type: 'presented', data: { version: 1, onBehalf: true } }, 'a b head'],
    [
      'a report brought for the unit',
      { type: 'submitted', data: { version: 1, digest: '', onTime: true, onBehalf: true } },
      'a b',
    ],
    ['its own', { type: 'submitted', data: { version: 1, digest: '', onTime: true } }, ''],
    [
      'an extension asked for',
      { type: 'extensionRequested', data: { dueAt: until, reason: 'x' } },
      'street streetA',
    ],
    ['the answer to that', { type: 'extensionDecided', data: { granted: false } }, 'a b'],
    [
      'a transfer asked for',
      { type: 'transferRequested', data: { to: 'unit/DD-2', reason: 'x' } },
      'otherA otherHead',
    ],
    ['its refusal', { type: 'transferDeclined', data: { to: 'unit/DD-2', reason: 'x' } }, 'a b'],
    ['"not ours"', { type: 'declined', data: { basis: 'x' } }, 'street streetA'],
    ['the decision on it', { type: 'declineDecided', data: { accepted: false, reason: 'x' } }, 'a b'],
    ['a suspension', { type: 'suspended', data: { since, until, reason: 'x' } }, 'a b'],
    ['its end', { type: 'resumed', data: { of: 'd', resumedAt: until, pausedMs: 1, dueAt: until } }, 'a b'],
    [
      'its end outside working hours',
      { type: 'resumed', data: { of: 'd', resumedAt: until, pausedMs: 0, dueAt: until } },
      'a b',
    ],
    [
      'its end while another lasts',
      { type: 'resumed', data: { of: 'd', resumedAt: until, pausedMs: 0 } },
      '',
    ],
    [
      'a due time moved from above',
      { type: 'rescheduled', data: { dueAt: until, was: since, cause: 'extension' } },
      'a b',
    ],
    ['one that stays', { type: 'rescheduled', data: { dueAt: until, was: until, cause: 'calendar' } }, ''],
    ['an amendment', { type: 'amended', data: { amendment: 1, note: 'x', carried } }, 'a b'],
    ['what a node waits for', { type: 'overdue', data: { dueAt: since, waiting: true } }, 'a'],
    ['a due time passed', { type: 'overdue', data: { dueAt: since } }, ''],
    ['a shared result', { type: 'shared', data: { to: 'unit/DD-2' } }, 'otherA otherB'],
    ['a comment', { type: 'commented', data: { text: 'x' } }, 'a b streetA'],
    ['an urging', { type: 'urged', data: { notified: ['a', 'b'] } }, 'a b'],
  ])('tells of %s exactly the people it concerns', (_, event, expected) => {
    expect(told(event)).toBe(expected);
  });

  it('tells of a transfer who had it, who has it and who gave it', () => {
    const event: NewEvent = {
      type: 'transferred',
      data: { from: 'unit/DD-1', to: 'unit/DD-2', reason: 'x' },
    };
    expect(told(event, null, { ...STANDING, holder: 'unit/DD-2' })).toBe('a b otherA otherB streetA');
  });

  it('tells no person of their own act, for every event', () => {
    const everybody = [
      'director',
      'staff',
      'street',
      'streetA',
      'head',
      'a',
      'b',
      'otherHead',
      'otherA',
      'otherB',
    ];
    for (const shape of EVERY_EVENT) {
      const event = { ...shape, data: { ...shape.data } } as NewEvent;
      if (event.type === 'reminded' || event.type === 'escalated' || event.type === 'urged')
        event.data.notified = everybody;
      for (const actor of everybody) {
        expect(toldOf(event, directory, STANDING, NOW, actor)).not.toContain(actor);
        expect(toldOf(event, directory, STANDING, NOW, actor).sort()).toEqual(
          toldOf(event, directory, STANDING, NOW)
            .filter((person) => person !== actor)
            .sort(),
        );
      }
    }
  });
});
