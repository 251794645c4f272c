// Who asks for a page: by the cookie of a browser's session alone. Unlike a call, a page asks a stranger to sign in.
import type { Request } from 'express';
import { readSessionCookie } from '../access/session-cookie.ts';
import type { RouteDeps } from '../deps.ts';

/** Sets the request's actor; false for a stranger, or for a session that has ended. */
export async function signedInBy(deps: RouteDeps, req: Request): Promise<boolean> {
  const secret = readSessionCookie(req, deps);
  if (secret === null) return false;
  const found = await deps.signIns.find(secret);
  if (found === null || found.session === null) return false;
  req.actor = found.actor;
  req.signIn = { secret, byCookie: true, session: found.session, token: found.token };
  return true;
}
