// The files of DATA_DIR are for the user the installation runs as, also those that an earlier release made.
import { chmod, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** What a process makes from here on, only its user reads; children take it over. */
export const keepFilesToOneself = (): void => {
  process.umask(0o077);
};

const OTHERS = 0o077;

/**
 * Takes from others what they may read below `folder`: folders become 0700, files 0600 (0700 if they are run). Of
 * another user's it touches nothing: PostgreSQL's folder, where root starts it, is that user's and closed already. Links
 * are not followed. `folder` itself stays as it was made: where root starts PostgreSQL, its user passes through.
 */
export async function closeToOthers(folder: string): Promise<void> {
  const own = process.getuid?.();
  if (own === undefined) return;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() && !entry.isFile()) continue;
    const file = path.join(folder, entry.name);
    // A file may go while others are looked at: a log is turned over, an upload is over.
    const found = await lstat(file).catch(() => null);
    if (found?.uid !== own || found.isSymbolicLink()) continue;
    if ((found.mode & OTHERS) !== 0) await chmod(file, found.mode & 0o700).catch(() => undefined);
    if (entry.isDirectory()) await closeToOthers(file).catch(() => undefined);
  }
}
