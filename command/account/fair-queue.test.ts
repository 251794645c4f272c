import { describe, expect, it } from '@jest/globals';
import { createFairQueue, QueueFull, type QueuePlace } from './fair-queue.ts';

const waiting = { pair: 3, address: 6, all: 10 };
const at = (address: string, login = 'a', first = false): QueuePlace => ({ address, login, first });

/** A queue of one piece at a time, and pieces that note when they begin; each ends when it is told to. */
function trial(atOnce = 1) {
  const queue = createFairQueue({ atOnce, waiting });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const full: string[] = [];
  const add = (name: string, place: QueuePlace): void => {
    queue(place, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    }).catch((error: unknown) => {
      if (error instanceof QueueFull) full.push(name);
    });
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await turn();
  };
  /** Ends all, in the order they began. */
  const drain = async (): Promise<string[]> => {
    await turn();
    for (let n = 0; n < begun.length; n += 1) await end(begun[n] ?? '');
    return begun;
  };
  return { add, end, drain, begun, full, turn };
}

describe('the queue', () => {
  it('lets addresses take turns: a flood from one delays another by one piece of work', async () => {
    const { add, drain } = trial();
    for (const name of ['x1', 'x2', 'x3', 'x4', 'x5']) add(name, at('X', name));
    add('y1', at('Y'));
    add('z1', at('Z'));
    expect(await drain()).toEqual(['x1', 'x2', 'y1', 'z1', 'x3', 'x4', 'x5']);
  });

  it('lets the logins of one address take turns', async () => {
    const { add, drain } = trial();
    for (const name of ['a1', 'a2', 'a3']) add(name, at('X', 'a'));
    add('b1', at('X', 'b'));
    expect(await drain()).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('does the pieces of one pair one after the other', async () => {
    const { add, begun, turn, end } = trial(4);
    add('a1', at('X', 'a'));
    add('a2', at('X', 'a'));
    add('b1', at('X', 'b'));
    await turn();
    expect(begun).toEqual(['a1', 'b1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1', 'a2']);
  });

  it('lets those go first that are known', async () => {
    const { add, drain } = trial();
    for (const name of ['x1', 'y1', 'z1']) add(name, at(name));
    add('known', at('x1', 'k', true));
    expect(await drain()).toEqual(['x1', 'known', 'y1', 'z1']);
  });

  it('is bounded for a pair, for an address and in all, and those that go first have room of their own', async () => {
    const { add, full, turn } = trial();
    add('under way', at('O'));
    for (let n = 0; n < 4; n += 1) add(`pair ${n}`, at('X', 'a'));
    for (let n = 0; n < 4; n += 1) add(`address ${n}`, at('X', `b${n}`));
    for (let n = 0; n < 5; n += 1) add(`all ${n}`, at(`Y${n}`));
    add('known', at('X', 'a', true));
    await turn();
    expect(full).toEqual(['pair 3', 'address 3', 'all 4']);
  });

  it('goes on after a piece that throws', async () => {
    const queue = createFairQueue({ atOnce: 1, waiting });
    await expect(queue(at('X'), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await queue(at('X'), () => Promise.resolve('done'))).toBe('done');
  });
});
