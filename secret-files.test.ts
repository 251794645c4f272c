// The promises of secret-files.ts, through the readers of config.ts that every process uses.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigError, environmentWith, readConfig, readOutsideConfig } from './config.ts';
import { SECRETS } from './secret-files.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-secrets-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const fileOf = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const DATABASE = 'postgres://zhuanban:hunter2@db:5432/zhuanban';

describe('a secret in a file', () => {
  it('is read without the line’s end, and counts as given', () => {
    const config = readOutsideConfig({
      DATABASE_URL_FILE: fileOf('database_url', `${DATABASE}\n`),
      TEMPORAL_ADDRESS: 'temporal:7233',
      ADMIN_PASSWORD_FILE: fileOf('admin_password', 'correct horse\r\n'),
    });
    expect(config).toMatchObject({ databaseUrl: DATABASE, adminPassword: 'correct horse' });
  });

  it('may be any of them', () => {
    const SHAPED: Partial<Record<string, string>> = {
      DATABASE_URL: DATABASE,
      SMTP_URL: 'smtp://u:p@mail',
      SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
      TEMPORAL_PAYLOAD_KEY: Buffer.alloc(32, 2).toString('base64'),
    };
    const env = Object.fromEntries(
      SECRETS.map((secret) => [`${secret}_FILE`, fileOf(secret, SHAPED[secret] ?? 's')]),
    );
    const config = readConfig({
      ...env,
      PUBLIC_URL: 'https://zhuanban.example',
      OIDC_ISSUER: 'https://login.example',
      OIDC_CLIENT_ID: 'zhuanban',
      MAIL_FROM: 'zhuanban@example.org',
      FILE_STORE_URL: 's3://bucket/files?endpoint=http://127.0.0.1:9000',
    });
    expect(config).toMatchObject({
      databaseUrl: DATABASE,
      temporal: { apiKey: 's' },
      adminPassword: 's',
      oidc: { clientSecret: 's' },
      mail: { smtpUrl: 'smtp://u:p@mail' },
      fileStore: { keys: { access: 's', secret: 's' } },
    });
  });

  it('is checked as the variable is, and never repeated', () => {
    const faults = faultsOf(() =>
      readConfig({ DATABASE_URL_FILE: fileOf('wrong', 'mysql://user:hunter2@host/db') }),
    );
    expect(faults).toEqual([expect.stringMatching(/^DATABASE_URL must be a URL/)]);
    expect(faults.join()).not.toContain('hunter2');
  });

  it('that cannot be had is one fault, without the path', () => {
    const missing = path.join(folder, 'hunter2');
    expect(
      faultsOf(() => readOutsideConfig({ DATABASE_URL_FILE: missing, TEMPORAL_ADDRESS: 'temporal:7233' })),
    ).toEqual(['DATABASE_URL_FILE names a file that cannot be read (ENOENT)']);
    expect(faultsOf(() => readConfig({ ADMIN_PASSWORD_FILE: fileOf('large', 'x'.repeat(20_000)) }))).toEqual([
      'ADMIN_PASSWORD_FILE names a file too large for a secret',
    ]);
  });

  it('that is empty is not set', () => {
    const file = fileOf('empty', '\n');
    expect(readConfig({ ADMIN_PASSWORD_FILE: file }).adminPassword).toBeNull();
    expect(faultsOf(() => readOutsideConfig({ DATABASE_URL_FILE: file }, ['DATABASE_URL']))).toEqual([
      expect.stringMatching(/^DATABASE_URL is missing/),
    ]);
  });

  it('is one of two ways, never both; an empty variable is none', () => {
    const file = fileOf('password', 'a');
    expect(faultsOf(() => readConfig({ ADMIN_PASSWORD: 'b', ADMIN_PASSWORD_FILE: file }))).toEqual([
      'ADMIN_PASSWORD_FILE or ADMIN_PASSWORD, not both',
    ]);
    expect(readConfig({ ADMIN_PASSWORD: '', ADMIN_PASSWORD_FILE: file }).adminPassword).toBe('a');
    expect(readConfig({ ADMIN_PASSWORD: 'b', ADMIN_PASSWORD_FILE: ' ' }).adminPassword).toBe('b');
  });

  it('gives way in a child process to what its parent decides', () => {
    process.env.DATABASE_URL_FILE = fileOf('parent', DATABASE);
    try {
      const child = environmentWith({ DATABASE_URL: 'postgres://other/db' });
      expect(readConfig(child).databaseUrl).toBe('postgres://other/db');
    } finally {
      Reflect.deleteProperty(process.env, 'DATABASE_URL_FILE');
    }
  });
});
