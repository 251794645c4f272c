// Runs in a thread of its own: a large workbook or document is written here, where it holds nothing else up.
import { parentPort, workerData } from 'node:worker_threads';
import { render, type Rendering } from './rendering.ts';

const bytes = await render(workerData as Rendering);
// A copy of its own: a small buffer shares its memory with others.
const own = new Uint8Array(bytes);
parentPort?.postMessage(own, [own.buffer]);
