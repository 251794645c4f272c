// Puts files of a backup into the store under their own ids, after comparing each with its row.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { storedAt } from './file-id.ts';
import type { FileStore } from './file-store.ts';
import { copyHashed } from './hashed-copy.ts';
import { incomingFolder, type Received } from './incoming.ts';

const PAGE = 500;

export type BroughtBack = {
  /** Taken from the backup. */
  brought: number;
  /** In the store already, as uploaded. */
  there: number;
  /** Ids of files that have a row and are neither in the backup nor in the store. */
  missing: string[];
};

/** `source` is a folder laid out as the store; null only checks the store. Idempotent. */
export async function bringFilesBack(deps: {
  /** Files that have a row, in order of their ids, those behind `after`. */
  listFiles(after: string, limit: number): Promise<Received[]>;
  store: FileStore;
  /** The store's folder on this machine for incoming files. */
  incoming: string;
  source: string | null;
}): Promise<BroughtBack> {
  const result: BroughtBack = { brought: 0, there: 0, missing: [] };
  let after = '';
  for (;;) {
    const page = await deps.listFiles(after, PAGE);
    for (const file of page) {
      if (await isThere(deps.store, file)) result.there += 1;
      else if (deps.source !== null && (await bring(deps, deps.source, file))) result.brought += 1;
      else result.missing.push(file.id);
    }
    const last = page.at(-1);
    if (last === undefined) return result;
    after = last.id;
  }
}

async function isThere(store: FileStore, { id, sha256 }: Received): Promise<boolean> {
  try {
    const hash = createHash('sha256');
    await pipeline(await store.open(id), hash);
    return hash.digest('hex') === sha256;
  } catch {
    return false;
  }
}

/** Copied by way of the incoming folder, as an upload: whole in the store, or not there. */
async function bring(
  { store, incoming }: { store: FileStore; incoming: string },
  source: string,
  { id, size, sha256, mediaType }: Received,
): Promise<boolean> {
  const target = path.join(incomingFolder(incoming), id);
  const copied = await copyHashed(createReadStream(path.join(source, ...storedAt(id))), target).catch(
    () => null,
  );
  if (copied !== sha256) return false;
  await store.keep({ id, size, sha256, mediaType });
  return true;
}
