// Signing in and out, and passwords (api.md §3).
import { Router } from 'express';
import { SESSION_CALLS } from '../../../contract/session.ts';
import { endSignIns } from '../../../command/security/end-sign-ins.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import { inTransaction } from '../../../db/pool.ts';
import { findAccount, saveAccount } from '../../../db/queries/account.ts';
import { findPerson } from '../../../db/queries/organisation-list.ts';
import { isOidcSession } from '../../../db/queries/oidc-session.ts';
import { deleteSession } from '../../../db/queries/session.ts';
import { actorOf, signInOf } from '../../access/authenticate.ts';
import { originOf } from '../../access/origin.ts';
import { hashSecret } from '../../../command/account/secret.ts';
import { clearedCookie } from '../../access/session-cookie.ts';
import { signInByPassword } from '../../access/sign-in.ts';
import { demandRight, grantsTo } from '../../access/right.ts';
import type { RouteDeps } from '../../deps.ts';
import { forbidden, refused, Refused } from '../../errors.ts';
import { isCommonPassword } from '../../../command/account/common-passwords.ts';
import { checkPassword, hashInTurn } from '../../../command/account/password.ts';
import { passwordFault } from '../../../domain/access/password-fault.ts';
import { refuseFaults } from '../../../domain/failure.ts';
import { Reply } from '../../reply.ts';
import { personItem } from '../../views/organisation-view.ts';
import { networkFrom } from '../../address.ts';
import { serve } from '../../serve.ts';
import { signInMethods } from '../../views/sign-in-methods.ts';

/** Mounted before `authenticate`. */
export function signInRouter(deps: RouteDeps): Router {
  const router = Router();

  serve(router, SESSION_CALLS.methods, () => signInMethods(deps));

  serve(router, SESSION_CALLS.signIn, async ({ req, body: { login, password, cookie = false } }) => {
    const { begun, person, device } = await signInByPassword(deps, req, { login, password, cookie });
    const said = { expiresAt: begun.endsAt.toISOString(), person: personItem(person) };
    if (cookie) return new Reply(200, said, { 'set-cookie': [begun.cookie, device] });
    return new Reply(200, { token: begun.secret, ...said }, { 'set-cookie': device });
  });
  return router;
}

export function sessionRouter(deps: RouteDeps): Router {
  const { pool, signIns, devices } = deps;
  const router = Router();

  serve(router, SESSION_CALLS.signOut, async ({ req }) => {
    const { secret, byCookie, session } = signInOf(req);
    const hash = hashSecret(secret);
    const isOidc = deps.oidc ? await isOidcSession(pool, hash) : false;
    await deleteSession(pool, hash);
    const data = session === null ? {} : { session: session.id };
    await deps.security.record({ ...originOf(req), type: 'signedOut', data });
    signIns.forgetAll();
    const headers = byCookie ? { 'set-cookie': clearedCookie(req, deps) } : {};
    // Here it has ended, whether or not the provider can be asked.
    const endUrl = isOidc && deps.oidc ? await deps.oidc.provider.endUrl().catch(() => null) : null;
    return endUrl === null ? new Reply(204, undefined, headers) : new Reply(200, { endUrl }, headers);
  });

  serve(router, SESSION_CALLS.setPassword, async ({ req, params: { id }, body }) => {
    const person = await findPerson(pool, id);
    if (person === null) throw refused('NOT_FOUND');
    const isOwn = actorOf(req).person === id;
    demandRight(SESSION_CALLS.setPassword, await grantsTo(deps, req, id));
    const { password, current } = body();
    if (isOwn) {
      const device = await devices.find(req, person.login);
      const attempt = { login: person.login, network: networkFrom(req), device, password: current ?? '' };
      if ((await checkPassword(pool, attempt, () => findAccount(pool, id))) === null)
        throw forbidden({ zh: '当前密码不正确', en: 'The current password is wrong' });
    }
    const fault = passwordFault(password, person, isCommonPassword);
    if (fault !== null) throw new Refused(refuseFaults([fault]));
    const passwordHash = await hashInTurn(actorOf(req).person, password);
    await inTransaction(pool, async (tx) => {
      await saveAccount(tx, { person: id, passwordHash, mustChange: !isOwn });
      // What was begun with the old password ends, except the session that has just changed its own password.
      const ended = await endSignIns(tx, id, isOwn ? hashSecret(signInOf(req).secret) : null);
      const events = [{ type: 'passwordSet' as const, data: { person: id } }, ...ended];
      await recordSecurity(tx, ...events.map((event) => ({ ...originOf(req), ...event })));
    });
    signIns.forgetAll();
  });
  return router;
}
