// Runs in a thread of its own: an office's file is opened here, where it can stop nothing else.
import { serve } from '../threads/serve.ts';
import { doTask, type TemplateDone, type TemplateTask } from './template-task.ts';

serve(({ bytes, task }: { bytes: Uint8Array; task: TemplateTask }): Promise<TemplateDone> =>
  doTask(bytes, task),
);
