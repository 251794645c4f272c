// The queue behind the door, without a database: commands that go together, go alone, or wait for their desk.
import { describe, expect, it } from '@jest/globals';
import type { Posted } from './judge.ts';
import { WaitingCommands, type WaitingCommand } from './waiting-commands.ts';

const waiting = (desk: string, id: string, more: object = {}): WaitingCommand => ({
  posted: {
    id,
    desk,
    bytes: 100,
    isNode: false,
    command: { verb: 'acknowledge' },
    ...more,
  } as unknown as Posted,
  resolve: () => undefined,
  passes: 0,
});
const decompose = { command: { verb: 'decompose' } };
const idsOf = (batch: readonly WaitingCommand[]): string[] => batch.map(({ posted }) => posted.id);

function queueOf(...all: WaitingCommand[]): WaitingCommands {
  const queue = new WaitingCommands();
  for (const each of all) queue.add(each);
  return queue;
}

describe('commands that wait', () => {
  it('go together over all free desks, in order of receipt', () => {
    const queue = queueOf(waiting('A', '1'), waiting('B', '2'), waiting('A', '3'));
    expect(idsOf(queue.takeFree())).toEqual(['1', '2', '3']);
    expect(queue.size).toBe(0);
  });

  it('stay while their desk is busy, and behind one of their desk that goes alone', () => {
    const queue = queueOf(
      waiting('A', '1'),
      waiting('B', '2', decompose),
      waiting('B', '3'),
      waiting('C', '4'),
    );
    queue.hold(['A']);
    expect(idsOf(queue.takeFree())).toEqual(['4']);
    queue.letGo(['A']);
    expect(idsOf(queue.takeFree())).toEqual(['1']);
    expect(queue.takeFree()).toEqual([]);
    expect(queue.nextToWait()).toMatchObject({ alone: { posted: { id: '2' } } });
    expect(idsOf(queue.takeFree())).toEqual(['3']);
  });

  it('that found their desk taken wait for it by itself, with all that has come by then, the first first', () => {
    const queue = queueOf(waiting('A', '1'), waiting('B', '2'));
    const [first] = queue.takeFree();
    queue.add(waiting('A', '3'));
    queue.putBack(first === undefined ? [] : [first]);
    queue.add(waiting('B', '4'));
    expect(idsOf(queue.takeFree())).toEqual(['4']);
    expect(queue.nextToWait()).toEqual({ desk: 'A' });
    queue.hold(['A']);
    expect(queue.nextToWait()).toBeNull();
    queue.add(waiting('A', '5'));
    expect(idsOf(queue.takeOf('A'))).toEqual(['1', '3', '5']);
    queue.letGo(['A']);
    queue.add(waiting('A', '6'));
    expect(queue.takeFree()).toEqual([]);
    queue.isFreeAgain('A');
    expect(idsOf(queue.takeFree())).toEqual(['6']);
  });

  it('are 200 at the most in one transaction, and 4 MB', () => {
    const many = queueOf(...Array.from({ length: 450 }, (_, n) => waiting(`D${n % 7}`, String(n))));
    expect([many.takeFree().length, many.takeFree().length, many.takeFree().length]).toEqual([200, 200, 50]);
    const wide = { bytes: 3 * 1024 * 1024 };
    const large = queueOf(waiting('A', '1', wide), waiting('B', '2', wide), waiting('C', '3'));
    expect(idsOf(large.takeFree())).toEqual(['1', '3']);
    expect(idsOf(large.takeFree())).toEqual(['2']);
  });

  it('of a desk that cannot be had are all told', () => {
    const queue = queueOf(waiting('A', '1'), waiting('B', '2'), waiting('A', '3', decompose));
    expect(idsOf(queue.takeAll('A'))).toEqual(['1', '3']);
    expect(idsOf(queue.takeFree())).toEqual(['2']);
  });
});
