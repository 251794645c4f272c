// Opens and fills templates: each in a thread with limits of its own, so that none can stop or fill the process.
import { createThreads, OutOfBounds } from '../threads/bounded-threads.ts';
import { WORK } from '../threads/kinds-of-work.ts';
import { ownBytes } from '../threads/serve-tasks.ts';
import type { ThreadBudget } from '../threads/thread-budget.ts';
import type { TemplateDone, TemplateTask } from './template-task.ts';

type Sent = { bytes: Uint8Array<ArrayBuffer>; task: TemplateTask };

export type TemplatePress = {
  /** `LARGE` also where memory or time ran out. */
  open(bytes: Uint8Array, task: TemplateTask): Promise<TemplateDone>;
};

export function createTemplatePress(budget: ThreadBudget): TemplatePress {
  const threads = createThreads<Sent, TemplateDone>(
    budget,
    new URL('./template-thread.ts', import.meta.url),
    WORK['open template'],
    ({ bytes }) => [bytes.buffer],
  );
  return {
    async open(bytes, task) {
      try {
        return await threads.run(() => ({ bytes: ownBytes(bytes), task }));
      } catch (error) {
        if (error instanceof OutOfBounds) return { unfit: 'LARGE' };
        throw error;
      }
    },
  };
}
