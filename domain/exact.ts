// Exact decimal sums: numbers carried as whole millionths, so that merging them in any order gives the same digits.
import type { Exact } from './exact-number.ts';

/** Decimals a number may have (api.md §7). */
export const MAX_DECIMALS = 6;
/** Greatest absolute value a number may have (api.md §7). */
export const MAX_ABSOLUTE = 1e12;

const MILLION = 1e6;

/** Up to here x·10⁶ is rounded by less than half a millionth, so `Math.round` finds the decimal that was meant. */
const ROUNDING_IS_SAFE = 2e9;

export const ZERO: Exact = 0;

const isSafe = (whole: number): boolean =>
  whole <= Number.MAX_SAFE_INTEGER && whole >= Number.MIN_SAFE_INTEGER;

function exactOf(whole: bigint): Exact {
  const near = Number(whole);
  return isSafe(near) ? near : whole.toString();
}

export function plus(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (isSafe(sum)) return sum;
  }
  return exactOf(BigInt(a) + BigInt(b));
}

export function times(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (isSafe(product)) return product + 0; // −0 has no JSON form of its own
  }
  return exactOf(BigInt(a) * BigInt(b));
}

/** At most six decimals, read off the shortest decimal that names this double: what the sender wrote. */
export function isPreciseEnough(x: number): boolean {
  if (Number.isInteger(x)) return true;
  if (Math.abs(x) < ROUNDING_IS_SAFE) return Math.round(x * MILLION) / MILLION === x;
  const point = String(x).indexOf('.');
  return point >= 0 && String(x).length - point - 1 <= MAX_DECIMALS;
}

/** A number of a report in millionths; exact for what `isPreciseEnough` let pass. */
export function millionths(x: number): Exact {
  if (Math.abs(x) < ROUNDING_IS_SAFE) return Math.round(x * MILLION) + 0;
  const [whole = '0', decimals = ''] = String(x).split('.');
  return exactOf(BigInt(whole + decimals.padEnd(MAX_DECIMALS, '0')));
}

/** Millionths back to the nearest double. */
export function numberOf(exact: Exact): number {
  if (typeof exact === 'number') return exact / MILLION;
  const digits = exact.replace('-', '').padStart(MAX_DECIMALS + 1, '0');
  const magnitude = Number(`${digits.slice(0, -MAX_DECIMALS)}.${digits.slice(-MAX_DECIMALS)}`);
  return exact.startsWith('-') ? -magnitude : magnitude;
}

/** `dividend ÷ divisor`, rounded half away from zero to a whole number. The divisor is not zero. */
export function quotient(dividend: Exact, divisor: Exact): Exact {
  const [a, b] = [BigInt(dividend), BigInt(divisor)];
  const isNegative = a < 0n !== b < 0n;
  const [magnitude, by] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const rounded = (2n * magnitude + by) / (2n * by);
  return exactOf(isNegative ? -rounded : rounded);
}
