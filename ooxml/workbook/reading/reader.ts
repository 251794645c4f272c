// Reads uploaded workbooks: each in a thread with limits of its own, few at once, so that none can stop or fill the API.
import type { Refusal } from '../../../domain/failure.ts';
import { createThreads, OutOfBounds, type Bounds } from '../../threads/bounded-threads.ts';
import { ownBytes } from '../../threads/serve.ts';
import type { Answer, ReadOf, Sent, Task } from './reading-task.ts';
import { UnreadableWorkbook } from './unreadable.ts';

/** Ten thousand rows of ten columns take about two seconds, and fit several times; what takes more was made to. */
const BOUNDS: Bounds = { heapMb: 256, timeMs: 20_000, atOnce: 2, waiting: 8 };

export type WorkbookReader = {
  /** What it says, or why nothing of it is taken. Throws `UnreadableWorkbook` and `ThreadsBusy`. */
  read<K extends Task['kind']>(bytes: Buffer, task: Task & { kind: K }): Promise<ReadOf[K] | Refusal>;
};

export function createWorkbookReader(bounds: Partial<Bounds> = {}): WorkbookReader {
  const script = new URL('./reading-thread.ts', import.meta.url);
  const threads = createThreads<Sent, Answer>(script, { ...BOUNDS, ...bounds }, ({ bytes }) => [
    bytes.buffer,
  ]);
  return {
    async read<K extends Task['kind']>(bytes: Buffer, task: Task & { kind: K }) {
      const answer = await threads
        .run(() => ({ bytes: ownBytes(bytes), task }))
        .catch((error: unknown): Answer => {
          if (error instanceof OutOfBounds) return { unreadable: 'TOO_SLOW' };
          throw error;
        });
      if ('unreadable' in answer) throw new UnreadableWorkbook(answer.unreadable);
      // A task is answered by what reads its kind.
      return answer.read as ReadOf[K] | Refusal;
    },
  };
}
