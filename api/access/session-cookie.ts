// The cookie a browser's session is kept in: its name, how it is read, set and cleared.
import type { Request } from 'express';
import { cookieName, cookieOf } from './cookies.ts';

/** The address people reach the installation at, where it is configured. */
export type CookieSite = { publicUrl?: string | null | undefined };

const LOOPBACK = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Over plain http on the machine itself a browser would not keep a secure cookie. Everywhere else the cookie is secure,
 * also where a proxy ends TLS and does not say so: a session is never sent in the clear.
 */
const isSecure = (req: Request, { publicUrl }: CookieSite): boolean =>
  req.secure || publicUrl?.startsWith('https:') === true || !LOOPBACK.test(req.hostname);

/** A browser takes a name that begins with `__Host-` from this very host by TLS only: no neighbour can plant it. */
const nameFor = (secure: boolean): string => cookieName('zb', secure);

/** The session's secret in the request's cookies, or null where there is none that could be one. */
export function readSessionCookie(req: Request, site: CookieSite): string | null {
  const value = cookieOf(req, nameFor(isSecure(req, site)));
  return value !== null && /^[\w-]{1,200}$/.test(value) ? value : null;
}

/**
 * Lax: the cookie comes along when a person follows a link to the page, and with no form or script of another site.
 * Without an age: a browser forgets it when it is closed, the server ends the session by its own clock.
 */
export function sessionCookie(req: Request, site: CookieSite, secret: string): string {
  const secure = isSecure(req, site);
  return `${nameFor(secure)}=${secret}; HttpOnly;${secure ? ' Secure;' : ''} SameSite=Lax; Path=/`;
}

export const clearedCookie = (req: Request, site: CookieSite): string =>
  `${sessionCookie(req, site, '')}; Max-Age=0`;
