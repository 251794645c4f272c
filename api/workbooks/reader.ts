// Reads uploaded workbooks: each in a thread with limits of its own, few at once, so that none can stop or fill the API.
import { Worker } from 'node:worker_threads';
import type { Refusal } from '../../domain/failure.ts';
import { Refused, refused } from '../errors.ts';
import type { ReadOf, Task } from './reading-task.ts';
import type { Unreadable } from './unreadable.ts';
import { refusedAs } from './unreadable-words.ts';

/** Two: one reader may hold a processor for seconds, and the API needs the others. */
const AT_ONCE = 2;
/** Beyond these a workbook is turned away; each that waits holds its bytes. */
const WAITING = 8;

export type ThreadLimits = { timeMs: number; heapMb: number };
/** Ten thousand rows of ten columns take about two seconds, and fit several times; what takes more was made to. */
const LIMITS: ThreadLimits = { timeMs: 20_000, heapMb: 256 };
/** For what has just been made, and the depth of calls. */
const MORE_LIMITS = { maxYoungGenerationSizeMb: 48, stackSizeMb: 4 };
const RETRY_AFTER_SECONDS = '5';

export type WorkbookReader = {
  /** What it says, or why nothing of it is taken; `UNSUPPORTED_MEDIA_TYPE`, `TOO_LARGE`, `TOO_MANY_REQUESTS` thrown. */
  read<K extends Task['kind']>(bytes: Buffer, task: Task & { kind: K }): Promise<ReadOf[K] | Refusal>;
};

type Answer = { read: ReadOf[Task['kind']] | Refusal } | { unreadable: Unreadable };

export function createWorkbookReader(limits: ThreadLimits = LIMITS): WorkbookReader {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function turn(): Promise<void> {
    if (running < AT_ONCE) {
      running += 1;
      return;
    }
    if (waiting.length >= WAITING)
      throw new Refused(refused('TOO_MANY_REQUESTS').refusal, {
        headers: { 'retry-after': RETRY_AFTER_SECONDS },
      });
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function done(): void {
    const next = waiting.shift();
    // The place passes on as it is.
    if (next) next();
    else running -= 1;
  }

  return {
    async read<K extends Task['kind']>(bytes: Buffer, task: Task & { kind: K }) {
      await turn();
      try {
        const answer = await inThread(bytes, task, limits);
        if ('unreadable' in answer) throw refusedAs(answer.unreadable);
        // The thread reads what the task's kind asks for.
        return answer.read as ReadOf[K] | Refusal;
      } finally {
        done();
      }
    },
  };
}

function inThread(bytes: Buffer, task: Task, { timeMs, heapMb }: ThreadLimits): Promise<Answer> {
  // A copy of its own: what is handed over is gone from here.
  const own = new Uint8Array(bytes);
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./reading-thread.ts', import.meta.url), {
      workerData: { bytes: own, task },
      transferList: [own.buffer],
      resourceLimits: { ...MORE_LIMITS, maxOldGenerationSizeMb: heapMb },
      env: {},
      stdin: false,
    });
    const timer = setTimeout(() => {
      end(() => {
        resolve({ unreadable: 'TOO_LARGE' });
      });
    }, timeMs);
    const end = (act: () => void): void => {
      clearTimeout(timer);
      act();
      void thread.terminate();
    };
    thread.once('message', (answer: Answer) => {
      end(() => {
        resolve(answer);
      });
    });
    thread.once('error', (error: Error & { code?: string }) => {
      end(() => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ unreadable: 'TOO_LARGE' });
        else reject(error);
      });
    });
    thread.once('exit', () => {
      end(() => {
        reject(new Error('the thread that reads workbooks has ended without an answer'));
      });
    });
  });
}
