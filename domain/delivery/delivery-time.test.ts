// Promises about when a notice goes out: quiet hours, digests on workdays, and what passes both.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { afterQuiet, nextDigest, whenToSend } from './delivery-time.ts';
import { toMillis } from '../instant.ts';
import { DIGEST_TIMES, USUAL_PREFERENCES } from './preferences.ts';
import { wallOf } from '../../tests/support/sample-assignment.ts';

const { work } = builtInCalendars;
/** `2026-11-27 08:40` in China. */
const at = (wall: string): number => toMillis(`${wall.replace(' ', 'T')}:00+08:00`);
const NIGHT = { from: '22:00', to: '07:30' };
const NOON = { from: '12:00', to: '13:30' };

describe('quiet hours', () => {
  it.each([
    ['2026-11-27 21:59', NIGHT, '2026-11-27 21:59'],
    ['2026-11-27 22:00', NIGHT, '2026-11-28 07:30'],
    ['2026-11-28 00:00', NIGHT, '2026-11-28 07:30'],
    ['2026-11-28 07:29', NIGHT, '2026-11-28 07:30'],
    ['2026-11-28 07:30', NIGHT, '2026-11-28 07:30'],
    ['2026-11-27 12:00', NOON, '2026-11-27 13:30'],
    ['2026-11-27 11:59', NOON, '2026-11-27 11:59'],
    ['2026-11-27 13:30', NOON, '2026-11-27 13:30'],
  ])('at %s with %j end at %s', (now, quiet, end) => {
    expect(wallOf(afterQuiet(quiet, at(now)))).toBe(end);
  });

  it('put nothing off for longer than they last, and end outside themselves', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const instant = fc.integer({ min: at('2026-01-01 00:00'), max: at('2026-12-31 00:00') });
    fc.assert(
      fc.property(clock, clock, instant, (from, to, now) => {
        fc.pre(from !== to);
        const end = afterQuiet({ from, to }, now);
        expect(end).toBeGreaterThanOrEqual(now);
        expect(end - now).toBeLessThan(86_400_000);
        expect(afterQuiet({ from, to }, end)).toBe(end);
      }),
    );
  });
});

describe('the next digest', () => {
  it.each([
    ['2026-11-27 08:39', '2026-11-27 08:40'],
    ['2026-11-27 08:40', '2026-11-27 14:00'],
    ['2026-11-27 16:30', '2026-11-30 08:40'],
    // A Saturday worked instead of a holiday, and the holiday.
    ['2026-10-09 17:00', '2026-10-10 08:40'],
    ['2026-09-30 17:00', '2026-10-08 08:40'],
  ])('after %s is at %s', (now, next) => {
    expect(wallOf(nextDigest(DIGEST_TIMES, work, at(now)))).toBe(next);
  });

  it('comes every day of a year that is not loaded', () => {
    expect(wallOf(nextDigest(['09:00'], work, at('2031-01-04 10:00')))).toBe('2031-01-05 09:00');
    expect(wallOf(nextDigest(['09:00'], work, at('2026-12-31 10:00')))).toBe('2027-01-01 09:00');
  });

  it('does not depend on the order the times are given in', () => {
    const now = at('2026-11-27 09:00');
    expect(nextDigest(['16:30', '08:40', '14:00'], work, now)).toBe(nextDigest(DIGEST_TIMES, work, now));
  });
});

describe('what presses', () => {
  const night = { ...USUAL_PREFERENCES, quietHours: NIGHT };
  const now = at('2026-11-27 23:00');
  it.each([
    ['urgent', '2026-11-27 23:00', false],
    ['floor', '2026-11-28 07:30', false],
    ['prompt', '2026-11-28 07:30', false],
    ['patient', '2026-11-30 08:40', true],
  ] as const)('%s at night goes at %s', (pressure, wall, digest) => {
    const when = whenToSend(pressure, night, work, now);
    expect([wallOf(when.at), when.digest]).toEqual([wall, digest]);
  });

  it('is patient no longer for a person who wants no digest', () => {
    expect(whenToSend('patient', { ...USUAL_PREFERENCES, digest: false }, work, now)).toEqual({
      at: now,
      digest: false,
    });
  });
});
