// Promises of handing in: a misread assignment is read again, and its command is never answered as if it had been done.
import { describe, expect, it } from '@jest/globals';
import type { JudgedCommand, Posted } from '../judge.ts';
import type { ApiDeps, RouteDeps } from '../../api/deps.ts';
import { createHandingIn } from './handing-in.ts';
import type { About, HandingIn } from './handed-in.ts';

const ABOUT: About = {
  actor: { person: 'P1', token: null, madeBy: null },
  command: { verb: 'sign' },
  identity: { key: 'k', index: 0, request: 'r' },
  ifMatch: null,
  receivedMs: 0,
  bytes: 0,
};
const ID = { directive: 'd', id: 'd.i.TF.S' };

/** A door that finds so many commands misread; heads are read from a record in which parts have been handed out since. */
function handingIn(stale: number): { door: HandingIn; posted: Posted[]; reads: { count: number } } {
  const posted: Posted[] = [];
  const reads = { count: 0 };
  const pool = {
    query: () => {
      reads.count += 1;
      const head = { ...ID, desk: 'd', item: 'i', unit: 'S', node: reads.count > 1 };
      return Promise.resolve({ rows: [head] });
    },
  };
  const commands = {
    submit: (each: Posted): Promise<JudgedCommand> => {
      posted.push(each);
      return Promise.resolve(posted.length > stale ? { is: 'forgotten' } : { is: 'stale' });
    },
  };
  const deps = { pool, commands } as unknown as Pick<RouteDeps, 'pool' | 'sources' | 'now' | 'docx'> &
    ApiDeps;
  return { door: createHandingIn(deps), posted, reads };
}

describe('handing in', () => {
  it('reads again what has handed parts out since, with the same id', async () => {
    const { door, posted } = handingIn(1);
    expect(await door.handIn(await door.prepare(ID, ABOUT))).toEqual({ is: 'forgotten' });
    expect(posted.map(({ id, isNode }) => [id, isNode])).toEqual([
      [posted[0]?.id, false],
      [posted[0]?.id, true],
    ]);
  });

  it('fails rather than answer for something that was not done', async () => {
    const { door } = handingIn(Infinity);
    await expect(door.handIn(await door.prepare(ID, ABOUT))).rejects.toThrow('is read as what it is not');
  });

  it('remembers what an assignment is for all who hand in', async () => {
    const { door, reads } = handingIn(0);
    for (let n = 0; n < 3; n += 1) await door.handIn(await door.prepare(ID, ABOUT));
    expect(reads.count).toBe(1);
  });
});
