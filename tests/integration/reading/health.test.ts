// Health, readiness and metrics over HTTP, and the real Temporal's word on who polls.
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { createMetrics } from '../../../command/metering/api-metrics.ts';
import { metricsListener } from '../../../command/metering/metrics-server.ts';
import { watchClockwork, type ClockworkState } from '../../../command/clockwork.ts';
import { refuse } from '../../../domain/failure.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertSmallRecord, tokenOf } from '../../support/small-record.ts';
import { createNamespace } from '../../support/stack.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const log = pino({ level: 'silent' });
let api: TestApi;
let clockwork: ClockworkState = { temporal: 'away', worker: 'none' };
let polled = false;
beforeAll(async () => {
  const hasPolled = (): boolean => (polled ||= clockwork.worker === 'polling');
  api = await startApi({ clockwork: { state: () => clockwork, hasPolled } });
  await insertSmallRecord(api);
});
afterAll(() => api.close());

const get = (path: string, token?: string): Promise<Response> =>
  fetchChecked(`${api.url}${path}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
const ready = async (): Promise<unknown[]> => {
  const response = await get('/readyz');
  return [response.status, await response.json()];
};

describe('readiness', () => {
  it('waits for everything at first, and then only for PostgreSQL', async () => {
    expect([(await get('/healthz')).status, (await get('/healthz')).headers.get('cache-control')]).toEqual([
      200,
      'no-store',
    ]);
    expect(await ready()).toEqual([
      503,
      { status: 'starting', postgres: 'up', temporal: 'away', worker: 'none' },
    ]);
    clockwork = { temporal: 'up', worker: 'none' };
    expect(await ready()).toEqual([
      503,
      { status: 'starting', postgres: 'up', temporal: 'up', worker: 'none' },
    ]);
    clockwork = { temporal: 'up', worker: 'polling' };
    expect(await ready()).toEqual([
      200,
      { status: 'ready', postgres: 'up', temporal: 'up', worker: 'polling' },
    ]);
    clockwork = { temporal: 'away', worker: 'none' };
    expect(await ready()).toEqual([
      200,
      { status: 'ready', postgres: 'up', temporal: 'away', worker: 'none' },
    ]);
  });

  it('says so when PostgreSQL is away', async () => {
    const away = await startApi();
    try {
      Object.assign(away.pool, { query: () => Promise.reject(new Error('Connection terminated')) });
      const response = await fetchChecked(`${away.url}/readyz`);
      expect([response.status, await response.json()]).toEqual([
        503,
        { status: 'away', postgres: 'away', temporal: 'up', worker: 'polling' },
      ]);
      expect((await fetchChecked(`${away.url}/healthz`)).status).toBe(200);
    } finally {
      await away.close();
    }
  });
});

describe('the clockwork', () => {
  it('is up when Temporal answers, and has a worker only when one polls', async () => {
    const namespace = await createNamespace();
    const client = new Client({ connection: namespace.connection, namespace: namespace.namespace });
    const mark = { installation: 'test', epoch: 1 };
    const about = {
      taskQueue: 'nobody-polls',
      temporal: { address: namespace.address, namespace: namespace.namespace, apiKey: null, tls: null },
      mark,
    };
    const watch = watchClockwork(client, about, log);
    expect(watch.state()).toEqual({ temporal: 'away', worker: 'none' });
    for (let tries = 0; watch.state().temporal === 'away' && tries < 100; tries += 1) await pause(20);
    expect(watch.state()).toEqual({ temporal: 'up', worker: 'none' });
    // A long poll without a worker: what Temporal calls a poller.
    const poll = { namespace: namespace.namespace, taskQueue: { name: 'nobody-polls' }, identity: 'test' };
    const polls = Promise.allSettled([
      client.withDeadline(Date.now() + 4000, () => client.workflowService.pollWorkflowTaskQueue(poll)),
      client.withDeadline(Date.now() + 4000, () => client.workflowService.pollActivityTaskQueue(poll)),
    ]);
    for (let tries = 0; watch.state().worker === 'none' && tries < 150; tries += 1) await pause(20);
    expect(watch.state()).toEqual({ temporal: 'up', worker: 'polling' });
    await watch.stop();
    await polls;
    await namespace.close();
  });
});

describe('metrics', () => {
  it('are the administrator’s on the main port', async () => {
    expect((await get('/metrics')).status).toBe(401);
    expect((await get('/metrics', await tokenOf(api, 'AUD'))).status).toBe(403);
    await get('/api/v1/policies/standard', api.token);
    await get('/api/v1/policies/none', api.token);
    await get('/api/v1/nothing/of/this', api.token);
    const response = await get('/metrics', api.token);
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(
      /zhuanban_http_request_seconds_count\{method="GET",route="\/api\/v1\/policies\/:name",status="200"\} 1/,
    );
    expect(text).toMatch(
      /zhuanban_http_request_seconds_count\{method="GET",route="\/api\/v1\/policies\/:name",status="404"\} 1/,
    );
    expect(text).toMatch(/zhuanban_http_request_seconds_count\{method="GET",route="none",status="404"\} 1/);
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('count the desks behind and the assignments at fault', async () => {
    const metrics = createMetrics(api.pool, { askEveryMs: 0 });
    const behind = async (): Promise<string[]> =>
      (await metrics.text())
        .split('\n')
        .filter((line) => /^zhuanban_(desks_behind|assignments_faulted) /.test(line));
    // However long ago the record was made.
    await api.pool.query(`update desk set asked_at = clock_timestamp()`);
    expect(await behind()).toEqual(['zhuanban_desks_behind 0', 'zhuanban_assignments_faulted 0']);
    await api.pool.query(`update desk set asked_at = now() - interval '6 seconds'`);
    await api.pool.query(`update assignment set fault = 'x' where id = 'd.sites.TF.XH'`);
    expect(await behind()).toEqual(['zhuanban_desks_behind 1', 'zhuanban_assignments_faulted 1']);
    await api.pool.query(`update desk set looked = asked, planned_at = now() - interval '6 seconds'`);
    expect((await behind())[0]).toBe('zhuanban_desks_behind 1');
    await api.pool.query(`update desk set ended = true`);
    expect((await behind())[0]).toBe('zhuanban_desks_behind 0');
  });

  it('tell of the record what is due and for how long, what holds a lock up, and how large the tables are', async () => {
    const metrics = createMetrics(api.pool, { askEveryMs: 0 });
    await api.pool.query(
      `update desk set ended = false, asked = looked + 1, planned_at = null, asked_at = now() - interval '90 seconds'`,
    );
    await api.pool.query(
      `insert into delivery (channel, type, data, at, due_at, state, digest) values
         ('mail', 'issued', '{}', now(), now() - interval '10 minutes', 'waiting', false),
         ('mail', 'issued', '{}', now(), now() + interval '10 minutes', 'waiting', false),
         ('mail', 'issued', '{}', now(), now() - interval '1 day', 'waiting', true),
         ('feishu', 'issued', '{}', now(), now() - interval '1 day', 'sent', false)`,
    );
    const text = await metrics.text();
    const valueOf = (series: string): number =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${series} `))
          ?.slice(series.length),
      );
    expect(valueOf('zhuanban_desk_behind_oldest_seconds')).toBeGreaterThanOrEqual(90);
    expect(valueOf('zhuanban_lock_waiters')).toBe(0);
    expect(valueOf('zhuanban_deliveries_due{channel="mail"}')).toBe(1);
    expect(valueOf('zhuanban_deliveries_due{channel="feishu"}')).toBe(0);
    expect(valueOf('zhuanban_delivery_oldest_due_seconds{channel="mail"}')).toBeGreaterThanOrEqual(600);
    expect(valueOf('zhuanban_delivery_oldest_due_seconds{channel="webhook"}')).toBe(0);
    expect(valueOf('zhuanban_table_bytes{table="delivery"}')).toBeGreaterThan(0);
    expect(valueOf('zhuanban_pool_connections_max{pool="api"}')).toBe(20);
  });

  it('count refused requests by their code', async () => {
    await get('/api/v1/nothing/of/this', api.token);
    const text = await (await get('/metrics', api.token)).text();
    expect(text).toMatch(/zhuanban_http_refusals_total\{code="NOT_FOUND"\} [1-9]/);
  });

  it('are open on a port of their own, with the batches of the command door', async () => {
    const metrics = createMetrics(api.pool);
    metrics.observeBatch({ commands: 50, passedOver: 2, seconds: 0.012, waited: true, lockSeconds: 0.3 });
    metrics.observeOutcome({ is: 'taken' });
    metrics.observeOutcome({ is: 'refused', refusal: refuse('FORBIDDEN') });
    metrics.watchDoor(() => ({ waiting: 7, underWay: 3 }));
    const server: Server = createServer(metricsListener(metrics));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const text = await (await fetchChecked(`${url}/metrics`)).text();
    expect(text).toMatch(/zhuanban_command_batch_size_bucket\{le="50"\} 1/);
    expect(text).toMatch(/zhuanban_command_batch_seconds_bucket\{le="0.025"\} 1/);
    for (const line of [
      'zhuanban_commands_passed_over_total 2',
      'zhuanban_command_lock_wait_seconds_bucket{le="0.5"} 1',
      'zhuanban_commands_total{outcome="accepted"} 1',
      'zhuanban_commands_refused_total{code="FORBIDDEN"} 1',
      'zhuanban_commands_waiting 7',
      'zhuanban_commands_under_way 3',
    ])
      expect(text.split('\n')).toContain(line);
    expect((await fetchChecked(`${url}/`)).status).toBe(404);
    server.closeAllConnections();
    server.close();
  });
});

describe('every answer', () => {
  const PATHS = [
    '/healthz',
    '/',
    '/l/none',
    '/docs',
    '/docs/start.js',
    '/openapi.json',
    '/api/v1/me',
    '/none',
  ];

  it('lets a browser run, load and guess nothing, and no style in a text outside of the documentation', async () => {
    for (const path of PATHS) {
      const { headers } = await fetchChecked(`${api.url}${path}`, { redirect: 'manual' });
      const policy = headers.get('content-security-policy') ?? '';
      expect([path, policy.includes('unsafe-inline')]).toEqual([path, path === '/docs']);
      expect([path, policy]).toEqual([path, expect.stringMatching(/default-src '(self|none)'/)]);
      expect([path, policy]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")]);
      expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
      expect([path, headers.get('referrer-policy')]).toEqual([path, 'no-referrer']);
      expect([path, headers.get('permissions-policy')]).toEqual([
        path,
        expect.stringContaining('geolocation=()'),
      ]);
      expect([path, headers.get('strict-transport-security')]).toEqual([path, null]);
    }
  });

  it('of a link names its one style by its digest', async () => {
    const response = await get('/l/none');
    const style = /<style>([^]*)<\/style>/.exec(await response.text())?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toContain(`style-src 'sha256-${digest}'`);
  });

  it('is for no other origin: none may read it, and none may ask first', async () => {
    for (const path of PATHS)
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await fetchChecked(`${api.url}${path}`, {
          method,
          redirect: 'manual',
          headers: {
            origin: 'https://evil.example',
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization',
          },
        });
        const cors = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
        expect([method, path, cors]).toEqual([method, path, []]);
      }
  });

  it('behind TLS is to be asked for by TLS alone, and security.txt names whom to tell', async () => {
    expect((await get('/.well-known/security.txt')).status).toBe(404);
    const named = await startApi({
      publicUrl: 'https://zb.example/',
      securityContact: 'mailto:security@zb.example',
    });
    try {
      const response = await fetchChecked(`${named.url}/.well-known/security.txt`);
      expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      const text = await response.text();
      expect(text).toContain('Contact: mailto:security@zb.example\n');
      expect(text).toContain('Canonical: https://zb.example/.well-known/security.txt\n');
      const expires = Date.parse(/^Expires: (.*)$/m.exec(text)?.[1] ?? '');
      expect(expires).toBeGreaterThan(Date.now() + 86_400_000);
      expect(expires).toBeLessThan(Date.now() + 365 * 86_400_000);
    } finally {
      await named.close();
    }
  });
});
