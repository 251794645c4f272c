// The key that seals the endpoints' secrets: given, or a file of the data folder that an API process makes once.
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { SECRET_KEY_BYTES, type SecretKeys } from '../../db/secret-box.ts';

const keyFileOf = (dataDir: string): string => path.join(dataDir, 'secrets.key');

/** Keys as they are written: base64, the first seals, divided by commas or lines. null: not of 32 bytes each. */
export function readSecretKeys(text: string): SecretKeys | null {
  const keys = text
    .split(/[\s,]+/)
    .filter((each) => each !== '')
    .map((each) => Buffer.from(each, 'base64'));
  return keys.length > 0 && keys.every(({ length }) => length === SECRET_KEY_BYTES) ? keys : null;
}

export type KeySource = {
  keys: () => SecretKeys;
  /** Makes the data folder's key where none was given and none is there. Of two processes that do so one succeeds. */
  make: () => void;
};

/**
 * `given` counts alone. The file is read until it is there: a worker may start before the API process that makes it.
 * Throws where the file is there and is no key.
 */
export function keySource({ given, dataDir }: { given: SecretKeys | null; dataDir: string }): KeySource {
  const file = keyFileOf(dataDir);
  let known: SecretKeys = given ?? [];
  function keys(): SecretKeys {
    if (known.length === 0) known = readKeyFile(file);
    return known;
  }
  return {
    keys,
    make() {
      if (keys().length === 0) makeKeyFile(file);
    },
  };
}

function readKeyFile(file: string): SecretKeys {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const keys = readSecretKeys(text);
  if (keys === null) throw new Error(`${file} holds no key: bring it back from its copy`);
  return keys;
}

/** Written whole under another name first: a process that dies here leaves no half key. */
function makeKeyFile(file: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(SECRET_KEY_BYTES).toString('base64')}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
