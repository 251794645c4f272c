// Begins a session for a person who has shown who they are: by a password, or elsewhere.
import type { Request } from 'express';
import { deleteSession, insertSession } from '../../db/queries/session.ts';
import { deviceOf } from '../../domain/access/device.ts';
import { refuse } from '../../domain/failure.ts';
import { hasLeft } from '../../domain/organisation/leaving.ts';
import { Refused } from '../errors.ts';
import { hashSecret, makeSessionSecret } from '../../command/account/secret.ts';
import type { CookieSite } from './cookies.ts';
import { readSessionCookie, sessionCookie } from './session-cookie.ts';
import { USUAL_SESSIONS, type SignInDeps, type SignIns } from '../../command/account/sign-ins.ts';

export type BegunSession = {
  id: string;
  secret: string;
  endsAt: Date;
  /** The value of a Set-Cookie header that carries the session. */
  cookie: string;
};

/** 401 for a person all of whose posts have ended: the password is right, but nothing is left to sign in to. */
export async function beginSession(
  deps: SignInDeps & CookieSite & { signIns: SignIns },
  req: Request,
  person: string,
  { cookie }: { cookie: boolean },
): Promise<BegunSession> {
  const { pool, directory, signIns, sessions = USUAL_SESSIONS } = deps;
  if (hasLeft(await directory.current(pool), person, deps.now()))
    throw new Refused(refuse('UNAUTHENTICATED'), {
      detail: {
        zh: '您的任职均已结束，不能登录；如有新的任职，请联系系统管理员登记',
        en: 'All your posts have ended, so that you cannot sign in; ask an administrator to enter a new one',
      },
    });
  const secret = makeSessionSecret();
  const device = deviceOf(req.get('user-agent'));
  const { id, endsAt } = await insertSession(pool, { hash: hashSecret(secret), person, device }, sessions);
  // A browser has one session here: the cookie of the one before is gone with this answer.
  const before = cookie ? readSessionCookie(req, deps) : null;
  if (before !== null) {
    await deleteSession(pool, hashSecret(before));
    signIns.forgetAll();
  }
  return { id, secret, endsAt, cookie: sessionCookie(req, deps, secret) };
}
