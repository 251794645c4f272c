// PostgreSQL restarts, stays away, cuts every connection, while two API processes are under load: nobody dies, nothing is lost.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/installation.ts';
import { createDistrict, type District } from '../support/play.ts';
import { notOnce, startLoad, type Load } from '../support/production/load.ts';
import { issued } from '../support/production/play.ts';
import {
  becomesReady,
  bringIn,
  startProduction,
  statusOf,
  type ApiProcess,
  type Production,
} from '../support/production/production.ts';
import { measuredAtSize, SIZE } from '../support/production/size.ts';
import type { ProductionProcess } from '../support/production/process.ts';
import { faultsOfRecord } from '../support/record-check.ts';

/** Longer by `npm run production:long`, the trial whose results stand in docs/production.md. */
const AWAY_MS = Number(process.env.PRODUCTION_AWAY_SECONDS ?? 3) * 1000;
const DISTRICT: District = createDistrict([6 * SIZE, 6 * SIZE]);

let production: Production;
let apis: ApiProcess[] = [];
let workers: ProductionProcess[] = [];
let under: Load | null = null;
beforeAll(async () => {
  production = await startProduction();
  apis = [await production.startApi(), await production.startApi()];
  workers = [production.startWorker(), production.startWorker()];
  for (const api of apis) await becomesReady(api);
  await bringIn(production, apis[0] as ApiProcess, DISTRICT.organisation);
  await issued(production, apis[0] as ApiProcess, 'd');
}, 120_000);
afterAll(async () => {
  under?.abandon();
  await production.close();
}, 60_000);

const beginLoad = (): Load =>
  (under = startLoad(
    apis.map(({ url }) => url),
    { token: production.token, assignments: DISTRICT.leavesOf('d').map(({ id }) => id), underWay: 20 * SIZE },
  ));

/** Each process takes commands again. */
async function goesOn(load: Load, commands = 20): Promise<void> {
  const before = apis.map(({ url }) => load.taken.get(url) ?? 0);
  await until(
    () => apis.every(({ url }, n) => (load.taken.get(url) ?? 0) >= (before[n] ?? 0) + commands),
    () => `both take commands: ${JSON.stringify([...load.taken, ...load.refusals])}`,
  );
}

async function isSound(load: Load): Promise<void> {
  const keys = await load.stop();
  expect(load.faults).toEqual([]);
  expect(await notOnce(production.pool, keys)).toEqual([]);
  expect(await faultsOfRecord(production.pool, 'd')).toEqual([]);
  expect(
    [...apis, ...workers].filter((each) => !each.isAlive()).map((each) => each.lines().slice(-3)),
  ).toEqual([]);
}

describe('PostgreSQL under load from two API processes', () => {
  it(
    'is restarted, stays away and cuts every connection: no process ends, each command is taken once',
    async () => {
      const load = beginLoad();
      await goesOn(load);

      await production.postgres.stop();
      await production.postgres.start();
      await goesOn(load);

      await production.postgres.stop();
      await until(() => (load.refusals.get('503') ?? 0) > 0, 'callers are told to come back');
      await until(async () => (await statusOf(apis[0] as ApiProcess)) === 503, 'not ready');
      await pause(AWAY_MS);
      await production.postgres.start();
      const backMs = performance.now();
      for (const api of apis) await becomesReady(api);
      const readyMs = performance.now() - backMs;
      await goesOn(load, 1);
      const takenMs = performance.now() - backMs;
      await goesOn(load);

      for (let times = 0; times < 20; times += 1) {
        await production.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'zhuanban' and pid <> pg_backend_pid()`,
        );
        await goesOn(load, 5);
      }
      await isSound(load);
      // Not asserted: how long it takes is the machine's.
      measuredAtSize('PostgreSQL restarted, away and every connection ended 20 times', {
        callers: 20 * SIZE,
        commands: [...load.taken.values()].reduce((sum, n) => sum + n, 0),
        'seconds away': AWAY_MS / 1000,
        'ready after ms': Math.round(readyMs),
        'taken by both after ms': Math.round(takenMs),
      });
    },
    120_000 * SIZE,
  );
});
