// The thread that sets a document: in the main thread a thousand pages would hold up every other request for seconds.
import { ownBytes, serveTasks } from '../../threads/serve-tasks.ts';
import { setPaper, type PaperTask } from './paper.ts';

serveTasks(
  async (task: PaperTask) => ownBytes(await setPaper(task)),
  ({ buffer }) => [buffer],
);
