// Threads for work that may be too much for the API: bounded in memory and time, few at once, the rest waits or is turned away.
import { Worker } from 'node:worker_threads';

export type Bounds = {
  heapMb: number;
  /** For one task, the thread's own beginning included. */
  timeMs: number;
  /** Each may hold a processor for seconds, and the API needs the others. */
  atOnce: number;
  /** Beyond these a task is turned away; each that waits holds what it is about. */
  waiting: number;
  /** A thread that has done its task is kept so long for the next; 0: each task has one of its own. */
  keptMs?: number;
};

/** The task needed more memory or time than it is given. */
export class OutOfBounds extends Error {}

/** As many tasks wait as may; another try in some seconds may do. */
export class ThreadsBusy extends Error {}

export type Threads<I, O> = {
  /**
   * What `script` answers to a task, which may be made only when its turn has come. `OutOfBounds` where it was too
   * much, `ThreadsBusy` where too many wait; what the script throws is thrown here.
   */
  run(make: () => I | Promise<I>): Promise<O>;
};

/** For what has just been made, and the depth of calls. */
const MORE_LIMITS = { maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };

/** `script` is a module that calls `serve`. `handOver`: memory that goes with a task and is gone from here. */
export function createThreads<I, O>(
  script: URL,
  bounds: Bounds,
  handOver: (task: I) => readonly ArrayBuffer[] = () => [],
): Threads<I, O> {
  const { heapMb, timeMs, atOnce, waiting: mostWaiting, keptMs = 0 } = bounds;
  let running = 0;
  const waiting: (() => void)[] = [];
  const resting = new Map<Worker, NodeJS.Timeout>();

  async function turn(): Promise<void> {
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= mostWaiting) throw new ThreadsBusy();
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function done(): void {
    const next = waiting.shift();
    // The place passes on as it is.
    if (next) next();
    else running -= 1;
  }

  function wake(): Worker {
    for (const [thread, timer] of resting) {
      clearTimeout(timer);
      resting.delete(thread);
      thread.ref();
      return thread;
    }
    const thread = new Worker(script, {
      resourceLimits: { ...MORE_LIMITS, maxOldGenerationSizeMb: heapMb },
      // What it works on is not to be trusted: it is told nothing of where it runs.
      env: {},
      stdin: false,
    });
    // One that dies while it rests is replaced; unheard, its error would end the process.
    thread.on('error', () => undefined);
    thread.on('exit', () => resting.delete(thread));
    return thread;
  }

  function rest(thread: Worker): void {
    if (keptMs === 0) {
      void thread.terminate();
      return;
    }
    // Whoever waits for a thread holds the process; one that rests does not.
    thread.unref();
    const timer = setTimeout(() => {
      resting.delete(thread);
      void thread.terminate();
    }, keptMs);
    resting.set(thread, timer.unref());
  }

  function inThread(task: I): Promise<O> {
    const thread = wake();
    return new Promise((resolve, reject) => {
      const answered = (answer: O): void => {
        leave();
        rest(thread);
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
      await turn();
      try {
        return await inThread(await make());
      } finally {
        done();
      }
    },
  };
}
