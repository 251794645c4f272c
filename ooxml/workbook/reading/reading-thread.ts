// The thread that unpacks and reads untrusted bytes, so that they stop nothing else.
import { serveTasks } from '../../threads/serve-tasks.ts';
import { readSheets } from './read-bytes.ts';
import { readTask, type ReadingAnswer, type Sent } from './reading-task.ts';
import { UnreadableWorkbook } from './unreadable.ts';

serveTasks(async ({ bytes, task }: Sent): Promise<ReadingAnswer> => {
  try {
    const sheets = await readSheets(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return { read: readTask(sheets, task) };
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return { unreadable: error.reason };
    throw error;
  }
});
