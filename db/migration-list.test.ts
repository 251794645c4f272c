// Rules that the text of every migration must keep.
import { describe, expect, it } from '@jest/globals';
import { listMigrations } from './migration-list.ts';

/** Released before concurrent migrations were possible. */
const PLAINLY_UNTIL = 11;
const LARGE = 'assignment|event|submission|notification|delivery|verdict|desk';

describe('migrations', () => {
  it('are numbered in their order; an index beside others may share its migration’s number', () => {
    const plain = listMigrations().filter(({ isConcurrent }) => !isConcurrent);
    const numbers = plain.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('build an index of a table that may be large beside all who write', () => {
    for (const { name, number, text, isConcurrent } of listMigrations()) {
      if (number <= PLAINLY_UNTIL || isConcurrent) continue;
      const plain = text.match(new RegExp(`index \\w+ on (${LARGE})\\b`, 'g')) ?? [];
      expect([name, ...plain]).toEqual([name]);
    }
  });

  it('say in a first line of their own what is special about them', () => {
    for (const { text, isBreaking, isConcurrent } of listMigrations()) {
      if (/concurrently/i.test(text)) expect(isConcurrent).toBe(true);
      if (isBreaking || isConcurrent) expect(text.split('\n')[0]).toMatch(/^-- (breaking|concurrently): \w+/);
    }
  });
});
