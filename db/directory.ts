// The organisation in memory: one snapshot, read again when its version in the database has moved on.
import { createDirectory, type Directory } from '../domain/organisation/organisation.ts';
import type { Db } from './pool.ts';
import { findOrganisationVersion, loadOrganisation } from './queries/organisation.ts';

/**
 * The connection must not have written to the organisation in its open transaction: the snapshot is kept for all
 * callers, so it must be committed.
 */
export type DirectorySource = {
  /** The organisation as it is now. */
  current(db: Db): Promise<Directory>;
  /** The organisation of `version`, or a later one where that is already gone. */
  at(db: Db, version: number): Promise<Directory>;
};

export function createDirectorySource(): DirectorySource {
  let kept: Directory | null = null;
  // Loads under way, by the version that was asked for.
  const loading = new Map<number, Promise<Directory>>();

  async function load(db: Db): Promise<Directory> {
    const { version, file } = await loadOrganisation(db);
    const directory = createDirectory(file, version);
    kept = directory;
    return directory;
  }

  async function at(db: Db, version: number): Promise<Directory> {
    if (kept !== null && kept.version === version) return kept;
    const underWay = loading.get(version);
    if (underWay !== undefined) {
      // The load runs on another caller's connection: when that breaks, ours may still work.
      const loaded = await underWay.catch(() => null);
      return loaded ?? load(db);
    }
    const started = load(db).finally(() => loading.delete(version));
    loading.set(version, started);
    return started;
  }

  return {
    at,
    current: async (db) => at(db, await findOrganisationVersion(db)),
  };
}
