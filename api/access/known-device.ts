// The cookie of a device on which a person has signed in: a flood of wrong passwords does not hold up its next sign-in.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Pool } from '../../db/pool.ts';
import { loadLinkSecret } from '../../db/queries/link.ts';
import { cookieOf, cookieText, type CookieSite } from './cookies.ts';

const NAME = 'zb-device';
/** Half a year: after a summer away the first sign-in is one like any other. */
const LASTS_SECONDS = 180 * 24 * 60 * 60;
const NONCE_BYTES = 16;
/** More people than share the computer of a duty room; the one who signed in longest ago goes first. */
const MAX_LOGINS = 8;
const COOKIE = /^[\w-]{22}(\.[\w-]{22}){1,8}$/;

export type KnownDevices = {
  /** The device's own mark if this person has signed in on it before, else null. */
  find(req: Request, login: string): Promise<string | null>;
  /** The `Set-Cookie` that makes it known, beside those who were known on it before. */
  remember(req: Request, login: string): Promise<string>;
};

const isEqual = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * The value is a random mark and, for each login, its signature over both: `mark.signature.signature`. It grants
 * nothing: a stolen one has five wrong tries of its own.
 */
export function createKnownDevices(site: CookieSite & { pool: Pool }): KnownDevices {
  let key: Promise<Buffer> | null = null;
  /** Derived from the installation's secret, which all API processes share. */
  function signingKey(): Promise<Buffer> {
    key ??= loadLinkSecret(site.pool).then(
      (secret) => createHmac('sha256', secret).update('known device').digest(),
      (error: unknown) => {
        key = null;
        throw error;
      },
    );
    return key;
  }
  async function sign(mark: string, login: string): Promise<string> {
    const hmac = createHmac('sha256', await signingKey()).update(`${mark}\n${login}`);
    return hmac.digest().subarray(0, NONCE_BYTES).toString('base64url');
  }
  function read(req: Request): { mark: string; signatures: string[] } | null {
    const value = cookieOf(req, site, NAME);
    if (value === null || !COOKIE.test(value)) return null;
    const [mark = '', ...signatures] = value.split('.');
    return { mark, signatures };
  }

  return {
    async find(req, login) {
      const device = read(req);
      if (device === null) return null;
      const own = await sign(device.mark, login);
      return device.signatures.some((signature) => isEqual(signature, own)) ? device.mark : null;
    },
    async remember(req, login) {
      const { mark, signatures } = read(req) ?? {
        mark: randomBytes(NONCE_BYTES).toString('base64url'),
        signatures: [],
      };
      const own = await sign(mark, login);
      const all = [own, ...signatures.filter((each) => each !== own)].slice(0, MAX_LOGINS);
      const value = [mark, ...all].join('.');
      return cookieText(req, site, { name: NAME, value, maxAgeSeconds: LASTS_SECONDS });
    },
  };
}
