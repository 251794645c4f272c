// Promises of exact sums: no digit is lost or invented, and one value has one form.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Exact } from './exact-number.ts';
import { isPreciseEnough, millionths, numberOf, plus, quotient, times } from './exact.ts';

const LIMIT = 10n ** 18n;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
/** Far beyond doubles, and about the place where they cease to hold every whole number. */
const whole = fc.oneof(
  fc.bigInt({ min: -LIMIT * LIMIT, max: LIMIT * LIMIT }),
  fc.bigInt({ min: -SAFE, max: SAFE }),
);
const exact = (value: bigint): Exact => plus(0, value.toString());

/** Decimals as people write them: up to 12 digits, a point, up to 6 more. */
const written = fc
  .tuple(fc.bigInt({ min: -LIMIT, max: LIMIT }), fc.nat({ max: 6 }))
  .map(([digits, decimals]) => {
    const magnitude = String(digits < 0n ? -digits : digits).padStart(7, '0');
    const cut = magnitude.slice(0, magnitude.length - 6 + decimals);
    const point = cut.length - decimals;
    return `${digits < 0n ? '-' : ''}${cut.slice(0, point)}.${cut.slice(point)}0`;
  });

describe('exact sums', () => {
  it('adds and multiplies like whole numbers of any size', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(BigInt(plus(exact(a), exact(b)))).toBe(a + b);
        expect(BigInt(times(exact(a), exact(b)))).toBe(a * b);
      }),
    );
  });

  it('gives one value one form: a number up to 2⁵³, a string beyond', () => {
    expect(exact(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991);
    expect(exact(9_007_199_254_740_992n)).toBe('9007199254740992');
    expect(plus(9_007_199_254_740_991, 2)).toBe('9007199254740993');
    expect(times(94_906_267, 94_906_267)).toBe('9007199515875289');
    expect(plus('9007199254740992', -1)).toBe(9_007_199_254_740_991);
    expect(Object.is(times(-1, 0), 0)).toBe(true);
    fc.assert(fc.property(whole, (a) => Exact.safeParse(exact(a)).success));
  });

  it('takes every decimal of six places as it was written, up to 10¹²', () => {
    fc.assert(
      fc.property(written, (text) => {
        const x = Number(text);
        expect(isPreciseEnough(x)).toBe(true);
        expect(numberOf(millionths(x))).toBe(x + 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([1e-7, 0.1234567, 1234.0000001, 123_456_789.123_456_7, 5e-324])('finds %p too precise', (x) => {
    expect(isPreciseEnough(x)).toBe(false);
  });

  it('sums decimals without the errors of doubles', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(numberOf(plus(millionths(0.1), millionths(0.2)))).toBe(0.3);
    let sum = millionths(0);
    for (let i = 0; i < 10_000; i += 1) sum = plus(sum, millionths(0.000001));
    expect(numberOf(sum)).toBe(0.01);
  });

  it('rounds a quotient half away from zero', () => {
    expect([
      quotient(5, 2),
      quotient(-5, 2),
      quotient(5, -2),
      quotient(4, 3),
      quotient('1000000000000000000000', 3),
    ]).toEqual([3, -3, -3, 1, '333333333333333333333']);
  });
});
