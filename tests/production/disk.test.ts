// PostgreSQL's disk fills up and is cleared again; and a transaction that stays open is told of by its pid.
import { spawnSync } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { sendTo } from '../support/api.ts';
import { until } from '../support/installation.ts';
import { createDistrict } from '../support/play.ts';
import { issued } from '../support/production/play.ts';
import {
  becomesReady,
  bringIn,
  startProduction,
  type ApiProcess,
  type Production,
} from '../support/production/production.ts';
import type { ProductionProcess } from '../support/production/process.ts';
import { administer, databaseUrl } from '../support/stack.ts';
import { faultsOfRecord } from '../support/record-check.ts';

const DISTRICT = createDistrict([3, 2]);
/** Room for a fresh database and little more. */
const DISK_MB = 64;

const mount = (folder: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder]).status === 0;
/** A disk of its own is what can be filled; without the right to mount one (no root) that test is skipped, and says so. */
const CAN_MOUNT = ((): boolean => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-disk-'));
  const mounted = mount(folder);
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return mounted;
})();

let production: Production;
let api: ApiProcess;
let worker: ProductionProcess;
let disk = '';
beforeAll(async () => {
  production = await startProduction();
  disk = path.join(production.dataDir, 'disk');
  mkdirSync(disk);
  if (CAN_MOUNT) expect(mount(disk)).toBe(true);
  if (process.getuid?.() === 0) chownSync(disk, 65_534, 65_534);
  const server = databaseUrl(production.postgres.url, 'postgres');
  await administer(server, `create tablespace small location '${disk}'`);
  await production.pool.end();
  await administer(server, `create database small template zhuanban tablespace small`);
  production.use(databaseUrl(server, 'small'));
  api = await production.startApi();
  worker = production.startWorker();
  await becomesReady(api);
  await bringIn(production, api, DISTRICT.organisation);
  await issued(production, api, 'd');
}, 120_000);
afterAll(async () => {
  await production.stopProcesses();
  await production.postgres.stop();
  if (CAN_MOUNT) spawnSync('umount', [disk]);
  await production.close();
}, 60_000);

const readiness = async (): Promise<{ status: number; postgres: unknown }> => {
  const response = await fetch(`${api.url}/readyz`);
  return { status: response.status, postgres: ((await response.json()) as { postgres: string }).postgres };
};

describe('a full disk', () => {
  const onItsOwnDisk = CAN_MOUNT ? it : it.skip;
  onItsOwnDisk(
    'is 503 for who writes, shows in readiness, and heals by itself',
    async () => {
      const filler = path.join(disk, 'filler');
      const file = openSync(filler, 'w');
      for (const block of [1 << 20, 1 << 12]) {
        try {
          for (;;) writeSync(file, Buffer.alloc(block));
        } catch {
          // No room for another block of this size.
        }
      }
      closeSync(file);
      const [leaf] = DISTRICT.leavesOf('d');
      const progress = () =>
        sendTo(
          api.url,
          'POST',
          `/assignments/${leaf?.id ?? ''}/progress`,
          { body: { note: '在办'.repeat(400) }, headers: { 'accept-language': 'en' } },
          production.token,
        );
      const refused = await until(async () => {
        const answer = await progress();
        return answer.status === 200 ? null : answer;
      }, 'the disk is full');
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
      expect(refused.body).toMatchObject({ code: 'DISK_FULL' });
      expect(await readiness()).toEqual({ status: 200, postgres: 'full' });
      expect((await production.ask(api, 'GET', '/directives/d')).status).toBe(200);

      rmSync(filler);
      await until(async () => (await readiness()).postgres === 'up', 'there is room');
      expect((await progress()).status).toBe(200);
      expect([api.isAlive(), worker.isAlive()]).toEqual([true, true]);
      expect(await faultsOfRecord(production.pool, 'd')).toEqual([]);
    },
    120_000,
  );
});

describe('an open transaction', () => {
  it('is told of with its pid once it has lasted, and measured', async () => {
    const client = new pg.Client({ connectionString: production.postgres.url });
    await client.connect();
    await client.query('set idle_in_transaction_session_timeout = 0');
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const line = await until(
      () => worker.lines().find(({ msg }) => msg.startsWith('a transaction is open')),
      'it is told',
      60_000,
    );
    expect(line.pid).toBe(rows[0]?.pid);
    expect(line.seconds).toBeGreaterThanOrEqual(30);
    const metrics = await fetch(`${api.url}/metrics`, {
      headers: { authorization: `Bearer ${production.administrator}` },
    }).then((response) => response.text());
    expect(Number(/^zhuanban_oldest_transaction_seconds (\S+)/m.exec(metrics)?.[1])).toBeGreaterThanOrEqual(
      30,
    );
    await client.query('rollback');
    await client.end();
  }, 120_000);
});
