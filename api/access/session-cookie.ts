// The cookie a browser's session is kept in: how it is read, set and cleared.
import type { Request } from 'express';
import { cookieOf, cookieText, type CookieSite } from './cookies.ts';

const NAME = 'zb';

/** The session's secret in the request's cookies, or null. */
export function readSessionCookie(req: Request, site: CookieSite): string | null {
  const value = cookieOf(req, site, NAME);
  return value !== null && /^[\w-]{1,200}$/.test(value) ? value : null;
}

/** Without an age: a browser forgets it when it is closed, the server ends the session by its own clock. */
export const sessionCookie = (req: Request, site: CookieSite, secret: string): string =>
  cookieText(req, site, { name: NAME, value: secret });

export const clearedCookie = (req: Request, site: CookieSite): string =>
  cookieText(req, site, { name: NAME, value: '', maxAgeSeconds: 0 });
