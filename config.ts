// The environment, read once at boot as a whole: every variable, its default, and its faults.
import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { DAY_MS, elapsedMs, isDuration, readDuration } from './domain/instant.ts';
import { readS3Address, type S3Address } from './domain/file-store-address.ts';
import { readSecretKeys } from './command/sealing/key-file.ts';
import type { SecretKeys } from './db/secret-box.ts';
import { fileVariable, withSecretFiles } from './secret-files.ts';

/** The exit code of a process whose environment is wrong (EX_CONFIG of sysexits.h). */
export const EXIT_BAD_CONFIG = 78;

const urlOf = (schemes: string, example: string) =>
  z.url({ protocol: new RegExp(`^(${schemes})$`), error: `must be a URL such as ${example}` });
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 1 to 65535')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, 'must be a port, 1 to 65535');
const name = z.string().regex(/^[A-Za-z0-9._-]{1,200}$/, 'must be letters, digits, ".", "_" or "-"');
const text = z.string().min(1).max(2_000, 'must be at most 2,000 characters');
/** Days, or `forever` (null). */
const days = z
  .string()
  .regex(/^(\d{1,5}|forever)$/, 'must be days, 1 to 36500, or forever')
  .transform((value) => (value === 'forever' ? null : Number(value)))
  .refine(
    (value) => value === null || (value >= 1 && value <= 36_500),
    'must be days, 1 to 36500, or forever',
  );
/** Milliseconds of a duration between the two. */
const durationBetween = (leastMs: number, mostMs: number, words: string) =>
  z
    .string()
    .refine(isDuration, `must be a duration such as PT12H, ${words}`)
    .transform((value) => elapsedMs(readDuration(value)))
    .refine((ms) => ms >= leastMs && ms <= mostMs, `must be a duration such as PT12H, ${words}`);
const onOff = z.stringbool({ error: 'must be true or false' });

function secretKeysOf(value: string, context: z.core.$RefinementCtx<string>): SecretKeys {
  const keys = readSecretKeys(value);
  if (keys !== null) return keys;
  context.addIssue({ code: 'custom', message: 'must be 32 bytes in base64, several divided by commas' });
  return z.NEVER;
}

/** Whoever stands between could else say who a person is. */
const isSafeIssuer = (value: string): boolean =>
  /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i.test(value);

/** More proxies than stand before any one installation. */
const MAX_NETWORKS = 50;

/** Not all addresses there are: then anybody could say where they come from. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  const isLength =
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
  return family !== 0 && more.length === 0 && isLength && Number(bits ?? 1) > 0;
}

function networksOf(value: string, context: z.core.$RefinementCtx<string>): string[] {
  const all = value.split(',').map((each) => each.trim());
  if (all.length <= MAX_NETWORKS && all.every(isNetwork)) return all;
  context.addIssue({
    code: 'custom',
    message: 'must be addresses or networks, divided by commas, such as 127.0.0.1,10.0.0.0/8',
  });
  return z.NEVER;
}

const HOST_LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/** A name whose last part is a number would be read as an address by those who connect. */
function isHostName(text: string): boolean {
  const labels = text.split('.');
  const last = labels.at(-1) ?? '';
  return (
    text.length <= 253 &&
    labels.every((label) => HOST_LABEL.test(label)) &&
    !/^(0x[0-9a-f]*|\d+)$/i.test(last)
  );
}

function egressOf(value: string, context: z.core.$RefinementCtx<string>): string[] {
  const all = value.split(',').map((each) => each.trim());
  if (all.length <= MAX_NETWORKS && all.every((each) => isNetwork(each) || isHostName(each))) return all;
  context.addIssue({
    code: 'custom',
    message: 'must be addresses, networks or host names, divided by commas, such as 10.0.0.0/8,robot.example',
  });
  return z.NEVER;
}

function s3Address(value: string, context: z.core.$RefinementCtx<string>): S3Address {
  const read = readS3Address(value);
  if (!('fault' in read)) return read;
  context.addIssue({ code: 'custom', message: read.fault });
  return z.NEVER;
}

const Env = z.object({
  PORT: port.default(8080),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be an address or host name such as 127.0.0.1')
    .default('127.0.0.1'),
  DATA_DIR: z
    .string()
    .refine((value) => !value.includes('\0'), 'must be a path')
    .default('.zhuanban'),
  DATABASE_URL: urlOf('postgres|postgresql', 'postgres://user:password@host:5432/zhuanban').optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):\d{1,5}$/, 'must be host:port such as 127.0.0.1:7233')
    .optional(),
  TEMPORAL_NAMESPACE: name.default('default'),
  TEMPORAL_TASK_QUEUE: name.default('zhuanban'),
  TEMPORAL_API_KEY: text.optional(),
  TEMPORAL_PAYLOAD_KEY: z.string().transform(secretKeysOf).optional(),
  TEMPORAL_UI: onOff.default(false),
  TEMPORAL_TLS: onOff.optional(),
  TEMPORAL_TLS_SERVER_NAME: text.optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: text.optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: text.optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: text.optional(),
  ADMIN_PASSWORD: text.optional(),
  PUBLIC_URL: urlOf('https?', 'https://zhuanban.example').optional(),
  SECURITY_CONTACT: urlOf('https|mailto|tel', 'mailto:security@zhuanban.example').optional(),
  TRUSTED_PROXIES: z.string().transform(networksOf).default([]),
  EGRESS_ALLOW: z.string().transform(egressOf).default([]),
  SECRETS_KEY: z.string().transform(secretKeysOf).optional(),
  OIDC_ISSUER: urlOf('https?', 'https://login.example')
    .refine(isSafeIssuer, 'must be https; http only on this machine')
    .optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  OIDC_CLAIM: name.default('preferred_username'),
  OIDC_NAME: text.max(60).optional(),
  SMTP_URL: urlOf('smtps?', 'smtp://user:password@mail.example:587').optional(),
  MAIL_FROM: text.regex(/@/, 'must be a mail address such as zhuanban@example.org').optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be trace, debug, info, warn, error, fatal or silent',
    })
    .default('info'),
  METRICS_PORT: port.optional(),
  TEMPORAL_METRICS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: urlOf('https?', 'http://collector.example:4318').optional(),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'must be a share of all requests, 0 to 1')
    .transform(Number)
    .default(1),
  API_PROCESSES: z
    .string()
    .regex(/^\d{1,2}$/, 'must be 1 to 16')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 16, 'must be 1 to 16')
    .default(1),
  DRAIN_SECONDS: z
    .string()
    .regex(/^\d{1,3}$/, 'must be seconds, 0 to 600')
    .transform(Number)
    .refine((value) => value <= 600, 'must be seconds, 0 to 600')
    .default(5),
  // With less memory a document of a few hundred pages with pictures could no longer be set.
  SIGNING_KEY: text.optional(),
  THREADS_MEMORY_MB: z
    .string()
    .regex(/^\d{4,5}$/, 'must be megabytes, 1024 to 65536')
    .transform(Number)
    .refine((value) => value >= 1_024 && value <= 65_536, 'must be megabytes, 1024 to 65536')
    .default(2_048),
  UPLOAD_PERSON_MB: z
    .string()
    .regex(/^\d{2,6}$/, 'must be megabytes, 50 to 100000')
    .transform(Number)
    .refine((value) => value >= 50 && value <= 100_000, 'must be megabytes, 50 to 100000')
    .default(500),
  UPLOAD_UNIT_MB: z
    .string()
    .regex(/^\d{2,7}$/, 'must be megabytes, 50 to 1000000')
    .transform(Number)
    .refine((value) => value >= 50 && value <= 1_000_000, 'must be megabytes, 50 to 1000000')
    .default(2_000),
  // Shorter, and a report would be lost in the middle of its writing; longer, and a lost phone stays signed in.
  SESSION_IDLE: durationBetween(5 * 60_000, 30 * DAY_MS, 'PT5M to P30D').default(12 * 3_600_000),
  SESSION_MAX: durationBetween(5 * 60_000, 90 * DAY_MS, 'PT5M to P90D').default(7 * DAY_MS),
  KEEP_NOTICES_DAYS: days.default(365),
  KEEP_DELIVERIES_DAYS: days.default(180),
  KEEP_PLANS_DAYS: days.default(90),
  FILE_STORE_URL: z.string().transform(s3Address).optional(),
  FILE_STORE_ACCESS_KEY: text.optional(),
  FILE_STORE_SECRET_KEY: text.optional(),
});
type Env = z.infer<typeof Env>;
type Variable = keyof Env;

/** Mutual TLS towards Temporal; paths of PEM files, null to use the system's own trust. */
export type TemporalTls = {
  serverName: string | null;
  serverCaCertPath: string | null;
  clientCertPath: string | null;
  clientKeyPath: string | null;
};
export type TemporalConfig = {
  /** `host:port`; null means the embedded server. */
  address: string | null;
  namespace: string;
  taskQueue: string;
  apiKey: string | null;
  /** Keys that seal what Temporal stores, the first seals; null: it is stored as it is. */
  payloadKeys: SecretKeys | null;
  /** Shall the embedded server have its page? */
  ui: boolean;
  /** null means a plain connection. */
  tls: TemporalTls | null;
};
export type Config = {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  /** null means the embedded PostgreSQL. */
  databaseUrl: string | null;
  temporal: TemporalConfig;
  adminPassword: string | null;
  publicUrl: string | null;
  /** Whom to tell of a weakness: what `/.well-known/security.txt` names. */
  securityContact: string | null;
  /** Addresses and networks of proxies whose forwarded addresses are believed. */
  trustedProxies: readonly string[];
  /** Addresses, networks and hosts that webhooks and robots may reach besides public ones. */
  egressAllow: readonly string[];
  /** Keys of the endpoints' secrets, the first seals; null means the file under `dataDir`. */
  secretKeys: SecretKeys | null;
  /** `publicUrl` without a slash at its end. */
  oidc: {
    issuer: string;
    clientId: string;
    clientSecret: string;
    claim: string;
    name: string;
    publicUrl: string;
  } | null;
  mail: { smtpUrl: string; from: string } | null;
  logLevel: Env['LOG_LEVEL'];
  metricsPort: number | null;
  /** Where a worker serves the metrics of Temporal's SDK. */
  temporalMetricsPort: number | null;
  /** Where traces are sent, and which share of the requests is traced; null: none. */
  traces: { endpoint: string; share: number } | null;
  /** API processes that share the address. */
  apiProcesses: number;
  /** How long an ending API process goes on answering, so that a proxy notices. */
  drainSeconds: number;
  /** Ed25519 in PEM, for checkpoints and archives; null: one made in `dataDir`. */
  signingKey: string | null;
  /** Memory that all threads of one process that read and make workbooks and documents may take together. */
  threadsMemoryMb: number;
  /** Megabytes of uploaded files that are attached to nothing yet. */
  uploadMb: { person: number; unit: number };
  /** A session ends when it was not used for `idleMs`, and `maxMs` after its beginning. */
  sessions: { idleMs: number; maxMs: number };
  /** Days that read notices, finished deliveries and plans of ended directives are kept; null for ever. */
  keepDays: { notices: number | null; deliveries: number | null; plans: number | null };
  /** null means files under `dataDir`; null keys mean the machine's own credentials. */
  fileStore: (S3Address & { keys: { access: string; secret: string } | null }) | null;
};
/** The configuration of a process that cannot start its own servers. */
export type OutsideConfig = Config & { databaseUrl: string; temporal: TemporalConfig & { address: string } };

/**
 * Every fault of an environment, one line each: `PORT must be a port, 1 to 65535`. Values are never repeated, some are
 * secrets.
 */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`Bad environment:\n${faults.join('\n')}`);
    this.faults = faults;
  }
}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const { values, faults } = parse(env);
  if (values === null || faults.length > 0) throw new ConfigError(faults);
  return configOf(values);
}

/** As `readConfig`, and PostgreSQL (and Temporal) must be named: for `npm run api`, `worker`, `migrate`. */
export function readOutsideConfig(
  env: NodeJS.ProcessEnv,
  required: readonly ('DATABASE_URL' | 'TEMPORAL_ADDRESS')[] = ['DATABASE_URL', 'TEMPORAL_ADDRESS'],
): OutsideConfig {
  const { values, faults, isGiven } = parse(env);
  const missing = required
    .filter((variable) => !isGiven(variable))
    .map(
      (variable) =>
        `${variable} is missing: this process needs an outside server (only npm start brings its own)`,
    );
  if (values === null || faults.length + missing.length > 0) throw new ConfigError([...faults, ...missing]);
  const config = configOf(values);
  // A variable that was not required may be empty: a caller that asks for DATABASE_URL alone does not use the Temporal
  // address.
  const address = config.temporal.address ?? '';
  return { ...config, databaseUrl: config.databaseUrl ?? '', temporal: { ...config.temporal, address } };
}

/** Reads this process's environment; if it is wrong, says every fault on a line of its own and ends the process. */
export function configOrExit<T>(read: (env: NodeJS.ProcessEnv) => T): T {
  try {
    return read(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(error.faults.map((fault) => `${fault}\n`).join(''));
    process.exit(EXIT_BAD_CONFIG);
  }
}

/**
 * The environment of a child process: this one's, with `values` in place of its own, also of those read from a file;
 * null removes one.
 */
export function environmentWith(values: Record<string, string | null>): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = { ...process.env };
  for (const [variable, value] of Object.entries(values)) {
    Reflect.deleteProperty(merged, fileVariable(variable));
    if (value === null) Reflect.deleteProperty(merged, variable);
    else merged[variable] = value;
  }
  return merged;
}

/** Was this process started by an npm script? Then it must end when npm is gone. */
export const startedByNpm = (): boolean => process.env.npm_lifecycle_event !== undefined;

// An empty variable counts as absent: compose files and unit files pass unset variables that way.
const isAbsent = (value: string | undefined): boolean => value === undefined || value.trim() === '';

type Parsed = { values: Env | null; faults: string[]; isGiven: (variable: Variable) => boolean };

function parse(environment: NodeJS.ProcessEnv): Parsed {
  const { env, faults: unread } = withSecretFiles(environment);
  const given = Object.fromEntries(
    Object.keys(Env.shape)
      .map((variable) => [variable, env[variable]?.trim()] as const)
      .filter(([, value]) => !isAbsent(value)),
  );
  const parsed = Env.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  // A variable whose secret could not be read is reported only for that.
  const disagreeing = unread.length > 0 ? [] : disagreements(given);
  return {
    values: parsed.success ? parsed.data : null,
    faults: [...unread, ...faults, ...disagreeing],
    // It is not reported as missing too.
    isGiven: (variable) =>
      variable in given || unread.some((fault) => fault.startsWith(`${fileVariable(variable)} `)),
  };
}

/** Faults between variables. It checks only which are given, so these are reported together with wrong values. */
function disagreements(given: Partial<Record<Variable, string>>): string[] {
  const faults: string[] = [];
  const needs = (variable: Variable, others: readonly Variable[]): void => {
    if (given[variable] === undefined) return;
    for (const other of others)
      if (given[other] === undefined) faults.push(`${other} is missing: ${variable} needs it`);
  };
  needs('OIDC_ISSUER', ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL']);
  needs('OIDC_CLIENT_ID', ['OIDC_ISSUER']);
  needs('OIDC_NAME', ['OIDC_ISSUER']);
  needs('OIDC_CLAIM', ['OIDC_ISSUER']);
  needs('OIDC_CLIENT_SECRET', ['OIDC_ISSUER']);
  needs('SMTP_URL', ['MAIL_FROM']);
  needs('TEMPORAL_TLS_CLIENT_CERT_PATH', ['TEMPORAL_TLS_CLIENT_KEY_PATH']);
  needs('TEMPORAL_TLS_CLIENT_KEY_PATH', ['TEMPORAL_TLS_CLIENT_CERT_PATH']);
  needs('FILE_STORE_ACCESS_KEY', ['FILE_STORE_SECRET_KEY', 'FILE_STORE_URL']);
  needs('FILE_STORE_SECRET_KEY', ['FILE_STORE_ACCESS_KEY', 'FILE_STORE_URL']);
  if (given.METRICS_PORT !== undefined && given.METRICS_PORT === (given.PORT ?? '8080'))
    faults.push('METRICS_PORT must differ from PORT');
  if (given.METRICS_PORT !== undefined && given.METRICS_PORT === given.TEMPORAL_METRICS_PORT)
    faults.push('TEMPORAL_METRICS_PORT must differ from METRICS_PORT');
  return [...new Set(faults)];
}

function configOf(env: Env): Config {
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: path.resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    temporal: {
      address: env.TEMPORAL_ADDRESS ?? null,
      namespace: env.TEMPORAL_NAMESPACE,
      taskQueue: env.TEMPORAL_TASK_QUEUE,
      apiKey: env.TEMPORAL_API_KEY ?? null,
      payloadKeys: env.TEMPORAL_PAYLOAD_KEY ?? null,
      ui: env.TEMPORAL_UI,
      tls: tlsOf(env),
    },
    adminPassword: env.ADMIN_PASSWORD ?? null,
    publicUrl: env.PUBLIC_URL ?? null,
    securityContact: env.SECURITY_CONTACT ?? null,
    trustedProxies: env.TRUSTED_PROXIES,
    egressAllow: env.EGRESS_ALLOW,
    secretKeys: env.SECRETS_KEY ?? null,
    oidc: oidcOf(env),
    mail:
      env.SMTP_URL !== undefined && env.MAIL_FROM !== undefined
        ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM }
        : null,
    logLevel: env.LOG_LEVEL,
    metricsPort: env.METRICS_PORT ?? null,
    temporalMetricsPort: env.TEMPORAL_METRICS_PORT ?? null,
    traces:
      env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : { endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT, share: env.OTEL_TRACES_SAMPLER_ARG },
    apiProcesses: env.API_PROCESSES,
    drainSeconds: env.DRAIN_SECONDS,
    signingKey: env.SIGNING_KEY ?? null,
    threadsMemoryMb: env.THREADS_MEMORY_MB,
    uploadMb: { person: env.UPLOAD_PERSON_MB, unit: env.UPLOAD_UNIT_MB },
    sessions: { idleMs: env.SESSION_IDLE, maxMs: env.SESSION_MAX },
    keepDays: {
      notices: env.KEEP_NOTICES_DAYS,
      deliveries: env.KEEP_DELIVERIES_DAYS,
      plans: env.KEEP_PLANS_DAYS,
    },
    fileStore: fileStoreOf(env),
  };
}

function oidcOf(env: Env): Config['oidc'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (!issuer || !clientId || !clientSecret || !env.PUBLIC_URL) return null;
  const publicUrl = env.PUBLIC_URL.replace(/\/+$/, '');
  const name = env.OIDC_NAME ?? new URL(issuer).host;
  return { issuer, clientId, clientSecret, claim: env.OIDC_CLAIM, name, publicUrl };
}

function fileStoreOf(env: Env): Config['fileStore'] {
  if (env.FILE_STORE_URL === undefined) return null;
  const { FILE_STORE_ACCESS_KEY: access, FILE_STORE_SECRET_KEY: secret } = env;
  const keys = access !== undefined && secret !== undefined ? { access, secret } : null;
  return { ...env.FILE_STORE_URL, keys };
}

/** TLS is on when it is asked for, when any of its files is named, or when an API key would else travel in the clear. */
function tlsOf(env: Env): TemporalTls | null {
  const tls: TemporalTls = {
    serverName: env.TEMPORAL_TLS_SERVER_NAME ?? null,
    serverCaCertPath: env.TEMPORAL_TLS_SERVER_CA_CERT_PATH ?? null,
    clientCertPath: env.TEMPORAL_TLS_CLIENT_CERT_PATH ?? null,
    clientKeyPath: env.TEMPORAL_TLS_CLIENT_KEY_PATH ?? null,
  };
  const implied = env.TEMPORAL_API_KEY !== undefined || Object.values(tls).some((value) => value !== null);
  return (env.TEMPORAL_TLS ?? implied) ? tls : null;
}
