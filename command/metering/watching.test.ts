// Alerts and dashboard name only metrics that are exported, and every alert is explained in both languages.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createMetrics } from './api-metrics.ts';
import { createPool } from '../../db/pool.ts';
import { createWorkerMetrics } from './worker-metrics.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

/** Metrics of Prometheus itself, and of Temporal's SDK: tests/production/metrics.test.ts holds that it has these. */
const OTHERS = ['up', 'temporal_worker_task_slots_available', 'temporal_request_total'];
/** Words of PromQL. */
const WORDS = /^(sum|max|min|rate|increase|topk|by|le|absent|histogram_quantile|or|and)$/;

const Dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).optional() })),
});
/** One line of the file: our own, which is plain enough to be read without a parser of YAML. */
const valuesOf = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`^ +(?:- )?${key}: (.+)$`, 'gm'))].map((match) => match[1] ?? '');

const alertsFile = read('ops/prometheus-alerts.yml');
const alerts = valuesOf(alertsFile, 'alert');
const rules = valuesOf(alertsFile, 'expr');
const shown = Dashboard.parse(JSON.parse(read('ops/grafana-dashboard.json'))).panels.flatMap(
  ({ targets = [] }) => targets.map(({ expr }) => expr),
);

/** The names in a query, without labels, their values and times. */
const metricsIn = (query: string): string[] =>
  (
    query
      .replaceAll(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, '')
      .replaceAll(/\bby \([^)]*\)/g, '')
      .match(/[a-zA-Z_]\w*/g) ?? []
  ).filter((word) => !WORDS.test(word));

const exported = new Set(OTHERS);
beforeAll(async () => {
  // No server listens there: the gauges of the record have their names all the same.
  const pool = createPool('postgres://nobody@127.0.0.1:1/none', {
    max: 1,
    name: 'none',
    onError: () => undefined,
  });
  for (const metrics of [createMetrics(pool), createWorkerMetrics(pool)])
    for (const [, name = '', kind] of (await metrics.text()).matchAll(/^# TYPE (\w+) (\w+)$/gm))
      for (const suffix of kind === 'histogram' ? ['_bucket', '_sum', '_count'] : [''])
        exported.add(name + suffix);
  await pool.end();
});

describe('what is watched', () => {
  it('is read whole: each alert has its rule', () => {
    expect(alerts.length).toBeGreaterThan(10);
    expect(rules).toHaveLength(alerts.length);
    expect(alertsFile.match(/- alert:/g)).toHaveLength(alerts.length);
    expect(new Set(alerts).size).toBe(alerts.length);
    expect(shown.length).toBeGreaterThan(20);
  });

  it.each([...rules, ...shown])('is exported: %s', (query) => {
    expect(metricsIn(query).length).toBeGreaterThan(0);
    expect(metricsIn(query).filter((metric) => !exported.has(metric))).toEqual([]);
  });

  it.each([...rules, ...shown])('closes what it opens: %s', (query) => {
    for (const [open, close] of ['()', '{}', '[]'])
      expect(query.split(open ?? '')).toHaveLength(query.split(close ?? '').length);
  });

  it.each(['docs/operating/alerts.md', 'docs/operating/alerts.zh.md'])('is explained in %s', (page) => {
    const text = read(page);
    expect([...text.matchAll(/^### (\w+)$/gm)].map((match) => match[1])).toEqual(alerts);
    const ours = [...exported].filter((name) => name.startsWith('zhuanban_'));
    const missing = ours
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
      .filter((name) => !text.includes(`\`${name}\``));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('names its section in each alert', () => {
    for (const alert of alerts)
      expect(alertsFile).toContain(`docs/operating/alerts.md#${alert.toLowerCase()}'`);
  });
});
