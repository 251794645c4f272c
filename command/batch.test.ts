// Promises of the door where it cannot judge: each reason by its own name, and a database that is there is not called away.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Pool } from '../db/pool.ts';
import { createDoor, SHARED_BATCHES, type CommandDoor } from './batch.ts';
import type { JudgedCommand, Posted } from './judge.ts';
import type { Sources } from '../reading/opening.ts';

const POSTED: Posted = {
  id: 'c',
  request: 'r',
  actor: { person: 'P1', token: null, madeBy: null },
  directive: 'd',
  assignment: 'd.i.TF',
  desk: 'd',
  command: { verb: 'acknowledge' },
  receivedMs: 0,
  ifMatch: null,
  findings: { faults: [], digest: '' },
  content: null,
  files: [],
  isNode: false,
  bytes: 0,
};

/** A door with connections that all fail with this error. */
function doorFailing(error: object): { door: CommandDoor; faults: unknown[] } {
  const faults: unknown[] = [];
  const failed = Object.assign(new Error('failed'), error);
  const pool = { connect: () => Promise.reject(failed), query: () => Promise.reject(failed) };
  const door = createDoor({
    pool: pool as unknown as Pool,
    sources: {} as Sources,
    nudge: () => undefined,
    onFault: (_posted, fault) => void faults.push(fault),
  });
  return { door, faults };
}
const codeOf = (outcome: JudgedCommand): string =>
  outcome.is === 'refused' ? outcome.refusal.code : outcome.is;
const answerTo = async (error: object): Promise<string> =>
  codeOf(await doorFailing(error).door.submit(POSTED));

describe('the door', () => {
  it('says that it is full, and of those it took what came of them', async () => {
    const { door } = doorFailing({ code: 'ECONNREFUSED' });
    const answers = Array.from({ length: 20_001 }, () => door.submit(POSTED));
    expect(codeOf((await answers.at(-1)) as JudgedCommand)).toBe('DOOR_FULL');
    expect(codeOf((await answers.at(0)) as JudgedCommand)).toBe('UNAVAILABLE');
    await Promise.all(answers);
  });

  it.each([
    [2, {}],
    [1, { batches: SHARED_BATCHES }],
  ])('has %i transactions under way at once, and no more', async (expected, more) => {
    let begun = 0;
    const connect = (): Promise<never> => {
      begun += 1;
      return new Promise(() => undefined);
    };
    const door = createDoor({
      pool: { connect } as unknown as Pool,
      sources: {} as Sources,
      nudge: () => undefined,
      onFault: () => undefined,
      ...more,
    });
    for (const desk of ['a', 'b', 'c']) {
      void door.submit({ ...POSTED, id: desk, desk });
      await nextTurn();
    }
    expect(begun).toBe(expected);
    expect(door.load()).toEqual({ waiting: 3 - expected, underWay: expected });
  });

  it('says that it is being closed', async () => {
    const { door } = doorFailing({});
    await door.drain();
    expect(codeOf(await door.submit(POSTED))).toBe('STOPPING');
  });

  it.each([
    ['a lock not had in time', { code: '55P03' }],
    ['a deadlock', { code: '40P01' }],
    ['a key judged on another desk at this moment', { code: '23505', constraint: 'verdict_pkey' }],
  ])('tells %s from a database that is away', async (_, error) => {
    expect(await answerTo(error)).toBe('CONTENDED');
  });

  it('calls a database away that is, and a disk full that is', async () => {
    expect(await answerTo({ code: '57P01' })).toBe('UNAVAILABLE');
    expect(await answerTo({ code: '53100' })).toBe('DISK_FULL');
  });

  it('answers what it does not know as our own fault', async () => {
    const { door, faults } = doorFailing({ code: '42703' });
    expect([codeOf(await door.submit(POSTED)), faults.length]).toEqual(['INTERNAL', 1]);
  });
});
