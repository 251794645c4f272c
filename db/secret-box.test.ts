import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createSecretBox, isSealed, NoSecretKey } from './secret-box.ts';

const [first, second] = [randomBytes(32), randomBytes(32)];
const box = createSecretBox(() => [first]);
const PLACE = 'endpoint/one/url';

describe('a sealed secret', () => {
  it('opens at its place, and shows nothing of itself', () => {
    const sealed = box.seal('https://群.example/?key=0123456789abcdef', PLACE);
    expect(sealed).not.toContain('0123456789abcdef');
    expect(isSealed(sealed)).toBe(true);
    expect(box.open(sealed, PLACE)).toBe('https://群.example/?key=0123456789abcdef');
    expect(box.seal('the same', PLACE)).not.toBe(box.seal('the same', PLACE));
  });

  it('does not open at another place, altered by one character, or with another key', () => {
    const sealed = box.seal('secret', PLACE);
    expect(box.open(sealed, 'endpoint/two/url')).toBeNull();
    const at = sealed.length - 5;
    const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(box.open(altered, PLACE)).toBeNull();
    expect(createSecretBox(() => [second]).open(sealed, PLACE)).toBeNull();
    expect(box.open('sealed:1:', PLACE)).toBeNull();
  });

  it('opens with any key of the list and is outdated unless the first has sealed it', () => {
    const old = box.seal('secret', PLACE);
    const turned = createSecretBox(() => [second, first]);
    expect(turned.open(old, PLACE)).toBe('secret');
    expect([turned.isOutdated(old), turned.isOutdated('in the clear')]).toEqual([true, true]);
    expect(turned.isOutdated(turned.seal('secret', PLACE))).toBe(false);
  });

  it('is not what a row of before holds: that opens as it is', () => {
    expect(box.open('https://clear.example/', PLACE)).toBe('https://clear.example/');
  });
});

it('seals nothing without a key', () => {
  const none = createSecretBox(() => []);
  expect(() => none.seal('secret', PLACE)).toThrow(NoSecretKey);
  expect(none.isOutdated('in the clear')).toBe(false);
});
