// Threads for work that may be too much for the process: bounded in memory and time, within the budget of all threads.
import { Worker } from 'node:worker_threads';
import type { Bounds } from './kinds-of-work.ts';
import type { Claim, Resting, ThreadBudget } from './thread-budget.ts';

/** The task needed more memory or time than it is given. */
export class OutOfBounds extends Error {}

export type Threads<I, O> = {
  /**
   * What `script` answers to a task, which may be made only when its turn has come. `OutOfBounds` where it was too
   * much, `ThreadsFull` where too many wait; what the script throws is thrown here.
   */
  run(make: () => I): Promise<O>;
};

/** For what has just been made. */
const YOUNG_MB = 64;
/** For the depth of calls. */
const STACK_MB = 4;

/** `script` is a module that calls `serveTasks`. `handOver`: memory that goes with a task and is gone from here. */
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
      // What it works on is not to be trusted: it is told nothing of where it runs.
      env: {},
      stdin: false,
    });
    // One that dies while it rests is replaced; unheard, its error would end the process.
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
        // A thread that works holds the process; one that rests does not.
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
        thread.off('error', failed);
        thread.off('exit', ended);
      };
      thread.once('message', answered);
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
