// The file store: its interface, and the implementation in a folder of this machine.
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { isFileId, storedAt } from './file-id.ts';
import {
  clearIncoming,
  incomingFolder,
  listOldFiles,
  scratchPlace,
  takeInFile,
  type Received,
} from './incoming.ts';
import { ofTheDisk } from './store-away.ts';

export { isFileId, type Received };

/** Every call may throw `StoreAway`; a file is then as it was before the call. */
export type FileStore = {
  /** Takes in a stream while hashing it; `FileTooLarge` beyond `maxBytes`, and then nothing is left of it. */
  receive(source: Readable, maxBytes: number): Promise<Received>;
  /** Makes a received file readable under its id; where that fails nothing of it is left on this machine. */
  keep(received: Received): Promise<void>;
  /** Deletes a received or kept file; a missing one is no error. */
  remove(id: string): Promise<void>;
  open(id: string): Promise<Readable>;
  /** A path on this machine for a file that its maker writes, sends once and removes. */
  scratch(): Promise<string>;
  /** Ids of files kept over `hours` ago, some at a time. */
  listOlderThan(hours: number): AsyncIterable<string[]>;
  /** Deletes files received over `hours` ago and never kept; answers how many. */
  clearIncoming(hours: number): Promise<number>;
  /** Resolves where the store's server answers; null where the store is no server. */
  ping: (() => Promise<void>) | null;
};

/** Below `root`: `incoming/<id>` while it comes in, `<first two letters>/<id>` afterwards. */
export function createFileStore(root: string): FileStore {
  const incoming = incomingFolder(root);
  const kept = (id: string): string => path.join(root, ...storedAt(id));

  return {
    receive: (source, maxBytes) => takeInFile(incoming, source, maxBytes),

    async keep({ id }) {
      const from = path.join(incoming, id);
      try {
        await mkdir(path.dirname(kept(id)), { recursive: true });
        await rename(from, kept(id));
      } catch (error) {
        await rm(from, { force: true }).catch(() => undefined);
        throw ofTheDisk(error);
      }
    },

    async remove(id) {
      await rm(kept(id), { force: true });
      await rm(path.join(incoming, id), { force: true });
    },

    async open(id) {
      const handle = await open(kept(id), 'r');
      return handle.createReadStream();
    },

    async *listOlderThan(hours) {
      const folders = (await readdir(root).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name));
      for (const folder of folders) {
        const old = (await listOldFiles(path.join(root, folder), hours)).filter(
          (name) => storedAt(name)[0] === folder,
        );
        if (old.length > 0) yield old;
      }
    },

    scratch: () => scratchPlace(incoming),
    clearIncoming: (hours) => clearIncoming(incoming, hours),
    ping: null,
  };
}
