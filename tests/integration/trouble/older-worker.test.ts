// Rows as a worker of the release before ranks writes them: in a directive that has ranks they get those they were planned with.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { inTransaction } from '../../../db/pool.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, SMALL } from '../../support/play.ts';

let z: Installation;
beforeAll(async () => {
  // Several desks: the rows of one may be an older worker's, those of the next a newer one's.
  z = await startInstallation({ deskLimit: 2, organisation: SMALL.organisation });
  const p = z.as(EVERYBODY);
  await handOut(p, 'd');
  await z.until(async () => (await outcome(p, 'd')).phase === 'open', 'd is open');
});
afterAll(() => z.close());

type Ranked = { id: string; rank: string | null };
const RANKS = `select id, rank from assignment where directive = 'd' order by id`;

/** The rows `which` are written once more without a rank, as that release does, and everything is put back. */
async function writtenAnew(which: string, before = ''): Promise<{ was: Ranked[]; is: Ranked[] }> {
  const back = new Error('put back');
  let result = { was: [] as Ranked[], is: [] as Ranked[] };
  await inTransaction(z.pool, async (tx) => {
    if (before !== '') await tx.query(before);
    const was = (await tx.query<Ranked>(RANKS)).rows;
    await tx.query(`create temporary table kept on commit drop as select * from assignment where ${which}`);
    await tx.query(`delete from assignment where ${which}`);
    await tx.query('update kept set rank = null');
    await tx.query('insert into assignment select * from kept order by level, id');
    result = { was, is: (await tx.query<Ranked>(RANKS)).rows };
    throw back;
  }).catch((error: unknown) => {
    if (error !== back) throw error;
  });
  return result;
}

it.each([
  ['a whole directive', `directive = 'd'`],
  ['its highest desk', `directive = 'd' and desk = 'd'`],
  ['a desk below', `directive = 'd' and desk <> 'd'`],
  ['a single row', `directive = 'd' and parent is not null and not node and id like '%1'`],
])('gives %s the ranks of its plan', async (_what, which) => {
  const { was, is } = await writtenAnew(which);
  expect(was.map(({ rank }) => rank)).not.toContain(null);
  expect(is).toEqual(was);
});

it('puts what no plan knows below its parent', async () => {
  const { is } = await writtenAnew(`directive = 'd' and parent is not null and not node`, `delete from plan`);
  const rankOf = new Map(is.map(({ id, rank }) => [id, rank]));
  const leaves = SMALL.leavesOf('d').map(({ id }) => id);
  for (const id of leaves) {
    const parent = id.slice(0, id.lastIndexOf('.'));
    expect(rankOf.get(id)).toBe(`${rankOf.get(parent) ?? 'none'}${id.slice(parent.length)}`);
  }
});

it('leaves a directive from before there were ranks without any', async () => {
  const forget = `
    with planned as (
      update plan set rows = (select coalesce(jsonb_agg(r - 'rank'), '[]') from jsonb_array_elements(rows) r))
    update assignment set rank = null`;
  const { is } = await writtenAnew(`directive = 'd'`, forget);
  expect(new Set(is.map(({ rank }) => rank))).toEqual(new Set([null]));
});
