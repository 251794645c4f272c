// A Temporal that lost everything, is another installation's, or is not the one that was meant: made ready, refused, or named.
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { watchClockwork } from '../../../command/clockwork.ts';
import { prepareNamespace } from '../../../command/namespace.ts';
import { claimNamespace, readNamespaceMark } from '../../../command/namespace-mark.ts';
import { NamespaceTaken, rebuild } from '../../../command/rebuild.ts';
import { probeTemporal } from '../../../command/temporal-probe.ts';
import { temporalFaultWords } from '../../../command/temporal-fault.ts';
import { createClient, createConnection, type TemporalSettings } from '../../../command/temporal.ts';
import { forget } from '../../support/forget.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, SMALL } from '../../support/play.ts';
import { stackAddresses } from '../../support/stack.ts';

const TASK_QUEUE = 'zhuanban';
const quiet = { info: () => undefined, warn: () => undefined };

let z: Installation;
beforeAll(async () => {
  z = await startInstallation({ deskLimit: 5, organisation: SMALL.organisation });
});
afterAll(() => z.close());

const runningOf = async (client: Client): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running'` }))
    ids.push(workflowId);
  return ids.sort();
};

describe('rebuild', () => {
  it('makes namespace and search attributes on a server that has neither, and starts every desk', async () => {
    await handOut(z.as(EVERYBODY), 'lost');
    await z.until(async () => (await outcome(z.as(EVERYBODY), 'lost')).phase === 'open', 'it is out');
    const connection = Connection.lazy({ address: stackAddresses().temporalAddress });
    const client = new Client({ connection, namespace: `lost-${Date.now()}` });
    const deps = { pool: z.pool, client, taskQueue: TASK_QUEUE, mark: z.mark, log: quiet };
    const { rowCount } = await z.pool.query('select from desk where not ended');
    expect(await rebuild(deps, () => undefined)).toEqual({ started: rowCount, failed: 0, ended: 0 });
    expect(await rebuild(deps, () => undefined)).toEqual({ started: rowCount, failed: 0, ended: 0 });
    expect(await readNamespaceMark(client)).toEqual(z.mark);
    await connection.close();
  });

  it('ends the runs of desks the record does not know, and no others', async () => {
    const p = z.as(EVERYBODY);
    for (const id of ['kept', 'unknown']) {
      await handOut(p, id);
      await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} is out`);
    }
    const of = async (id: string): Promise<string[]> =>
      (await runningOf(z.client)).filter((run) => run.split('.')[0] === id);
    const kept = (await z.pool.query(`select from desk where directive = 'kept'`)).rowCount ?? 0;
    // Temporal lists a moment later than it starts.
    await z.until(
      async () => (await of('kept')).length === kept && (await of('unknown')).length === kept,
      'listed',
    );
    await forget(z.pool, 'unknown');
    const deps = { pool: z.pool, client: z.client, taskQueue: TASK_QUEUE, mark: z.mark, log: quiet };
    // One that happens to look meanwhile ends by itself.
    expect(await rebuild(deps, () => undefined)).toMatchObject({ failed: 0 });
    await z.until(async () => (await of('unknown')).length === 0, 'they are ended');
    expect(await of('kept')).toHaveLength(kept);
  });

  it('refuses another installation’s namespace and changes nothing, unless told to take over', async () => {
    const other = { installation: '00000000-0000-4000-8000-000000000000', epoch: 5 };
    await claimNamespace({ client: z.client, taskQueue: TASK_QUEUE, mark: other }, true);
    const deps = { pool: z.pool, client: z.client, taskQueue: TASK_QUEUE, mark: z.mark, log: quiet };
    await expect(rebuild(deps, () => undefined)).rejects.toBeInstanceOf(NamespaceTaken);
    expect(await readNamespaceMark(z.client)).toEqual(other);
    await rebuild(deps, () => undefined, true);
    expect(await readNamespaceMark(z.client)).toEqual(z.mark);
  });

  it('tells the record a namespace was copied to from the one it was copied from', async () => {
    const later = { ...z.mark, epoch: z.mark.epoch + 1 };
    const claim = (mark: typeof later) => claimNamespace({ client: z.client, taskQueue: TASK_QUEUE, mark });
    expect(await claim(later)).toBeNull();
    expect(await claim(z.mark)).toEqual(later);
    await claimNamespace({ client: z.client, taskQueue: TASK_QUEUE, mark: z.mark }, true);
  });
});

describe('what is wrong with Temporal is told by name', () => {
  let plain: Server;
  beforeAll(async () => {
    // Speaks neither gRPC nor TLS.
    plain = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    plain.close();
  });

  const settingsOf = (address: string, isTls: boolean, namespace = 'default'): TemporalSettings => ({
    address,
    namespace,
    apiKey: null,
    tls: isTls
      ? { serverName: null, serverCaCertPath: null, clientCertPath: null, clientKeyPath: null }
      : null,
  });

  /** What readiness and the log say of a server that answers. */
  const watched = async (namespace: string): Promise<unknown> => {
    const temporal = settingsOf(stackAddresses().temporalAddress, false, namespace);
    const lines: string[] = [];
    const keep = (_: object, text: string): unknown => lines.push(text);
    const client = createClient(temporal, { connection: createConnection(temporal) });
    const about = { taskQueue: TASK_QUEUE, temporal, mark: z.mark };
    const watch = watchClockwork(client, about, { info: keep, warn: keep });
    await z.until(() => lines.length > 0, 'a word in the log');
    await watch.stop();
    await client.connection.close();
    return { ...watch.state(), lines };
  };

  it('a namespace that is not there, and one that is', async () => {
    const temporal = settingsOf(stackAddresses().temporalAddress, false, 'never-made');
    expect(await watched('never-made')).toEqual({
      temporal: 'away',
      worker: 'none',
      fault: 'no-namespace',
      lines: [temporalFaultWords('no-namespace', temporal)],
    });
    expect(await watched('default')).toEqual({ temporal: 'up', worker: 'none', lines: ['clockwork'] });
  });

  it('a namespace that is another installation’s', async () => {
    const namespace = `theirs-${Date.now()}`;
    const client = createClient(settingsOf(stackAddresses().temporalAddress, false, namespace));
    await prepareNamespace(client.connection, namespace);
    await claimNamespace({ client, taskQueue: TASK_QUEUE, mark: { installation: 'b', epoch: 1 } });
    expect(await watched(namespace)).toMatchObject({ temporal: 'away', fault: 'other-installation' });
    await client.connection.close();
  });

  it('nobody there, and one side that speaks TLS where the other speaks plain', async () => {
    const { temporalAddress } = stackAddresses();
    const plainAddress = `127.0.0.1:${(plain.address() as AddressInfo).port}`;
    expect(await probeTemporal(settingsOf('127.0.0.1:1', false))).toMatchObject({ fault: 'unreachable' });
    expect(await probeTemporal(settingsOf('no-such-host.invalid:7233', true))).toMatchObject({
      fault: 'unreachable',
    });
    expect(await probeTemporal(settingsOf(temporalAddress, true))).toMatchObject({ fault: 'untrusted' });
    expect(await probeTemporal(settingsOf(plainAddress, true))).toMatchObject({ fault: 'untrusted' });
    expect(await probeTemporal(settingsOf(plainAddress, false))).toMatchObject({ fault: 'untrusted' });
  });

  it('and making it ready twice at once is as good as once', async () => {
    const connection = Connection.lazy({ address: stackAddresses().temporalAddress });
    const namespace = `twice-${Date.now()}`;
    await Promise.all([prepareNamespace(connection, namespace), prepareNamespace(connection, namespace)]);
    await prepareNamespace(connection, namespace);
    await connection.close();
    expect(await watched(namespace)).toMatchObject({ temporal: 'up' });
  });
});
