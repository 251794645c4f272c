// Seals what Temporal stores of our workflows with AES-256-GCM, where a key is given: its database then shows no payload.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import type { SecretKeys } from '../db/secret-box.ts';

const ENCODING = 'binary/encrypted';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function seal(payload: Payload, key: Buffer): Payload {
  const metadata = Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, base64Of(value)]);
  const text = JSON.stringify({ metadata, data: base64Of(payload.data ?? new Uint8Array()) });
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    metadata: { encoding: Buffer.from(ENCODING) },
    data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]),
  };
}

function openWithKey(sealed: Buffer, key: Buffer): Payload | null {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    const { metadata, data } = JSON.parse(text.toString('utf8')) as {
      metadata: [string, string][];
      data: string;
    };
    return {
      metadata: Object.fromEntries(metadata.map(([name, value]) => [name, Buffer.from(value, 'base64')])),
      data: Buffer.from(data, 'base64'),
    };
  } catch {
    return null;
  }
}

function openPayload(payload: Payload, keys: SecretKeys): Payload {
  if (Buffer.from(payload.metadata?.encoding ?? []).toString() !== ENCODING) return payload;
  const sealed = Buffer.from(payload.data ?? []);
  for (const key of keys) {
    const opened = openWithKey(sealed, key);
    if (opened !== null) return opened;
  }
  throw new Error('a payload of Temporal is sealed with a key that is not in TEMPORAL_PAYLOAD_KEY');
}

/** The first key seals, all open. What was never sealed is taken as it is: histories from before the key go on. */
export function createPayloadCodec(keys: SecretKeys): PayloadCodec {
  const [first] = keys;
  if (first === undefined) throw new Error('a payload codec needs a key');
  const each = (change: (payload: Payload) => Payload) => (payloads: Payload[]) =>
    new Promise<Payload[]>((answer) => {
      answer(payloads.map(change));
    });
  return {
    encode: each((payload) => seal(payload, first)),
    decode: each((payload) => openPayload(payload, keys)),
  };
}

/** What client and worker are given; without a key nothing is different. */
export const dataConverterOf = (keys: SecretKeys | null): { dataConverter?: DataConverter } =>
  keys === null ? {} : { dataConverter: { payloadCodecs: [createPayloadCodec(keys)] } };
