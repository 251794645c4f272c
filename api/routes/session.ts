// Signing in and out, who I am, and passwords (api.md §3).
import { Router } from 'express';
import { z } from 'zod';
import { inTransaction } from '../../db/pool.ts';
import {
  deleteSession,
  deleteSessionsOf,
  findAccount,
  findAccountByLogin,
  insertSession,
  saveAccount,
} from '../../db/queries/account.ts';
import { findPerson, listPosts } from '../../db/queries/organisation-list.ts';
import { readsAll } from '../../domain/assignment/access.ts';
import { hasRole, officesOf } from '../../domain/organisation/organisation.ts';
import { isAdministrator } from '../access/administrator.ts';
import { actorOf, hashSecret, makeSessionSecret, secretOf } from '../access/authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { forbidden, refused, Refused } from '../errors.ts';
import { describe, named } from '../openapi.ts';
import { param, parseDocument, parseEnvelope } from '../parse.ts';
import { checkPassword, hashPassword } from '../access/password.ts';
import { refuse } from '../../domain/failure.ts';
import { PersonItem, personItem } from './people.ts';
import { PostItem, postItem } from './posts.ts';

/** A working day, from the first sign-in to the last report in the evening. */
const SESSION_MS = 12 * 60 * 60 * 1000;
/** More posts than anyone holds. */
const MAX_POSTS = 500;

const SignIn = z.strictObject({ login: z.string().max(100), password: z.string().max(1000) });
const Password = z.strictObject({
  password: z.string().min(10).max(1000),
  current: z.string().max(1000).optional(),
});

describe({
  method: 'post',
  path: '/session',
  tag: 'session',
  summary: 'Sign in',
  open: true,
  body: SignIn,
  answer: z.object({ token: z.string(), expiresAt: z.string(), person: PersonItem }),
});
describe({ method: 'delete', path: '/session', tag: 'session', summary: 'Sign out' });
describe({
  method: 'get',
  path: '/me',
  tag: 'session',
  summary: 'Who I am, my posts, what I may do',
  answer: named(
    'Me',
    z.object({
      person: PersonItem,
      posts: z.array(PostItem),
      may: z.object({
        administer: z.boolean(),
        readAll: z.boolean(),
        issueFor: z.array(z.string()),
        mustChangePassword: z.boolean(),
      }),
    }),
  ),
});
describe({
  method: 'post',
  path: '/people/{id}/password',
  tag: 'session',
  summary: 'Set a password: your own, or as an administrator one to be changed at the next login',
  once: false,
  body: Password,
});

/** Before anybody is known. */
export function signInRouter({ pool }: RouteDeps): Router {
  const router = Router();
  router.post('/session', json(), async (req, res) => {
    const { login, password } = parseEnvelope(SignIn, req.body);
    const address = req.ip ?? '';
    const account = await checkPassword(pool, { login, address, password }, () =>
      findAccountByLogin(pool, login),
    );
    if (account === null)
      throw new Refused(refuse('UNAUTHENTICATED'), {
        detail: { zh: '登录名或密码不正确', en: 'The login or the password is wrong' },
      });
    const token = makeSessionSecret();
    const expiresAt = await insertSession(pool, hashSecret(token), account.person, SESSION_MS);
    const person = await findPerson(pool, account.person);
    if (person === null) throw new Error(`account without a person: ${account.person}`);
    res.json({ token, expiresAt: expiresAt.toISOString(), person: personItem(person) });
  });
  return router;
}

export function sessionRouter(deps: RouteDeps): Router {
  const { pool, directory, signIns } = deps;
  const router = Router();

  router.delete('/session', async (req, res) => {
    const secret = secretOf(req);
    if (secret !== null) await deleteSession(pool, hashSecret(secret));
    signIns.forgetAll();
    res.status(204).end();
  });

  router.get('/me', async (req, res) => {
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
    res.json({
      person: personItem(person),
      posts: posts.map(postItem),
      may: {
        administer: hasRole(known, id, 'administrator', now),
        readAll: readsAll(known, id, now),
        issueFor: [...new Set(officesOf(known, id, now))],
        mustChangePassword: account?.mustChange ?? false,
      },
    });
  });

  router.post('/people/:id/password', json(), async (req, res) => {
    const { password, current } = parseDocument(Password, req.body);
    const id = param(req, 'id');
    const person = await findPerson(pool, id);
    if (person === null) throw refused('NOT_FOUND');
    const isOwn = actorOf(req).person === id;
    if (!isOwn && !(await isAdministrator(deps, req))) throw forbidden();
    if (isOwn) {
      const attempt = { login: person.login, address: req.ip ?? '', password: current ?? '' };
      if ((await checkPassword(pool, attempt, () => findAccount(pool, id))) === null)
        throw forbidden({ zh: '当前密码不正确', en: 'The current password is wrong' });
    }
    const passwordHash = await hashPassword(password);
    await inTransaction(pool, async (tx) => {
      await saveAccount(tx, { person: id, passwordHash, mustChange: !isOwn });
      // Whoever knew the old password is out; the one who has just changed it stays.
      const secret = isOwn ? secretOf(req) : null;
      await deleteSessionsOf(tx, id, secret === null ? null : hashSecret(secret));
    });
    signIns.forgetAll();
    res.status(204).end();
  });
  return router;
}
