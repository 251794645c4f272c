// Restores a dump made by PostgreSQL's own pg_dump with its pg_restore, which has to be on the PATH.
import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { BackupFault } from './copy-in.ts';

/** How files of `pg_dump --format=custom` begin. */
const MAGIC = 'PGDMP';

export async function isPgDump(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.toString('latin1', 0, bytesRead) === MAGIC;
  } finally {
    await handle.close();
  }
}

/**
 * Restores into an empty database, all or nothing. `environment` makes the child's environment from the given
 * variables.
 */
export async function restorePgDump(
  databaseUrl: string,
  file: string,
  environment: (values: Record<string, string>) => NodeJS.ProcessEnv,
): Promise<void> {
  const args = ['--single-transaction', '--no-owner', '--no-privileges', '--exit-on-error'];
  try {
    // The password is passed in the environment: every user of the machine can see a process's arguments.
    await promisify(execFile)('pg_restore', [...args, '--dbname', withoutPassword(databaseUrl), file], {
      env: environment({ PGPASSWORD: decodeURIComponent(new URL(databaseUrl).password) }),
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT')
      throw new BackupFault('pg_restore is not on the PATH: install the client tools of your PostgreSQL');
    throw new BackupFault(
      `pg_restore failed, and nothing was brought back:\n${stderr?.trim() ?? String(error)}`,
    );
  }
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = '';
  return url.href;
}
