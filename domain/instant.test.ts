// Promises of instants and durations: texts that are read, texts that are refused, and that reading loses nothing.
import { describe, expect, it } from '@jest/globals';
import { DurationText, Instant } from './instant-text.ts';
import { elapsedMs, readDuration, toIso, toIsoOrNull, toMillis, readInstant } from './instant.ts';

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

  const faultOf = (text: string): unknown => {
    const { error } = DurationText.safeParse(text);
    const [issue] = error?.issues ?? [];
    return issue?.code === 'custom' ? issue.params?.['fault'] : issue;
  };

  it.each(['', 'P', 'PT', 'P1DT', '30M', 'PT1.5H', 'P1W', 'P1M', 'P20Y', '-PT1H', 'pt1h', 'PT1H '])(
    '%j is refused with the form it should have',
    (text) => {
      expect(faultOf(text)).toEqual({ code: 'NOT_A_DURATION' });
    },
  );

  it.each(['P99999D', 'PT9999999H', `PT${'9'.repeat(50)}S`])('%s is too long', (text) => {
    expect(faultOf(text)).toEqual({ code: 'OUT_OF_RANGE', params: { max: 'P20000D' } });
  });

  it('as long as any that was ever taken is taken', () => {
    for (const text of ['P9999DT99999H999999M99999999S', 'PT200000H']) expect(faultOf(text)).toBeUndefined();
  });

  it('that was never checked is a mistake of ours, not a zero', () => {
    expect(() => readDuration('soon')).toThrow(RangeError);
  });

  it('of a day has 24 hours where time merely passes', () => {
    expect(elapsedMs(readDuration('P1DT1H'))).toBe(25 * 3_600_000);
  });
});

describe('readInstant', () => {
  it.each([
    '2026-11-24T17:30:00+08:00',
    '2026-11-24T17:30:00.123Z',
    '2026-11-24T17:30Z',
    '2026-11-24T17:30:00',
    '2026-11-24',
    '2026-13-24T17:30:00Z',
    '2026-02-30T00:00:00Z',
    '2028-02-29T00:00:00Z',
    '2026-11-24T24:30:00Z',
    '2026-11-24T17:30:00+0800',
    ' 2026-11-24T17:30:00Z',
    'tomorrow',
    '',
  ])('takes %p for an instant where the schema does', (text) => {
    expect(readInstant(text) !== null).toBe(Instant.safeParse(text).success);
  });

  it('takes nothing but text', () => {
    expect([readInstant(0), readInstant(null), readInstant({})]).toEqual([null, null, null]);
  });
});
