// Reads uploaded workbooks: each in a thread with limits of its own, so that none can stop or fill the process.
import type { Refusal } from '../../../domain/failure.ts';
import type {
  ReadingAsked,
  WorkbookOpener,
  WorkbookRead,
} from '../../../domain/paper/workbook/reading-asked.ts';
import { createThreads, OutOfBounds } from '../../threads/bounded-threads.ts';
import { WORK, type Bounds } from '../../threads/kinds-of-work.ts';
import { ownBytes } from '../../threads/serve-tasks.ts';
import type { ThreadBudget } from '../../threads/thread-budget.ts';
import type { ReadingAnswer, Sent } from './reading-task.ts';
import { UnreadableWorkbook } from './unreadable.ts';

/** Its `read` also throws `UnreadableWorkbook` and `ThreadsFull`. `bounds`: other than the usual ones. */
export function createWorkbookReader(budget: ThreadBudget, bounds: Partial<Bounds> = {}): WorkbookOpener {
  const script = new URL('./reading-thread.ts', import.meta.url);
  const threads = createThreads<Sent, ReadingAnswer>(
    budget,
    script,
    { ...WORK['read workbook'], ...bounds },
    ({ bytes }) => [bytes.buffer],
  );
  return {
    async read<K extends ReadingAsked['kind']>(bytes: Buffer, task: ReadingAsked & { kind: K }) {
      const answer = await threads
        .run(() => ({ bytes: ownBytes(bytes), task }))
        .catch((error: unknown): ReadingAnswer => {
          if (error instanceof OutOfBounds) return { unreadable: 'TOO_SLOW' };
          throw error;
        });
      if ('unreadable' in answer) throw new UnreadableWorkbook(answer.unreadable);
      // The thread answers a task with the result of its kind.
      return answer.read as WorkbookRead[K] | Refusal;
    },
  };
}
