// Text that nobody can keep is found wherever it stands, in one pass over the body.
import { describe, expect, it } from '@jest/globals';
import { unsafeText } from './body.ts';

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
