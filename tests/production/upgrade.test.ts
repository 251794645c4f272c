// An upgrade in the order docs/operators gives, from a record as the last release wrote it.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../embedded/command.ts';
import { until } from '../support/installation.ts';
import { createDistrict } from '../support/play.ts';
import { phaseBecomes } from '../support/production/play.ts';
import { becomesReady, startProduction, type Production } from '../support/production/production.ts';
import { faultsOfRecord } from '../support/record-check.ts';

/** As `released.sql` has it: the first two have reported. */
const DISTRICT = createDistrict([3, 2]);
const REPORTED = 2;

let production: Production;
beforeAll(async () => {
  production = await startProduction({ migrate: false });
  const file = path.join(import.meta.dirname, 'released.sql');
  const psql = '/usr/lib/postgresql/15/bin/psql';
  const { code, output } = await runCommand(psql, [
    ...['-q', '-v', 'ON_ERROR_STOP=1', '-f', file],
    production.postgres.url,
  ]);
  if (code !== 0) throw new Error(output);
}, 120_000);
afterAll(() => production.close(), 60_000);

describe('an upgrade', () => {
  it('reads all the last release wrote, and goes on with it to the end', async () => {
    // A process of the new version that comes too early says what to do.
    const early = production.startWorker();
    expect(await early.ended).toBe('1');
    expect(early.lines().at(-1)?.msg).toContain('run npm run migrate');

    const migration = production.run('migrate');
    expect(await migration.ended).toBe('0');
    expect(migration.hasSaid('the schema is up to date')).toBe(true);
    for (const id of ['done', 'half']) expect(await faultsOfRecord(production.pool, id)).toEqual([]);

    const api = await production.startApi();
    const worker = production.startWorker();
    await becomesReady(api);
    await until(() => worker.hasSaid('worker is polling'), 'the worker polls');
    const sumOf = async (id: string): Promise<unknown> => {
      const { body } = await production.ask(api, 'GET', `/directives/${id}/summary`);
      return (body as { items: { values: { n?: unknown } }[] }).items[0]?.values.n;
    };
    expect(await sumOf('done')).toBe(DISTRICT.total);
    const shapes: boolean[] = [];
    for (const { id, n } of DISTRICT.leavesOf('half').slice(REPORTED)) {
      const { status } = await production.ask(api, 'POST', `/assignments/${id}/submit`, { values: { n } });
      expect(status).toBe(200);
      const { rows } = await production.pool.query<{ whole: boolean }>(
        `select state ? 'holder' as whole from assignment where id = $1`,
        [id],
      );
      shapes.push(...rows.map(({ whole }) => whole));
      // A week later nobody runs the release before any more, which reads only whole rows.
      await production.pool.query('update installation set narrow_from = clock_timestamp()');
    }
    expect(shapes).toEqual(shapes.map((_, nth) => nth === 0));
    expect(shapes.length).toBeGreaterThan(1);
    await until(async () => {
      const { rows } = await production.pool.query('select from installation where least_schema = 27');
      return rows.length === 1;
    }, 'no program of before may begin any more');
    await phaseBecomes(production, api, 'half', 'closed');
    expect(await sumOf('half')).toBe(DISTRICT.total);
    for (const id of ['done', 'half']) expect(await faultsOfRecord(production.pool, id)).toEqual([]);
  }, 180_000);
});
