// A desk ends with a turn that has seen all it was asked to look at: what is asked meanwhile, or fails, is not lost with it.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DeskActivities } from '../../../activities/contracts.ts';
import { nudge } from '../../../workflows/messages.ts';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, SMALL } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { verdictOf } from '../../support/verdict-words.ts';

/** Done once between a desk's roll-up and its plan. */
const beforePlan = new Map<string, () => Promise<void>>();
/** Desks whose roll-up fails at every attempt. */
const broken = new Set<string>();
const hindered = (real: DeskActivities): DeskActivities => ({
  ...real,
  rollUp: (desk) => (broken.has(desk) ? Promise.reject(new Error('it fails here')) : real.rollUp(desk)),
  plan: async (turn) => {
    const meanwhile = beforePlan.get(turn.desk);
    beforePlan.delete(turn.desk);
    await meanwhile?.();
    return real.plan(turn);
  },
});

let z: Installation;
let p: Caller;
beforeAll(async () => {
  // Without a sentinel: nothing heals what is lost.
  z = await startInstallation({ organisation: SMALL.organisation, activities: hindered });
  p = z.as(EVERYBODY);
});
afterAll(() => z.close());

const nudgeDesk = (desk: string): Promise<void> => z.client.workflow.getHandle(desk).signal(nudge);
const close = async (id: string): Promise<string> => verdictOf(await p.post(`/directives/${id}/close`));
const phaseOf = async (id: string): Promise<string> => (await p.see(id)).phase;

/** All is in below the task force, and the office has given its report back: its desk waits for nothing but its holder. */
async function givenBack(id: string): Promise<string> {
  const top = `${id}.sites.TF`;
  const does = async (place: string, verb: string, body: object = {}): Promise<void> => {
    expect(`${place} ${verb} ${verdictOf(await p.post(`/assignments/${place}/${verb}`, body))}`).toBe(
      `${place} ${verb} 200`,
    );
  };
  await handOut(p, id, { review: 'manual' });
  await z.until(async () => (await phaseOf(id)) === 'open', `${id} is open`);
  for (const leaf of SMALL.leavesOf(id)) {
    await does(leaf.id, 'submit', { values: { n: leaf.n } });
    await does(leaf.id, 'approve');
  }
  for (const node of SMALL.nodesOf(id).filter((each) => each !== top)) {
    await z.until(async () => (await phaseOf(node)) === 'submitted', `the report of ${node} is up`);
    await does(node, 'approve');
  }
  await z.until(async () => (await phaseOf(top)) === 'submitted', `the report of ${top} is up`);
  await does(top, 'return', { reason: '漏项' });
  const quiet = `select from desk where directive = $1 and asked = looked and (id <> $2 or complete)`;
  await z.until(async () => (await z.pool.query(quiet, [id, top])).rowCount === 2, 'all have looked');
  return top;
}

async function allEnds(id: string): Promise<void> {
  const left = 'select id from desk where directive = $1 and not ended';
  await z.until(
    async () => (await z.pool.query(left, [id])).rowCount === 0,
    `the desks of ${id} end`,
    20_000,
  );
  expect(await phaseOf(`${id}.sites.TF`)).toBe('approved');
  expect(await faultsOfRecord(z.pool, id)).toEqual([]);
}

it('is not the turn during which the office closes', async () => {
  const top = await givenBack('meanwhile');
  const closed = new Promise<string>((resolve) => {
    beforePlan.set(top, async () => {
      resolve(await close('meanwhile'));
    });
  });
  await nudgeDesk(top);
  expect(await closed).toBe('200');
  await allEnds('meanwhile');
});

it('is not the turn whose roll-up has failed', async () => {
  const top = await givenBack('failed');
  const planned = new Promise<void>((resolve) => {
    beforePlan.set(top, () => {
      broken.delete(top);
      resolve();
      return Promise.resolve();
    });
  });
  broken.add(top);
  expect(await close('failed')).toBe('200');
  await planned;
  const looked = `select ended from desk where id = $1 and asked = looked and planned_at is distinct from null or ended`;
  await z.until(async () => (await z.pool.query(looked, [top])).rowCount !== 0, 'the turn has ended');
  // In the minute it comes by itself.
  await nudgeDesk(top);
  await allEnds('failed');
});

it('is not the turn in which the row of its node could not be treated', async () => {
  const top = await givenBack('faulty');
  const state = 'update assignment set state = $2 where id = $1 returning state';
  const { rows } = await z.pool.query<{ state: object }>('select state from assignment where id = $1', [top]);
  const planned = new Promise<void>((resolve) => {
    beforePlan.set(top, () => {
      resolve();
      return Promise.resolve();
    });
  });
  await z.pool.query(state, [top, { ...rows[0]?.state, dueAt: 'tomorrow', acknowledgeBy: 'soon' }]);
  expect(await close('faulty')).toBe('200');
  await planned;
  const looked = 'select from desk where id = $1 and asked = looked';
  await z.until(async () => (await z.pool.query(looked, [top])).rowCount === 1, 'the turn has ended');
  const { rows: faults } = await z.pool.query(
    'select fault is not null as is from assignment where id = $1',
    [top],
  );
  expect(faults).toEqual([{ is: true }]);
  await z.pool.query(state, [top, rows[0]?.state]);
  // Both come by themselves: the desk's turn in the minute, the office's in ten.
  await nudgeDesk(top);
  await nudgeDesk('faulty');
  await allEnds('faulty');
});
