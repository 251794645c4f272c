import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressWaitMs, ADDRESS_TRIES, pairWaitMs } from './sign-in-delay.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 30);
/** Wrong tries so many milliseconds ago, newest first. */
const ago = (...ms: number[]): number[] => ms.map((each) => NOW - each);
const atOnce = (count: number, msAgo = 0): number[] => ago(...Array.from({ length: count }, () => msAgo));

describe('the wait of a login from one place', () => {
  it('begins with the fifth wrong try within a minute', () => {
    expect(pairWaitMs(atOnce(4), NOW)).toBe(0);
    expect(pairWaitMs(atOnce(5), NOW)).toBe(MINUTE);
    expect(pairWaitMs(ago(0, 10_000, 20_000, 30_000, 59_000), NOW)).toBe(1_000);
    expect(pairWaitMs(ago(0, 10_000, 20_000, 30_000, 60_000), NOW)).toBe(0);
  });

  it('doubles with every five more, up to a quarter of an hour', () => {
    const minutes = [5, 10, 15, 20, 25, 500].map((count) => pairWaitMs(atOnce(count), NOW) / MINUTE);
    expect(minutes).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it('is forgotten after an hour', () => {
    expect(pairWaitMs(atOnce(25, 60 * MINUTE), NOW)).toBe(0);
    expect(pairWaitMs([...ago(0), ...atOnce(24, 60 * MINUTE)], NOW)).toBe(0);
  });

  it('never locks for good: it ends within a quarter of an hour, whatever was tried', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * 60 * MINUTE }), { maxLength: 200 }), (ages) => {
        const wrong = ago(...ages.sort((a, b) => a - b));
        const wait = pairWaitMs(wrong, NOW);
        expect(wait).toBeLessThanOrEqual(15 * MINUTE);
        expect(pairWaitMs(wrong, NOW + wait)).toBe(0);
      }),
    );
  });

  it('leaves a guesser who never stops few tries an hour', () => {
    let wrong: number[] = [];
    let made = 0;
    for (let ms = 0; ms < 24 * 60 * MINUTE; ms += 1_000)
      if (pairWaitMs(wrong, NOW + ms) === 0) {
        wrong = [NOW + ms, ...wrong].slice(0, 200);
        made += 1;
      }
    expect(made / 24).toBeLessThan(40);
  });
});

describe('the wait of an address', () => {
  it('begins after a minute’s allowance for all its people, and ends within a minute', () => {
    expect(addressWaitMs(atOnce(ADDRESS_TRIES - 1), NOW)).toBe(0);
    expect(addressWaitMs(atOnce(ADDRESS_TRIES), NOW)).toBe(MINUTE);
    expect(addressWaitMs(atOnce(10 * ADDRESS_TRIES, 59_000), NOW)).toBe(1_000);
    expect(addressWaitMs(atOnce(10 * ADDRESS_TRIES, MINUTE), NOW)).toBe(0);
  });
});
