// A checkpoint: the ends of all chains at one moment, signed, so that cutting the end off a log shows as well.
import { createHash, createPublicKey, hash, sign, verify, type Hash, type KeyObject } from 'node:crypto';
import type { ChainEnd } from '../../db/queries/checkpoint.ts';
import type { CheckpointStatement } from '../../domain/audit/checkpoint.ts';
import { canonical } from '../chain.ts';

/** The ends in their order, as one digest. */
export class EndsDigest {
  private readonly running: Hash = createHash('sha256');
  private chains = 0;
  private events = 0;

  take({ chain, seq, hash: end }: ChainEnd): void {
    this.chains += 1;
    this.events += seq;
    this.running.update(`${chain}\t${seq}\t${end}\n`);
  }

  done(): Pick<CheckpointStatement, 'chains' | 'events' | 'digest'> {
    return { chains: this.chains, events: this.events, digest: this.running.digest('hex') };
  }
}

/** In hex: of one thing there is one text, of which no character may change. */
export type Signed = { key: string; signature: string };

export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('hex');

/** What people compare: SHA-256 of the public key. */
export const fingerprintOf = (key: string): string => hash('sha256', Buffer.from(key, 'hex'), 'hex');

export const signText = (key: KeyObject, text: string | Buffer): Signed => ({
  key: publicKeyOf(key),
  signature: sign(null, Buffer.from(text), key).toString('hex'),
});

const HEX = /^[0-9a-f]+$/;

export function isSigned({ key, signature }: Signed, text: string | Buffer): boolean {
  if (!HEX.test(key) || !HEX.test(signature)) return false;
  try {
    const known = createPublicKey({ key: Buffer.from(key, 'hex'), type: 'spki', format: 'der' });
    if (known.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(text), known, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}

export const signStatement = (key: KeyObject, statement: CheckpointStatement): Signed =>
  signText(key, canonical(statement));
