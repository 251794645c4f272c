// Promises of an urge to all: in slices, each urge with an id of its own, and once more with the same ids where it broke off.
import { describe, expect, it } from '@jest/globals';
import type { CommandDoor } from './batch.ts';
import { refusedWith, type Posted } from './judge.ts';
import { refuse } from '../domain/failure.ts';
import { urgeAll } from './urging.ts';

const CALLS = Array.from({ length: 450 }, (_, n) => ({
  id: `d.i.TF.S.${n}`,
  desk: `d.i.TF~${n % 3}`,
  people: [`P${n}`],
}));
const ABOUT = {
  actor: { person: 'S', token: null, madeBy: null },
  directive: 'd',
  of: 'd.i.TF.S',
  note: undefined,
  key: 'k',
  request: 'r',
  requestId: 'q',
  commandIds: [] as string[],
  receivedMs: 0,
};
const TAKEN = { is: 'forgotten' } as const;

/** Takes commands until `until`, and then is away. */
function doorThat(until: number): { door: CommandDoor; posted: Posted[]; most: number } {
  const seen = { posted: [] as Posted[], most: 0, waiting: 0 };
  const door: CommandDoor = {
    submit: async (posted) => {
      seen.waiting += 1;
      seen.most = Math.max(seen.most, seen.waiting);
      await Promise.resolve();
      seen.waiting -= 1;
      if (seen.posted.length >= until) return refusedWith(refuse('UNAVAILABLE'));
      seen.posted.push(posted);
      return posted.assignment.endsWith('.7') ? refusedWith(refuse('ALREADY_SUBMITTED')) : TAKEN;
    },
    drain: () => Promise.resolve(),
    load: () => ({ waiting: seen.waiting, underWay: 0 }),
  };
  return Object.assign(seen, { door });
}

describe('an urge to all', () => {
  it('hands in no more at a time than one batch takes, and counts whom it reached', async () => {
    const seen = doorThat(Infinity);
    expect(await urgeAll(seen.door, ABOUT, CALLS)).toEqual({ assignments: 449, people: 449 });
    expect(seen.most).toBe(200);
    expect(new Set(seen.posted.map(({ id }) => id)).size).toBe(450);
  });

  it('that broke off says so, and repeated is the same urges', async () => {
    const broken = doorThat(250);
    expect(await urgeAll(broken.door, ABOUT, CALLS)).toMatchObject({ code: 'UNAVAILABLE' });
    const again = doorThat(Infinity);
    await urgeAll(again.door, ABOUT, CALLS);
    const ids = (posted: readonly Posted[]): string[] => posted.map(({ id }) => id);
    expect(ids(again.posted).slice(0, 250)).toEqual(ids(broken.posted));
    const other = doorThat(Infinity);
    await urgeAll(other.door, { ...ABOUT, key: 'another' }, CALLS);
    expect(ids(other.posted)[0]).not.toBe(ids(again.posted)[0]);
  });

  it('tells each person where the plan says so', async () => {
    const seen = doorThat(Infinity);
    await urgeAll(seen.door, { ...ABOUT, note: '今天' }, CALLS.slice(0, 1));
    expect(seen.posted).toMatchObject([
      { command: { verb: 'urge', note: '今天' }, called: { of: 'd.i.TF.S', notified: ['P0'] } },
    ]);
  });
});
