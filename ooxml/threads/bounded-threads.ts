// Threads for work that may be too much for the process: bounded in memory and time, within the budget of all threads.
import { Worker } from 'node:worker_threads';
import type { Bounds } from './kinds-of-work.ts';
import type { Claim, Resting, ThreadBudget } from './thread-budget.ts';

/** The task needed more memory or time than it is given. */
export class OutOfBounds extends Error {}

export type Threads<I, O> = {
  /**
   * Answers what `script` answers to a task; the task may be a function that makes it when its turn has come. Throws
   * `OutOfBounds` where it was too much, `ThreadsFull` where too many wait, and every error of the script.
   */
  run(make: () => I): Promise<O>;
};

/** Megabytes of the heap for new objects. */
const YOUNG_MB = 64;
/** Megabytes of the stack, for deep calls. */
const STACK_MB = 4;

/**
 * `script` is a module that calls `serveTasks`. `handOver`: memory that moves to the thread with a task and is gone
 * here.
 */
export function createThreads<I, O>(
  budget: ThreadBudget,
  script: URL,
  bounds: Bounds,
  handOver: (task: I) => readonly ArrayBuffer[] = () => [],
): Threads<I, O> {
  const { timeMs, keptMs, isLong } = bounds;
  const memoryMb = Math.min(bounds.heapMb + YOUNG_MB, budget.largestMb(isLong));
  const claim: Claim = { memoryMb, isLong, mostWaiting: bounds.waiting };

  function begin(): Worker {
    const thread = new Worker(script, {
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_MB,
        maxOldGenerationSizeMb: memoryMb - YOUNG_MB,
        stackSizeMb: STACK_MB,
      },
      // The task's data is not trusted: the thread gets no environment.
      env: {},
      stdin: false,
    });
    // A resting thread that dies is replaced; without a listener its error would end the process.
    thread.on('error', () => undefined);
    return thread;
  }

  /** Ready for the next task, until its time is over or other work needs its memory. */
  function rest(thread: Worker): Resting {
    const ended = (): void => {
      clearTimeout(timer);
      budget.forget(resting);
    };
    const resting: Resting = {
      wake() {
        clearTimeout(timer);
        thread.off('exit', ended);
        // A working thread keeps the process alive; a resting one does not.
        thread.ref();
        return thread;
      },
      end() {
        clearTimeout(timer);
        void thread.terminate();
      },
    };
    const timer = setTimeout(() => void thread.terminate(), keptMs).unref();
    thread.once('exit', ended);
    thread.unref();
    return resting;
  }

  function inThread(thread: Worker, task: I): Promise<O> {
    return new Promise((resolve, reject) => {
      const answered = (answer: O): void => {
        leave();
        resolve(answer);
      };
      const failed = (error: Error & { code?: string }): void => {
        leave();
        void thread.terminate();
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new OutOfBounds() : error);
      };
      const ended = (): void => {
        failed(new Error(`a thread has ended without an answer: ${script.pathname.split('/').at(-1) ?? ''}`));
      };
      const timer = setTimeout(() => {
        failed(new OutOfBounds());
      }, timeMs);
      const leave = (): void => {
        clearTimeout(timer);
        thread.off('message', answered);
        thread.off('messageerror', failed);
        thread.off('error', failed);
        thread.off('exit', ended);
      };
      thread.once('message', answered);
      // An answer that cannot be read here: without this the caller would wait until the time is over.
      thread.once('messageerror', failed);
      thread.once('error', failed);
      thread.once('exit', ended);
      try {
        thread.postMessage(task, handOver(task));
      } catch (error) {
        failed(error as Error);
      }
    });
  }

  return {
    async run(make) {
      const rested = await budget.take(claim);
      let kept: Worker | null = null;
      try {
        const thread = rested?.wake() ?? begin();
        const answer = await inThread(thread, make());
        if (keptMs > 0) kept = thread;
        else void thread.terminate();
        return answer;
      } finally {
        budget.giveBack(claim, kept === null ? null : rest(kept));
      }
    },
  };
}
