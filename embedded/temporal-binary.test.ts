// Where the Temporal program is taken from, and the message when there is none.
import { hash } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

const textOf = (version: string): string =>
  `#!/bin/sh\necho "temporal version ${version} (Server 1.32.0, UI 2.54.1)"\n`;

function standIn(name: string, version: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, textOf(version));
  chmodSync(file, 0o755);
  return file;
}

/** Of the stand-in for 1.9.1. */
const programDigests = {
  [`${process.platform}-${process.arch}`]: hash('sha256', textOf('1.9.1')),
};
const nowhere = {
  programDigests,
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

  it('is neither run nor taken from the cache or a download with another SHA-256, though it tells the right version', async () => {
    const cached = standIn('temporal-1.9.1', '1.9.1');
    const ran = path.join(folder, 'ran');
    appendFileSync(cached, `touch ${ran}\n`);
    const download = async (into: string): Promise<void> =>
      (await import('node:fs/promises')).copyFile(cached, path.join(into, 'temporal-sdk'));
    const failure = findTemporal({ ...nowhere, dataDir: folder, cacheDir: folder, download });
    await expect(failure).rejects.toThrow(/SHA-256 is [0-9a-f]{64}, not/);
    expect(existsSync(ran)).toBe(false);
  });

  it('is missed in one sentence that names every way tried', async () => {
    const failure = findTemporal({ ...nowhere, dataDir: folder, cacheDir: folder });
    await expect(failure).rejects.toThrow(StartFault);
    await expect(failure).rejects.toThrow(/no-such-python.*closed network.*TEMPORAL_ADDRESS/);
  });
});
