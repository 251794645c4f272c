// Runs in a thread of its own: an office's file is opened here, where it can stop nothing else.
import { parentPort, workerData } from 'node:worker_threads';
import { doTask, type TemplateTask } from './template-task.ts';

const { bytes, task } = workerData as { bytes: Uint8Array; task: TemplateTask };
parentPort?.postMessage(await doTask(bytes, task));
