// The thread's own side: does one task after another and answers each.
import { parentPort } from 'node:worker_threads';

/** What `work` throws ends the thread, and is told to whoever gave the task. `handOver`: memory that goes with the answer. */
export function serve<O>(
  work: (task: never) => O | Promise<O>,
  handOver: (answer: O) => readonly ArrayBuffer[] = () => [],
): void {
  parentPort?.on('message', (task: unknown) => {
    void (async () => {
      const answer = await work(task as never);
      parentPort?.postMessage(answer, handOver(answer));
    })();
  });
}

/** Bytes in memory of their own: a small buffer shares its with others, and cannot be handed over. */
export const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
