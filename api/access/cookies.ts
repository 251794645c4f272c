// Cookies of this application: whether they go by TLS alone, how they are named, read and written.
import type { Request } from 'express';

/** The address people reach the installation at, where it is configured. */
export type CookieSite = { publicUrl?: string | null | undefined };

const LOOPBACK = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Over plain http on the machine itself a browser would not keep a secure cookie. Everywhere else a cookie is secure,
 * also where a proxy ends TLS and does not say so: none is sent in the clear.
 */
const isSecureSite = (req: Request, { publicUrl }: CookieSite): boolean =>
  req.secure || publicUrl?.startsWith('https:') === true || !LOOPBACK.test(req.hostname);

/** A browser takes a name that begins with `__Host-` from this very host by TLS only: no neighbour can plant it. */
const nameAt = (name: string, isSecure: boolean): string => (isSecure ? `__Host-${name}` : name);

/** The value of a cookie in the request, or null. Of several with the name the first counts. */
export function cookieOf(req: Request, site: CookieSite, name: string): string | null {
  const prefix = `${nameAt(name, isSecureSite(req, site))}=`;
  const found = req.headers.cookie?.split(';').find((part) => part.trimStart().startsWith(prefix));
  return found?.trim().slice(prefix.length) ?? null;
}

/**
 * The `Set-Cookie` of one. Lax: it comes along when a person follows a link to the page, and with no form or script of
 * another site. Without an age a browser forgets it when it is closed.
 */
export function cookieText(
  req: Request,
  site: CookieSite,
  { name, value, maxAgeSeconds }: { name: string; value: string; maxAgeSeconds?: number },
): string {
  const isSecure = isSecureSite(req, site);
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${nameAt(name, isSecure)}=${value}; HttpOnly;${isSecure ? ' Secure;' : ''} SameSite=Lax; Path=/${age}`;
}
