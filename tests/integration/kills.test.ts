// The worker, Temporal and PostgreSQL killed in the middle of a directive: nothing twice, nothing lost.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callerOf, until, type Caller, type Reply } from '../support/installation.ts';
import { startOwnServers, type OwnServers, type WorkerProcess } from '../support/own-servers.ts';
import { createDistrict, EVERYBODY, handOut, outcome, report, rung } from '../support/play.ts';
import { faultsOfRecord } from '../support/record-check.ts';

/** Every street has a desk of its own with sections below it: some thirty desks, so that a kill meets many in work. */
const { leavesOf, nodesOf, organisation, total } = createDistrict([10, 10, 10, 10, 10, 10, 10, 10]);
const DESK_LIMIT = 5;

let servers: OwnServers;
let worker: WorkerProcess;
let p: Caller;
beforeAll(async () => {
  servers = await startOwnServers(organisation, DESK_LIMIT);
  worker = await servers.startWorker();
  p = callerOf(servers.api, EVERYBODY);
});
afterAll(() => servers.close());

const count = async (text: string, values: unknown[]): Promise<number> =>
  (await servers.api.pool.query(text, values)).rowCount ?? 0;

/** A killed worker is missed after ten seconds or so, once for each thing it was doing. */
async function inTime<T>(condition: () => Promise<T | false>, what: string): Promise<T> {
  for (let patience = 0; patience < 2; patience += 1) {
    const held = await until(condition, what).catch(() => false as const);
    if (held !== false) return held;
  }
  return until(condition, what);
}

const comesTo = (id: string, phase: string): Promise<unknown> =>
  inTime(async () => (await outcome(p, id)).phase === phase, `${id} is ${phase}`);

async function open(id: string, policy = {}): Promise<void> {
  await handOut(p, id, { policy });
  await comesTo(id, 'open');
}

async function isSound(id: string): Promise<void> {
  await comesTo(id, 'closed');
  expect(await outcome(p, id)).toEqual({ phase: 'closed', n: total });
  expect(await faultsOfRecord(servers.api.pool, id)).toEqual([]);
  await inTime(
    async () => (await count('select from desk where directive = $1 and not ended', [id])) === 0,
    `the desks of ${id} end`,
  );
}

const ready = async (): Promise<[number, unknown]> => {
  const response = await fetch(`${servers.api.url}/readyz`);
  return [response.status, await response.json()];
};

describe('killed in the middle', () => {
  it('a worker, while it issues, merges and rolls up: another one finishes', async () => {
    const restart = async (): Promise<void> => {
      await worker.kill();
      worker = await servers.startWorker();
    };
    await handOut(p, 'killed');
    await until(
      async () => (await count(`select from desk where directive = 'killed' and issued`, [])) > 2,
      'issuing',
    );
    await restart();
    await comesTo('killed', 'open');
    expect(await count(`select from assignment where directive = 'killed'`, [])).toBe(
      leavesOf('killed').length + nodesOf('killed').length,
    );

    const leaves = leavesOf('killed');
    const first = leaves.slice(0, 45).map((leaf) => report(p, leaf));
    await Promise.race(first);
    await restart();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual(first.map(() => 200));

    await Promise.all(leaves.slice(45).map((leaf) => report(p, leaf)));
    const copies = `select from submission where directive = 'killed' and kind = 'roll-up'`;
    await until(async () => (await count(copies, [])) > 0, 'rolling up');
    await restart();
    await isSound('killed');
  }, 180_000);

  it('Temporal, and started again later: commands and reads go on, and the clockwork catches up once', async () => {
    await open('away', { acknowledgeWithin: 'PT4S', ladder: [rung('PT0S')] });
    await until(async () => (await ready())[0] === 200, 'ready');
    await servers.killTemporal();
    const [first, ...others] = leavesOf('away');
    if (!first) throw new Error('a district has communities');
    expect((await report(p, first)).status).toBe(200);
    expect((await p.get(`/assignments/${first.id}`)).body.phase).toBe('approved');
    await handOut(p, 'meanwhile');
    await until(async () => {
      const [status, body] = await ready();
      expect(status).toBe(200);
      return (body as { temporal: string }).temporal === 'away';
    }, '/readyz says so');
    const due = `select from assignment where directive = 'away' and next_wake > clock_timestamp()
                  and next_wake < clock_timestamp() + interval '10 seconds'`;
    await until(async () => (await count(due, [])) === 0, 'every receipt is overdue');
    expect((await outcome(p, 'meanwhile')).phase).toBe('issuing');
    await servers.startTemporal();

    await comesTo('meanwhile', 'open');
    const climbed = `select from event where directive = 'away' and type = 'escalated'`;
    const owing = others.length + nodesOf('away').length;
    await inTime(async () => (await count(climbed, [])) >= owing, 'all who owe have climbed');
    expect(await count(climbed, [])).toBe(owing);
    await Promise.all([...others, ...leavesOf('meanwhile')].map((leaf) => report(p, leaf)));
    await isSound('away');
    await isSound('meanwhile');
    expect(worker.isAlive()).toBe(true);
  }, 180_000);

  it('Temporal, and its database thrown away: npm run rebuild starts every desk again', async () => {
    await open('rebuilt');
    const leaves = leavesOf('rebuilt');
    await Promise.all(leaves.slice(0, 30).map((leaf) => report(p, leaf)));
    await servers.killTemporal();
    servers.loseTemporal();
    await servers.startTemporal();
    expect(await servers.rebuild()).toBe(0);
    const { rows } = await servers.api.pool.query<{ id: string }>('select id from desk where not ended');
    expect(rows.length).toBeGreaterThan(10);
    for (const { id } of rows) {
      expect((await servers.client.workflow.getHandle(id).describe()).status.name).toBe('RUNNING');
    }
    await Promise.all(leaves.slice(30).map((leaf) => report(p, leaf)));
    await isSound('rebuilt');
  }, 180_000);

  it('PostgreSQL, for a moment: 503 with Retry-After, and afterwards everything goes on', async () => {
    await open('stopped');
    const leaves = leavesOf('stopped');
    await Promise.all(leaves.slice(0, 40).map((leaf) => report(p, leaf)));
    const [next] = leaves.slice(40);
    if (!next) throw new Error('a district has communities');
    await servers.stopPostgres();
    const away: Reply[] = [await report(p, next), await p.get('/directives/stopped')];
    for (const { status, body, headers } of away) {
      expect([status, (body as { code?: string }).code]).toEqual([503, 'UNAVAILABLE']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await until(async () => (await ready())[0] === 503, '/readyz says 503');
    await servers.startPostgres();
    await until(async () => (await ready())[0] === 200, 'ready again');
    const answers = await Promise.all(leaves.slice(40).map((leaf) => report(p, leaf)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await isSound('stopped');
    expect(worker.isAlive()).toBe(true);
  }, 180_000);
});
