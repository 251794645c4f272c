// API_PROCESSES: several processes under one address share the load; one that is killed is replaced, and nobody's command is lost.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../embedded/ports.ts';
import { until } from '../support/installation.ts';
import { createDistrict } from '../support/play.ts';
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
import { faultsOfRecord } from '../support/record-check.ts';

const DISTRICT = createDistrict([4 * SIZE, 4 * SIZE]);

let production: Production;
let api: ApiProcess;
let metricsPort = 0;
let load: Load | null = null;
beforeAll(async () => {
  production = await startProduction();
  metricsPort = await freePort();
  api = await production.startApi({ API_PROCESSES: '2', METRICS_PORT: String(metricsPort) });
  production.startWorker();
  await becomesReady(api);
  await bringIn(production, api, DISTRICT.organisation);
  await issued(production, api, 'd');
}, 120_000);
afterAll(async () => {
  load?.abandon();
  await production.close();
}, 60_000);

/** Process ids below the one that was started. */
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        // After the name in brackets, which may hold spaces: state, then the parent.
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid);
      } catch {
        return false;
      }
    })
    .map(Number);

it(
  'share the load of one address, and one that is killed is replaced',
  async () => {
    const under = startLoad([api.url], {
      token: production.token,
      assignments: DISTRICT.leavesOf('d').map(({ id }) => id),
      underWay: 16 * SIZE,
    });
    load = under;
    const takes = async (commands: number): Promise<void> => {
      const before = under.taken.get(api.url) ?? 0;
      await until(() => (under.taken.get(api.url) ?? 0) >= before + commands, 'commands are taken');
    };
    await takes(50 * SIZE);
    const [first, second] = childrenOf(api.pid);
    expect([first, second]).toEqual([expect.any(Number), expect.any(Number)]);
    const counted = await Promise.all(
      [metricsPort, metricsPort + 1].map(async (port) =>
        (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
      ),
    );
    for (const text of counted)
      expect(Number(/zhuanban_command_batch_size_count (\d+)/.exec(text)?.[1])).toBeGreaterThan(0);
    process.kill(first ?? 0, 'SIGKILL');
    await until(
      () => childrenOf(api.pid).length === 2 && !childrenOf(api.pid).includes(first ?? 0),
      'another',
    );
    await takes(50 * SIZE);
    const keys = await under.stop();
    expect(under.faults).toEqual([]);
    expect(await notOnce(production.pool, keys)).toEqual([]);
    expect(await faultsOfRecord(production.pool, 'd')).toEqual([]);
    measuredAtSize('two API processes under one address, one of them killed', {
      callers: 16 * SIZE,
      commands: keys.length,
      repeated: [...under.refusals.values()].reduce((sum, n) => sum + n, 0),
    });
  },
  120_000 * SIZE,
);

it('all end with the one above them', async () => {
  const children = childrenOf(api.pid);
  expect(await api.stop()).toBe('0');
  expect(await statusOf(api)).toBeNull();
  await until(() => children.every((pid) => !readdirSync('/proc').includes(String(pid))), 'all have ended');
}, 60_000);
