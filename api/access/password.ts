// Passwords: hashed with argon2id, checked no more often than five wrong tries a minute allow.
import { hash, verify } from '@node-rs/argon2';
import type { Pool } from '../../db/pool.ts';
import { findLoginWait, insertLoginFailure } from '../../db/queries/account.ts';
import { refuse } from '../../domain/failure.ts';
import { Refused } from '../errors.ts';

/** Wrong tries a minute, of one login or from one address (api.md §3). */
const WRONG_TRIES = 5;
/** Checks at once: each takes a core for some 30 ms and 19 MB; more would only stand in each other's way. */
const CHECKS_AT_ONCE = 4;

/** argon2id with the library's defaults, which are OWASP's first choice: 19 MB, 2 passes, 1 lane. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** The hash of no password: an unknown login costs the same time as a wrong password. */
const nobody = hash(crypto.randomUUID());

/** Runs work for the same key one after the other, and no more than `CHECKS_AT_ONCE` in all. */
function createTurnstile(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let inside = 0;
  const enter = async (): Promise<void> => {
    if (inside >= CHECKS_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside += 1;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };
  return async (key, work) => {
    const before = tails.get(key);
    const turn = (async () => {
      await before?.catch(() => undefined);
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    })();
    tails.set(key, turn);
    try {
      return await turn;
    } finally {
      if (tails.get(key) === turn) tails.delete(key);
    }
  };
}

const turnstile = createTurnstile();

export type Try = { login: string; address: string; password: string };

/**
 * The account whose password this is, or null, counting the failure; 429 after too many.
 * One login is tried one at a time, so that a burst of guesses gets no more than its five.
 */
export async function checkPassword<A extends { passwordHash: string }>(
  pool: Pool,
  { login, address, password }: Try,
  find: () => Promise<A | null>,
): Promise<A | null> {
  return turnstile(login, async () => {
    const waitSeconds = await findLoginWait(pool, login, address, WRONG_TRIES);
    if (waitSeconds !== null)
      throw new Refused(refuse('TOO_MANY_REQUESTS', { params: { seconds: Math.max(1, waitSeconds) } }), {
        headers: { 'retry-after': String(Math.max(1, waitSeconds)) },
      });
    const account = await find();
    const fits = await verify(account?.passwordHash ?? (await nobody), password);
    if (account !== null && fits) return account;
    await insertLoginFailure(pool, login, address);
    return null;
  });
}
