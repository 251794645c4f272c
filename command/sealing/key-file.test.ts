import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keySource, readSecretKeys } from './key-file.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-key-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});
const source = () => keySource({ given: null, dataDir });

describe('the key of a data folder', () => {
  it('is made once, for its owner alone, and found by every process', () => {
    const [api, other, worker] = [source(), source(), source()];
    expect(worker.keys()).toEqual([]);
    api.make();
    other.make();
    expect(api.keys()).toHaveLength(1);
    expect([other.keys(), worker.keys()]).toEqual([api.keys(), api.keys()]);
    expect(statSync(path.join(dataDir, 'secrets.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['secrets.key']);
  });

  it('is not made anew where a file is no key', () => {
    writeFileSync(path.join(dataDir, 'secrets.key'), 'half');
    expect(() => {
      source().make();
    }).toThrow('holds no key');
  });

  it('is neither read nor made where one is given', () => {
    const given = keySource({ given: [Buffer.alloc(32, 1)], dataDir });
    given.make();
    expect(given.keys()).toEqual([Buffer.alloc(32, 1)]);
    expect(readdirSync(dataDir)).toEqual([]);
  });
});

it('reads a list of keys, the first first, and nothing shorter or longer than one', () => {
  const [a, b] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const text = (key: Buffer): string => key.toString('base64');
  expect(readSecretKeys(`${text(a)},${text(b)}`)).toEqual([a, b]);
  expect(readSecretKeys(`${text(a)}\n${text(b)}\n`)).toEqual([a, b]);
  for (const wrong of ['', 'secret', text(Buffer.alloc(31)), `${text(a)},x`])
    expect(readSecretKeys(wrong)).toBeNull();
});
