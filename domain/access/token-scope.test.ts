import { expect, it } from '@jest/globals';
import { isWithin, wider } from './token-scope.ts';

it('lets every token read, and do nothing of a call that has no scope', () => {
  expect(isWithin(['report'], 'read')).toBe(true);
  expect(isWithin(['read'], 'report')).toBe(false);
  expect(isWithin(['read', 'report', 'command', 'administer'], null)).toBe(false);
});

it('names what a new token would have beyond its maker’s', () => {
  expect(wider(['read', 'report'], ['report'])).toEqual([]);
  expect(wider(['read', 'command', 'administer'], ['report', 'command'])).toEqual(['administer']);
});
