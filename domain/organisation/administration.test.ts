// Promises about who may be the last to leave.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toMillis } from '../instant.ts';
import { losesAdministrator } from './administration.ts';
import type { Post } from './organisation.ts';

const NOW = toMillis('2026-11-30T01:00:00Z');
const post = (person: string, more: Partial<Post> = {}): Post => ({ role: 'administrator', person, ...more });
const A = post('A');

describe('a moment that has an administrator', () => {
  it.each<[string, Post[], Post[], boolean]>([
    ['loses its last one', [A], [], true],
    ['loses its last one to another role', [A], [post('A', { role: 'auditor' })], true],
    ['loses its last one to a unit', [A], [post('A', { unit: 'OFFICE', role: 'liaisonA' })], true],
    ['loses its last one at a day to come', [A], [post('A', { to: '2030-01-01' })], true],
    ['loses its last one since yesterday', [A], [post('A', { to: '2026-11-29' })], true],
    ['loses its last one until a day to come', [A], [post('A', { from: '2027-01-01' })], true],
    ['keeps another', [A, post('B')], [post('B')], false],
    ['is not kept by one who left long ago', [A, post('B', { to: '2020-01-01' })], [], true],
    [
      'passes from one to the next without a gap',
      [A],
      [post('A', { to: '2027-01-01' }), post('B', { from: '2027-01-02' })],
      false,
    ],
    ['has a gap of a day', [A], [post('A', { to: '2027-01-01' }), post('B', { from: '2027-01-03' })], true],
    ['passes to another person at once', [A], [post('B')], false],
    ['had none to lose', [post('A', { to: '2020-01-01' })], [], false],
    ['is longer than before', [post('A', { to: '2027-01-01' })], [post('A', { to: '2028-01-01' })], false],
  ])('%s', (_, before, after, lost) => {
    expect(losesAdministrator(before, after, NOW)).toBe(lost);
  });

  it('is never lost by one who comes, and never by nothing', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-12-${String(n).padStart(2, '0')}`);
    const some = fc.record({ from: fc.option(day), to: fc.option(day) }).map((span) => post('A', span));
    fc.assert(
      fc.property(fc.array(some), some, (posts, one) => {
        expect(losesAdministrator(posts, [...posts, one], NOW)).toBe(false);
        expect(losesAdministrator(posts, posts.toReversed(), NOW)).toBe(false);
      }),
    );
  });
});
