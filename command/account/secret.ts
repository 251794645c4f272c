// Secrets that sign a person in: how they are made, how they are kept, and what is derived from them.
import { createHash, hash, randomBytes, timingSafeEqual } from 'node:crypto';

export const SESSION_PREFIX = 'zbs_';
export const TOKEN_PREFIX = 'zbt_';

/** 256 random bits; the prefix tells the kind, to us and to scanners for lost secrets. */
const make = (prefix: string): string => prefix + randomBytes(32).toString('base64url');
export const makeSessionSecret = (): string => make(SESSION_PREFIX);
export const makeTokenSecret = (): string => make(TOKEN_PREFIX);
/** In the path of an address: no scanner for lost secrets needs to know it for the minute it lasts. */
export const makeDownloadSecret = (): string => make('');
export const hashSecret = (secret: string): string => hash('sha256', secret, 'hex');

/** The CSRF token of a session. It is made from the session's secret, so that it is kept nowhere and ends with it. */
export const csrfOf = (secret: string): string =>
  createHash('sha256').update('csrf\0').update(secret).digest('base64url');

/** Is this the session's CSRF token? Compared as digests: neither length nor content shows in the time it takes. */
export function isCsrfOf(secret: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(csrfOf(secret)), digest(given));
}
