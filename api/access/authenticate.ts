// Finds the person who asks: the bearer token of a session or a service, looked up by its hash.
import { hash, randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import type { Pool } from '../../db/pool.ts';
import { findSession, findSignInVersion } from '../../db/queries/account.ts';
import { findLiveToken } from '../../db/queries/token.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { forbidden, refused } from '../errors.ts';

/** A revocation by another process may go unnoticed here for this long. */
const CHECK_EVERY_MS = 1000;
/** A remembered sign-in is looked up again after this, changed or not. */
const REMEMBERED_MS = 60_000;
/** More people than sign in within a second; the oldest goes first. */
const CACHE_SIZE = 10_000;

const SESSION = 'zbs_';
const TOKEN = 'zbt_';

/** 256 random bits; the prefix tells the kind, to us and to scanners for lost secrets. */
const make = (prefix: string): string => prefix + randomBytes(32).toString('base64url');
export const makeSessionSecret = (): string => make(SESSION);
export const makeTokenSecret = (): string => make(TOKEN);
export const hashSecret = (secret: string): string => hash('sha256', secret, 'hex');

/** `mustChange`: the password was given by an administrator and has to be changed before anything else. */
export type SignedIn = { actor: Actor; mustChange: boolean };

/** Finds the person a secret belongs to, and remembers it until any sign-in ends or changes. */
export type SignIns = {
  find(secret: string): Promise<SignedIn | null>;
  /** To be called after anything that ends sessions or tokens. */
  forgetAll(): void;
};

type Found = { signedIn: SignedIn; untilMs: number };

async function look(pool: Pool, secret: string, nowMs: number): Promise<Found | null> {
  const until = (expiresAt: Date | null): number =>
    nowMs + Math.min(REMEMBERED_MS, (expiresAt?.getTime() ?? Infinity) - Date.now());
  if (secret.startsWith(SESSION)) {
    const session = await findSession(pool, hashSecret(secret));
    if (session === null) return null;
    const { person, mustChange, expiresAt } = session;
    return {
      signedIn: { actor: { person, token: null, madeBy: null }, mustChange },
      untilMs: until(expiresAt),
    };
  }
  if (!secret.startsWith(TOKEN)) return null;
  const token = await findLiveToken(pool, hashSecret(secret));
  if (token === null) return null;
  const { person, id, madeBy, expiresAt } = token;
  return { signedIn: { actor: { person, token: id, madeBy }, mustChange: false }, untilMs: until(expiresAt) };
}

export function createSignIns(pool: Pool): SignIns {
  // Promises, so that many requests with one token ask PostgreSQL once; hashes, so that no secret lies in memory.
  const known = new LRUCache<string, Promise<Found | null>>({ max: CACHE_SIZE });
  let version = 0;
  let checked: { atMs: number; done: Promise<void> } | null = null;

  /** One small query a second, for all requests together: has any session, token or account ended or changed, here or elsewhere? */
  function check(nowMs: number): Promise<void> {
    if (checked !== null && nowMs - checked.atMs < CHECK_EVERY_MS) return checked.done;
    const done = findSignInVersion(pool).then(
      (found) => {
        if (found !== version) known.clear();
        version = found;
      },
      (error: unknown) => {
        // Without an answer the remembered sign-ins cannot be trusted.
        checked = null;
        known.clear();
        throw error;
      },
    );
    checked = { atMs: nowMs, done };
    return done;
  }

  async function ask(key: string, secret: string, nowMs: number): Promise<SignedIn | null> {
    const found = look(pool, secret, nowMs);
    known.set(key, found);
    const drop = (): void => {
      if (known.get(key) === found) known.delete(key);
    };
    // A stranger's guess must not push out who is at work; an outage must not last longer than it does.
    const answer = await found.catch((error: unknown) => {
      drop();
      throw error;
    });
    if (answer === null) drop();
    return answer?.signedIn ?? null;
  }

  return {
    async find(secret) {
      const key = hashSecret(secret);
      const nowMs = performance.now();
      await check(nowMs);
      const remembered = await known.get(key);
      if (remembered && remembered.untilMs > nowMs) return remembered.signedIn;
      return ask(key, secret, nowMs);
    },
    forgetAll() {
      known.clear();
      checked = null;
    },
  };
}

const BEARER = /^Bearer +([\w-]{1,200})$/i;

/** The secret sent with a request, or null. */
export const secretOf = (req: Request): string | null =>
  BEARER.exec(req.headers.authorization ?? '')?.[1] ?? null;

/** The requests a person may still make who must first change the password, below /api/v1. */
const WHILE_MUST_CHANGE = /^(GET \/me|DELETE \/session|POST \/people\/[^/]+\/password)\/?$/;

/** Sets the request's actor or refuses: 401, before anything of the request is read. */
export function authenticate(signIns: SignIns): RequestHandler {
  return async (req, _res, next) => {
    const secret = secretOf(req);
    const signedIn = secret === null ? null : await signIns.find(secret);
    if (signedIn === null) throw refused('UNAUTHENTICATED');
    req.actor = signedIn.actor;
    if (signedIn.mustChange && !WHILE_MUST_CHANGE.test(`${req.method} ${req.path}`))
      throw forbidden({ zh: '请先修改初始密码', en: 'Change the password you were given first' });
    next();
  };
}

export function actorOf(req: Request): Actor {
  if (req.actor === undefined) throw new Error('a route that asks for the actor stands before authenticate');
  return req.actor;
}
