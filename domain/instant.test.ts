// Promises of instants and durations: what is read, what is refused, and that reading loses nothing.
import { describe, expect, it } from '@jest/globals';
import { DurationText, elapsedMs, Instant, readDuration, toIso, toIsoOrNull, toMillis } from './instant.ts';

describe('Instant', () => {
  it.each(['2026-11-23T10:35:00+08:00', '2026-11-23T02:35:00Z', '2026-11-23T02:35:00.123Z'])(
    'takes %s',
    (text) => {
      expect(Instant.safeParse(text).success).toBe(true);
    },
  );

  it.each(['2026-11-23T10:35:00', '2026-11-23', '2026-02-30T00:00:00Z', '10:35', '', 'now', 1, null])(
    'refuses %j',
    (text) => {
      expect(Instant.safeParse(text).success).toBe(false);
    },
  );

  it('is one instant however its offset is written', () => {
    expect(toIso(toMillis('2026-11-23T10:35:00+08:00'))).toBe('2026-11-23T02:35:00.000Z');
    expect(toIsoOrNull(null)).toBeNull();
    expect(toIsoOrNull(0)).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('a duration', () => {
  it.each([
    ['PT30M', { days: 0, ms: 1_800_000 }],
    ['PT0S', { days: 0, ms: 0 }],
    ['P30D', { days: 30, ms: 0 }],
    ['P1DT2H3M4S', { days: 1, ms: 7_384_000 }],
    ['PT90M', { days: 0, ms: 5_400_000 }],
  ])('%s is read', (text, duration) => {
    expect(DurationText.safeParse(text).success).toBe(true);
    expect(readDuration(text)).toEqual(duration);
  });

  it.each(['', 'P', 'PT', 'P1DT', '30M', 'PT1.5H', 'P1W', 'P1M', '-PT1H', 'pt1h', 'PT1H ', 'P99999D'])(
    '%j is refused',
    (text) => {
      expect(DurationText.safeParse(text).success).toBe(false);
    },
  );

  it('that was never checked is a mistake of ours, not a zero', () => {
    expect(() => readDuration('soon')).toThrow(RangeError);
  });

  it('of a day has 24 hours where time merely passes', () => {
    expect(elapsedMs(readDuration('P1DT1H'))).toBe(25 * 3_600_000);
  });
});
