// Text that PostgreSQL cannot keep is found at any place, in one pass over the body.
import { describe, expect, it } from '@jest/globals';
import { faultOfValue } from '../../domain/unsafe-value.ts';
import { demandSafe } from './body.ts';
import { Refused } from '../errors.ts';

const unsafeText = (value: unknown): string | null => faultOfValue(value)?.path ?? null;

describe('text PostgreSQL cannot keep', () => {
  it('is found with its place, in values and in keys', () => {
    expect(unsafeText({ a: [{ b: 'x' }, { b: 'nul\0' }] })).toBe('a[1].b');
    expect(unsafeText({ rows: { list: [{ '\ud800': 1 }] } })).toBe('rows.list[0]');
    expect(unsafeText('\0')).toBe('');
    expect(unsafeText({ a: ['好', '😀', null, 1, true] })).toBeNull();
  });

  it('is looked for in time that grows with the body alone, however deep it is', () => {
    const depth = 200_000;
    const deep = (end: string): unknown => JSON.parse(`${'['.repeat(depth)}${end}${']'.repeat(depth)}`);
    const since = performance.now();
    expect(unsafeText(deep('"x"'))).toBeNull();
    expect(unsafeText(deep('"\\u0000"'))).toMatch(/^(\[0\]){1,100}…$/);
    expect(performance.now() - since).toBeLessThan(10_000);
  });
});

describe('a key that takes a value’s conversion away', () => {
  it.each(['toString', 'valueOf'])('%s is an unknown field wherever it stands', (key) => {
    expect(faultOfValue({ reason: { length: [{ [key]: 'x', length: -1 }] } })).toEqual({
      path: `reason.length[0].${key}`,
      code: 'UNKNOWN_FIELD',
    });
    expect(faultOfValue({ reason: key })).toBeNull();
  });

  it('makes a body malformed, as other unknown fields do', () => {
    const refusalOf = (value: unknown): unknown => {
      try {
        demandSafe(value);
        return null;
      } catch (error) {
        return error instanceof Refused ? error.refusal.code : error;
      }
    };
    expect(refusalOf({ toString: 'x' })).toBe('MALFORMED');
    expect(refusalOf({ a: '\0' })).toBe('INVALID');
    expect(refusalOf({ a: 'x' })).toBeNull();
  });
});
