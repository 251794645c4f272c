// Traces: from a request through the door, the nudge and the desk's workflow to its activities, in one trace; off, nothing of it is loaded.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventCommand } from '../../command/identity.ts';
import { until } from '../support/installation.ts';
import { createDistrict } from '../support/play.ts';
import { startCollector, type CollectedSpan, type Collector } from '../support/production/collector.ts';
import { issued, phaseBecomes } from '../support/production/play.ts';
import {
  becomesReady,
  bringIn,
  startProduction,
  type ApiProcess,
  type Production,
} from '../support/production/production.ts';

const DISTRICT = createDistrict([2]);

let collector: Collector;
let production: Production;
let api: ApiProcess;
beforeAll(async () => {
  [collector, production] = await Promise.all([startCollector(), startProduction()]);
  const traced = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  api = await production.startApi(traced);
  production.startWorker(traced);
  await becomesReady(api);
  await bringIn(production, api, DISTRICT.organisation);
}, 120_000);
afterAll(async () => {
  await production.close();
  await collector.close();
}, 60_000);

/** From a span up to the first of its trace. */
function pathOf(span: CollectedSpan): string[] {
  const above = collector.spans.find(({ trace, id }) => trace === span.trace && id === span.parent);
  return above === undefined ? [span.name] : [...pathOf(above), span.name];
}
/** For whoever looks for one that is missing. */
const paths = (): string => [...new Set(collector.spans.map((span) => pathOf(span).join(' > ')))].join('; ');
const found = (name: RegExp, path: readonly string[]): CollectedSpan | undefined =>
  collector.spans.find((span) => name.test(span.name) && pathOf(span).join(' > ') === path.join(' > '));

it('lead from a directive that is handed out to what sends it out', async () => {
  await issued(production, api, 'd');
  const path = ['POST /api/v1/directives', 'nudge directive', 'workflow directive', 'activity issue'];
  await until(
    () => found(/issue/, path) !== undefined,
    () => `a trace among ${paths()}`,
  );
  const span = found(/issue/, path);
  expect(span).toMatchObject({ service: 'zhuanban-worker', attributes: { 'zhuanban.desk': 'd' } });
  const first = collector.spans.find(({ trace, parent }) => trace === span?.trace && parent === '');
  expect(first).toMatchObject({
    service: 'zhuanban-api',
    attributes: { 'http.request.method': 'POST', 'http.response.status_code': 201 },
  });
}, 60_000);

it('lead from the command that was the last to come in to what merges it up', async () => {
  for (const [index, { id, n }] of DISTRICT.leavesOf('d').entries()) {
    // A desk that is still turning would take the report along without being nudged for it.
    const turning = 'select from desk where asked <> looked and not ended';
    await until(async () => (await production.pool.query(turning)).rowCount === 0, 'all desks are quiet');
    const response = await fetch(`${api.url}/api/v1/assignments/${id}/submit`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${production.token}`,
        'content-type': 'application/json',
        'x-request-id': `report-${index}`,
      },
      body: JSON.stringify({ values: { n } }),
    });
    expect(response.status).toBe(200);
  }
  await phaseBecomes(production, api, 'd', 'closed');
  const request = 'POST /api/v1/assignments/:id/submit';
  const command = collectedCommand(`report-${DISTRICT.leavesOf('d').length - 1}`);
  await until(
    () => {
      const { trace } = command() ?? {};
      return collector.spans.some(
        (span) =>
          span.trace === trace &&
          span.name.startsWith('activity') &&
          /^POST [^>]+ > command submit > nudge \w+ > workflow \w+ > activity (cascade|rollUp|plan)$/.test(
            pathOf(span).join(' > '),
          ),
      );
    },
    () => `a trace among ${paths()}`,
  );
  const span = command();
  expect(span).toBeDefined();
  const { rows } = await production.pool.query<{ command: string }>(
    `select replace(command_id::text, '-', '') as command from event where command_id is not null and assignment = $1`,
    [span?.attributes['zhuanban.assignment']],
  );
  expect(rows).toEqual([{ command: eventCommand(String(span?.attributes['zhuanban.command'])) }]);
  expect(span === undefined ? [] : pathOf(span)).toEqual([request, 'command submit']);
}, 120_000);

const collectedCommand = (requestId: string) => (): CollectedSpan | undefined =>
  collector.spans.find(
    ({ name, attributes }) => name === 'command submit' && attributes['zhuanban.request_id'] === requestId,
  );

it('go on with the trace a caller has begun, and say nothing of health', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  await fetch(`${api.url}/api/v1/session`, {
    headers: { authorization: `Bearer ${production.token}`, traceparent: `00-${trace}-00f067aa0ba902b7-01` },
  });
  await until(() => collector.spans.some((span) => span.trace === trace), 'the caller’s trace goes on');
  expect(collector.spans.filter(({ name }) => /healthz|readyz/.test(name))).toEqual([]);
});

it('hold up no process whose collector is away, and say so once', async () => {
  const alone = await production.startApi({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  await becomesReady(alone);
  for (let n = 0; n < 5; n += 1) await production.ask(alone, 'GET', '/session');
  await until(() => alone.hasSaid('traces could not be sent'), 'the log says so');
  const askedMs = performance.now();
  await alone.stop();
  expect(performance.now() - askedMs).toBeLessThan(20_000);
  expect(
    alone.lines().filter((line) => JSON.stringify(line).includes('traces could not be sent')),
  ).toHaveLength(1);
}, 60_000);

it('are no part of a process that is asked for none', () => {
  const sources = ['server.ts', 'worker.ts'].map((file) =>
    readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
  );
  // Imported within an expression, never at the head of a file.
  for (const source of sources) {
    expect(source).toMatch(/await import\('\.\/(api\/tracing|command\/tracing\/traced-worker)\.ts'\)/);
    expect(source).not.toMatch(/^import .*(opentelemetry|tracing\/(exporting|traced-|span)|api\/tracing)/m);
  }
});
