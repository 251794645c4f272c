// Promises of identity: when two requests are the same, and when they are not.
import { describe, expect, it } from '@jest/globals';
import { commandId, requestHash } from './identity.ts';

describe('commandId', () => {
  it('is the same for the same and differs with actor, key and place', () => {
    const ids = [
      commandId('a', 'k', 0),
      commandId('b', 'k', 0),
      commandId('a', 'l', 0),
      commandId('a', 'k', 1),
    ];
    expect(commandId('a', 'k', 0)).toBe(ids[0]);
    expect(new Set(ids).size).toBe(4);
  });

  it('does not take one actor’s end for another key’s beginning', () => {
    expect(commandId('ab', 'c', 0)).not.toBe(commandId('a', 'bc', 0));
    expect(commandId('a","b', 'c', 0)).not.toBe(commandId('a', 'b","c', 0));
  });
});

describe('requestHash', () => {
  it('differs with method, path and body', () => {
    const hashes = [
      requestHash('POST', '/x', '{}'),
      requestHash('PATCH', '/x', '{}'),
      requestHash('POST', '/y', '{}'),
      requestHash('POST', '/x', '{"a":1}'),
    ];
    expect(new Set(hashes).size).toBe(4);
  });
});
