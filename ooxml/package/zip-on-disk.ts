// A zip on a disk, read part by part: its names, the bytes of a part, and the comment with the digest of all before it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { openPromise, type Entry } from 'yauzl';

export type ZipOnDisk = {
  names: readonly string[];
  read(name: string): AsyncIterable<Buffer>;
  /** The comment's last `bytes`, and the SHA-256 of every byte before them. */
  seal(bytes: number): Promise<{ comment: string; digest: Buffer }>;
  close(): void;
};

/** Throws what yauzl does for a file that is no zip. */
export async function openZipOnDisk(path: string): Promise<ZipOnDisk> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return {
    names: [...entries.keys()],
    async *read(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(`${name} is missing`);
      const stream = await zip.openReadStreamPromise(entry);
      for await (const bytes of stream as AsyncIterable<Buffer>) yield bytes;
    },
    async seal(bytes) {
      const { size } = await stat(path);
      const seal = createHash('sha256');
      const at = Math.max(0, size - bytes);
      const tail: Buffer[] = [];
      let read = 0;
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
        const before = Math.min(chunk.length, Math.max(0, at - read));
        seal.update(chunk.subarray(0, before));
        tail.push(chunk.subarray(before));
        read += chunk.length;
      }
      return { comment: Buffer.concat(tail).toString('latin1'), digest: seal.digest() };
    },
    close() {
      zip.close();
    },
  };
}
