import { expect, it } from '@jest/globals';
import { isWithin } from '../domain/access/token-scope.ts';
import { scopeOfCall } from './call-scopes.ts';

it('lets every token read, and each scope do what is its own', () => {
  expect(isWithin(['report'], scopeOfCall('get', '/assignments/{id}'))).toBe(true);
  expect(isWithin(['report'], scopeOfCall('post', '/assignments/{id}/submit'))).toBe(true);
  expect(isWithin(['report'], scopeOfCall('post', '/assignments/{id}/approve'))).toBe(false);
  expect(isWithin(['read'], scopeOfCall('post', '/assignments/{id}/submit'))).toBe(false);
  expect(isWithin(['command'], scopeOfCall('post', '/assignments/{id}/submit'))).toBe(false);
  expect(isWithin(['administer'], scopeOfCall('put', '/policies/{name}'))).toBe(true);
});

it('gives no token a call that has no row', () => {
  expect(scopeOfCall('post', '/unheard-of')).toBeNull();
  expect(scopeOfCall('post', '/assignments/{id}/constructor')).toBeNull();
});
