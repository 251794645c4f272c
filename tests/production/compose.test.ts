// The very commands of docker-compose.yml, as compose's own library resolves them, natively: with its roles, made by its scripts, and its secrets by file.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from '../../embedded/ports.ts';
import { until } from '../support/installation.ts';
import { administer, databaseUrl } from '../support/stack.ts';
import {
  readCompose,
  resolveCompose,
  runDeployScript,
  type ResolvedService,
} from '../support/production/compose-file.ts';
import { startCommand, type ProductionProcess } from '../support/production/process.ts';
import { startProduction, statusOf, type Production } from '../support/production/production.ts';

/** As compose has it, not as our tests read it. */
let services: Record<string, ResolvedService> = {};
const secrets = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-secrets-'));
const processes: ProductionProcess[] = [];
let production: Production;
let server: URL;

beforeAll(async () => {
  services = resolveCompose();
  production = await startProduction({ migrate: false });
  server = new URL(databaseUrl(production.postgres.url, 'postgres'));
  await administer(server.href, 'drop database zhuanban');
  expect(runDeployScript('make-secrets.sh', [secrets])).toBeNull();
  const postgres = {
    SECRETS: secrets,
    POSTGRES_USER: server.username,
    PGHOST: server.hostname,
    PGPORT: server.port,
  };
  expect(runDeployScript('postgres-roles.sh', [], postgres)).toBeNull();
  expect(runDeployScript('temporal-roles.sh', [], postgres)).toBeNull();
  // Within compose the database has a name of its own.
  for (const name of ['database_url', 'owner_database_url']) {
    const file = path.join(secrets, name);
    const moved = readFileSync(file, 'utf8').replace('@postgres:5432', `@${server.host}`);
    rmSync(file);
    writeFileSync(file, moved);
  }
}, 300_000);
afterAll(async () => {
  await Promise.all(processes.map((each) => each.stop()));
  await production.close();
  rmSync(secrets, { recursive: true });
}, 60_000);

let backupFolder = '';
const portOf = new Map<string, string>();
/** A service as compose would start it, on this machine's ports and folders; `node` is the one that runs the tests. */
function start(
  name: string,
  more: Record<string, string> = {},
  args: readonly string[] = [],
): ProductionProcess {
  const service = services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  const command = [...(service.entrypoint ?? []), ...(service.command ?? [])].map((word) =>
    word.replaceAll('/backups', path.join(production.dataDir, 'backups')),
  );
  const environment = Object.fromEntries(
    Object.entries(service.environment).map(([key, value]) => [
      key,
      value.replace('/run/secrets', secrets).replace('temporal:7233', production.temporal.address),
    ]),
  );
  const started = startCommand([...command, ...args], {
    ...environment,
    DATA_DIR: path.join(production.dataDir, 'data'),
    ...more,
  });
  processes.push(started);
  return started;
}

const lastLine = (process: ProductionProcess): string => JSON.stringify(process.lines().at(-1));

describe('docker-compose.yml', () => {
  it('is to compose what our tests take it for', () => {
    const ours = readCompose();
    expect(Object.keys(services).sort()).toEqual(Object.keys(ours.services).sort());
    for (const [name, read] of Object.entries(ours.services)) {
      const wordsOf = (value: string | string[] | undefined): string[] | null =>
        typeof value === 'string' ? [value] : (value ?? null);
      expect([name, services[name]]).toEqual([
        name,
        expect.objectContaining({
          image: read.image,
          command: wordsOf(read.command),
          entrypoint: wordsOf(read.entrypoint),
          environment: read.environment,
          secrets: read.secrets.map((source) => ({ source })),
          depends_on: Object.fromEntries(
            Object.entries(read.depends_on).map(([on, { condition }]) => [on, { condition }]),
          ),
        }),
      ]);
      expect(Object.keys(services[name]?.networks ?? {}).sort()).toEqual(read.networks.toSorted());
      expect(services[name]?.ports).toHaveLength(read.ports.length);
    }
  });

  it('brings the schema up to date as its owner', async () => {
    const migration = start('migrate');
    expect([await migration.ended, lastLine(migration)]).toEqual([
      '0',
      expect.stringContaining('the schema is up to date'),
    ]);
  }, 120_000);

  it('starts API and worker under a role that may not change the schema, and they become ready', async () => {
    const port = String(await freePort());
    portOf.set('api', port);
    // As many as `--scale worker=3` makes; within compose each has a network of its own, here ports of its own.
    const workers = await Promise.all(
      [1, 2, 3].map(async () => {
        const [metrics, ofTemporal] = [await freePort(), await freePort()];
        start('worker', {
          HOST: '127.0.0.1',
          METRICS_PORT: String(metrics),
          TEMPORAL_METRICS_PORT: String(ofTemporal),
        });
        return metrics;
      }),
    );
    const api = start('api', {
      PORT: port,
      HOST: '127.0.0.1',
      METRICS_PORT: String(await freePort()),
      DRAIN_SECONDS: '0',
    });
    await until(
      async () => {
        if (!api.isAlive()) throw new Error(lastLine(api));
        return (await statusOf({ url: `http://127.0.0.1:${port}` })) === 200;
      },
      () => `ready: ${lastLine(api)}`,
    );
    expect(api.hasSaid('could not')).toBe(false);
    for (const port of workers)
      await until(
        async () => (await statusOf({ url: `http://127.0.0.1:${port}` }, '/healthz')) === 200,
        'each worker is healthy',
      );

    const client = new pg.Client(readFileSync(path.join(secrets, 'database_url'), 'utf8'));
    await client.connect();
    try {
      await expect(client.query('create table x ()')).rejects.toThrow(/permission denied/);
      await expect(client.query('drop table event')).rejects.toThrow(/must be owner/);
      await expect(client.query('truncate event')).rejects.toThrow(/permission denied/);
      const { rows } = await client.query(
        'select rolsuper or rolcreaterole or rolcreatedb as is_mighty from pg_roles where rolname = current_user',
      );
      expect(rows).toEqual([{ is_mighty: false }]);
    } finally {
      await client.end();
    }
  }, 120_000);

  it('lets the administrator in with the password of the secret', async () => {
    const response = await fetch(`http://127.0.0.1:${portOf.get('api') ?? ''}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        login: 'admin',
        password: readFileSync(path.join(secrets, 'admin_password'), 'utf8'),
      }),
    });
    expect(response.ok).toBe(true);
  });

  it('makes a backup', async () => {
    const backup = start('backup');
    expect([await backup.ended, lastLine(backup)]).toEqual(['0', expect.stringContaining('backup is done')]);
    const { folder } = backup.lines().at(-1) as unknown as { folder: string };
    expect(path.dirname(folder)).toBe(path.join(production.dataDir, 'backups'));
    expect(existsSync(path.join(folder, 'manifest.json'))).toBe(true);
    backupFolder = folder;
  }, 120_000);

  it('brings a backup back, once API and workers are stopped', async () => {
    const early = start('restore', {}, [backupFolder, '--replace']);
    expect([await early.ended, lastLine(early)]).toEqual(['1', expect.stringContaining('still connected')]);
    await Promise.all(processes.map((each) => each.stop()));
    const restored = start('restore', {}, [backupFolder, '--replace']);
    expect([await restored.ended, lastLine(restored)]).toEqual(['0', expect.any(String)]);

    const port = String(await freePort());
    const again = {
      PORT: port,
      HOST: '127.0.0.1',
      METRICS_PORT: String(await freePort()),
      DRAIN_SECONDS: '0',
    };
    start('worker', {
      METRICS_PORT: String(await freePort()),
      TEMPORAL_METRICS_PORT: String(await freePort()),
    });
    const api = start('api', again);
    await until(
      async () => (await statusOf({ url: `http://127.0.0.1:${port}` })) === 200,
      () => `ready again, under the role that may only change rows: ${lastLine(api)}`,
    );
  }, 180_000);
});
