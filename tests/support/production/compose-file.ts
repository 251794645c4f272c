// docker-compose.yml as compose reads it: merged, with its variables filled in.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
/** The placeholders compose fills in: `${NAME}`, `${NAME:-default}`; `$$` is a dollar sign. */
const VARIABLE = /\$(?:\$|\{([A-Z_]+)(?::-([^}]*))?\})/g;

const words = z.union([z.array(z.string()), z.string()]);
const Service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.literal('.'), args: z.record(z.string(), z.string()) }).optional(),
  profiles: z.array(z.string()).optional(),
  init: z.literal(true),
  entrypoint: words.optional(),
  command: words.optional(),
  restart: z.string(),
  stop_signal: z.string().optional(),
  stop_grace_period: z.string(),
  logging: z.strictObject({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  environment: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).default({}),
  secrets: z.array(z.string()).default([]),
  configs: z.array(z.strictObject({ source: z.string(), target: z.string() })).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).default(['default']),
  ports: z.array(z.string()).default([]),
  expose: z.array(z.string()).default([]),
  shm_size: z.string().optional(),
  deploy: z.strictObject({
    replicas: z.number().optional(),
    resources: z.strictObject({ limits: z.strictObject({ cpus: z.string(), memory: z.string() }) }),
  }),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
      start_period: z.string().optional(),
    })
    .optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }),
    )
    .default({}),
});
export type ComposeService = z.infer<typeof Service>;
const nothing = z.union([z.null(), z.object({})]);
const ComposeFile = z.object({
  services: z.record(z.string(), Service),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  configs: z.record(z.string(), z.strictObject({ content: z.string() })),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), nothing),
});
export type ComposeFile = z.infer<typeof ComposeFile>;

export const composeText = (): string => readFileSync(path.join(ROOT, 'docker-compose.yml'), 'utf8');

export const readCompose = (env: Record<string, string> = {}): ComposeFile =>
  ComposeFile.parse(filled(parse(composeText(), { merge: true }) as unknown, env));

/** As compose does, in the values and not in the text: a filled-in value never changes the structure. */
function filled(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string')
    return value.replace(VARIABLE, (_whole: string, name?: string, otherwise?: string) => {
      if (name === undefined) return '$';
      const given = env[name] ?? '';
      return given === '' ? (otherwise ?? '') : given;
    });
  if (Array.isArray(value)) return value.map((each: unknown) => filled(each, env));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, env)]));
}

const Resolved = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      command: z.array(z.string()).nullable(),
      entrypoint: z.array(z.string()).nullable(),
      environment: z.record(z.string(), z.string()).default({}),
      secrets: z.array(z.object({ source: z.string() })).default([]),
      networks: z.record(z.string(), z.unknown()),
      ports: z.array(z.unknown()).default([]),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
      deploy: z.object({ replicas: z.number().optional() }),
    }),
  ),
});
export type ResolvedService = z.infer<typeof Resolved>['services'][string];

/** The file as compose's own library resolves it (compose-go); building that takes a core some 20 s the first time. */
export function resolveCompose(): Record<string, ResolvedService> {
  const { status, stdout, stderr, error } = spawnSync(
    'go',
    ['run', '.', path.join(ROOT, 'docker-compose.yml')],
    {
      cwd: path.join(import.meta.dirname, 'compose-go'),
      encoding: 'utf8',
    },
  );
  if (error !== undefined) throw new Error('go is missing: apt-get install golang-go', { cause: error });
  if (status !== 0) throw new Error(stderr);
  return Resolved.parse(JSON.parse(stdout)).services;
}

/** The services of this product, without the others in the file. */
export const ownServices = (file: ComposeFile): [string, ComposeService][] =>
  Object.entries(file.services).filter(([, { image }]) => image === 'zhuanban');

/** Runs one of the scripts of `deploy/`; answers its output if it failed. */
export function runDeployScript(
  name: string,
  args: readonly string[],
  env: Record<string, string> = {},
): string | null {
  const { PATH = '' } = process.env;
  const { status, stderr } = spawnSync('/bin/sh', [path.join(ROOT, 'deploy', name), ...args], {
    env: { PATH, ...env },
    encoding: 'utf8',
  });
  return status === 0 ? null : stderr;
}
