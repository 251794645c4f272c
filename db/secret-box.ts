// Secrets as they lie in rows: sealed with AES-256-GCM, bound to their place, and opened by any key of the installation.
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';

/** 32 bytes each; the first seals, all open. */
export type SecretKeys = readonly Buffer[];

export type SecretBox = {
  /** `place` names the row and the column: a sealed text moved elsewhere does not open. Throws `NoSecretKey`. */
  seal(text: string, place: string): string;
  /** The text; of a row that was never sealed the row's own; null where its key is not here. */
  open(stored: string, place: string): string | null;
  /** Is it in the clear, or sealed with a key that is not the first any more? */
  isOutdated(stored: string): boolean;
};

/** This process has no key to seal with: it waits to be given the installation's. */
export class NoSecretKey extends Error {}

export const SECRET_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/**
 * A process of the release before takes it for an address whose scheme it does not know: it tries again later, and
 * sends nothing anywhere.
 */
const MARK = 'sealed:1:';

export const isSealed = (stored: string): boolean => stored.startsWith(MARK);

/** Names a key without telling anything of it. */
const nameOf = (key: Buffer): string =>
  hash('sha256', Buffer.concat([Buffer.from('name'), key]), 'hex').slice(0, 12);

function openWith(key: Buffer, sealed: Buffer, place: string): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** `keys` is asked each time: a key that another process has just made is found. */
export function createSecretBox(keys: () => SecretKeys): SecretBox {
  return {
    seal(text, place) {
      const [key] = keys();
      if (key === undefined) throw new NoSecretKey();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${MARK}${nameOf(key)}:${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open(stored, place) {
      if (!isSealed(stored)) return stored;
      const [name, content = ''] = stored.slice(MARK.length).split(':');
      const key = keys().find((each) => nameOf(each) === name);
      return key === undefined ? null : openWith(key, Buffer.from(content, 'base64url'), place);
    },
    isOutdated(stored) {
      const [key] = keys();
      if (key === undefined) return false;
      return !isSealed(stored) || !stored.startsWith(`${MARK}${nameOf(key)}:`);
    },
  };
}
