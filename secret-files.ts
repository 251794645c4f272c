// Secrets from files: `DATABASE_URL_FILE=/run/secrets/database_url` gives `DATABASE_URL` the file's content.
import { readFileSync } from 'node:fs';

/**
 * Variables that may come from a file: compose and init systems pass secrets so, and a process listing does not show
 * them.
 */
export const SECRETS = [
  'DATABASE_URL',
  'TEMPORAL_API_KEY',
  'TEMPORAL_PAYLOAD_KEY',
  'ADMIN_PASSWORD',
  'OIDC_CLIENT_SECRET',
  'SECRETS_KEY',
  'SMTP_URL',
  'FILE_STORE_ACCESS_KEY',
  'FILE_STORE_SECRET_KEY',
  'SIGNING_KEY',
] as const;
/** A secret is one line; a file larger than this was named by mistake. */
const SECRET_BYTES = 10_000;

export const fileVariable = (secret: string): string => `${secret}_FILE`;

/**
 * `env` with the secrets that files name filled in, and a fault for each that cannot be read. An empty file counts as
 * an empty variable: not set.
 */
export function withSecretFiles(env: NodeJS.ProcessEnv): { env: NodeJS.ProcessEnv; faults: string[] } {
  const read: NodeJS.ProcessEnv = { ...env };
  const faults: string[] = [];
  for (const secret of SECRETS) {
    const variable = fileVariable(secret);
    const file = env[variable]?.trim() ?? '';
    if (file === '') continue;
    const found = (env[secret]?.trim() ?? '') === '' ? readSecret(file) : { fault: `or ${secret}, not both` };
    if ('fault' in found) faults.push(`${variable} ${found.fault}`);
    else read[secret] = found.value;
  }
  return { env: read, faults };
}

/** The message never repeats the path: if the secret itself was put there, the log would show it. */
function readSecret(file: string): { value: string } | { fault: string } {
  try {
    const value = readFileSync(file, 'utf8').trim();
    return value.length > SECRET_BYTES ? { fault: 'names a file too large for a secret' } : { value };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { fault: `names a file that cannot be read${code === undefined ? '' : ` (${code})`}` };
  }
}
