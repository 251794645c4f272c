// Where the Temporal program is taken from, and the message when there is none.
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StartFault } from './start-fault.ts';
import { findTemporal } from './temporal-binary.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-binary-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function standIn(name: string, version: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "temporal version ${version} (Server 1.32.0, UI 2.54.1)"\n`);
  chmodSync(file, 0o755);
  return file;
}

const nowhere = {
  onPath: 'no-such-temporal',
  python: 'no-such-python',
  download: async () => Promise.reject(new Error('closed network')),
};

describe('the Temporal program', () => {
  it('is the one on the PATH when that is new enough', async () => {
    const onPath = standIn('new', '1.10.0');
    await expect(findTemporal({ ...nowhere, dataDir: folder, cacheDir: folder, onPath })).resolves.toEqual({
      program: onPath,
      version: '1.10.0',
    });
  });

  it('is the cached one when that on the PATH is too old', async () => {
    const onPath = standIn('old', '1.8.2');
    const program = standIn('temporal-1.9.1', '1.9.1');
    const found = await findTemporal({ ...nowhere, dataDir: folder, cacheDir: folder, onPath });
    expect(found).toEqual({ program, version: '1.9.1' });
  });

  it('is kept in the cache after a download', async () => {
    const source = standIn('source', '1.9.1');
    const { copyFile } = await import('node:fs/promises');
    const download = async (into: string): Promise<void> => copyFile(source, path.join(into, 'temporal-sdk'));
    const found = await findTemporal({ ...nowhere, dataDir: folder, cacheDir: folder, download });
    expect(found.program).toBe(path.join(folder, 'temporal-1.9.1'));
    expect(existsSync(found.program)).toBe(true);
  });

  it('is missed in one sentence that names every way tried', async () => {
    const failure = findTemporal({ ...nowhere, dataDir: folder, cacheDir: folder });
    await expect(failure).rejects.toThrow(StartFault);
    await expect(failure).rejects.toThrow(/no-such-python.*closed network.*TEMPORAL_ADDRESS/);
  });
});
