// The thread's own side: does one task after another and answers each.
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';

/** Priority of a thread: where processors are short, the process's main loop gets three times as much of them. */
const NICE = 5;

/**
 * An error of `work` ends the thread and is passed to the caller of the task. `handOver`: memory that moves with the
 * answer.
 */
export function serveTasks<O>(
  work: (task: never) => O | Promise<O>,
  handOver: (answer: O) => readonly ArrayBuffer[] = () => [],
): void {
  giveWay();
  parentPort?.on('message', (task: unknown) => {
    void (async () => {
      const answer = await work(task as never);
      parentPort?.postMessage(answer, handOver(answer));
    })();
  });
}

/** Only Linux gives a single thread a priority; elsewhere it would slow the whole process. */
function giveWay(): void {
  if (process.platform !== 'linux' || parentPort === null) return;
  try {
    setPriority(NICE);
  } catch {
    // Not permitted here: the work is done all the same.
  }
}

/**
 * Copies the bytes into memory of their own: a small buffer shares its memory with others, and cannot be handed over.
 */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
