// The thread's own side: does one task after another and answers each.
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';

/** Of a thread: where processors are short, the process's own loop gets three times as much of them. */
const NICE = 5;

/** What `work` throws ends the thread, and is told to whoever gave the task. `handOver`: memory that goes with the answer. */
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

/** Only Linux gives a thread a priority of its own; elsewhere the whole process would be put behind. */
function giveWay(): void {
  if (process.platform !== 'linux' || parentPort === null) return;
  try {
    setPriority(NICE);
  } catch {
    // Not allowed here: the work is done all the same.
  }
}

/** Bytes in memory of their own: a small buffer shares its with others, and cannot be handed over. */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
