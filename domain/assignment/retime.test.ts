// Promises of moved due times: forward only, never past the level above, and no guess about a year that is not loaded.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, wallOf } from '../../tests/support/sample-assignment.ts';
import { builtInCalendars } from '../calendar/calendar-years.ts';
import { workingBetween } from '../calendar/calendar.ts';
import type { DueBasis } from './due-basis.ts';
import { readDuration } from '../instant.ts';
import { known, pausedBetween, receiptBy, shifted, workedOut } from './retime.ts';

const { work, always } = builtInCalendars;
const HOUR_MS = 3_600_000;
const DUE = at('2026-11-24 14:00');
const ABOVE = at('2026-11-24 15:30');
const in2026 = fc
  .integer({ min: 0, max: 300 * 1440 })
  .map((minutes) => at('2026-01-05 00:00') + minutes * 60_000);

describe('shifted', () => {
  it('is so much working time later', () => {
    expect(wallOf(shifted(work, at('2026-11-23 16:30'), 2 * HOUR_MS, ABOVE))).toBe('2026-11-24 09:30');
    expect(wallOf(shifted(always, at('2026-11-23 16:30'), 2 * HOUR_MS, ABOVE))).toBe('2026-11-23 18:30');
  });

  it('is never sooner than it was, never past the level above, and exact in between', () => {
    const window = fc.integer({ min: 0, max: 20_000 * 60_000 });
    fc.assert(
      fc.property(in2026, window, window, (due, ms, left) => {
        for (const calendar of [work, always]) {
          const moved = shifted(calendar, due, ms, due + left);
          expect(moved).toBeGreaterThanOrEqual(due);
          expect(moved).toBeLessThanOrEqual(due + left);
          if (moved < due + left) expect(workingBetween(calendar, due, moved)).toBe(ms);
        }
      }),
    );
  });

  it('falls to the level above where it would fall into a year that is not loaded', () => {
    expect(shifted(work, at('2026-12-31 17:00'), 20 * HOUR_MS, at('2027-01-05 17:00'))).toBe(
      at('2027-01-05 17:00'),
    );
  });
});

describe('pausedBetween', () => {
  it('is the working time in between, and none where that is not known', () => {
    expect(pausedBetween(work, at('2026-11-23 16:30'), at('2026-11-24 09:30'))).toBe(2 * HOUR_MS);
    expect(pausedBetween(work, at('2026-11-23 18:00'), at('2026-11-24 08:00'))).toBe(0);
    expect(pausedBetween(work, at('2026-12-31 17:00'), at('2027-01-05 17:00'))).toBe(0);
  });
});

describe('receiptBy', () => {
  it('counts from when it comes in, is never where none is asked, and nothing is guessed', () => {
    const within = readDuration('PT30M');
    const asked = (from: string) => ({ from: at(from), dueAt: at('2027-03-01 09:00') });
    expect(receiptBy(work, within, asked('2026-11-23 20:00'))).toBe(at('2026-11-24 09:00'));
    expect(receiptBy(work, null, asked('2026-11-23 20:00'))).toBeNull();
    expect(receiptBy(work, within, asked('2027-02-01 09:00'))).toBeNull();
  });

  it('is never after the due time, unless that has passed when it is asked', () => {
    const by = (due: string) =>
      receiptBy(work, readDuration('PT2H'), { from: at('2026-11-23 09:00'), dueAt: at(due) });
    expect(by('2026-11-23 10:00')).toBe(at('2026-11-23 10:00'));
    expect(by('2026-11-23 08:00')).toBe(at('2026-11-23 11:00'));
  });
});

describe('workedOut', () => {
  const from = { calendar: work, receivedAt: at('2026-11-23 10:35'), parentDueAt: ABOVE };
  const out = (basis: DueBasis | null): string => wallOf(workedOut({ basis, dueAt: DUE }, from));

  it('follows how it came about', () => {
    expect(out({ by: 'rule', rule: { workdays: 1, at: '09:00' } })).toBe('2026-11-24 09:00');
    expect(out({ by: 'rule', rule: { within: 'PT4H' } })).toBe('2026-11-23 16:05');
    expect(out({ by: 'margin', ms: HOUR_MS })).toBe('2026-11-24 14:30');
    expect(out({ by: 'instant' })).toBe('2026-11-24 14:00');
  });

  it('stays as it was where that is not known, or the year is not', () => {
    expect(out(null)).toBe('2026-11-24 14:00');
    expect(out({ by: 'rule', rule: { workdays: 300, at: '09:00' } })).toBe('2026-11-24 14:00');
  });

  it('is never past the level above, on any basis', () => {
    const bases: fc.Arbitrary<DueBasis | null> = fc.oneof(
      fc.constant(null),
      fc.constant<DueBasis>({ by: 'instant' }),
      fc.nat(40 * HOUR_MS).map((ms): DueBasis => ({ by: 'margin', ms })),
      fc
        .integer({ min: 1, max: 366 })
        .map((workdays): DueBasis => ({ by: 'rule', rule: { workdays, at: '17:00' } })),
    );
    fc.assert(
      fc.property(bases, in2026, in2026, in2026, (basis, dueAt, parentDueAt, receivedAt) => {
        expect(workedOut({ basis, dueAt }, { calendar: work, receivedAt, parentDueAt })).toBeLessThanOrEqual(
          parentDueAt,
        );
      }),
    );
  });
});

describe('known', () => {
  it('lets every other error through', () => {
    expect(() =>
      known(() => {
        throw new RangeError('a bug');
      }),
    ).toThrow(RangeError);
  });
});
