// Runs in a thread of its own: bytes nobody vouches for are unpacked and read here, where they can stop nothing else.
import { parentPort, workerData } from 'node:worker_threads';
import { readSheets } from './read-bytes.ts';
import { readTask, type Task } from './reading-task.ts';
import { UnreadableWorkbook } from './unreadable.ts';

const { bytes, task } = workerData as { bytes: Uint8Array; task: Task };
try {
  const sheets = await readSheets(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  parentPort?.postMessage({ read: readTask(sheets, task) });
} catch (error) {
  if (!(error instanceof UnreadableWorkbook)) throw error;
  parentPort?.postMessage({ unreadable: error.reason });
}
