// Promises of threads with bounds: too large a task ends by itself, the queue is bounded, and nothing else is
// disturbed.
import { describe, expect, it, jest } from '@jest/globals';
import type { Told } from '../../tests/support/odd-thread.ts';
import { createThreads, OutOfBounds, type Threads } from './bounded-threads.ts';
import type { Bounds } from './kinds-of-work.ts';
import { createThreadBudget, ThreadsFull } from './thread-budget.ts';

const SCRIPT = new URL('../../tests/support/odd-thread.ts', import.meta.url);
const BOUNDS: Bounds = { heapMb: 64, timeMs: 20_000, isLong: false, waiting: 1, keptMs: 0 };

const threads = (bounds: Partial<Bounds> = {}): Threads<Told, number> =>
  createThreads(createThreadBudget({ memoryMb: 1_024, places: 1 }), SCRIPT, { ...BOUNDS, ...bounds });
const told = (what: Told) => (): Told => what;

// A busy machine starts threads slowly.
jest.setTimeout(60_000);

describe('a thread with bounds', () => {
  it('is ended where it takes too long or too much, and the next task has another', async () => {
    const bounded = threads({ timeMs: 2_000, heapMb: 16 });
    await expect(bounded.run(told('run on'))).rejects.toThrow(OutOfBounds);
    await expect(bounded.run(told('grow'))).rejects.toThrow(OutOfBounds);
    await expect(threads().run(told('count'))).resolves.toBe(1);
  });

  it('tells what it throws, and that it has left without an answer', async () => {
    const bounded = threads();
    await expect(bounded.run(told('throw'))).rejects.toThrow('as told');
    await expect(bounded.run(told('leave'))).rejects.toThrow('ended without an answer: odd-thread.ts');
    await expect(bounded.run(told('count'))).resolves.toBe(1);
  });

  it('is kept for the next task where that is wished, else each task has its own', async () => {
    const kept = threads({ keptMs: 10_000 });
    expect([await kept.run(told('count')), await kept.run(told('count'))]).toEqual([1, 2]);
    const fresh = threads();
    expect([await fresh.run(told('count')), await fresh.run(told('count'))]).toEqual([1, 1]);
  });

  it('does one at once, makes the next only in its turn, and sends the third away to come again', async () => {
    const bounded = threads();
    const made: string[] = [];
    const make = (name: string) => (): Told => {
      made.push(name);
      return 'count';
    };
    const [first, second] = [bounded.run(make('first')), bounded.run(make('second'))];
    await expect(bounded.run(make('third'))).rejects.toThrow(ThreadsFull);
    await first;
    await second;
    expect(made).toEqual(['first', 'second']);
  });
});
