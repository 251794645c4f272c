// The thread a document is set in: a thousand pages would hold up every other request for seconds.
import { parentPort, workerData } from 'node:worker_threads';
import { setPaper, type PaperTask } from './paper.ts';

const bytes = new Uint8Array(await setPaper(workerData as PaperTask));
parentPort?.postMessage(bytes, [bytes.buffer]);
