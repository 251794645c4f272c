// The sentinel: a nudge that was lost, a workflow ended by hand or one that does not work costs moments, not a directive.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { startSentinel } from '../../../command/sentinel.ts';
import { saveNudged } from '../../../db/queries/desk-watch.ts';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, report, rung, SMALL } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const { leavesOf, nodesOf, organisation, total } = SMALL;
/** 5 seconds outside of tests: the first two nudges of a desk are as far apart, the sixth and seventh 32 times. */
const EVERY_MS = 60;

/** Desks, by what was done to heal them. */
const healed = new Map<string, number>();
let z: Installation;
let p: Caller;
beforeAll(async () => {
  z = await startInstallation({
    deskLimit: 5,
    organisation,
    losesNudges: true,
    sentinel: {
      everyMs: EVERY_MS,
      onHealed: (kind, desks) => healed.set(kind, (healed.get(kind) ?? 0) + desks),
    },
  });
  p = z.as(EVERYBODY);
});
afterAll(() => z.close());

const desksOf = async (id: string): Promise<string[]> => {
  const { rows } = await z.pool.query<{ id: string }>(
    'select id from desk where directive = $1 order by id',
    [id],
  );
  return rows.map((row) => row.id);
};

async function terminateAll(id: string): Promise<void> {
  for (const desk of await desksOf(id)) {
    // One that had nothing to wait for has not been started anew since the last time.
    await z.client.workflow
      .getHandle(desk)
      .terminate('by hand')
      .catch(() => undefined);
  }
}

async function open(id: string, policy = {}): Promise<void> {
  await handOut(p, id, { policy });
  await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} open`);
}

async function finishes(id: string): Promise<void> {
  for (const leaf of leavesOf(id)) expect((await report(p, leaf)).status).toBe(200);
  const left = 'select from desk where directive = $1 and not ended';
  await z.until(async () => (await z.pool.query(left, [id])).rowCount === 0, `the desks of ${id} end`);
  expect(await outcome(p, id)).toEqual({ phase: 'closed', n: total });
  expect(await faultsOfRecord(z.pool, id)).toEqual([]);
}

describe('the sentinel', () => {
  it('makes up for every nudge that was lost', async () => {
    await open('lost');
    await finishes('lost');
  });

  it('starts desks anew whose workflows were terminated by hand, and their clocks go on', async () => {
    await open('terminated', { acknowledgeWithin: 'PT3S', ladder: [rung('PT0S')] });
    await terminateAll('terminated');
    const all = leavesOf('terminated').length + nodesOf('terminated').length;
    const late = `select from event where directive = 'terminated' and type = 'escalated'`;
    await z.until(async () => (await z.pool.query(late)).rowCount === all, 'all escalated');
    // A desk with nothing due yet may not have been started again since.
    for (const desk of await desksOf('terminated'))
      await z.client.workflow
        .getHandle(desk)
        .terminate('by hand')
        .catch((error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
    await finishes('terminated');
  });

  it('ends a workflow that does not look though nudged again and again, and starts another', async () => {
    // Somebody's run under the desk's own id, of which no worker knows.
    await z.client.workflow.start('directive', { workflowId: 'stuck', taskQueue: 'nobody', args: [] });
    const { firstExecutionRunId } = await z.client.workflow
      .getHandle('stuck')
      .describe()
      .then(({ raw }) => ({
        firstExecutionRunId: raw.workflowExecutionInfo?.execution?.runId,
      }));
    await open('stuck');
    const first = await z.client.workflow.getHandle('stuck', firstExecutionRunId ?? undefined).describe();
    expect(first.status.name).toBe('TERMINATED');
    await finishes('stuck');
  });

  it('counts no nudge while Temporal is away, so that nobody waits longer when it is back', async () => {
    const alone = await startInstallation({ organisation, losesNudges: true });
    const away = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) });
    const rounds: string[] = [];
    const log = {
      info: () => undefined,
      warn: (_: object, text: string) => rounds.push(text),
      error: () => undefined,
    };
    const sentinel = startSentinel({
      pool: alone.pool,
      client: away,
      taskQueue: 'zhuanban',
      mark: alone.mark,
      log,
      everyMs: EVERY_MS,
    });
    await handOut(alone.as(EVERYBODY), 'away');
    await alone.until(() => rounds.length > 0, 'a round in vain');
    await sentinel.stop();
    await away.connection.close();
    const { rows } = await alone.pool.query('select distinct nudges, nudged_at from desk');
    expect(rows).toEqual([{ nudges: 0, nudged_at: null }]);
    await alone.close();
  });

  it('waits for no desk that somebody is writing', async () => {
    await open('held');
    const [first = '', ...others] = await desksOf('held');
    const writer = await z.pool.connect();
    await writer.query('begin');
    await writer.query('select from desk where id = $1 for update', [first]);
    // The connection's limit of a wait is shorter than the writer holds its row.
    await saveNudged(z.pool, [first, ...others]);
    await writer.query('rollback');
    writer.release();
    await finishes('held');
  });

  it('wakes a desk that ended with work left, as versions before could end one, and says so', async () => {
    await open('wrong');
    const looked = `select from desk where directive = 'wrong' and asked <> looked`;
    await z.until(async () => (await z.pool.query(looked)).rowCount === 0, 'all have looked');
    const desks = await desksOf('wrong');
    await z.pool.query(
      `update desk set ended = true, planned_at = null, looked_at = now() - interval '1 hour' where id = any($1)`,
      [desks],
    );
    await terminateAll('wrong');
    await z.until(() => (healed.get('revived') ?? 0) >= desks.length, 'all are found');
    await finishes('wrong');
    expect(healed.get('revived')).toBe(desks.length);
  });

  it('leaves in peace what has looked and has nothing planned', async () => {
    await open('quiet');
    const settled = `select from desk where directive = 'quiet' and asked <> looked`;
    await z.until(async () => (await z.pool.query(settled)).rowCount === 0, 'all have looked');
    const looks = async (): Promise<unknown> =>
      (await z.pool.query(`select id, looked_at from desk where directive = 'quiet' order by id`)).rows;
    // A turn that was under way may end; after it none begins.
    await pause(10 * EVERY_MS);
    const before = await looks();
    await pause(10 * EVERY_MS);
    expect(await looks()).toEqual(before);
  });
});
