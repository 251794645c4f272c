// A process nudges a bounded number of desks at the same time; a nudge that finds no room is left to the sentinel.
import { describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import type { Pool } from '../db/pool.ts';
import { createNudger } from './nudge.ts';

const row = (id: string) => ({
  id,
  directive: 'd',
  kind: 'unit' as const,
  node: null,
  issued: true,
  nudges: 0,
});
const desks = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `d~${from + n}`);

describe('the nudger', () => {
  it('has room for 50 desks, and again when they are done', async () => {
    const nudged: string[] = [];
    const waiting: (() => void)[] = [];
    const pool = {
      query: ({ values: [ids] }: { values: [string[]] }) => Promise.resolve({ rows: ids.map(row) }),
    } as unknown as Pool;
    const client = {
      withDeadline: (_: number, work: () => Promise<void>) => work(),
      workflow: {
        signalWithStart: (_: string, { workflowId }: { workflowId: string }) => {
          nudged.push(workflowId);
          return new Promise<void>((resolve) => waiting.push(resolve));
        },
      },
    } as unknown as Client;
    const nudger = createNudger({ pool, client, taskQueue: 'q', onFailure: () => undefined });

    nudger.nudge(desks(0, 30));
    nudger.nudge(desks(30, 30));
    nudger.nudge(desks(60, 30));
    await new Promise(setImmediate);
    expect(nudged).toEqual(desks(0, 50));

    for (const done of waiting.splice(0)) done();
    await nudger.idle();
    nudger.nudge(desks(90, 1));
    await new Promise(setImmediate);
    expect(nudged.at(-1)).toBe('d~90');
    for (const done of waiting) done();
    await nudger.idle();
  });
});
