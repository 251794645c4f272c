// The thread that opens an office's file, so that a bad file stops nothing else.
import { serveTasks } from '../threads/serve-tasks.ts';
import { doTask, type TemplateDone, type TemplateTask } from './template-task.ts';

serveTasks(({ bytes, task }: { bytes: Uint8Array; task: TemplateTask }): Promise<TemplateDone> =>
  doTask(bytes, task),
);
