// Reads uploaded documents one after another in a thread of their own, bounded in memory and time.
import { Worker } from 'node:worker_threads';
import { buffer } from 'node:stream/consumers';
import { refused } from '../errors.ts';
import type { FileStore } from '../files/file-store.ts';
import type { DocxRead } from './docx-content.ts';

export type DocxReader = {
  /** By the id of a file that is there; `TOO_MANY_REQUESTS` is thrown where too many wait. */
  read(id: string): Promise<DocxRead>;
};

/** The largest part in XML, and what it becomes in memory. */
const HEAP_MB = 384;
/** A document of two hundred pages takes two seconds on a slow machine. */
const TIMEOUT_MS = 20_000;
/** Beyond these a document is turned away: nobody waits longer than a minute or two. */
const MAX_WAITING = 50;
/** Then the thread goes: it is started again in a fifth of a second. */
const IDLE_MS = 10_000;

export function createDocxReader(files: Pick<FileStore, 'open'>): DocxReader {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const end = (): void => {
    void thread?.terminate();
    thread = null;
  };

  function started(): Worker {
    if (idle) clearTimeout(idle);
    if (thread) return thread;
    const made = new Worker(new URL('./docx-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      // What it reads is not to be trusted: it is told nothing of where it runs.
      env: {},
    });
    // Whoever waits for it holds the process; it does not.
    made.unref();
    // A thread that dies while nobody waits for it is replaced; unheard, its error would end the process.
    made.on('error', () => undefined);
    made.on('exit', () => {
      if (thread === made) thread = null;
    });
    thread = made;
    return made;
  }

  async function readNow(id: string): Promise<DocxRead> {
    const bytes = new Uint8Array(await buffer(await files.open(id)));
    const content = await readIn(started(), bytes);
    if ('fault' in content && content.fault === 'TOO_LARGE') end();
    idle = setTimeout(end, IDLE_MS).unref();
    return content;
  }

  return {
    async read(id) {
      if (waiting >= MAX_WAITING) throw refused('TOO_MANY_REQUESTS');
      waiting += 1;
      const turn = last.then(() => readNow(id));
      last = turn.catch(() => undefined);
      return turn.finally(() => {
        waiting -= 1;
      });
    },
  };
}

/** `TOO_LARGE` also where the thread had not memory or time enough. */
function readIn(thread: Worker, bytes: Uint8Array<ArrayBuffer>): Promise<DocxRead> {
  return new Promise((resolve) => {
    const answer = (content: DocxRead): void => {
      clearTimeout(timer);
      thread.off('message', answer);
      thread.off('exit', tooLarge);
      resolve(content);
    };
    const tooLarge = (): void => {
      answer({ fault: 'TOO_LARGE' });
    };
    const timer = setTimeout(tooLarge, TIMEOUT_MS);
    thread.once('message', answer);
    thread.once('exit', tooLarge);
    thread.postMessage(bytes, [bytes.buffer]);
  });
}
