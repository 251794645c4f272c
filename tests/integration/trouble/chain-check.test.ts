// The rolling check of all chains: slice by slice over every desk, and a log that was changed shows in readiness and metrics (law 8).
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWorkerMetrics } from '../../../command/metering/worker-metrics.ts';
import { checkChains, type ChainSlice } from '../../../command/chain-check.ts';
import { verifyDirective } from '../../../reading/verification.ts';
import { makeCheckpoint } from '../../../command/audit/make-checkpoint.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, report, SMALL } from '../../support/play.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const { leavesOf, organisation } = SMALL;

type Longest = { directive: string; desk: string; events: number };

let z: Installation;
let longestLog: Longest = { directive: '', desk: '', events: 0 };
beforeAll(async () => {
  z = await startInstallation({ deskLimit: 5, organisation });
  const p = z.as(EVERYBODY);
  for (const id of ['one', 'two']) {
    await handOut(p, id);
    await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} open`);
    for (const leaf of leavesOf(id)) expect((await report(p, leaf)).status).toBe(200);
    // Closed to the last desk: nothing is written beside the test any more.
    const left = 'select from desk where directive = $1 and not ended';
    await z.until(async () => (await z.pool.query(left, [id])).rowCount === 0, `the desks of ${id} end`);
  }
  const longest = await z.pool.query<Longest>(
    'select directive, desk, count(*)::int as events from event group by 1, 2 order by 3 desc limit 1',
  );
  if (longest.rows[0] !== undefined) longestLog = longest.rows[0];
  const signingKey = generateKeyPairSync('ed25519').privateKey;
  await makeCheckpoint({ pool: z.pool, signingKey }, { actor: null, token: null, address: null });
});
afterAll(() => z.close());

/** So small that it stops within desks as well as between them. */
const SLICE = { events: 7, desks: 3 };

/** A whole pass, whenever the last one was. */
async function pass(slice = SLICE): Promise<{ slices: number; faults: ChainSlice['faults'] }> {
  const faults: ChainSlice['faults'] = [];
  for (let slices = 1; ; slices += 1) {
    const read = await checkChains(z.pool, { slice, passEveryMs: 0 });
    if (read === null) throw new Error('a pass did not begin');
    faults.push(...read.faults);
    if (read.isLast) return { slices, faults };
  }
}

const metricsNamed = async (pattern: RegExp): Promise<string[]> =>
  (await createWorkerMetrics(z.pool).text()).split('\n').filter((line) => pattern.test(line));
const readiness = async (): Promise<unknown> => {
  // A process of its own: each asks only now and then.
  const api = await z.addApi();
  const response = await fetchChecked(`${api.url}/readyz`);
  return response.json();
};

describe('the check of all chains', () => {
  it('has an age only once it has begun', async () => {
    expect(await metricsNamed(/^zhuanban_chain/)).toEqual([
      'zhuanban_chains_broken 0',
      'zhuanban_chain_check_age_seconds Nan',
    ]);
  });

  it('looks over every event, in slices, and finds nothing where nothing was changed', async () => {
    const { rows } = await z.pool.query<{ n: number }>('select count(*) as n from event');
    const { slices, faults } = await pass();
    expect(faults).toEqual([]);
    expect(slices).toBeGreaterThanOrEqual(Math.ceil((rows[0]?.n ?? 0) / SLICE.events));
    expect(await metricsNamed(/^zhuanban_chain_check_age_seconds \d/)).toHaveLength(1);
    expect(await readiness()).not.toHaveProperty('chains');
  });

  it('rests between two passes', async () => {
    expect(await checkChains(z.pool)).toBeNull();
  });

  type Found = Omit<ChainSlice['faults'][number], 'desk' | 'directive'>;
  const chain = (seq: number): Found => ({ seq, what: 'chain', assignment: null });
  const SWAPPED = `update event e set (assignment, type, actor, data, hash) =
           (select o.assignment, o.type, o.actor, o.data, o.hash from event o
             where o.desk = e.desk and o.seq = 5 - e.seq)
     where desk = $1 and seq in (2, 3)`;
  it.each<[string, string, (events: number) => Partial<Found>]>([
    [
      'an event that was changed',
      `update event set data = data || '{"x":1}' where desk = $1 and seq = 3`,
      () => chain(3),
    ],
    ['another actor', `update event set actor = 'P9' where desk = $1 and seq = 2`, () => chain(2)],
    [
      'an event dated back',
      `update event set at = at - interval '1 day' where desk = $1 and seq = 2`,
      () => chain(2),
    ],
    [
      'an event received earlier',
      `update event set received = at - interval '1 day' where desk = $1 and seq = 2`,
      () => chain(2),
    ],
    ['two events that were swapped', SWAPPED, () => chain(2)],
    ['an event that was taken out', 'delete from event where desk = $1 and seq = 2', () => chain(3)],
    [
      'a log that was cut off',
      'delete from event where desk = $1 and seq = (select max(seq) from event where desk = $1)',
      (events) => chain(events),
    ],
    [
      'a head that was changed',
      `update desk set hash = '\\x00' where id = $1`,
      (events) => chain(events + 1),
    ],
    [
      'a log that was cut off and its head with it, for a checkpoint has seen more',
      `with cut as (
         delete from event where desk = $1 and seq > (select max(seq) - 2 from event where desk = $1))
       update desk d set seq = d.seq - 2,
              hash = (select e.hash from event e where e.desk = d.id and e.seq = d.seq - 2)
        where id = $1`,
      (events) => chain(events - 1),
    ],
    [
      'a figure that was changed',
      `update submission set content = jsonb_set(content, '{values,n}', '9999')
        where kind = 'report' and assignment in (select id from assignment where desk = $1)`,
      () => ({ what: 'submission' }),
    ],
    [
      'a report that was removed',
      `delete from submission where kind = 'report' and assignment in (select id from assignment where desk = $1)`,
      () => ({ what: 'submission' }),
    ],
    [
      'a row that was changed',
      `update assignment set phase = 'missing' where id = (select min(id) from assignment where desk = $1)`,
      () => ({ what: 'row' }),
    ],
    [
      'a row that was removed',
      `delete from assignment where id = (select max(id) from assignment where desk = $1)`,
      () => ({ what: 'row' }),
    ],
  ])('finds %s, whatever the size of a slice, until it is put right', async (_what, change, found) => {
    const { desk, directive, events } = longestLog;
    expect(events).toBeGreaterThan(SLICE.events);
    const tables = ['event', 'desk', 'submission', 'assignment'];
    for (const table of tables) await z.pool.query(`create table kept_${table} as select * from ${table}`);
    const { rowCount } = await z.pool.query(change, [desk]);
    expect(rowCount).toBeGreaterThan(0);

    for (const slice of [SLICE, { events: 1, desks: 1 }, { events: 10_000, desks: 1_000 }]) {
      const { faults } = await pass(slice);
      expect(faults).toEqual([expect.objectContaining({ desk, directive, ...found(events) })]);
    }
    expect(await metricsNamed(/^zhuanban_chains_broken/)).toEqual(['zhuanban_chains_broken 1']);
    expect(await readiness()).toMatchObject({ chains: 'broken' });
    expect((await verifyDirective(z.pool, directive)).faults).not.toEqual([]);

    for (const table of tables) {
      if (table !== 'desk') await z.pool.query(`truncate ${table}`);
      else
        await z.pool.query('update desk d set hash = k.hash, seq = k.seq from kept_desk k where d.id = k.id');
      if (table !== 'desk') await z.pool.query(`insert into ${table} select * from kept_${table}`);
      await z.pool.query(`drop table kept_${table}`);
    }
    expect((await pass()).faults).toEqual([]);
    expect(await metricsNamed(/^zhuanban_chains_broken/)).toEqual(['zhuanban_chains_broken 0']);
  });
});
