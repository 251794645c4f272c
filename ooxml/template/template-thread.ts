// Runs in a thread of its own: an office's file is opened here, where it can stop nothing else.
import { serveTasks } from '../threads/serve-tasks.ts';
import { doTask, type TemplateDone, type TemplateTask } from './template-task.ts';

serveTasks(({ bytes, task }: { bytes: Uint8Array; task: TemplateTask }): Promise<TemplateDone> =>
  doTask(bytes, task),
);
