// The worker lost between the commit of an activity and its completion, every activity at every commit.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { loseCommits } from '../../support/lost-commits.ts';
import { EVERYBODY, handOut, outcome, report, rung, SMALL, type Terms } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const { leavesOf, nodesOf, organisation, total } = SMALL;
const losses = loseCommits();
let z: Installation;
let p: Caller;
beforeAll(async () => {
  // Five to a desk: the streets are sections below the task force's desk.
  z = await startInstallation({
    deskLimit: 5,
    organisation,
    sentinel: { everyMs: 500 },
    activities: losses.activities,
  });
  losses.watch(z.pool);
  p = z.as(EVERYBODY);
});
afterAll(() => z.close());

const RECEIPT = { acknowledgeWithin: 'PT1S', ladder: [rung('PT1S'), rung('PT3S')] };

async function open(id: string, terms: Terms = {}): Promise<void> {
  await handOut(p, id, terms);
  await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} open`);
}

const has = async (text: string, values: unknown[]): Promise<boolean> =>
  (await z.pool.query(text, values)).rowCount !== 0;

async function ended(id: string): Promise<void> {
  await z.until(
    async () => !(await has('select from desk where directive = $1 and not ended', [id])),
    () => `the desks of ${id} end`,
  );
}

/** Approves whatever has come in, the office's own last: by then all desks below have nothing more to look at. */
async function approveAll(id: string): Promise<void> {
  const [last = '', ...rest] = nodesOf(id);
  const approve = (assignment: string): Promise<unknown> =>
    z.until(
      async () => (await p.post(`/assignments/${assignment}/approve`)).status === 200,
      `${assignment} approved`,
    );
  for (const leaf of leavesOf(id)) await approve(leaf.id);
  for (const node of rest) await approve(node);
  const isSubmitted = `select from assignment where id = $1 and phase = 'submitted'`;
  await z.until(() => has(isSubmitted, [last]), `${last} submitted`);
  await z.until(
    async () =>
      !(await has(
        // Long enough for the attempts after the one that looked.
        `select from desk where directive = $1 and (asked <> looked or looked_at > clock_timestamp() - interval '3 seconds')`,
        [id],
      )),
    `${id} is quiet`,
  );
  await approve(last);
}

const reportAll = async (id: string): Promise<void> => {
  for (const leaf of leavesOf(id)) expect((await report(p, leaf)).status).toBe(200);
};

/** All at the same time: most of it is waiting for the next attempt. */
const PLAYS = {
  reported: async () => {
    await open('reported');
    await reportAll('reported');
    await ended('reported');
  },
  late: async () => {
    await open('late', { policy: RECEIPT });
    const all = leavesOf('late').length + nodesOf('late').length;
    const highest = `select from event where directive = 'late' and type = 'escalated' and (data ->> 'rung')::int = 1`;
    await z.until(async () => (await z.pool.query(highest)).rowCount === all, 'all late');
    await reportAll('late');
    await ended('late');
  },
  reviewed: async () => {
    await open('reviewed', { review: 'manual' });
    await reportAll('reviewed');
    await approveAll('reviewed');
    await ended('reviewed');
  },
  cancelled: async () => {
    await open('cancelled');
    expect((await p.post('/directives/cancelled/cancel', { reason: '撤销' })).status).toBe(200);
    await ended('cancelled');
  },
  closed: async () => {
    await open('closed');
    const [first] = leavesOf('closed');
    if (first) await report(p, first);
    expect((await p.post('/directives/closed/close', { note: '到此为止' })).status).toBe(200);
    await ended('closed');
  },
};
type Play = keyof typeof PLAYS;
const NAMES = Object.keys(PLAYS) as Play[];
const played = new Map<string, Promise<void>>();
beforeAll(() => {
  for (const name of NAMES) {
    const play = PLAYS[name]();
    // Seen by the test that awaits it.
    play.catch(() => undefined);
    played.set(name, play);
  }
});

describe('a worker lost between a commit and the end of its activity', () => {
  it.each(NAMES)('leaves a sound record of a directive %s', async (name) => {
    await played.get(name);
    expect(await faultsOfRecord(z.pool, name)).toEqual([]);
  });

  it.each(['reported', 'late', 'reviewed'])(
    'merges a directive %s into the right total and closes it',
    async (name) => {
      expect(await outcome(p, name)).toEqual({ phase: 'closed', n: total });
      const { rows } = await z.pool.query<{ id: string }>(
        `select assignment as id from submission where directive = $1 and kind = 'roll-up' order by 1`,
        [name],
      );
      expect(rows.map(({ id }) => id)).toEqual(nodesOf(name).sort());
    },
  );

  it('escalates every late receipt once a rung', async () => {
    const { rows } = await z.pool.query<{ rung: number; n: number }>(
      `select (data ->> 'rung')::int as rung, count(*)::int as n from event
        where directive = 'late' and type = 'escalated' group by 1 order by 1`,
    );
    const late = leavesOf('late').length + nodesOf('late').length;
    const skipped = await z.pool.query(
      `select from event where directive = 'late' and type = 'escalated' and data -> 'missed' @> '[0]'`,
    );
    expect(rows.map(({ rung: at, n }) => [at, n])).toEqual([
      ...(skipped.rowCount === late ? [] : [[0, late - (skipped.rowCount ?? 0)]]),
      [1, late],
    ]);
  });

  it('carries the office’s cancel and close down to everything', async () => {
    for (const name of ['cancelled', 'closed']) {
      expect((await outcome(p, name)).phase).toBe(name);
      expect(await has('select from assignment where directive = $1 and not settled', [name])).toBe(false);
    }
  });

  it('was lost at every place there is', () => {
    expect([...losses.lost.keys()].sort()).toEqual([
      'cascade after commit 1',
      'cascade at its end',
      'issue after commit 1',
      'issue at its end',
      'plan after commit 1',
      'plan at its end',
      'rollUp after commit 1',
      'rollUp after commit 2',
      'rollUp at its end',
      'wake after commit 1',
      'wake at its end',
    ]);
  });
});
