// Files of an earlier release are closed to other users of the machine, and nothing else is touched.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeToOthers } from './own-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-own-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const at = (...parts: string[]): string => path.join(folder, ...parts);
const modeOf = (...parts: string[]): string => (statSync(at(...parts)).mode & 0o777).toString(8);

describe('a data folder', () => {
  it('made open by an earlier release is closed to others', async () => {
    mkdirSync(at('files', 'ab'), { recursive: true });
    writeFileSync(at('files', 'ab', 'report.xlsx'), '');
    writeFileSync(at('lock'), '');
    writeFileSync(at('run'), '');
    for (const [mode, ...parts] of [
      [0o755, 'files'],
      [0o777, 'files', 'ab'],
      [0o644, 'files', 'ab', 'report.xlsx'],
      [0o666, 'lock'],
      [0o755, 'run'],
    ] as [number, ...string[]][])
      chmodSync(at(...parts), mode);
    chmodSync(folder, 0o711);
    await closeToOthers(folder);
    expect([modeOf('files'), modeOf('files', 'ab'), modeOf('files', 'ab', 'report.xlsx')]).toEqual([
      '700',
      '700',
      '600',
    ]);
    expect([modeOf('lock'), modeOf('run'), modeOf()]).toEqual(['600', '700', '711']);
  });

  it('with links to other places leaves those as they are', async () => {
    mkdirSync(at('data'));
    mkdirSync(at('elsewhere'));
    writeFileSync(at('elsewhere', 'file'), '');
    chmodSync(at('elsewhere', 'file'), 0o644);
    symlinkSync(at('elsewhere'), at('data', 'link'));
    symlinkSync(at('elsewhere', 'file'), at('data', 'file'));
    await closeToOthers(at('data'));
    expect(modeOf('elsewhere', 'file')).toBe('644');
  });
});
