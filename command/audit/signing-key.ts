// The key that checkpoints and archives are signed with: given, or made once in DATA_DIR for its owner alone.
import { createPrivateKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.join('keys', 'signing.pem');

/** Reads the key of a DATA_DIR, and makes it where there is none: of several processes that do so one wins. */
export function openSigningKey(dataDir: string, given: string | null): KeyObject {
  if (given !== null) return readSigningKey(given);
  const file = path.join(dataDir, FILE);
  try {
    return readSigningKey(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const made = `${file}.${randomUUID()}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(made, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(made, { force: true });
  }
  return readSigningKey(readFileSync(file, 'utf8'));
}

/** An Ed25519 key in PEM; in a variable its lines may be written with `\n`. */
export function readSigningKey(pem: string): KeyObject {
  const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the signing key is no Ed25519 key');
  return key;
}
