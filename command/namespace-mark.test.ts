// The rule of which installation a namespace belongs to, over every pair of marks.
import { describe, expect, it } from '@jest/globals';
import { isOursToUse } from './namespace-mark.ts';

const mark = (installation: string, epoch: number) => ({ installation, epoch });

describe('a namespace', () => {
  it.each([
    ['nobody has marked', mark('a', 1), null, true],
    ['we marked ourselves', mark('a', 1), mark('a', 1), true],
    ['we marked before our record was brought back', mark('a', 2), mark('a', 1), true],
    ['a later copy of our record has taken', mark('a', 1), mark('a', 2), false],
    ['another installation marked', mark('a', 9), mark('b', 1), false],
  ])('that %s', (_, ours, theirs, isOurs) => {
    expect(isOursToUse(ours, theirs)).toBe(isOurs);
  });
});
