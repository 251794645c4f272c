// Reads uploaded documents one after another in a thread of their own, bounded in memory and time.
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createThreads, OutOfBounds } from '../../threads/bounded-threads.ts';
import { WORK } from '../../threads/kinds-of-work.ts';
import { ownBytes } from '../../threads/serve-tasks.ts';
import { ThreadsFull, type ThreadBudget } from '../../threads/thread-budget.ts';
import type { DocxRead } from './docx-content.ts';

export type DocxReader = {
  /** By the id of an existing file; throws `ThreadsFull` where too many wait. */
  read(id: string): Promise<DocxRead>;
};

export function createDocxReader(
  budget: ThreadBudget,
  files: { open(id: string): Promise<Readable> },
): DocxReader {
  const bounds = WORK['read document'];
  const threads = createThreads<Uint8Array<ArrayBuffer>, DocxRead>(
    budget,
    new URL('./docx-thread.ts', import.meta.url),
    bounds,
    (bytes) => [bytes.buffer],
  );
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** The bytes are fetched before a thread is asked for: a slow store keeps no other work waiting. */
  async function readOne(id: string): Promise<DocxRead> {
    const bytes = ownBytes(await buffer(await files.open(id)));
    try {
      return await threads.run(() => bytes);
    } catch (error) {
      if (error instanceof OutOfBounds) return { fault: 'TOO_LARGE' };
      throw error;
    }
  }

  return {
    async read(id) {
      if (waiting > bounds.waiting) throw new ThreadsFull();
      waiting += 1;
      // One document is in memory at a time.
      const own = last.then(() => readOne(id)).finally(() => (waiting -= 1));
      last = own.catch(() => undefined);
      return own;
    },
  };
}
