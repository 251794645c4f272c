// Whom a secret belongs to: looked up by its hash, and remembered until any sign-in or the organisation changes.
import { LRUCache } from 'lru-cache';
import type { SecurityLog } from '../security/security-log.ts';
import type { DirectorySource } from '../../db/directory.ts';
import { isDiskFull, type Pool } from '../../db/pool.ts';
import { findSignInVersion } from '../../db/queries/account.ts';
import type { KeptSignIn } from '../../db/queries/download.ts';
import {
  deleteSessionsOf,
  findSession,
  noteSessionUse,
  type SessionLimits,
} from '../../db/queries/session.ts';
import { findLiveToken } from '../../db/queries/token.ts';
import type { Actor } from '../../domain/access/relation.ts';
import type { TokenScope } from '../../domain/access/token-scope.ts';
import { DAY_MS, type Millis } from '../../domain/instant.ts';
import { hasLeft } from '../../domain/organisation/leaving.ts';
import { hashSecret, SESSION_PREFIX, TOKEN_PREFIX } from './secret.ts';
import { createTokenUses, type NoteTokenUse } from './token-uses.ts';

/** A revocation by another process may go unnoticed here for this long. */
const CHECK_EVERY_MS = 1000;
/** A remembered sign-in is looked up again after this, changed or not. */
const REMEMBERED_MS = 60_000;
/** More people than sign in within a second; the oldest goes first. */
const CACHE_SIZE = 10_000;
/** That a session is used is written down no more often: an idle one ends in hours. */
const NOTE_USE_EVERY_MS = 300_000;

/** A working day from the first sign-in to the last report in the evening; a week of such days. */
export const USUAL_SESSIONS: SessionLimits = { idleMs: 12 * 3_600_000, maxMs: 7 * DAY_MS };

/** The end of a post ends sessions: no person and no address does. */
const BY_ITSELF = { actor: null, token: null, address: null };

export type SignedIn = {
  actor: Actor;
  /** The password was given by an administrator and has to be changed before anything else. */
  mustChange: boolean;
  /** null for a token. */
  session: { id: string; endsAt: Millis } | null;
  /** null for a session, which may all that its person may. */
  token: { scopes: readonly TokenScope[]; expiresAt: Date | null } | null;
};

/** Finds the person a secret belongs to. */
export type SignIns = {
  /** `isUse` false: the session is not kept alive by this. */
  find(secret: string, how?: { isUse: boolean }): Promise<SignedIn | null>;
  /** The same by what is kept of a secret; asks the database each time. */
  findKept(signIn: KeptSignIn): Promise<SignedIn | null>;
  /** To be called after anything that ends sessions or tokens. */
  forgetAll(): void;
};

export type SignInDeps = {
  pool: Pool;
  directory: DirectorySource;
  now(): Millis;
  sessions?: SessionLimits;
  security: SecurityLog;
};

/** `usedMs`: when a use of the session was last written down, by the process's own clock. */
type Found = { signedIn: SignedIn; untilMs: number; usedMs: number };

/** With PostgreSQL's disk full people go on reading: that they do need not be written down. */
function unlessDiskFull(error: unknown): void {
  if (!isDiskFull(error)) throw error;
}

function kept(secret: string): KeptSignIn | null {
  const hash = hashSecret(secret);
  if (secret.startsWith(SESSION_PREFIX)) return { kind: 'session', hash };
  return secret.startsWith(TOKEN_PREFIX) ? { kind: 'token', hash } : null;
}

async function lookUp(
  pool: Pool,
  { kind, hash }: KeptSignIn,
  nowMs: number,
  limits: SessionLimits,
  noteUse: NoteTokenUse,
): Promise<Found | null> {
  const until = (endsAt: Date | null): number =>
    nowMs + Math.min(REMEMBERED_MS, (endsAt?.getTime() ?? Infinity) - Date.now());
  if (kind === 'session') {
    const row = await findSession(pool, hash, limits);
    if (row === null) return null;
    const { id, person, mustChange, endsAt, unusedMs } = row;
    const session = { id, endsAt: endsAt.getTime() };
    return {
      signedIn: { actor: { person, token: null, madeBy: null }, mustChange, session, token: null },
      untilMs: until(endsAt),
      usedMs: nowMs - unusedMs,
    };
  }
  const token = await findLiveToken(pool, hash);
  if (token === null) return null;
  const { person, id, madeBy, mustChange, expiresAt, scopes } = token;
  await noteUse(id).catch(unlessDiskFull);
  const signedIn = {
    actor: { person, token: id, madeBy },
    mustChange,
    session: null,
    token: { scopes, expiresAt },
  };
  return { signedIn, untilMs: until(expiresAt), usedMs: nowMs };
}

export function createSignIns(deps: SignInDeps): SignIns {
  const { pool, directory, security, sessions: limits = USUAL_SESSIONS } = deps;
  const noteUse = createTokenUses(pool);
  const noteEveryMs = Math.min(NOTE_USE_EVERY_MS, limits.idleMs / 4);
  // Promises, so that many requests with one token ask PostgreSQL once; hashes, so that no secret lies in memory.
  const known = new LRUCache<string, Promise<Found | null>>({ max: CACHE_SIZE });
  let version = 0;
  let checked: { atMs: number; done: Promise<void> } | null = null;

  /** One small query a second, for all requests together: has a sign-in ended or changed, or who works where, here or elsewhere? */
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

  /** A person who has left is signed in no more. Their sessions end for good: coming back does not revive them. */
  async function look(signIn: KeptSignIn, nowMs: number): Promise<Found | null> {
    const found = await lookUp(pool, signIn, nowMs, limits, noteUse);
    if (found === null) return null;
    const { person } = found.signedIn.actor;
    if (!hasLeft(await directory.current(pool), person, deps.now())) return found;
    const sessions = await deleteSessionsOf(pool, person, null);
    if (sessions > 0)
      await security.record({ ...BY_ITSELF, type: 'sessionsEnded', data: { person, sessions } });
    return null;
  }

  async function ask(signIn: KeptSignIn, nowMs: number): Promise<Found | null> {
    const key = signIn.hash;
    const found = look(signIn, nowMs);
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
    return answer;
  }

  async function get(signIn: KeptSignIn, nowMs: number): Promise<Found | null> {
    const remembered = await known.get(signIn.hash);
    return remembered && remembered.untilMs > nowMs ? remembered : ask(signIn, nowMs);
  }

  return {
    async find(secret, { isUse } = { isUse: true }) {
      const signIn = kept(secret);
      if (signIn === null) return null;
      const nowMs = performance.now();
      await check(nowMs);
      const found = await get(signIn, nowMs);
      if (found === null || found.signedIn.session === null) return found?.signedIn ?? null;
      if (!isUse || nowMs - found.usedMs < noteEveryMs) return found.signedIn;
      // Said before it is done, so that of many requests at once one writes.
      found.usedMs = nowMs;
      await noteSessionUse(pool, signIn.hash, noteEveryMs).catch(unlessDiskFull);
      return (await ask(signIn, nowMs))?.signedIn ?? null;
    },
    async findKept(signIn) {
      return (await look(signIn, performance.now()))?.signedIn ?? null;
    },
    forgetAll() {
      known.clear();
      checked = null;
    },
  };
}
