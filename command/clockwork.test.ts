// When a worker counts as polling.
import { describe, expect, it } from '@jest/globals';
import { isPolled } from './clockwork.ts';

const NOW = 1_795_000_000_000;
const seconds = (ago: number): number => NOW / 1000 - ago;

describe('a task queue', () => {
  it.each([
    ['nobody', [], false],
    ['one who waits in a poll', [{ lastAccessTime: { seconds: seconds(60) } }], true],
    ['one who was killed', [{ lastAccessTime: { seconds: seconds(120) } }], false],
    [
      'one killed and one alive',
      [{ lastAccessTime: { seconds: seconds(120) } }, { lastAccessTime: { seconds: seconds(1) } }],
      true,
    ],
    ['one whose clock is ahead of ours', [{ lastAccessTime: { seconds: seconds(-5) } }], true],
    ['one without a time', [{ lastAccessTime: null }], false],
    [
      'one counted in a long',
      [{ lastAccessTime: { seconds: { toString: () => String(seconds(3)) } } }],
      true,
    ],
  ])('with %s', (_, pollers, polled) => {
    expect(isPolled(pollers, NOW)).toBe(polled);
  });
});
