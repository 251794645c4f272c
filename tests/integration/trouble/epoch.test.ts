// The epoch: a record that was moved or brought back raises it by itself, once, and no reader misses what comes after.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepEpoch } from '../../../db/epoch.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertSmallRecord } from '../../support/small-record.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await insertSmallRecord(api);
});
afterEach(() => api.close());

const seqsAfter = async (cursor: string): Promise<{ seqs: number[]; cursor: string }> => {
  const { body } = await api.call('GET', `/directives/d/events?limit=500${cursor}`);
  const { items, nextCursor } = body as { items: { seq: number }[]; nextCursor: string | null };
  return { seqs: items.map(({ seq }) => seq), cursor: nextCursor ?? '' };
};

/** An event of a transaction number and epoch chosen by the test; the desk's log is not its concern. */
const insertEvent = (seq: number, tx: string): Promise<unknown> =>
  api.pool.query(
    `insert into event (directive, desk, seq, epoch, tx, assignment, type, received, at, data, hash)
     select 'd', 'd', $1, epoch, ${tx}, null, 'closed', now(), now(), '{}', '' from installation`,
    [seq],
  );

describe('the epoch', () => {
  it('stands while the record stays where it is, however often it is asked', async () => {
    const first = await keepEpoch(api.pool);
    expect(first).toMatchObject({ epoch: 1, raised: null });
    expect(await keepEpoch(api.pool)).toEqual(first);
    const { rows } = await api.pool.query<{ cluster: string }>('select cluster from installation');
    expect(rows[0]?.cluster).toMatch(/^\d+\/\d+$/);
  });

  it('is raised once when the record wakes up on another cluster, by however many processes start', async () => {
    await keepEpoch(api.pool);
    await api.pool.query(`update installation set cluster = '7/1'`);
    const all = await Promise.all(Array.from({ length: 5 }, () => keepEpoch(api.pool)));
    expect(all.map(({ epoch }) => epoch)).toEqual([2, 2, 2, 2, 2]);
    expect(all.map(({ raised }) => raised).sort()).toEqual([null, null, null, null, 'other-cluster'].sort());
  });

  it('is raised when the cluster counts from below what the record was written under, and nothing is hidden', async () => {
    await insertEvent(900, `'9000000000000'::xid8`);
    expect((await seqsAfter('')).seqs).not.toContain(900);
    expect(await keepEpoch(api.pool)).toMatchObject({ epoch: 2, raised: 'numbers-behind' });
    expect((await seqsAfter('')).seqs).toContain(900);
    await insertEvent(901, 'pg_current_xact_id()');
    expect((await seqsAfter('')).seqs.slice(-2)).toEqual([900, 901]);
    expect(await keepEpoch(api.pool)).toMatchObject({ epoch: 2, raised: null });
  });

  it('is raised by order, at least to what is asked for', async () => {
    expect(await keepEpoch(api.pool, 7)).toMatchObject({ epoch: 7, raised: 'ordered' });
    expect(await keepEpoch(api.pool, 3)).toMatchObject({ epoch: 8, raised: 'ordered' });
  });
});
