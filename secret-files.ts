// Secrets from files: `DATABASE_URL_FILE=/run/secrets/database_url` stands for `DATABASE_URL` with what the file holds.
import { readFileSync } from 'node:fs';

/** What may come from a file: compose and init systems hand secrets over so, and no listing of processes shows them. */
export const SECRETS = [
  'DATABASE_URL',
  'TEMPORAL_API_KEY',
  'ADMIN_PASSWORD',
  'OIDC_CLIENT_SECRET',
  'SMTP_URL',
  'FILE_STORE_ACCESS_KEY',
  'FILE_STORE_SECRET_KEY',
] as const;
/** A secret is a line; a file of this size was named by mistake. */
const SECRET_BYTES = 10_000;

export const fileVariable = (secret: string): string => `${secret}_FILE`;

/** `env` with every secret that is named by a file in its place, and a fault for each that cannot be had. An empty file is as an empty variable: not set. */
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

/** The words never repeat the path: whoever puts the secret itself there would read it in the log. */
function readSecret(file: string): { value: string } | { fault: string } {
  try {
    const value = readFileSync(file, 'utf8').trim();
    return value.length > SECRET_BYTES ? { fault: 'names a file too large for a secret' } : { value };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { fault: `names a file that cannot be read${code === undefined ? '' : ` (${code})`}` };
  }
}
