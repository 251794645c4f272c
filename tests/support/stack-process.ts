// The process that owns the integration tier's servers: it ends them when jest ends, even by a kill -9.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { bundleSources } from '../../bundle-store.ts';
import { migrate } from '../../db/migrate.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { oneLine } from '../../embedded/start-fault.ts';
import { startTemporal } from '../../embedded/temporal.ts';
import { administer, databaseUrl, TEMPLATE } from './stack.ts';

export type StackMessage =
  | { type: 'ready'; postgresUrl: string; temporalAddress: string; workflowBundle: string }
  | { type: 'failed'; reason: string };

/** Only for speed: tests kill processes, never the machine. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-test-'));
// Under root, PostgreSQL runs as another user and must be able to enter.
chmodSync(dataDir, 0o711);
const released = new Promise<void>((resolve) => process.once('disconnect', resolve));
const tell = (message: StackMessage): void => {
  process.send?.(message);
};

const starting = [startPostgres({ dataDir, settings: SETTINGS }), startTemporal({ dataDir })] as const;

/** Once a run, for every worker of every test file; answers the file's path. */
async function bundleWorkflows(): Promise<string> {
  const sources = bundleSources(path.join(import.meta.dirname, '..', '..'));
  const { code } = await bundleWorkflowCode({ ...sources, logger: new DefaultLogger('WARN') });
  const file = path.join(dataDir, 'workflow-bundle.js');
  writeFileSync(file, code);
  return file;
}

try {
  const [postgres, temporal, workflowBundle] = await Promise.all([...starting, bundleWorkflows()]);
  await administer(postgres.url, `create database ${TEMPLATE}`);
  await migrate(databaseUrl(postgres.url, TEMPLATE));
  tell({ type: 'ready', postgresUrl: postgres.url, temporalAddress: temporal.address, workflowBundle });
} catch (error) {
  tell({ type: 'failed', reason: oneLine(error) });
}
await released;
for (const server of await Promise.allSettled(starting)) {
  if (server.status === 'fulfilled') await server.value.stop();
}
const [postgres] = await Promise.allSettled(starting);
if (postgres.status === 'fulfilled') rmSync(postgres.value.folder, { recursive: true, force: true });
rmSync(dataDir, { recursive: true, force: true });
