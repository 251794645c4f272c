// Opens and fills templates: each in a thread with limits of its own, few at once, so that none can stop or fill the API.
import { createThreads, OutOfBounds } from '../threads/bounded-threads.ts';
import { ownBytes } from '../threads/serve.ts';
import type { TemplateDone, TemplateTask } from './template-task.ts';

type Sent = { bytes: Uint8Array<ArrayBuffer>; task: TemplateTask };

const threads = createThreads<Sent, TemplateDone>(
  new URL('./template-thread.ts', import.meta.url),
  // A workbook of ten thousand rows becomes some 150 MB while it is filled; a template of an office takes a second.
  { heapMb: 384, timeMs: 20_000, atOnce: 2, waiting: 8 },
  ({ bytes }) => [bytes.buffer],
);

/** `LARGE` also where memory or time ran out. */
export async function openTemplate(bytes: Uint8Array, task: TemplateTask): Promise<TemplateDone> {
  try {
    return await threads.run(() => ({ bytes: ownBytes(bytes), task }));
  } catch (error) {
    if (error instanceof OutOfBounds) return { unfit: 'LARGE' };
    throw error;
  }
}
