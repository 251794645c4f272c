// Two API processes and two workers behind nginx are replaced one after the other under load: nobody is refused.
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/installation.ts';
import { createDistrict } from '../support/play.ts';
import { notOnce, startLoad, type Load } from '../support/production/load.ts';
import { startNginx, type Proxy } from '../support/production/nginx.ts';
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

const DISTRICT = createDistrict([6 * SIZE, 6 * SIZE]);
const DRAIN = { DRAIN_SECONDS: '2' };

let production: Production;
let apis: ApiProcess[] = [];
let workers: ProductionProcess[] = [];
let proxy: Proxy;
let load: Load | null = null;
beforeAll(async () => {
  production = await startProduction();
  apis = [await production.startApi(DRAIN), await production.startApi(DRAIN)];
  workers = [production.startWorker(), production.startWorker()];
  for (const api of apis) await becomesReady(api);
  await bringIn(production, apis[0] as ApiProcess, DISTRICT.organisation);
  await issued(production, apis[0] as ApiProcess, 'd');
  proxy = await startNginx(
    `${production.dataDir}/nginx`,
    apis.map(({ port }) => port),
  );
}, 120_000);
afterAll(async () => {
  load?.abandon();
  await proxy.stop();
  await production.close();
}, 60_000);

const takes = async (under: Load, commands: number): Promise<void> => {
  const before = under.taken.get(proxy.url) ?? 0;
  await until(() => (under.taken.get(proxy.url) ?? 0) >= before + commands, 'commands are taken');
};

describe('a rolling restart behind a proxy', () => {
  it(
    'refuses nothing, and does each command once',
    async () => {
      const under = startLoad([proxy.url], {
        token: production.token,
        assignments: DISTRICT.leavesOf('d').map(({ id }) => id),
        underWay: 20 * SIZE,
      });
      load = under;
      const sinceMs = performance.now();
      await takes(under, 50 * SIZE);
      for (const n of [0, 1]) {
        const old = apis[n] as ApiProcess;
        old.terminate();
        await until(() => old.hasSaid('API is stopping'), 'it is told');
        // Not ready, but still there for whoever has not heard of it: until the listener closes.
        const said = await fetch(`${old.url}/readyz`).then(
          async (response) => [
            response.status,
            response.headers.get('connection'),
            ((await response.json()) as { status: string }).status,
          ],
          () => null,
        );
        if (said !== null) expect(said).toEqual([503, 'close', 'draining']);
        expect(await old.ended).toBe('0');
        apis[n] = await production.startApi(DRAIN, old.port);
        await becomesReady(apis[n]);
        await takes(under, 50 * SIZE);
      }
      for (const n of [0, 1]) {
        expect(await (workers[n] as ProductionProcess).stop()).toBe('0');
        workers[n] = production.startWorker();
        await until(() => workers[n]?.hasSaid('worker is polling'), 'a worker polls again');
        await takes(under, 50 * SIZE);
      }
      const keys = await under.stop();
      expect([...under.refusals]).toEqual([]);
      expect(under.faults).toEqual([]);
      expect(await notOnce(production.pool, keys)).toEqual([]);
      expect(await faultsOfRecord(production.pool, 'd')).toEqual([]);
      const seconds = Math.round((performance.now() - sinceMs) / 1000);
      measuredAtSize('two APIs and two workers replaced behind nginx', {
        callers: 20 * SIZE,
        commands: keys.length,
        refused: [...under.refusals.values()].reduce((sum, n) => sum + n, 0),
        seconds,
      });
    },
    180_000 * SIZE,
  );

  it('answers what was taken, though it comes in more slowly than the drain lasts', async () => {
    const api = await production.startApi();
    await becomesReady(api);
    const [leaf] = DISTRICT.leavesOf('d');
    const slow = request(`${api.url}/api/v1/assignments/${leaf?.id ?? ''}/progress`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${production.token}`,
        expect: '100-continue',
      },
    });
    const answered = once(slow, 'response') as Promise<[IncomingMessage]>;
    slow.flushHeaders();
    await once(slow, 'continue');
    slow.write('{"note":');
    api.terminate();
    await until(async () => (await statusOf(api)) === null, 'the listener is closed');
    slow.end('"在办"}');
    const [response] = await answered;
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(await api.ended).toBe('0');
  }, 60_000);
});
