// Processes of the release before go on while the schema becomes that of today, and then beside processes of today; by RELEASE_BEFORE, a folder that holds its sources.
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../embedded/ports.ts';
import { until } from '../support/installation.ts';
import { createDistrict } from '../support/play.ts';
import { issued, phaseBecomes } from '../support/production/play.ts';
import { startCommand, type ProductionProcess } from '../support/production/process.ts';
import {
  becomesReady,
  bringIn,
  startProduction,
  type ApiProcess,
  type Production,
} from '../support/production/production.ts';
import { faultsOfRecord } from '../support/record-check.ts';

const FOLDER = process.env.RELEASE_BEFORE;
/** Its sources are no part of this repository's present: `git archive` of its commit, and `npm ci` in it. */
const given = FOLDER === undefined ? describe.skip : describe;
const DISTRICT = createDistrict([3, 2]);
/** Levels of a line that says that something is wrong; processes of before may say them by numbers. */
const WRONG: ReadonlySet<unknown> = new Set(['error', 'fatal', 50, 60]);

given('processes of the release before', () => {
  let production: Production;
  let before: ApiProcess;
  const processes: ProductionProcess[] = [];
  const start = (program: string, variables: Record<string, string>): ProductionProcess => {
    const started = startCommand(
      [process.execPath, '--disable-warning=ExperimentalWarning', path.join(FOLDER ?? '', program)],
      {
        DATABASE_URL: production.postgres.url,
        TEMPORAL_ADDRESS: production.temporal.address,
        DATA_DIR: path.join(production.dataDir, 'data'),
        ADMIN_PASSWORD: 'administrator-1',
        ...variables,
      },
    );
    processes.push(started);
    return started;
  };
  beforeAll(async () => {
    // Theirs first: a record they have written is what makes today's processes write as they can read.
    production = await startProduction({ migrate: false });
    const schema = start('migrate.ts', {});
    if ((await schema.ended) !== '0') throw new Error(JSON.stringify(schema.lines()));
    processes.length = 0;
    const port = await freePort();
    before = {
      ...start('server.ts', { PORT: String(port) }),
      port,
      url: `http://127.0.0.1:${port}`,
      ofBefore: true,
    };
    start('worker.ts', {});
    await becomesReady(before);
    await bringIn(production, before, DISTRICT.organisation);
    await issued(production, before, 'open');
    const migration = production.run('migrate');
    if ((await migration.ended) !== '0') throw new Error(JSON.stringify(migration.lines()));
  }, 180_000);
  afterAll(async () => {
    await Promise.all(processes.map((each) => each.stop()));
    await production.close();
  }, 60_000);

  /** What is out already, reported through these in turn; its sum, as each of them reads it. */
  async function played(id: string, apis: readonly [ApiProcess, ...ApiProcess[]]): Promise<unknown[]> {
    for (const [index, { id: leaf, n }] of DISTRICT.leavesOf(id).entries()) {
      const api = apis[index % apis.length] ?? apis[0];
      const { status, body } = await production.ask(api, 'POST', `/assignments/${leaf}/submit`, {
        values: { n },
      });
      expect([status, status === 200 ? null : body]).toEqual([200, null]);
    }
    await phaseBecomes(production, apis[0], id, 'closed');
    expect(await faultsOfRecord(production.pool, id)).toEqual([]);
    const sums = await Promise.all(
      apis.map(async (api) => {
        const { body } = await production.ask(api, 'GET', `/directives/${id}/summary`);
        return (body as { items: { values: { n?: unknown } }[] }).items[0]?.values.n;
      }),
    );
    return sums;
  }

  it('play to its end by themselves what was out when the schema changed, and another', async () => {
    expect(await played('open', [before])).toEqual([DISTRICT.total]);
    await issued(production, before, 'alone');
    expect(await played('alone', [before])).toEqual([DISTRICT.total]);
  }, 120_000);

  it('play one together with processes of today', async () => {
    const today = await production.startApi();
    const worker = production.startWorker();
    await becomesReady(today);
    await until(() => worker.hasSaid('worker is polling'), 'the worker of today polls');
    await issued(production, before, 'both');
    expect(await played('both', [before, today])).toEqual([DISTRICT.total, DISTRICT.total]);
    await issued(production, today, 'turned');
    expect(await played('turned', [today, before])).toEqual([DISTRICT.total, DISTRICT.total]);
  }, 120_000);

  it('say nothing of errors, and none of them has ended', () => {
    expect(processes.map((each) => each.isAlive())).toEqual(processes.map(() => true));
    for (const each of processes) expect(each.lines().filter(({ level }) => WRONG.has(level))).toEqual([]);
  });
});
