// A record that went back to an earlier moment while Temporal did not: what was sent since is sent again, under its old id.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forget, takeBackIssue } from '../../support/forget.ts';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, report, SMALL } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const { leavesOf, organisation, total } = SMALL;

let z: Installation;
let p: Caller;
beforeAll(async () => {
  z = await startInstallation({ deskLimit: 5, organisation, sentinel: { everyMs: 60 } });
  p = z.as(EVERYBODY);
});
afterAll(() => z.close());

async function finishes(id: string): Promise<void> {
  await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} is out`);
  for (const leaf of leavesOf(id)) expect((await report(p, leaf)).status).toBe(200);
  const left = 'select from desk where directive = $1 and not ended';
  await z.until(async () => (await z.pool.query(left, [id])).rowCount === 0, `the desks of ${id} end`);
  expect(await outcome(p, id)).toEqual({ phase: 'closed', n: total });
  expect(await faultsOfRecord(z.pool, id)).toEqual([]);
}

describe('a run that Temporal still has of a directive the record has lost', () => {
  it('sends the same directive out when it is sent again under its old id', async () => {
    await handOut(p, 'again', {});
    await z.until(async () => (await outcome(p, 'again')).phase === 'open', 'it is out');
    await forget(z.pool, 'again');
    await handOut(p, 'again', {});
    await finishes('again');
  });

  it('sends out what the dump was taken in the middle of', async () => {
    await handOut(p, 'middle', {});
    await z.until(async () => (await outcome(p, 'middle')).phase === 'open', 'it is out');
    await takeBackIssue(z.pool, 'middle');
    await finishes('middle');
  });
});
