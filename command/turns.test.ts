// Promises of turns: so much of one person is under way, the next is told when to come again, and others are not held up.
import { describe, expect, it } from '@jest/globals';
import { RefusalThrown } from '../domain/refusal-thrown.ts';
import { createTurns } from './turns.ts';

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => (error instanceof RefusalThrown ? error.refusal.code : error));

describe('turns', () => {
  it('are counted by person, and given back however the work ends', async () => {
    const turns = createTurns(2);
    const ends: (() => void)[] = [];
    const held = (person: string): Promise<string> =>
      turns.take(
        person,
        () =>
          new Promise((resolve) =>
            ends.push(() => {
              resolve('done');
            }),
          ),
      );
    const [first, second] = [held('A'), held('A')];
    expect(await codeOf(held('A'))).toBe('TOO_MANY_REQUESTS');
    const other = held('B');
    ends.forEach((end) => {
      end();
    });
    expect(await Promise.all([first, second, other])).toEqual(['done', 'done', 'done']);
    await expect(turns.take('A', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(
      await Promise.all([
        turns.take('A', () => Promise.resolve(1)),
        turns.take('A', () => Promise.resolve(2)),
      ]),
    ).toEqual([1, 2]);
  });
});
