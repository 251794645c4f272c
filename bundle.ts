// Bundles the workflows and prints the code, or with `--keep` stores it (`npm run bundle`, for an image): a process of its own, since the bundler's 200 MB would stay with the worker.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { bundleFile, bundleSources } from './bundle-store.ts';

const { code } = await bundleWorkflowCode({
  ...bundleSources(import.meta.dirname),
  logger: new DefaultLogger('WARN'),
});
if (process.argv.includes('--keep')) keep(bundleFile(import.meta.dirname));
else process.stdout.write(code);

/** Whole or not at all; bundles of earlier sources are deleted. */
function keep(file: string): void {
  const folder = path.dirname(file);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(`${file}.new`, code);
  renameSync(`${file}.new`, file);
}
