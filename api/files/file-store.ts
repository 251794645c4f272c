// Where the bytes of files lie: a folder of this installation, one file an id, nothing named by a sender.
import { createHash, randomUUID, type Hash } from 'node:crypto';
import { createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refused } from '../errors.ts';
import { createTextSniff, mediaTypeOf } from './media-type.ts';

/** Bytes that have come in and are nobody's file yet. */
export type Received = { id: string; size: number; sha256: string; mediaType: string };

export type FileStore = {
  /** Takes in a stream while hashing it; `TOO_LARGE` beyond `maxBytes`, and then nothing is left of it. */
  receive(source: Readable, maxBytes: number): Promise<Received>;
  /** Makes what was received readable under its id. */
  keep(id: string): Promise<void>;
  /** Throws away what was received or kept; none is fine. */
  remove(id: string): Promise<void>;
  open(id: string): Promise<ReadStream>;
  /** Ids of what was last written over `hours` ago, some folders at a time. */
  listOlderThan(hours: number): AsyncIterable<string[]>;
};

/** What `receive` makes; nothing else ever becomes a path. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const isFileId = (text: string): boolean => ID.test(text);

const INCOMING = 'incoming';

async function* metered(
  chunks: AsyncIterable<Buffer>,
  meter: { hash: Hash; size: number; push(chunk: Buffer): void },
  maxBytes: number,
): AsyncIterable<Buffer> {
  for await (const chunk of chunks) {
    meter.size += chunk.length;
    if (meter.size > maxBytes) throw refused('TOO_LARGE', { params: { max: maxBytes } });
    meter.hash.update(chunk);
    meter.push(chunk);
    yield chunk;
  }
}

/** Below `root`: `incoming/<id>` while it comes in, `<first two letters>/<id>` afterwards. */
export function createFileStore(root: string): FileStore {
  const incoming = (id: string): string => path.join(root, INCOMING, id);
  const kept = (id: string): string => {
    if (!isFileId(id)) throw new Error('not an id of a file');
    return path.join(root, id.slice(0, 2), id);
  };

  return {
    async receive(source, maxBytes) {
      const id = randomUUID();
      const sniff = createTextSniff();
      const meter = { hash: createHash('sha256'), size: 0, push: sniff.push };
      await mkdir(path.dirname(incoming(id)), { recursive: true });
      try {
        // Flushed to the disk before anybody is told that we have it.
        const target = createWriteStream(incoming(id), { flags: 'wx', mode: 0o600, flush: true });
        await pipeline(source, (chunks: AsyncIterable<Buffer>) => metered(chunks, meter, maxBytes), target);
        const mediaType = await mediaTypeOf(incoming(id), sniff.end());
        return { id, size: meter.size, sha256: meter.hash.digest('hex'), mediaType };
      } catch (error) {
        await rm(incoming(id), { force: true });
        throw error;
      }
    },

    async keep(id) {
      await mkdir(path.dirname(kept(id)), { recursive: true });
      await rename(incoming(id), kept(id));
    },

    async remove(id) {
      await rm(kept(id), { force: true });
      await rm(incoming(id), { force: true });
    },

    async open(id) {
      const handle = await open(kept(id), 'r');
      return handle.createReadStream();
    },

    async *listOlderThan(hours) {
      const untilMs = Date.now() - hours * 3_600_000;
      const folders = await readdir(root).catch(() => []);
      for (const folder of folders) {
        const names = (await readdir(path.join(root, folder))).filter(isFileId);
        const old: string[] = [];
        for (const name of names) {
          const { mtimeMs } = await stat(path.join(root, folder, name)).catch(() => ({ mtimeMs: Infinity }));
          if (mtimeMs < untilMs) old.push(name);
        }
        if (old.length > 0) yield old;
      }
    },
  };
}
