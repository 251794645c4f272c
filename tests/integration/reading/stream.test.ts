// The stream over HTTP: to whom what is told, in which order, and that nobody who comes back has missed anything.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../../db/pool.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { listen, type EventStream, type Heard } from '../../support/event-stream.ts';
import { insertEvent, insertNotification, insertSmallRecord, tokenOf } from '../../support/small-record.ts';

const DD = 'd.sites.TF.DD';
const DD1 = 'd.sites.TF.DD.DD-1';
const XH = 'd.sites.TF.XH';

let api: TestApi;
const open: EventStream[] = [];
beforeAll(async () => {
  api = await startApi();
  await insertSmallRecord(api);
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => api.close());

async function listenAs(person: string, lastEventId?: string): Promise<EventStream> {
  const stream = await listen(
    api.url,
    await tokenOf(api, person),
    lastEventId === undefined ? {} : { lastEventId },
  );
  open.push(stream);
  return stream;
}
const seqsOf = (heard: readonly Heard[]): number[] =>
  heard.map(({ data }) => Number(String(data['id']).split('#')[1]));
/** Something everybody who sees the directive hears, to know that all before it has been told. */
const mark = (): Promise<number> => insertEvent(api.pool, null, 'amended');
const heardMark = (seq: number) => (heard: readonly Heard[]) => seqsOf(heard).includes(seq);

describe('the stream', () => {
  it('tells each what they may see, from the moment the head has come', async () => {
    const people = ['OFF', 'TF', 'DD', 'DD1', 'DD2', 'XH', 'AUD'];
    const streams = await Promise.all(people.map((person) => listenAs(person)));
    const dd = await insertEvent(api.pool, DD, 'acknowledged');
    const dd1 = await insertEvent(api.pool, DD1, 'submitted');
    const xh = await insertEvent(api.pool, XH, 'acknowledged');
    const end = await mark();
    await Promise.all(streams.map((stream) => stream.until(heardMark(end))));
    const seen: Record<string, number[]> = {};
    streams.forEach(({ heard }, index) => (seen[String(people[index])] = seqsOf(heard)));
    expect(seen).toEqual({
      OFF: [dd, dd1, xh, end],
      TF: [dd, dd1, xh, end],
      DD: [dd, dd1, end],
      DD1: [dd1, end],
      DD2: [end],
      XH: [xh, end],
      AUD: [dd, dd1, xh, end],
    });
    expect(streams[3]?.heard.map(({ event, data }) => [event, data])).toMatchObject([
      ['assignment', { id: `d#${dd1}`, type: 'submitted', directive: 'd', assignment: DD1 }],
      ['directive', { id: `d#${end}`, type: 'amended', directive: 'd', assignment: null }],
    ]);
  });

  it('tells nothing to whom it does not concern', async () => {
    const streams = [await listenAs('NONE'), await listenAs('LIM'), await listenAs('OFF')];
    await insertEvent(api.pool, DD1, 'acknowledged');
    const end = await mark();
    await streams[2]?.until(heardMark(end));
    expect(streams.slice(0, 2).map(({ heard }) => heard)).toEqual([[], []]);
  });

  it('tells one’s own notifications, in one’s language, behind the event they are of', async () => {
    const stream = await listen(api.url, await tokenOf(api, 'DD1'), { headers: { 'accept-language': 'en' } });
    open.push(stream);
    const other = await listenAs('TF');
    await inTransaction(api.pool, async (tx) => {
      await insertNotification(tx, 'DD1', DD1, 'returned', { reason: 'wrong sum' });
      await insertEvent(tx, DD1, 'returned');
    });
    await stream.until((heard) => heard.length === 2);
    await other.until((heard) => heard.length === 1);
    expect(stream.heard.map(({ event }) => event)).toEqual(['assignment', 'notification']);
    expect(stream.heard[1]?.data).toMatchObject({
      type: 'returned',
      assignment: DD1,
      text: 'Returned, please submit again: “志愿者站点”, 一社区; wrong sum',
    });
    expect(other.heard.map(({ event }) => event)).toEqual(['assignment']);
  });

  it('goes on where it was left, wherever that was, without a gap and without telling twice', async () => {
    const first = await listenAs('TF');
    for (let n = 0; n < 5; n += 1) {
      await inTransaction(api.pool, async (tx) => {
        await insertEvent(tx, DD1, 'progressed');
        await insertEvent(tx, XH, 'progressed');
        await insertNotification(tx, 'TF', DD, 'rolledUp');
      });
    }
    await first.until((heard) => heard.length === 15);
    first.close();
    const missed = await mark();
    const told = first.heard.map(({ id }) => id);
    expect(new Set(told).size).toBe(15);
    for (let left = 0; left < 15; left += 1) {
      const again = await listenAs('TF', told[left]);
      await again.until(heardMark(missed));
      expect(again.heard.map(({ id }) => id).slice(0, -1)).toEqual(told.slice(left + 1));
      again.close();
    }
  });

  it('misses nothing that a transaction under way commits late', async () => {
    const before = await listenAs('TF');
    const client = await api.pool.connect();
    try {
      await client.query('begin');
      const late = await insertEvent(client, DD1, 'acknowledged');
      const early = await insertEvent(api.pool, XH, 'acknowledged');
      await pause(900);
      // What is newer waits for what is older: the order never changes.
      expect(before.heard).toEqual([]);
      const during = await listenAs('TF');
      await client.query('commit');
      for (const stream of [before, during]) {
        await stream.until(heardMark(early));
        expect(seqsOf(stream.heard)).toEqual([late, early]);
      }
    } finally {
      client.release();
    }
  });

  it('gives whoever heard nothing an id to resume from', async () => {
    const quiet = await listenAs('NONE');
    for (let tries = 0; quiet.lastId() === '' && tries < 100; tries += 1) await pause(20);
    expect(quiet.lastId()).toMatch(/^b\.1\.\d+$/);
    const seq = await mark();
    const resumed = await listenAs('TF', quiet.lastId());
    await resumed.until(heardMark(seq));
    expect(seqsOf(resumed.heard)).toEqual([seq]);
  });

  it('says when too much was missed, and goes on from there', async () => {
    const start = await listenAs('TF');
    const from = await mark();
    await start.until(heardMark(from));
    await api.pool.query(
      `insert into event (directive, desk, seq, epoch, tx, assignment, type, received, at, data, hash)
       select 'd', 'd', 100000 + n, epoch, pg_current_xact_id(), $1, 'progressed', now(), now(), '{}', ''
         from installation, generate_series(1, 2500) as n`,
      [DD1],
    );
    await start.until((heard) => heard.length === 2501);
    expect(seqsOf(start.heard).slice(1)).toEqual(Array.from({ length: 2500 }, (_, n) => 100_001 + n));
    const resumed = await listenAs('TF', start.heard[0]?.id);
    await resumed.until((heard) => heard.some(({ event }) => event === 'reset'));
    const seq = await mark();
    await resumed.until(heardMark(seq));
    expect(resumed.heard.map(({ event }) => event)).toEqual(['reset', 'directive']);
    const foreign = await listenAs('TF', 'not-one-of-ours');
    await foreign.until((heard) => heard.length === 1);
    expect(foreign.heard[0]?.event).toBe('reset');
  });

  it('is for whoever is signed in', async () => {
    expect((await listen(api.url, null)).status).toBe(401);
    expect((await listen(api.url, 'zbt_nobody')).status).toBe(401);
    const stream = await listenAs('TF');
    expect(stream.status).toBe(200);
  });

  it('keeps one person from opening it without end', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 21; n += 1) statuses.push((await listenAs('XH')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});
