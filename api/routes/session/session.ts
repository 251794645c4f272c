// Signing in and out, and passwords (api.md §3).
import { Router } from 'express';
import { SESSION_CALLS } from '../../../contract/session.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import { inTransaction } from '../../../db/pool.ts';
import { findAccount, findAccountByLogin, saveAccount } from '../../../db/queries/account.ts';
import { findPerson } from '../../../db/queries/organisation-list.ts';
import { deleteSession, deleteSessionsOf } from '../../../db/queries/session.ts';
import { revokeOwnTokens } from '../../../db/queries/token.ts';
import { isAdministrator } from '../../access/administrator.ts';
import { actorOf, signInOf } from '../../access/authenticate.ts';
import { beginSession } from '../../access/begin-session.ts';
import { originOf } from '../../access/origin.ts';
import { hashSecret } from '../../access/secret.ts';
import { clearedCookie } from '../../access/session-cookie.ts';
import type { RouteDeps } from '../../deps.ts';
import { forbidden, refused, Refused } from '../../errors.ts';
import { isCommonPassword } from '../../../command/account/common-passwords.ts';
import { checkPassword, hashInTurn } from '../../../command/account/password.ts';
import { passwordFault } from '../../../domain/access/password-fault.ts';
import { refuse, refuseFaults } from '../../../domain/failure.ts';
import { Reply } from '../../reply.ts';
import { personItem } from '../organisation/people.ts';
import { addressOf, networkFrom } from '../../address.ts';
import { serve } from '../../serve.ts';

/** Mounted before `authenticate`. */
export function signInRouter(deps: RouteDeps): Router {
  const { pool, devices, security } = deps;
  const router = Router();

  serve(router, SESSION_CALLS.methods, () => ({ password: true, oidc: null }));

  serve(router, SESSION_CALLS.signIn, async ({ req, body: { login, password, cookie = false } }) => {
    const address = addressOf(req);
    // The log names the person whose login it is, never what was typed: that may be a password in the wrong field.
    const tried: { person: string | null } = { person: null };
    const attempt = { login, network: networkFrom(req), device: await devices.find(req, login), password };
    const account = await checkPassword(pool, attempt, async () => {
      const found = await findAccountByLogin(pool, login);
      tried.person = found?.person ?? null;
      return found;
    }).catch(async (error: unknown) => {
      if (error instanceof Refused) await security.refused({ ...tried, address, reason: 'throttled' });
      throw error;
    });
    if (account === null) {
      await security.refused({ ...tried, address, reason: tried.person === null ? 'unknown' : 'wrong' });
      throw new Refused(refuse('UNAUTHENTICATED'), {
        detail: { zh: '登录名或密码不正确', en: 'The login or the password is wrong' },
      });
    }
    const person = await findPerson(pool, account.person);
    if (person === null) throw new Error(`account without a person: ${account.person}`);
    const begun = await beginSession(deps, req, account.person, { cookie });
    await security.record({ ...originOf(req, account.person), type: 'signedIn', data: { by: 'password' } });
    const said = { expiresAt: begun.endsAt.toISOString(), person: personItem(person) };
    const device = await devices.remember(req, login);
    if (cookie) return new Reply(200, said, { 'set-cookie': [begun.cookie, device] });
    return new Reply(200, { token: begun.secret, ...said }, { 'set-cookie': device });
  });
  return router;
}

export function sessionRouter(deps: RouteDeps): Router {
  const { pool, signIns, devices } = deps;
  const router = Router();

  serve(router, SESSION_CALLS.signOut, async ({ req }) => {
    const { secret, byCookie } = signInOf(req);
    await deleteSession(pool, hashSecret(secret));
    await deps.security.record({ ...originOf(req), type: 'signedOut', data: {} });
    signIns.forgetAll();
    return new Reply(204, undefined, byCookie ? { 'set-cookie': clearedCookie(req, deps) } : {});
  });

  serve(router, SESSION_CALLS.setPassword, async ({ req, params: { id }, body }) => {
    const person = await findPerson(pool, id);
    if (person === null) throw refused('NOT_FOUND');
    const isOwn = actorOf(req).person === id;
    if (!isOwn && !(await isAdministrator(deps, req))) throw forbidden();
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
      await deleteSessionsOf(tx, id, isOwn ? hashSecret(signInOf(req).secret) : null);
      await revokeOwnTokens(tx, id);
      await recordSecurity(tx, { ...originOf(req), type: 'passwordSet', data: { person: id } });
    });
    signIns.forgetAll();
  });
  return router;
}
