// Bundles the workflows and prints the code: a process of its own, since the bundler's 200 MB would stay with the worker.
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const { code } = await bundleWorkflowCode({
  workflowsPath: path.join(import.meta.dirname, 'workflows/index.ts'),
  logger: new DefaultLogger('WARN'),
});
process.stdout.write(code);
