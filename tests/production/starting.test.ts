// Processes that start before what they stand on is there, or on what they cannot use: they wait, or say in a sentence what to do.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../embedded/ports.ts';
import { openLine, type Line } from '../support/cuttable.ts';
import { until } from '../support/installation.ts';
import { startPgBouncer } from '../support/production/pgbouncer.ts';
import {
  becomesReady,
  startProduction,
  statusOf,
  type Production,
} from '../support/production/production.ts';

let production: Production;
let line: Line | null = null;
beforeAll(async () => {
  production = await startProduction({ migrate: false });
}, 120_000);
afterAll(async () => {
  await production.close();
  await line?.close();
}, 60_000);

const timesSaid = (process: { lines: () => readonly { msg: string }[] }, text: string): number =>
  process.lines().filter(({ msg }) => msg === text).length;

describe('a database that is not what it must be', () => {
  it('is told of in a sentence: its schema is older', async () => {
    const api = await production.startApi();
    expect(await api.ended).toBe('1');
    expect(api.lines().at(-1)?.msg).toMatch(
      /^the schema is older than this program, 000001_.*run npm run migrate$/,
    );
    expect(await production.run('migrate').ended).toBe('0');
  });

  it('is told of in a sentence: its schema is newer than the program can work with', async () => {
    await production.pool.query('update installation set least_schema = 999999');
    const worker = production.startWorker();
    expect(await worker.ended).toBe('1');
    expect(worker.lines().at(-1)?.msg).toMatch(/^the schema is newer than this program can work with/);
    await production.pool.query('update installation set least_schema = 0');
  });

  it.each([
    'extra_float_digits',
    'extra_float_digits, options, statement_timeout, lock_timeout, idle_in_transaction_session_timeout',
  ])(
    'is told of in a sentence: PgBouncer in transaction mode stands before it and ignores %s',
    async (ignored) => {
      const folder = path.join(production.dataDir, 'pgbouncer');
      const bouncer = await startPgBouncer(folder, production.postgres.url, ignored);
      const api = await production.startApi({ DATABASE_URL: bouncer.url });
      expect(await api.ended).toBe('1');
      expect(api.lines().at(-1)?.msg).toMatch(/^DATABASE_URL leads to a connection pooler/);
      await bouncer.stop();
    },
  );

  it('is told of in a sentence: a data folder that cannot be written', async () => {
    const file = path.join(production.dataDir, 'file');
    writeFileSync(file, '');
    const api = await production.startApi({ DATA_DIR: path.join(file, 'data') });
    expect(await api.ended).toBe('78');
    expect(api.lines().at(-1)?.msg).toMatch(/^The data folder .*file\/data cannot be written/);
  });
});

describe('API and worker', () => {
  it('wait for PostgreSQL, saying so once, and become ready when it is there', async () => {
    await production.postgres.stop();
    const api = await production.startApi();
    const worker = production.startWorker();
    const migration = production.run('migrate');
    for (const process of [api, worker, migration])
      await until(() => process.hasSaid('PostgreSQL is away: waiting for it'), 'it waits');
    expect(await statusOf(api)).toBeNull();
    await production.postgres.start();
    await becomesReady(api);
    await until(() => worker.hasSaid('worker is polling'), 'the worker polls');
    expect(await migration.ended).toBe('0');
    for (const process of [api, worker, migration])
      expect(timesSaid(process, 'PostgreSQL is away: waiting for it')).toBe(1);
    expect([await api.stop(), await worker.stop()]).toEqual(['0', '0']);
  }, 120_000);

  it('wait for Temporal, saying so once, and become ready when it is there', async () => {
    line = await openLine(production.temporal.address);
    await line.cut();
    const address = { TEMPORAL_ADDRESS: line.address };
    const api = await production.startApi(address, await freePort());
    const worker = production.startWorker(address);
    await until(() => worker.hasSaid('Temporal is away: waiting for it'), 'the worker waits');
    await until(async () => (await statusOf(api)) === 503, 'the API is starting');
    await line.mend();
    await becomesReady(api);
    await until(() => worker.hasSaid('worker is polling'), 'the worker polls');
    expect(timesSaid(worker, 'Temporal is away: waiting for it')).toBe(1);
    expect([await api.stop(), await worker.stop()]).toEqual(['0', '0']);
  }, 120_000);
});
