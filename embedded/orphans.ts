// Children that outlived an earlier start; the next start ends them before it opens its own.
import path from 'node:path';
import { z } from 'zod';
import { endProcess, ProcessMark } from './process-mark.ts';
import { readState, writeState } from './state-file.ts';

const Children = z.record(z.string(), ProcessMark);
/** They have lost their supervisor and are ending by themselves; this is for one that hangs. */
const GRACE_MS = 5_000;

const fileIn = (dataDir: string): string => path.join(dataDir, 'children.json');

export function rememberChild(dataDir: string, name: string, mark: ProcessMark | null): void {
  if (mark === null) return;
  writeState(fileIn(dataDir), { ...readState(fileIn(dataDir), Children), [name]: mark });
}

export async function endOrphans(dataDir: string): Promise<void> {
  const children = readState(fileIn(dataDir), Children) ?? {};
  await Promise.all(Object.values(children).map(async (mark) => endProcess(mark, GRACE_MS)));
  writeState(fileIn(dataDir), {});
}
