// Temporal has less than the record, or more: what it lost is started anew, and a directive sent again goes out.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { forget } from '../support/forget.ts';
import { createDistrict } from '../support/play.ts';
import { issued, phaseBecomes } from '../support/production/play.ts';
import {
  bringIn,
  startProduction,
  type ApiProcess,
  type Production,
} from '../support/production/production.ts';

const DISTRICT = createDistrict([2, 1]);
let production: Production;
let api: ApiProcess;
beforeAll(async () => {
  production = await startProduction();
  api = await production.startApi();
  production.startWorker();
  await bringIn(production, api, DISTRICT.organisation);
}, 120_000);
afterAll(() => production.close(), 60_000);

async function finishes(id: string): Promise<void> {
  for (const leaf of DISTRICT.leavesOf(id)) {
    const body = { values: { n: leaf.n } };
    const { status } = await production.ask(api, 'POST', `/assignments/${leaf.id}/submit`, body);
    expect(status).toBe(200);
  }
  await phaseBecomes(production, api, id, 'closed');
}

it('that lost its database is rebuilt while everything runs, and the directive goes on to its end', async () => {
  await issued(production, api, 'lost');
  await production.temporal.lose();
  const rebuilding = production.run('sentinel');
  const ended = await rebuilding.ended;
  expect([ended, rebuilding.lines().at(-1)]).toEqual([
    '0',
    expect.objectContaining({ msg: 'rebuild is done', failed: 0 }),
  ]);
  await finishes('lost');
}, 120_000);

it('that still has a run of a directive the record lost lets it go out when it is sent again', async () => {
  await issued(production, api, 'again');
  await forget(production.pool, 'again');
  await issued(production, api, 'again');
  await finishes('again');
}, 120_000);
