// Promises of the decider about time: what an extension, a suspension and its end may be, and every bad input by its place.
import { describe, expect, it } from '@jest/globals';
import { decided, refusal } from '../../tests/support/decided.ts';
import {
  ABOVE,
  at,
  contextOf,
  HOLDER,
  inStage,
  ISSUER,
  READER,
} from '../../tests/support/sample-assignment.ts';
import type { Relation } from '../access/relation.ts';
import { decide } from './decide.ts';
import { isRefusal } from '../failure.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import type { Command } from './command.ts';
import { toIso } from '../instant.ts';

// Received on Monday at 16:00; due on Tuesday at 14:00, the level above at 15:30.
const wall = (text: string): string => `${text.replace(' ', 'T')}:00+08:00`;
const ask = (due: string, reason = 'flood'): Command => ({
  verb: 'request-extension',
  due: wall(due),
  reason,
});

describe('a request for an extension', () => {
  it('is taken up to the very time of the level above, and says what is asked and why', () => {
    expect(decided(inStage('acknowledged'), ask('2026-11-24 15:30'))).toEqual([
      { type: 'extensionRequested', data: { dueAt: toIso(at('2026-11-24 15:30')), reason: 'flood' } },
    ]);
  });

  it.each([
    ['2026-11-23 16:00', 'DUE_IN_PAST', 'is not later than now'],
    ['2026-11-23 15:00', 'DUE_IN_PAST', 'is earlier than now'],
    ['2026-11-24 14:00', 'DUE_NOT_LATER', 'is the present one'],
    ['2026-11-24 13:00', 'DUE_NOT_LATER', 'is sooner than the present one'],
    ['2026-11-24 15:31', 'DUE_AFTER_PARENT', 'is later than the issuer’s own'],
  ])('for %s is refused with %s: it %s', (due, code) => {
    expect(refusal(inStage('acknowledged'), ask(due)).errors).toMatchObject([{ path: 'due', code }]);
  });

  it('names all that is missing', () => {
    const { code, errors } = refusal(inStage('acknowledged'), { verb: 'request-extension' });
    expect([code, errors?.map(({ path }) => path)]).toEqual(['INVALID', ['due', 'reason']]);
    expect(refusal(inStage('acknowledged'), ask('2026-11-24 15:00', '')).errors).toEqual([
      { path: 'reason', code: 'REQUIRED' },
    ]);
  });

  it('into a year that is not loaded is refused for that year, which begins at midnight in China', () => {
    for (const due of ['2027-01-01 06:00', '2027-05-01 09:00']) {
      const changes = { parentDueAt: at('2027-12-31 17:00') };
      expect(refusal(inStage('acknowledged'), ask(due), changes)).toEqual({
        code: 'CALENDAR_YEAR_UNKNOWN',
        params: { year: 2027 },
        errors: [{ path: 'due', code: 'CALENDAR_YEAR_UNKNOWN', params: { year: 2027 } }],
      });
    }
    const changes = { parentDueAt: at('2027-12-31 17:00'), calendar: builtInCalendars.always };
    expect(decided(inStage('acknowledged'), ask('2027-01-01 06:00'), changes)).toHaveLength(1);
  });

  it('is made once at a time', () => {
    expect(refusal(inStage('extending'), ask('2026-11-24 15:10')).code).toBe('EXTENSION_PENDING');
  });
});

describe('the decision of an extension', () => {
  const answer = (more: object = {}): Command => ({ verb: 'decide-extension', grant: true, ...more });

  it('grants what was asked for, or another time, and says by how much working time it moves what is below', () => {
    const was = toIso(at('2026-11-24 14:00'));
    expect(decided(inStage('extending'), answer({ reason: 'so be it' }))).toEqual([
      {
        type: 'extensionDecided',
        data: {
          granted: true,
          dueAt: toIso(at('2026-11-24 15:00')),
          was,
          shiftMs: 3_600_000,
          together: true,
          reason: 'so be it',
        },
      },
    ]);
    const morrow = { due: wall('2026-11-25 09:30') };
    const far = { parentDueAt: at('2026-11-26 15:30') };
    // Three and a half hours of Tuesday, one of Wednesday.
    expect(decided(inStage('extending'), answer(morrow), far)).toMatchObject([
      { data: { dueAt: toIso(at('2026-11-25 09:30')), shiftMs: 4.5 * 3_600_000 } },
    ]);
  });

  it.each([
    ['2026-11-23 15:00', 'DUE_IN_PAST'],
    ['2026-11-24 13:30', 'DUE_NOT_LATER'],
    ['2026-11-24 15:31', 'DUE_AFTER_PARENT'],
  ])('may not grant %s: %s', (due, code) => {
    expect(refusal(inStage('extending'), answer({ due: wall(due) })).errors).toMatchObject([
      { path: 'due', code },
    ]);
  });

  it('may not grant what has passed while it waited', () => {
    const received = at('2026-11-24 15:00');
    expect(refusal(inStage('extending'), answer(), { received }).errors).toMatchObject([
      { path: 'due', code: 'DUE_IN_PAST' },
    ]);
  });

  it('refuses without moving anything, with or without a reason', () => {
    expect(decided(inStage('extending'), { verb: 'decide-extension', grant: false })).toEqual([
      { type: 'extensionDecided', data: { granted: false } },
    ]);
  });

  it('grants what the level above has overtaken meanwhile: the later of the two holds', () => {
    const overtaken = inStage('extending', { dueAt: toIso(at('2026-11-24 15:20')) });
    const same = toIso(at('2026-11-24 15:20'));
    for (const more of [{}, { due: wall('2026-11-24 15:00') }])
      expect(decided(overtaken, answer(more))).toEqual([
        { type: 'extensionDecided', data: { granted: true, dueAt: same, was: same, shiftMs: 0 } },
      ]);
    expect(decided(overtaken, answer({ due: wall('2026-11-24 15:25') }))).toMatchObject([
      { data: { dueAt: toIso(at('2026-11-24 15:25')), was: same } },
    ]);
  });

  it('answers only what was asked', () => {
    expect(refusal(inStage('acknowledged'), answer()).code).toBe('NO_EXTENSION_PENDING');
  });
});

describe('a suspension', () => {
  const suspend = (more: object): Command => ({ verb: 'suspend', ...more });

  it('begins with its receipt and says until when and why', () => {
    expect(
      decided(inStage('submitted'), suspend({ until: wall('2026-11-25 09:00'), reason: 'flood' })),
    ).toEqual([
      {
        type: 'suspended',
        data: {
          since: toIso(at('2026-11-23 16:00')),
          until: toIso(at('2026-11-25 09:00')),
          reason: 'flood',
        },
      },
    ]);
  });

  it.each([
    [{ reason: 'flood' }, 'until', 'REQUIRED'],
    [{ reason: 'flood', until: wall('2026-11-23 16:00') }, 'until', 'UNTIL_IN_PAST'],
    [{ reason: 'flood', until: wall('2026-11-22 16:00') }, 'until', 'UNTIL_IN_PAST'],
    [{ reason: 'flood', until: wall('2027-01-01 06:00') }, 'until', 'CALENDAR_YEAR_UNKNOWN'],
    [{ until: wall('2026-11-25 09:00') }, 'reason', 'REQUIRED'],
  ])('as %j is refused at %s with %s', (content, path, code) => {
    const params = code === 'CALENDAR_YEAR_UNKNOWN' ? { params: { year: 2027 } } : {};
    expect(refusal(inStage('acknowledged'), suspend(content)).errors).toMatchObject([
      { path, code, ...params },
    ]);
  });

  it('ends by command at its receipt, and moves the due time up to the level above', () => {
    const received = at('2026-11-23 16:30');
    expect(decided(inStage('suspended'), { verb: 'resume' }, { received })).toEqual([
      {
        type: 'resumed',
        data: {
          of: 'd.sites.TF.DD.DD-1',
          resumedAt: toIso(received),
          // From 10:37 to 12:00 and from 13:30 on.
          pausedMs: (83 + 180) * 60_000,
          dueAt: toIso(at('2026-11-24 15:30')),
          was: toIso(at('2026-11-24 14:00')),
        },
      },
    ]);
  });
});

describe('another due time by hand', () => {
  const move = (due: string, reason = 'flood'): Command => ({ verb: 'reschedule', due: wall(due), reason });
  const was = toIso(at('2026-11-24 14:00'));

  it('may be later, and says by how much working time it moves what is below', () => {
    expect(decided(inStage('acknowledged'), move('2026-11-24 15:30'))).toEqual([
      {
        type: 'rescheduled',
        data: {
          dueAt: toIso(at('2026-11-24 15:30')),
          was,
          basis: { by: 'instant' },
          cause: 'reschedule',
          reason: 'flood',
          shiftMs: 90 * 60_000,
          together: true,
        },
      },
    ]);
  });

  it('may be earlier', () => {
    expect(decided(inStage('acknowledged'), move('2026-11-23 17:00'))).toMatchObject([
      { data: { dueAt: toIso(at('2026-11-23 17:00')), was } },
    ]);
  });

  it('earlier than the receipt would be late takes that along', () => {
    const afar = inStage('issued', { acknowledgeBy: wall('2026-11-24 13:00') });
    expect(decided(afar, move('2026-11-24 10:00'))).toMatchObject([
      { data: { dueAt: toIso(at('2026-11-24 10:00')), acknowledgeBy: toIso(at('2026-11-24 10:00')) } },
    ]);
    expect(decided(afar, move('2026-11-24 13:30'))).not.toMatchObject([
      { data: { acknowledgeBy: expect.any(String) } },
    ]);
  });

  it('is for every holder on the path above, and for no other', () => {
    const by = (relation: Relation): string => {
      const decision = decide(inStage('acknowledged'), contextOf({ relation }), move('2026-11-24 15:00'));
      return isRefusal(decision) ? decision.code : 'taken';
    };
    expect([ABOVE, ISSUER, HOLDER, READER].map(by)).toEqual(['taken', 'taken', 'FORBIDDEN', 'FORBIDDEN']);
  });

  it.each([
    ['2026-11-23 16:00', 'DUE_IN_PAST'],
    ['2026-11-24 15:31', 'DUE_AFTER_PARENT'],
    ['2026-11-24 14:00', 'NOTHING_CHANGES'],
  ])('to %s is refused: %s', (due, code) => {
    expect(refusal(inStage('acknowledged'), move(due)).errors).toMatchObject([{ path: 'due', code }]);
  });

  it('says why, and when', () => {
    expect(refusal(inStage('acknowledged'), { verb: 'reschedule' }).errors).toEqual([
      { path: 'due', code: 'REQUIRED' },
      { path: 'reason', code: 'REQUIRED' },
    ]);
  });
});
