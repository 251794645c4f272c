// Only one installation at a time uses a data folder, and a bad folder is refused in plain words.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDataFolder, markEnding, openDataFolder } from './data-folder.ts';
import { StartFault } from './start-fault.ts';

const never = new AbortController().signal;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-folder-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the data folder', () => {
  it('is made with all folders above it', () => {
    openDataFolder(path.join(folder, 'a', 'b'));
    expect(() => {
      openDataFolder(path.join(folder, 'a', 'b'));
    }).not.toThrow();
  });

  it('says so in one sentence when it cannot be written', () => {
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => {
      openDataFolder(path.join(folder, 'file', 'data'));
    }).toThrow(StartFault);
  });

  it('is held by one, and free again after release', async () => {
    const first = await lockDataFolder(folder, never);
    await expect(lockDataFolder(folder, never)).rejects.toThrow(StartFault);
    first.release();
    const second = await lockDataFolder(folder, never);
    second.release();
  });

  it('is waited for when its holder is ending', async () => {
    const first = await lockDataFolder(folder, never);
    markEnding(folder);
    const second = lockDataFolder(folder, never);
    setTimeout(() => {
      first.release();
    }, 2_000);
    (await second).release();
  });
});
