// Temporal away, and Temporal's database lost: commands and reads go on, and the clockwork catches up, everything once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createDeskActivities } from '../../../activities/index.ts';
import { rebuild } from '../../../command/rebuild.ts';
import { createTermsSource } from '../../../reading/terms.ts';
import { createDirectorySource } from '../../../db/directory.ts';
import { openLine, type Line } from '../../support/cuttable.ts';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { silentRouting } from '../../support/routing.ts';
import { EVERYBODY, handOut, outcome, report, rung, SMALL } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { createNamespace, stackAddresses, type TestNamespace } from '../../support/stack.ts';

const { leavesOf, nodesOf, organisation, total } = SMALL;
const log = { info: () => undefined, warn: () => undefined };

describe.each([2000, 5])('with desks of %i', (deskLimit) => {
  let line: Line;
  let z: Installation;
  let p: Caller;
  let empty: TestNamespace;
  beforeAll(async () => {
    line = await openLine(stackAddresses().temporalAddress);
    z = await startInstallation({
      deskLimit,
      organisation,
      sentinel: { everyMs: 200 },
      temporalAddress: line.address,
    });
    p = z.as(EVERYBODY);
    empty = await createNamespace();
  });
  afterAll(async () => {
    await z.close();
    await line.close();
    await empty.close();
  });

  const comesTo = (id: string, phase: string): Promise<unknown> =>
    z.until(async () => (await outcome(p, id)).phase === phase, `${id} is ${phase}`);

  it('goes on while Temporal is away, and catches up once when it is back', async () => {
    await handOut(p, 'away', { policy: { acknowledgeWithin: 'PT2S', ladder: [rung('PT0S')] } });
    await comesTo('away', 'open');
    await line.cut();
    const [first, ...others] = leavesOf('away');
    if (!first) throw new Error('a district without a community');
    expect((await report(p, first)).status).toBe(200);
    expect((await p.get(`/assignments/${first.id}`)).body.phase).toBe('approved');
    await handOut(p, 'meanwhile');
    expect((await outcome(p, 'meanwhile')).phase).toBe('issuing');
    await line.mend();

    await comesTo('meanwhile', 'open');
    const climbed = (): Promise<number> => p.events('away', 'escalated').then(({ length }) => length);
    const owing = others.length + nodesOf('away').length;
    await z.until(async () => (await climbed()) >= owing, 'all who owe have climbed');
    expect(await climbed()).toBe(owing);
    for (const leaf of [...others, ...leavesOf('meanwhile')])
      expect((await report(p, leaf)).status).toBe(200);
    for (const id of ['away', 'meanwhile']) {
      await comesTo(id, 'closed');
      expect(await outcome(p, id)).toEqual({ phase: 'closed', n: total });
      expect(await faultsOfRecord(z.pool, id)).toEqual([]);
    }
  });

  it('is rebuilt against an empty Temporal in the middle of a directive', async () => {
    await handOut(p, 'lost', { policy: { correctionsFor: 'P30D' } });
    await comesTo('lost', 'open');
    const [first, ...others] = leavesOf('lost');
    if (!first) throw new Error('a district without a community');
    await report(p, first);
    // The old one never comes back: what runs there runs for nobody.
    await line.cut();

    const client = new Client({ connection: empty.connection, namespace: empty.namespace });
    const taskQueue = 'rebuilt';
    const nudges: string[] = [];
    const native = await NativeConnection.connect({ address: empty.address });
    const worker = await Worker.create({
      connection: native,
      namespace: empty.namespace,
      taskQueue,
      workflowBundle: { codePath: stackAddresses().workflowBundle },
      activities: createDeskActivities({
        pool: z.pool,
        sources: { terms: createTermsSource(), directory: createDirectorySource(), routing: silentRouting() },
        nudge: (desks) => void nudges.push(...desks),
        onFault: () => undefined,
      }),
    });
    await worker.runUntil(async () => {
      for (const leaf of others) expect((await report(p, leaf)).status).toBe(200);
      await z.until(async () => {
        // Each round starts, or nudges, what is still open: here nobody else does.
        const { failed } = await rebuild(
          { pool: z.pool, client, taskQueue, mark: z.mark, log },
          () => undefined,
        );
        expect(failed).toBe(0);
        return (await outcome(p, 'lost')).phase === 'closed';
      }, 'the directive closes');
    });
    await native.close();
    expect(await outcome(p, 'lost')).toEqual({ phase: 'closed', n: total });
    expect(await faultsOfRecord(z.pool, 'lost')).toEqual([]);
    await line.mend();
  });
});
