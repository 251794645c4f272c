// The promises of config.ts: defaults, every fault at once, no secret repeated.
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig, readOutsideConfig } from './config.ts';

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('traces where a collector is named, all or a share of what is asked', () => {
    const endpoint = 'http://collector.example:4318';
    const named = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
    expect(readConfig(named).traces).toEqual({ endpoint, share: 1 });
    expect(readConfig({ ...named, OTEL_TRACES_SAMPLER_ARG: '0.25' }).traces).toEqual({
      endpoint,
      share: 0.25,
    });
    expect(readConfig({ OTEL_TRACES_SAMPLER_ARG: '0.25' }).traces).toBeNull();
    for (const share of ['2', '-1', 'half', '1.5'])
      expect(() => readConfig({ OTEL_TRACES_SAMPLER_ARG: share })).toThrow(/OTEL_TRACES_SAMPLER_ARG must be/);
  });

  it('needs no variable at all', () => {
    expect(readConfig({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataDir: path.resolve('.zhuanban'),
      databaseUrl: null,
      temporal: {
        address: null,
        namespace: 'default',
        taskQueue: 'zhuanban',
        apiKey: null,
        payloadKeys: null,
        ui: false,
        tls: null,
      },
      adminPassword: null,
      publicUrl: null,
      securityContact: null,
      signingKey: null,
      trustedProxies: [],
      secretKeys: null,
      oidc: null,
      mail: null,
      logLevel: 'info',
      metricsPort: null,
      temporalMetricsPort: null,
      traces: null,
      apiProcesses: 1,
      drainSeconds: 5,
      egressAllow: [],
      threadsMemoryMb: 2_048,
      uploadMb: { person: 500, unit: 2_000 },
      sessions: { idleMs: 12 * 3_600_000, maxMs: 7 * 86_400_000 },
      keepDays: { notices: 365, deliveries: 180, plans: 90 },
      fileStore: null,
    });
  });

  it('takes the times of sessions as durations, within reason', () => {
    const { sessions } = readConfig({ SESSION_IDLE: 'PT30M', SESSION_MAX: 'P1DT12H' });
    expect(sessions).toEqual({ idleMs: 1_800_000, maxMs: 36 * 3_600_000 });
    for (const idle of ['30m', 'PT1M', 'P31D', '0'])
      expect(() => readConfig({ SESSION_IDLE: idle })).toThrow(/SESSION_IDLE must be .* PT5M to P30D/);
    expect(() => readConfig({ SESSION_MAX: 'P91D' })).toThrow(/SESSION_MAX must be .* PT5M to P90D/);
  });

  it('takes networks and names that webhooks may reach, and no address in disguise', () => {
    const read = (list: string): unknown => readConfig({ EGRESS_ALLOW: list }).egressAllow;
    expect(read('10.0.0.0/8, robot.example,::1')).toEqual(['10.0.0.0/8', 'robot.example', '::1']);
    for (const list of ['0.0.0.0/0', '10.0.0', '2130706433', '0x7f.1', 'http://a.example', '*.example', ','])
      expect(faultsOf(() => read(list))).toEqual([expect.stringMatching(/^EGRESS_ALLOW must be addresses/)]);
  });

  it('takes networks of proxies, and none that would be everybody', () => {
    const read = (list: string): unknown => readConfig({ TRUSTED_PROXIES: list }).trustedProxies;
    expect(read('127.0.0.1, 10.0.0.0/8,fd00::/8')).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
    for (const list of ['proxy.example', '10.0.0.0/33', '0.0.0.0/0', '::/0', '10.0.0.1,', '10.0.0.0/8/8'])
      expect(faultsOf(() => read(list))).toEqual([
        expect.stringMatching(/^TRUSTED_PROXIES must be addresses/),
      ]);
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', SMTP_URL: '' })).toEqual(readConfig({}));
  });

  it('tells all faults together, each with its variable', () => {
    const faults = faultsOf(() =>
      readConfig({
        PORT: '99999',
        LOG_LEVEL: 'loud',
        TEMPORAL_ADDRESS: 'nowhere',
        SMTP_URL: 'smtp://mail.example',
      }),
    );
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'PORT',
      'TEMPORAL_ADDRESS',
      'LOG_LEVEL',
      'MAIL_FROM',
    ]);
    expect(faults.every((fault) => !fault.includes('\n'))).toBe(true);
  });

  it.each(['0', '-1', '8080x', '65536', '1e3'])('refuses the port %s', (value) => {
    expect(faultsOf(() => readConfig({ PORT: value }))).toEqual(['PORT must be a port, 1 to 65535']);
  });

  it('never repeats a value that may hold a password', () => {
    const faults = faultsOf(() => readConfig({ DATABASE_URL: 'mysql://user:hunter2@host/db' }));
    expect(faults).toHaveLength(1);
    expect(faults.join()).not.toContain('hunter2');
  });

  it('wants single sign-on whole or not at all', () => {
    expect(faultsOf(() => readConfig({ OIDC_ISSUER: 'https://login.example' }))).toHaveLength(3);
    const oidc = {
      OIDC_CLIENT_ID: 'zhuanban',
      OIDC_CLIENT_SECRET: 's',
      PUBLIC_URL: 'https://zhuanban.example/',
    };
    expect(readConfig({ ...oidc, OIDC_ISSUER: 'https://login.example/realm' }).oidc).toEqual({
      issuer: 'https://login.example/realm',
      clientId: 'zhuanban',
      clientSecret: 's',
      claim: 'preferred_username',
      name: 'login.example',
      publicUrl: 'https://zhuanban.example',
    });
    expect(readConfig({ ...oidc, OIDC_ISSUER: 'http://localhost:8081' }).oidc?.name).toBe('localhost:8081');
    expect(faultsOf(() => readConfig({ ...oidc, OIDC_ISSUER: 'http://login.example' }))).toEqual([
      'OIDC_ISSUER must be https; http only on this machine',
    ]);
    expect(faultsOf(() => readConfig({ OIDC_CLIENT_ID: 'a' }))).toEqual([
      'OIDC_ISSUER is missing: OIDC_CLIENT_ID needs it',
    ]);
  });

  it('takes the keys of the file store beside its address, both or none', () => {
    const url = 's3://bucket/files?endpoint=http://127.0.0.1:9000';
    expect(readConfig({ FILE_STORE_URL: url }).fileStore).toMatchObject({ bucket: 'bucket', keys: null });
    expect(
      readConfig({ FILE_STORE_URL: url, FILE_STORE_ACCESS_KEY: 'a', FILE_STORE_SECRET_KEY: 's' }).fileStore,
    ).toMatchObject({ prefix: 'files', keys: { access: 'a', secret: 's' } });
    expect(faultsOf(() => readConfig({ FILE_STORE_URL: url, FILE_STORE_ACCESS_KEY: 'a' }))).toEqual([
      'FILE_STORE_SECRET_KEY is missing: FILE_STORE_ACCESS_KEY needs it',
    ]);
    expect(faultsOf(() => readConfig({ FILE_STORE_SECRET_KEY: 'hunter2' }))).toEqual([
      'FILE_STORE_ACCESS_KEY is missing: FILE_STORE_SECRET_KEY needs it',
      'FILE_STORE_URL is missing: FILE_STORE_SECRET_KEY needs it',
    ]);
    const leaked = faultsOf(() => readConfig({ PORT: 'x', FILE_STORE_URL: 's3://key:hunter2@bucket' }));
    expect(leaked).toEqual([
      'PORT must be a port, 1 to 65535',
      expect.stringMatching(/^FILE_STORE_URL must hold no keys/),
    ]);
    expect(leaked.join()).not.toContain('hunter2');
  });

  it('turns TLS on for an API key, and off when told so', () => {
    expect(readConfig({ TEMPORAL_API_KEY: 'k' }).temporal.tls).not.toBeNull();
    expect(readConfig({ TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' }).temporal.tls).toBeNull();
    expect(readConfig({ TEMPORAL_TLS_SERVER_NAME: 'a.example' }).temporal.tls?.serverName).toBe('a.example');
  });
});

describe('readOutsideConfig', () => {
  it('lists the servers that are not named beside the other faults', () => {
    const faults = faultsOf(() => readOutsideConfig({ PORT: 'x' }));
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'TEMPORAL_ADDRESS']);
  });

  it('asks only for what the process needs', () => {
    const config = readOutsideConfig({ DATABASE_URL: 'postgres://h/db' }, ['DATABASE_URL']);
    expect(config.databaseUrl).toBe('postgres://h/db');
  });
});
