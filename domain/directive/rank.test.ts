// Promises about the order of a directive's assignments.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareText } from '../merge/merge-part.ts';
import { rankAbove, rankBelow } from './rank.ts';

const way = fc.array(fc.nat({ max: 100_000 }), { minLength: 1, maxLength: 12 });
const rankOf = (steps: readonly number[]): string => steps.reduce(rankBelow, 'd');

describe('a rank', () => {
  it('sorts as a walk through the tree, each before what is below it', () => {
    const byNumbers = (a: readonly number[], b: readonly number[]): number => {
      const at = a.findIndex((step, n) => step !== b[n]);
      if (at === -1) return a.length - b.length;
      return at >= b.length ? 1 : (a[at] ?? 0) - (b[at] ?? 0);
    };
    fc.assert(
      fc.property(way, way, (a, b) => {
        expect(Math.sign(compareText(rankOf(a), rankOf(b)))).toBe(Math.sign(byNumbers(a, b)));
      }),
    );
  });

  it('names what is above it', () => {
    expect(rankAbove(rankOf([1, 2, 3]), 2)).toBe(rankOf([1, 2]));
    expect(rankAbove('d.sites.TF.DD', 2)).toBe('d.sites.TF');
    expect(rankAbove(rankOf([1]), 0)).toBe('d');
  });

  it('of parts handed out later stands after siblings from before there were ranks, for all codes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/), fc.nat({ max: 100 }), (code, nth) => {
        const below = `d.sites.TF.${code}`;
        expect(compareText(below, rankBelow('d.sites.TF', nth))).toBeLessThan(0);
        expect(compareText(rankBelow(below, nth), rankBelow('d.sites.TF', 0))).toBeLessThan(0);
        expect(compareText(below, rankBelow(below, nth))).toBeLessThan(0);
      }),
    );
  });
});
