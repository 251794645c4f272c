// API and worker under a scraper: what the dashboard names of Temporal's SDK is there, and every line of a log is JSON.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../embedded/ports.ts';
import { until } from '../support/installation.ts';
import { createDistrict } from '../support/play.ts';
import { issued } from '../support/production/play.ts';
import type { ProductionProcess } from '../support/production/process.ts';
import {
  becomesReady,
  bringIn,
  startProduction,
  type ApiProcess,
  type Production,
} from '../support/production/production.ts';

const DISTRICT = createDistrict([2, 2]);

let production: Production;
let api: ApiProcess;
let worker: ProductionProcess;
const ports = { api: 0, worker: 0, temporal: 0 };
beforeAll(async () => {
  production = await startProduction();
  for (const process of ['api', 'worker', 'temporal'] as const) ports[process] = await freePort();
  api = await production.startApi({ METRICS_PORT: String(ports.api), LOG_LEVEL: 'debug' });
  worker = production.startWorker({
    METRICS_PORT: String(ports.worker),
    TEMPORAL_METRICS_PORT: String(ports.temporal),
  });
  await becomesReady(api);
  await bringIn(production, api, DISTRICT.organisation);
  await issued(production, api, 'd');
}, 120_000);
afterAll(() => production.close(), 60_000);

const scraped = async (port: number): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

it('are scraped from API, worker and the SDK', async () => {
  expect(await scraped(ports.api)).toMatch(/^zhuanban_pool_connections_max\{pool="door"\} 4/m);
  await until(
    async () =>
      /^zhuanban_sentinel_round_seconds_count\{result="made"\} [1-9]/m.test(await scraped(ports.worker)),
    'a round is counted',
  );
  const ofWorker = await scraped(ports.worker);
  expect(ofWorker).toMatch(/^zhuanban_activity_seconds_count\{activity="issue"\} [1-9]/m);
  expect(ofWorker).toMatch(/^zhuanban_clockwork_lock_wait_seconds_count [1-9]/m);
  expect(ofWorker).toMatch(/^zhuanban_desks_behind \d/m);
  await until(async () => {
    const text = await scraped(ports.temporal);
    return /^temporal_worker_task_slots_available\{/m.test(text) && /^temporal_request_total\{/m.test(text);
  }, 'what the dashboard names of Temporal is there');
});

it('has the story of a command under its request id', async () => {
  const leaf = DISTRICT.leavesOf('d')[0]?.id ?? '';
  const response = await fetch(`${api.url}/api/v1/assignments/${leaf}/acknowledge`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${production.token}`,
      'content-type': 'application/json',
      'x-request-id': 'story-1',
    },
    body: '{}',
  });
  expect(response.status).toBe(200);
  const outdated = await fetch(`${api.url}/api/v1/assignments/${leaf}/acknowledge`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${production.token}`,
      'content-type': 'application/json',
      'if-match': '"999"',
    },
    body: '{}',
  });
  const { code, requestId: refusedId } = (await outdated.json()) as { code: string; requestId: string };
  const counted = (await scraped(ports.api)).split('\n');
  for (const line of [
    'zhuanban_commands_total{outcome="accepted"} 1',
    'zhuanban_commands_total{outcome="refused"} 1',
    `zhuanban_commands_refused_total{code="${code}"} 1`,
    'zhuanban_commands_waiting 0',
    'zhuanban_commands_under_way 0',
  ])
    expect(counted).toContain(line);
  const lineOf = (isIt: (line: Record<string, unknown>) => boolean): Record<string, unknown> | undefined =>
    api.lines().find(isIt);
  await until(
    () => lineOf(({ requestId }) => requestId === 'story-1') !== undefined,
    'the request is logged',
  );
  await until(
    () => lineOf(({ requestId }) => requestId === refusedId) !== undefined,
    'so is the refused one',
  );
  expect(lineOf(({ requestId }) => requestId === refusedId)).toMatchObject({ status: outdated.status, code });
  const line = lineOf(({ requestId }) => requestId === 'story-1');
  expect(line).toMatchObject({ level: 'info', status: 200, command: expect.any(String) });
  const batch = lineOf(({ requests }) => Array.isArray(requests) && requests.includes('story-1'));
  expect(batch).toMatchObject({ level: 'debug', ids: expect.arrayContaining([line?.command]) });
  const { rows } = await production.pool.query(
    'select type from event where command_id = left($1, 32)::uuid',
    [line?.command],
  );
  expect(rows).toEqual([{ type: 'acknowledged' }]);
});

it('finds in every line of a log an object with its level in words', async () => {
  await production.postgres.stop();
  await until(() => api.hasSaid('a connection to PostgreSQL broke'), 'something goes wrong');
  await production.postgres.start();
  const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  const odd = [...api.lines(), ...worker.lines()].filter(({ level = '' }) => !LEVELS.includes(level));
  expect(odd).toEqual([]);
});
