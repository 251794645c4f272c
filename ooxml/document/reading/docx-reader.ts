// Reads uploaded documents one after another in a thread of their own, bounded in memory and time.
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { createThreads, OutOfBounds } from '../../threads/bounded-threads.ts';
import { ownBytes } from '../../threads/serve.ts';
import type { DocxRead } from './docx-content.ts';

export type DocxReader = {
  /** By the id of a file that is there; `ThreadsBusy` is thrown where too many wait. */
  read(id: string): Promise<DocxRead>;
};

export function createDocxReader(files: { open(id: string): Promise<Readable> }): DocxReader {
  const threads = createThreads<Uint8Array<ArrayBuffer>, DocxRead>(
    new URL('./docx-thread.ts', import.meta.url),
    // The largest part in XML becomes so much in memory; two hundred pages take two seconds on a slow machine. A
    // document of many sections is read file by file: its thread is not begun anew for each.
    { heapMb: 384, timeMs: 20_000, atOnce: 1, waiting: 50, keptMs: 10_000 },
    (bytes) => [bytes.buffer],
  );
  return {
    async read(id) {
      try {
        return await threads.run(async () => ownBytes(await buffer(await files.open(id))));
      } catch (error) {
        if (error instanceof OutOfBounds) return { fault: 'TOO_LARGE' };
        throw error;
      }
    },
  };
}
