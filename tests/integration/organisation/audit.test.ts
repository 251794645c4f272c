// Proof of what was done: a log of 10,000 events changed in any way is found, offline by a signed checkpoint too.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDailyCheckpoint } from '../../../command/audit/make-checkpoint.ts';
import { createSecurityLog } from '../../../command/security/security-log.ts';
import { compareCheckpoint } from '../../../reading/audit/checkpoint-file.ts';
import { verifySecurityLog } from '../../../reading/verification.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const EVENTS = 10_000;

type Chain = { chain: string; brokenAt: number | null; what: string | null; events: number; isDone: boolean };
type Page<T> = { items: T[]; nextCursor: string | null };
type Event = { seq: number; type: string; actor: string | null; previous: string; hash: string; at: string };

let api: TestApi;
let folder = '';
beforeAll(async () => {
  api = await startApi();
  folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-audit-'));
  const log = createSecurityLog({ pool: api.pool, now: () => Date.now(), onError: () => undefined });
  const origin = { token: null, address: '10.0.0.1' };
  await Promise.all(
    Array.from({ length: EVENTS }, (_, n) =>
      log.record({ ...origin, actor: `P${n % 7}`, type: 'signedIn', data: { session: String(n) } }),
    ),
  );
  await log.close();
  await api.call('POST', '/organisation/import', {
    body: {
      people: [{ id: 'X', name: '甲' }],
      posts: [{ role: 'auditor', person: 'X' }],
    },
  });
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

const tokenOf = async (person: string): Promise<string> =>
  ((await api.call('POST', '/tokens', { body: { name: 't', person } })).body as { token: string }).token;

/** Follows the cursor to the end; the last word on each chain. */
async function verified(): Promise<{ requests: number; chain: Chain | undefined }> {
  let chain: Chain | undefined;
  let cursor: string | null = null;
  for (let requests = 1; ; requests += 1) {
    const { status, body } = await api.call(
      'GET',
      `/audit/verify${cursor === null ? '' : `?cursor=${cursor}`}`,
    );
    expect(status).toBe(200);
    const page = body as Page<Chain>;
    chain = page.items.find((each) => each.chain === 'installation') ?? chain;
    cursor = page.nextCursor;
    if (cursor === null) return { requests, chain };
  }
}

async function checkpointFile(): Promise<string> {
  const made = await api.call('POST', '/audit/checkpoints', { body: {} });
  expect(made.status).toBe(201);
  const { n } = made.body as { n: number };
  const response = await fetchChecked(`${api.url}/api/v1/audit/checkpoints/${n}`, {
    headers: { authorization: `Bearer ${api.token}` },
  });
  expect(response.status).toBe(200);
  const file = path.join(folder, `checkpoint-${n}.jsonl`);
  writeFileSync(file, await response.text());
  return file;
}

describe('the audit', () => {
  it('is for auditors and administrators alone', async () => {
    const auditor = await tokenOf('X');
    await api.call('POST', '/people', { body: { id: 'Y', name: '乙' } });
    const other = await tokenOf('Y');
    for (const what of ['events', 'verify', 'checkpoints', 'key']) {
      expect((await api.call('GET', `/audit/${what}`, { token: auditor })).status).toBe(200);
      expect((await api.call('GET', `/audit/${what}`, { token: other })).status).toBe(403);
    }
    expect((await api.call('POST', '/audit/checkpoints', { body: {}, token: other })).status).toBe(403);
    expect((await api.call('GET', '/audit/checkpoints/1', { token: other })).status).toBe(403);
  });

  it('searches the log by actor, type and time, newest first, page by page', async () => {
    const of3 = (await api.call('GET', '/audit/events?actor=P3&type=signedIn&limit=100')).body as Page<Event>;
    expect(of3.items).toHaveLength(100);
    expect(of3.items.every(({ actor, type }) => actor === 'P3' && type === 'signedIn')).toBe(true);
    expect(of3.nextCursor).not.toBeNull();
    const next = (await api.call('GET', `/audit/events?actor=P3&limit=100&cursor=${of3.nextCursor}`))
      .body as Page<Event>;
    expect(next.items[0]?.seq).toBeLessThan(of3.items.at(-1)?.seq ?? 0);
    const [newest, second] = ((await api.call('GET', '/audit/events?limit=2')).body as Page<Event>).items;
    expect(newest?.previous).toBe(second?.hash);
    const since = encodeURIComponent(newest?.at ?? '');
    const late = (await api.call('GET', `/audit/events?from=${since}`)).body as Page<Event>;
    expect(late.items.map(({ seq }) => seq)).toContain(newest?.seq);
    const before = (await api.call('GET', '/audit/events?to=2020-01-01T00:00:00Z')).body as Page<Event>;
    expect(before.items).toEqual([]);
    expect((await api.call('GET', '/audit/events?type=nothing')).status).toBe(400);
  });

  it('walks a long log in several requests', async () => {
    const { requests, chain } = await verified();
    expect(requests).toBeGreaterThan(1);
    expect(chain).toMatchObject({ brokenAt: null, isDone: true });
    expect(chain?.events).toBeGreaterThan(EVENTS);
  });

  it.each([
    ['altered', `update security_event set actor = 'P9' where seq = 7000`, 7000],
    ['altered in its address', `update security_event set address = null where seq = 7000`, 7000],
    ['dated back', `update security_event set at = at - interval '1 day' where seq = 7000`, 7000],
    ['removed', 'delete from security_event where seq = 7000', 7001],
    ['swapped with the next', '', 7000],
    [
      'cut off with the last ten',
      'delete from security_event where seq > (select seq - 10 from security_head)',
      null,
    ],
    [
      'cut off with the last ten, and the head with them',
      `with gone as (delete from security_event where seq > (select seq - 10 from security_head))
       update security_head h set seq = h.seq - 10,
              hash = (select e.hash from security_event e where e.seq = h.seq - 10)`,
      null,
    ],
  ])('finds one event of 10,000 that was %s', async (_what, change, place) => {
    const file = await checkpointFile();
    expect(await compareCheckpoint(api.pool, file)).toMatchObject({ faults: [] });
    await api.pool.query('create table kept as select * from security_event');
    await api.pool.query('create table kept_head as select * from security_head');
    if (_what.startsWith('swapped')) {
      await api.pool.query('update security_event set seq = -seq where seq in (7000, 7001)');
      await api.pool.query('update security_event set seq = 14001 + seq where seq < 0');
    } else await api.pool.query(change);

    const broken = { brokenAt: place ?? expect.any(Number), what: 'chain' };
    expect((await verified()).chain).toMatchObject(broken);
    expect((await verifySecurityLog(api.pool)).faults).toHaveLength(1);
    if (_what.startsWith('cut off')) {
      // Nothing of the database is believed: not the checkpoint kept in it either.
      await api.pool.query('create table kept_end as select * from checkpoint_head');
      await api.pool.query('delete from checkpoint_head');
      expect((await compareCheckpoint(api.pool, file)).faults).toHaveLength(1);
      await api.pool.query('insert into checkpoint_head select * from kept_end');
      await api.pool.query('drop table kept_end');
    }

    await api.pool.query('truncate security_event, security_head');
    await api.pool.query('insert into security_event select * from kept');
    await api.pool.query('insert into security_head select * from kept_head');
    await api.pool.query('drop table kept, kept_head');
    expect((await verified()).chain).toMatchObject({ brokenAt: null });
  });
});

describe('a checkpoint', () => {
  it('is refused with one character of it changed, and by another installation', async () => {
    const file = await checkpointFile();
    const whole = readFileSync(file, 'utf8');
    const forged = path.join(folder, 'forged.jsonl');
    for (let at = 0; at < whole.length; at += 7) {
      const other = whole[at] === '1' ? '2' : '1';
      writeFileSync(forged, whole.slice(0, at) + other + whole.slice(at + 1));
      expect((await compareCheckpoint(api.pool, forged)).faults).not.toEqual([]);
    }
  });

  it('is made once a day, whoever made the last', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const daily = (): Promise<number | null> => createDailyCheckpoint(api.pool, () => privateKey)();
    await checkpointFile();
    expect(await daily()).toBeNull();
    await api.pool.query(`update checkpoint set at = at - interval '25 hours'`);
    expect(await daily()).toEqual(expect.any(Number));
    expect(await daily()).toBeNull();
    // With the key of before, so that the next test finds the API's own.
    await checkpointFile();
  });

  it('is listed with the key it was signed with, and keeps only the ends that changed', async () => {
    const { items } = (await api.call('GET', '/audit/checkpoints?limit=2')).body as Page<{
      n: number;
      key: string;
      fingerprint: string;
    }>;
    const key = (await api.call('GET', '/audit/key')).body as {
      key: string;
      fingerprint: string;
      pem: string;
    };
    expect(items[0]).toMatchObject({ key: key.key, fingerprint: key.fingerprint });
    expect(key.pem).toContain('BEGIN PUBLIC KEY');
    const { rows } = await api.pool.query<{ n: number }>('select count(*)::int as n from checkpoint_head');
    // One chain here, and each checkpoint stands in it itself.
    expect(rows[0]?.n).toBe(items[0]?.n);
  });
});
