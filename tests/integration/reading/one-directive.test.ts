// Lists of one directive are complete, and do not wait for who writes in another.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, SMALL } from '../../support/play.ts';

const { leavesOf, organisation } = SMALL;
let z: Installation;
let p: Caller;
const open: pg.PoolClient[] = [];

beforeAll(async () => {
  z = await startInstallation({ deskLimit: 5, organisation });
  p = z.as(EVERYBODY);
  for (const id of ['a', 'b']) {
    await handOut(p, id);
    await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} is open`);
  }
});
afterEach(async () => {
  for (const client of open.splice(0)) {
    await client.query('rollback');
    client.release();
  }
});
afterAll(() => z.close());

/** A transaction that has written, with the lock of this desk or with none, and is not over. */
async function writesIn(desk: string | null): Promise<pg.PoolClient> {
  const client = await z.pool.connect();
  open.push(client);
  await client.query('begin');
  await client.query(`set local idle_in_transaction_session_timeout = '60s'`);
  if (desk !== null) await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [desk]);
  await client.query('select pg_current_xact_id()');
  return client;
}

const desksOf = async (directive: string): Promise<string[]> => {
  const { rows } = await z.pool.query<{ id: string }>(
    'select id from desk where directive = $1 order by id',
    [directive],
  );
  return rows.map(({ id }) => id);
};

const acknowledged = async (path: string): Promise<string[]> => {
  const { body } = await p.get(`${path}/events?limit=500`);
  const { items } = body as unknown as { items: { type: string; assignment: string | null }[] };
  return items.flatMap(({ type, assignment }) => (type === 'acknowledged' ? (assignment ?? []) : []));
};

const acknowledge = async (id: string): Promise<void> => {
  expect((await p.post(`/assignments/${id}/acknowledge`, {})).status).toBe(200);
};

describe('the events of one directive', () => {
  it('are shown at once though somebody writes in another', async () => {
    const [first] = leavesOf('b');
    if (!first) throw new Error('a district has a community');
    for (const desk of await desksOf('a')) await writesIn(desk);
    await acknowledge(first.id);
    expect(await acknowledged('/directives/b')).toContain(first.id);
    expect(await acknowledged(`/assignments/${first.id}`)).toEqual([first.id]);
  });

  it('wait for who writes in it, in whatever desk: what is shown is never joined by what comes before', async () => {
    const [, second] = leavesOf('b');
    if (!second) throw new Error('a district has two communities');
    const { rows } = await z.pool.query<{ desk: string }>('select desk from assignment where id = $1', [
      second.id,
    ]);
    const other = (await desksOf('b')).find((desk) => desk !== rows[0]?.desk);
    await writesIn('no desk of any');
    const writer = await writesIn(other ?? '');
    await acknowledge(second.id);
    expect(await acknowledged('/directives/b')).not.toContain(second.id);
    await writer.query('commit');
    expect(await acknowledged('/directives/b')).toContain(second.id);
  });

  it('wait for a writer of which it is not known where it writes', async () => {
    const third = leavesOf('b')[2];
    if (!third) throw new Error('a district has three communities');
    const writer = await writesIn(null);
    await acknowledge(third.id);
    expect(await acknowledged('/directives/b')).not.toContain(third.id);
    await writer.query('commit');
    expect(await acknowledged('/directives/b')).toContain(third.id);
  });
});
