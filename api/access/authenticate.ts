// Finds the person who asks: by the bearer token of a session or a service, or by the cookie of a browser's session.
import type { Request, RequestHandler } from 'express';
import type { Actor } from '../../domain/access/relation.ts';
import { forbidden, refused } from '../errors.ts';
import { demandCsrf } from './csrf.ts';
import type { CookieSite } from './cookies.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { SignedIn, SignIns } from '../../command/account/sign-ins.ts';

const BEARER = /^Bearer +([\w-]{1,200})$/i;

type Sent = { secret: string; byCookie: boolean };

/** A bearer token counts alone, a wrong one too: a cookie that comes along without its program's doing adds nothing. */
function secretSent(req: Request, site: CookieSite): Sent | null {
  const { authorization } = req.headers;
  if (authorization !== undefined && /^Bearer\b/i.test(authorization)) {
    const secret = BEARER.exec(authorization)?.[1];
    return secret === undefined ? null : { secret, byCookie: false };
  }
  const secret = readSessionCookie(req, site);
  return secret === null ? null : { secret, byCookie: true };
}

/** Requests a browser makes by itself, as long as a page is open: they do not keep an idle session alive. */
const UNATTENDED = /^GET \/stream\/?$/;

/** What a person may still do who must first change the password, below /api/v1: that, see who they are, and leave. */
const mayWhileMustChange = (req: Request, { actor }: SignedIn): boolean =>
  ['GET /me', 'DELETE /session', `POST /people/${encodeURIComponent(actor.person)}/password`].includes(
    `${req.method} ${req.path.replace(/\/$/, '')}`,
  );

/** A service goes on while its person's password waits to be changed, but makes no other tokens meanwhile. */
const isNewToken = (req: Request): boolean => /^POST \/tokens\/?$/.test(`${req.method} ${req.path}`);

/** Sets the request's actor or refuses: 401, before anything of the request is read, then 403. */
export function authenticate(signIns: SignIns, site: CookieSite): RequestHandler {
  return async (req, res, next) => {
    const sent = secretSent(req, site);
    const isUse = !UNATTENDED.test(`${req.method} ${req.path}`);
    const signedIn = sent === null ? null : await signIns.find(sent.secret, { isUse });
    if (sent === null || signedIn === null) throw refused('UNAUTHENTICATED');
    // A cookie carries sessions only: a service's token in one would do without the CSRF token of a session.
    if (sent.byCookie && signedIn.session === null) throw refused('UNAUTHENTICATED');
    req.actor = signedIn.actor;
    req.signIn = { ...sent, session: signedIn.session, token: signedIn.token };
    if (sent.byCookie) await demandCsrf(req, res, sent.secret);
    const mayNow = signedIn.session === null ? !isNewToken(req) : mayWhileMustChange(req, signedIn);
    if (signedIn.mustChange && !mayNow)
      throw forbidden({ zh: '请先修改初始密码', en: 'Change the password you were given first' });
    next();
  };
}

export function actorOf(req: Request): Actor {
  if (req.actor === undefined) throw new Error('a route that asks for the actor stands before authenticate');
  return req.actor;
}

/** By what the person of the request is signed in. */
export type SignInSent = Sent & Pick<SignedIn, 'session' | 'token'>;

export function signInOf(req: Request): SignInSent {
  if (req.signIn === undefined)
    throw new Error('a route that asks for the session stands before authenticate');
  return req.signIn;
}
