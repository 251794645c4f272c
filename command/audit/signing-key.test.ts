// The signing key: made once, for its owner alone, the same for all processes of a DATA_DIR.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { isSigned, publicKeyOf, signText } from '../../reading/audit/checkpoint.ts';
import { openSigningKey } from './signing-key.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-key-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the signing key', () => {
  it('is made once in DATA_DIR, readable by its owner alone, and found again', () => {
    const made = publicKeyOf(openSigningKey(folder, null));
    expect(publicKeyOf(openSigningKey(folder, null))).toBe(made);
    const keys = path.join(folder, 'keys');
    expect(readdirSync(keys)).toEqual(['signing.pem']);
    expect(statSync(path.join(keys, 'signing.pem')).mode & 0o777).toBe(0o600);
    expect(statSync(keys).mode & 0o777).toBe(0o700);
  });

  it('may be given, with its lines joined, and then nothing is made', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const elsewhere = path.join(folder, 'none');
    expect(publicKeyOf(openSigningKey(elsewhere, pem.replaceAll('\n', '\\n')))).toBe(publicKeyOf(privateKey));
    expect(() => readdirSync(elsewhere)).toThrow();
  });

  it('is refused where it is of another kind, or damaged, and never made anew over it', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => openSigningKey(folder, pem)).toThrow('Ed25519');
    writeFileSync(path.join(folder, 'keys', 'signing.pem'), 'damaged');
    expect(() => openSigningKey(folder, null)).toThrow();
  });

  it('signs so that no other text, key or digit of the signature passes', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const signed = signText(privateKey, 'so it was');
    expect(isSigned(signed, 'so it was')).toBe(true);
    expect(isSigned(signed, 'so it is')).toBe(false);
    const other = publicKeyOf(generateKeyPairSync('ed25519').privateKey);
    expect(isSigned({ ...signed, key: other }, 'so it was')).toBe(false);
    for (let at = 0; at < signed.signature.length; at += 1) {
      const digit = signed.signature[at] === '0' ? '1' : '0';
      const signature = signed.signature.slice(0, at) + digit + signed.signature.slice(at + 1);
      expect(isSigned({ ...signed, signature }, 'so it was')).toBe(false);
    }
    expect(isSigned({ ...signed, signature: signed.signature.toUpperCase() }, 'so it was')).toBe(false);
  });
});
