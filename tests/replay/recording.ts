// Keeps a finished run as a history that can be replayed and read: an event a line, without the names of this machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Installation } from '../support/installation.ts';

export const HISTORIES = path.join(import.meta.dirname, 'histories');
const ROOT = path.join(import.meta.dirname, '..', '..');

/** A run, once it has ended. */
export async function recordRun(
  z: Installation,
  run: { type: string; name: string; workflowId: string; runId: string },
): Promise<void> {
  const handle = z.client.workflow.getHandle(run.workflowId, run.runId);
  await z.until(async () => (await handle.describe()).status.name !== 'RUNNING', `${run.workflowId} ended`);
  const { events } = JSON.parse(historyToJSON(await handle.fetchHistory())) as { events: unknown[] };
  const folder = path.join(HISTORIES, run.type);
  mkdirSync(folder, { recursive: true });
  // An event a line: what a later recording changes can be read.
  const lines = events.map((event) => JSON.stringify(scrubbed(event)));
  writeFileSync(path.join(folder, `${run.name}.json`), `{"events":[\n${lines.join(',\n')}\n]}\n`);
}

/** A workflow's first run, or its last so far. */
export async function runOf(z: Installation, workflowId: string, which: 'first' | 'last'): Promise<string> {
  const query = `WorkflowId = '${workflowId}'`;
  return z.until(async () => {
    const runs: { runId: string; startTime: Date }[] = [];
    for await (const run of z.client.workflow.list({ query })) runs.push(run);
    runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
    return runs.at(which === 'first' ? 0 : -1)?.runId;
  }, `${workflowId} is listed`);
}

/** Without the names of this machine: who worked, on which host, from which folder. */
function scrubbed(value: unknown): unknown {
  // A worker's own task queue is named after its process and host.
  if (typeof value === 'string') return /^\d+@/.test(value) ? 'recorder' : value.replaceAll(ROOT, '');
  if (Array.isArray(value)) return value.map(scrubbed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, key === 'identity' ? 'recorder' : scrubbed(entry)]),
  );
}
