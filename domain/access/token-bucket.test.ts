// Promises of a rate with a reserve: no more than burst and rate together, and nobody waits who asks slower.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeToken, type Bucket } from './token-bucket.ts';

const RATE = { burst: 3, aSecond: 0.5 };

/** The waits of requests at these milliseconds. */
function waits(times: readonly number[], rate = RATE): number[] {
  let bucket: Bucket | undefined;
  return times.map((at) => {
    const taken = takeToken(bucket, rate, at);
    bucket = taken.bucket;
    return taken.waitSeconds;
  });
}

describe('a rate with a reserve', () => {
  it('lets a burst through, then says how long to wait, and is full again after a while', () => {
    expect(waits([0, 0, 0, 0, 1_000, 2_000, 2_001])).toEqual([0, 0, 0, 2, 1, 0, 2]);
    expect(waits([0, 0, 0, 100_000, 100_000, 100_000, 100_000])).toEqual([0, 0, 0, 0, 0, 0, 2]);
  });

  it('is not paid back by a clock that goes back', () => {
    expect(waits([10_000, 10_000, 10_000, 0, 10_000])).toEqual([0, 0, 0, 2, 2]);
  });

  it('never lets more through than reserve and time allow, and holds up nobody who asks slower', () => {
    const gaps = fc.array(fc.nat({ max: 5_000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(gaps, (each) => {
        let now = 0;
        const times = each.map((gap) => (now += gap));
        const passed = waits(times).filter((wait) => wait === 0).length;
        expect(passed).toBeLessThanOrEqual(RATE.burst + (now / 1000) * RATE.aSecond + 1);
        const slowly = each.map((gap, at) => at * 2_000 + gap / 5_000);
        expect(waits(slowly).every((wait) => wait === 0)).toBe(true);
      }),
    );
  });
});
