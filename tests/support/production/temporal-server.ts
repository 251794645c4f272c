// With TEMPORAL_SERVER=build: Temporal's own server, built through the Go proxy, on a PostgreSQL of its own, by the very
// commands of docker-compose.yml.
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { z } from 'zod';
import { runCommand } from '../../../embedded/command.ts';
import { freePort, LOOPBACK, portFault } from '../../../embedded/ports.ts';
import { startTemporal } from '../../../embedded/temporal.ts';
import { until } from '../installation.ts';
import { administer } from '../stack.ts';
import { readCompose, runDeployScript, type ComposeService } from './compose-file.ts';
import { startDebianPostgres } from './debian-postgres.ts';
import { startCommand, type ProductionProcess } from './process.ts';

/** The newest that Go 1.26.8 compiles. */
const VERSION = 'v1.32.1';
const MODULE = 'go.temporal.io/server';
const BINARIES = path.join(
  import.meta.dirname,
  ...['..', '..', '..', 'node_modules', '.cache', `temporal-server-${VERSION}`],
);
/** As compose's images name them. */
const NAMES = { 'temporal-server': 'server', 'temporal-sql-tool': 'sql' };

export type OutsideTemporal = {
  address: string;
  /** All that it kept is gone, and it is back at the same address. */
  lose: () => Promise<void>;
  stop: () => Promise<void>;
};

const isBuilt = (): boolean => Object.keys(NAMES).every((name) => existsSync(path.join(BINARIES, name)));

/** Some minutes of both cores the first time; afterwards nothing. */
export async function buildTemporalServer(): Promise<void> {
  if (isBuilt()) return;
  mkdirSync(BINARIES, { recursive: true });
  const packages = ['cmd/server', 'cmd/tools/sql'].map((folder) => `${MODULE}/${folder}@${VERSION}`);
  // As its own Makefile builds it, without what a debugger needs.
  const flags = ['-ldflags=-s -w', '-tags=disable_grpc_modules'];
  await go(['install', ...flags, ...packages], { GOBIN: BINARIES, CGO_ENABLED: '0' });
  for (const [name, built] of Object.entries(NAMES)) symlinkSync(built, path.join(BINARIES, name));
}

async function go(args: string[], variables: Record<string, string> = {}): Promise<string> {
  const { code, output } = await runCommand('nice', ['go', ...args], {
    env: { ...process.env, ...variables },
  });
  if (code !== 0) throw new Error(`go ${args.join(' ')}: ${output}`);
  return output;
}

/** The binary of `npm start`, as an outside server. */
export async function startTemporalBinary(dataDir: string): Promise<OutsideTemporal> {
  let temporal = await startTemporal({ dataDir });
  const folder = path.join(dataDir, 'temporal');
  return {
    address: temporal.address,
    lose: async () => {
      await temporal.stop();
      for (const file of readdirSync(folder).filter((name) => name.startsWith('state-')))
        rmSync(path.join(folder, file));
      temporal = await startTemporal({ dataDir });
    },
    stop: () => temporal.stop(),
  };
}

/** Where the proxy's copy of the sources is: the schema's files are part of them. */
async function sources(): Promise<string> {
  const output = await go(['mod', 'download', '-json', `${MODULE}@${VERSION}`]);
  return z.object({ Dir: z.string() }).parse(JSON.parse(output)).Dir;
}

/** On a PostgreSQL of its own below `folder`, with the roles, the schema and the settings that compose gives it. */
export async function startTemporalServer(folder: string): Promise<OutsideTemporal> {
  const { services, configs } = readCompose();
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const secrets = mkdtempSync(path.join(folder, 'secrets-'));
  const [postgres, schema] = await Promise.all([
    startDebianPostgres(path.join(folder, 'postgres')),
    sources(),
  ]);
  const { hostname, port, username } = new URL(postgres.url);
  const about = { SECRETS: secrets, POSTGRES_USER: username, PGHOST: hostname, PGPORT: port };
  for (const said of [
    runDeployScript('make-secrets.sh', [secrets]),
    runDeployScript('temporal-roles.sh', [], about),
  ])
    if (said !== null) throw new Error(said);

  const settings = path.join(folder, 'dynamic-config.yaml');
  writeFileSync(settings, configs.temporal?.content ?? '');
  /** A service's command in this machine's folders, and its variables with others in their place. */
  const start = (
    service: ComposeService | undefined,
    variables: Record<string, string>,
  ): ProductionProcess => {
    const words = [service?.entrypoint ?? [], service?.command ?? []].flat().map((word) =>
      word
        .replaceAll('/run/secrets', secrets)
        .replaceAll('/etc/temporal/schema', path.join(schema, 'schema'))
        // The image's own: it starts the server with what is in the environment.
        .replaceAll('/etc/temporal/entrypoint.sh', 'temporal-server start'),
    );
    const PATH = `${BINARIES}:${process.env.PATH ?? ''}`;
    return startCommand(words, { ...service?.environment, ...variables, PATH });
  };
  const ports = await lowPorts();
  const address = `${LOOPBACK}:${ports.FRONTEND_GRPC_PORT}`;
  const begin = async (): Promise<ProductionProcess> => {
    const made = start(services['temporal-schema'], { SQL_HOST: hostname, SQL_PORT: port });
    if ((await made.ended) !== '0') throw new Error(lastWords(made));
    const server = start(services.temporal, {
      POSTGRES_SEEDS: hostname,
      DB_PORT: port,
      DYNAMIC_CONFIG_FILE_PATH: settings,
      BIND_ON_IP: LOOPBACK,
      PROMETHEUS_ENDPOINT: `${LOOPBACK}:${await freePort()}`,
      LOG_LEVEL: 'error',
      ...ports,
    });
    await until(
      () => {
        if (!server.isAlive()) throw new Error(`Temporal's server ended: ${lastWords(server)}`);
        return answers(address);
      },
      () => `Temporal answers: ${lastWords(server)}`,
    );
    return server;
  };

  let server = await begin();
  return {
    address,
    lose: async () => {
      await server.stop();
      for (const database of ['temporal', 'temporal_visibility']) {
        await administer(postgres.url, `drop database ${database}`);
        await administer(postgres.url, `create database ${database} owner temporal`);
      }
      server = await begin();
    },
    stop: async () => {
      await server.stop();
      await postgres.remove();
    },
  };
}

const lastWords = (process: ProductionProcess): string =>
  process
    .lines()
    .slice(-3)
    .map(({ msg, error }) => `${msg} ${typeof error === 'string' ? error : ''}`)
    .join('; ');

const SERVICES = ['FRONTEND', 'HISTORY', 'MATCHING', 'WORKER'] as const;
/** Below those that the system gives away by itself. */
const [FIRST_PORT, LAST_PORT] = [10_000, 32_000];

/** Each of its services has a usual one; here several servers are side by side. Its schema keeps a port in a smallint. */
async function lowPorts(): Promise<Record<string, string> & { FRONTEND_GRPC_PORT: string }> {
  const ports = { FRONTEND_GRPC_PORT: '', FRONTEND_HTTP_PORT: '' } as Record<string, string> & {
    FRONTEND_GRPC_PORT: string;
  };
  for (const service of SERVICES) ports[`${service}_GRPC_PORT`] = ports[`${service}_MEMBERSHIP_PORT`] = '';
  let port = randomInt(FIRST_PORT, LAST_PORT);
  for (const name of Object.keys(ports)) {
    do port = port < LAST_PORT ? port + 1 : FIRST_PORT;
    while ((await portFault(port, LOOPBACK)) !== null);
    ports[name] = String(port);
  }
  return ports;
}

async function answers(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    try {
      await connection.workflowService.getSystemInfo({});
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}
