// Signing in and out, the signed-in person, and passwords (api.md §3).
import { Router } from 'express';
import { SESSION_CALLS } from '../../../contract/session.ts';
import { recordSecurity } from '../../../command/security/record-security.ts';
import { inTransaction } from '../../../db/pool.ts';
import {
  deleteSession,
  deleteSessionsOf,
  findAccount,
  findAccountByLogin,
  insertSession,
  saveAccount,
} from '../../../db/queries/account.ts';
import { findPerson, listPosts } from '../../../db/queries/organisation-list.ts';
import { readsEverything } from '../../../reading/gate.ts';
import { hasRole, officesOf } from '../../../domain/organisation/organisation.ts';
import { isAdministrator } from '../../access/administrator.ts';
import { actorOf, hashSecret, makeSessionSecret, secretOf } from '../../access/authenticate.ts';
import { originOf } from '../../access/origin.ts';
import type { RouteDeps } from '../../deps.ts';
import { forbidden, refused, Refused } from '../../errors.ts';
import { checkPassword, hashInTurn } from '../../access/password.ts';
import { refuse } from '../../../domain/failure.ts';
import { personItem } from '../organisation/people.ts';
import { postItem } from '../organisation/posts.ts';
import { networkFrom } from '../../address.ts';
import { Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';

/** A working day, from the first sign-in to the last report in the evening. */
const SESSION_MS = 12 * 60 * 60 * 1000;
/** More posts than one person holds. */
const MAX_POSTS = 500;

/** Mounted before `authenticate`. */
export function signInRouter({ pool, devices, security }: RouteDeps): Router {
  const router = Router();
  serve(router, SESSION_CALLS.signIn, async ({ req, body: { login, password } }) => {
    const address = req.ip ?? '';
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
    const token = makeSessionSecret();
    const expiresAt = await insertSession(pool, hashSecret(token), account.person, SESSION_MS);
    const holder = await findPerson(pool, account.person);
    if (holder === null) throw new Error(`account without a person: ${account.person}`);
    const origin = originOf(req, account.person);
    await security.record({ ...origin, type: 'signedIn', data: { by: 'password' } });
    const body = { token, expiresAt: expiresAt.toISOString(), person: personItem(holder) };
    return new Reply(200, body, { 'set-cookie': await devices.remember(req, login) });
  });
  return router;
}

export function sessionRouter(deps: RouteDeps): Router {
  const { pool, directory, signIns, devices } = deps;
  const router = Router();

  serve(router, SESSION_CALLS.signOut, async ({ req }) => {
    const secret = secretOf(req);
    if (secret !== null) await deleteSession(pool, hashSecret(secret));
    await deps.security.record({ ...originOf(req), type: 'signedOut', data: {} });
    signIns.forgetAll();
  });

  serve(router, SESSION_CALLS.me, async ({ req }) => {
    const id = actorOf(req).person;
    const person = await findPerson(pool, id);
    if (person === null) throw refused('NOT_FOUND');
    const posts = await listPosts(
      pool,
      { unit: null, taskForce: null, person: id },
      { after: null, limit: MAX_POSTS },
    );
    const account = await findAccount(pool, id);
    const known = await directory.current(pool);
    const now = deps.now();
    return {
      person: personItem(person),
      posts: posts.map(postItem),
      may: {
        administer: hasRole(known, id, 'administrator', now),
        readAll: readsEverything({ directory: known, person: id, now }),
        issueFor: [...new Set(officesOf(known, id, now))],
        mustChangePassword: account?.mustChange ?? false,
      },
    };
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
    const passwordHash = await hashInTurn(actorOf(req).person, password);
    await inTransaction(pool, async (tx) => {
      await saveAccount(tx, { person: id, passwordHash, mustChange: !isOwn });
      // All sessions made with the old password end, except the one that has just changed its own password.
      const secret = isOwn ? secretOf(req) : null;
      await deleteSessionsOf(tx, id, secret === null ? null : hashSecret(secret));
      await recordSecurity(tx, { ...originOf(req), type: 'passwordSet', data: { person: id } });
    });
    signIns.forgetAll();
  });
  return router;
}
