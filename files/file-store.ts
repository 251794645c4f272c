// Where the bytes of files lie: what every store can do, and the one that is a folder of this machine.
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { isFileId, placeOf } from './file-id.ts';
import {
  clearIncoming,
  incomingFolder,
  listOldFiles,
  scratchPlace,
  takeIn,
  type Received,
} from './incoming.ts';
import { ofTheDisk } from './store-away.ts';

export { isFileId, type Received };

/** Every call may throw `StoreAway`; a file is then as it was before the call. */
export type FileStore = {
  /** Takes in a stream while hashing it; `FileTooLarge` beyond `maxBytes`, and then nothing is left of it. */
  receive(source: Readable, maxBytes: number): Promise<Received>;
  /** Makes what was received readable under its id; where that fails nothing of it is left on this machine. */
  keep(received: Received): Promise<void>;
  /** Throws away what was received or kept; none is fine. */
  remove(id: string): Promise<void>;
  open(id: string): Promise<Readable>;
  /** A path on this machine for a file that is made, sent once and removed by its maker. */
  scratch(): Promise<string>;
  /** Ids of what was kept over `hours` ago, some at a time. */
  listOlderThan(hours: number): AsyncIterable<string[]>;
  /** Throws away what came in over `hours` ago and was never kept; how many went. */
  clearIncoming(hours: number): Promise<number>;
  /** Resolves where the store's server answers; null where the store is no server. */
  ping: (() => Promise<void>) | null;
};

/** Below `root`: `incoming/<id>` while it comes in, `<first two letters>/<id>` afterwards. */
export function createFileStore(root: string): FileStore {
  const incoming = incomingFolder(root);
  const kept = (id: string): string => path.join(root, ...placeOf(id));

  return {
    receive: (source, maxBytes) => takeIn(incoming, source, maxBytes),

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
          (name) => placeOf(name)[0] === folder,
        );
        if (old.length > 0) yield old;
      }
    },

    scratch: () => scratchPlace(incoming),
    clearIncoming: (hours) => clearIncoming(incoming, hours),
    ping: null,
  };
}
