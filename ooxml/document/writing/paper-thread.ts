// The thread a document is set in: a thousand pages would hold up every other request for seconds.
import { ownBytes, serve } from '../../threads/serve.ts';
import { setPaper, type PaperTask } from './paper.ts';

serve(
  async (task: PaperTask) => ownBytes(await setPaper(task)),
  ({ buffer }) => [buffer],
);
