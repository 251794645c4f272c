// A stored bundle is used for the sources it was made of, and for no others.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { bundleFile, findBundle } from './bundle-store.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-bundle-'));
  for (const source of ['workflows', 'activities', 'domain', 'package-lock.json', 'bundle.ts'])
    cpSync(path.join(import.meta.dirname, source), path.join(root, source), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const store = (): void => {
  mkdirSync(path.join(root, '.bundle'), { recursive: true });
  writeFileSync(bundleFile(root), 'the code');
};

it('finds none where none was made', () => {
  expect(findBundle(root)).toBeNull();
});

it('finds the one that was made of these sources', () => {
  store();
  expect(findBundle(root)).toBe('the code');
});

it.each(['workflows/desk.ts', 'domain/delivery/channel.ts', 'package-lock.json', 'workflows/a-new-one.ts'])(
  'does not find it once %s is another',
  (source) => {
    store();
    writeFileSync(path.join(root, source), '// other');
    expect(findBundle(root)).toBeNull();
  },
);

it('finds it though a test has changed', () => {
  store();
  writeFileSync(path.join(root, 'domain', 'a.test.ts'), '// other');
  expect(findBundle(root)).toBe('the code');
});
