// Passwords: hashed with argon2id, and checked as seldom as wrong tries demand, in a queue that nobody can fill for others.
import { hash, verify } from '@node-rs/argon2';
import type { Pool } from '../../db/pool.ts';
import { deleteSignInFailures, findWrongTries, insertLoginFailure } from '../../db/queries/sign-in-try.ts';
import {
  addressWaitMs,
  ADDRESS_TRIES,
  PAIR_COUNTED,
  pairWaitMs,
  REMEMBERED_MINUTES,
} from '../../domain/access/sign-in-delay.ts';
import { createFairQueue, QueueFull, type QueuePlace } from './fair-queue.ts';
import type { RefusalThrown } from '../../domain/refusal-thrown.ts';
import { refusing } from '../../domain/refusal-thrown.ts';

/** Hashes at once: each takes a core for some 30 ms and 19 MB; more would only stand in each other's way. */
const HASHES_AT_ONCE = 4;
/**
 * 400 wait four to six seconds, which is as long as a person waits. An address may be that of a whole house whose people
 * come at half past eight; a pair is one person, who presses a button ten times at most.
 */
const WAITING = { pair: 10, address: 200, all: 400 };
/** Half the queue is done by then. */
const QUEUE_SECONDS = 3;

const queue = createFairQueue({ atOnce: HASHES_AT_ONCE, waiting: WAITING });

const tooMany = (seconds: number): RefusalThrown => refusing('TOO_MANY_REQUESTS', { params: { seconds } });

async function inTurn<T>(place: QueuePlace, work: () => Promise<T>): Promise<T> {
  try {
    return await queue(place, work);
  } catch (error) {
    if (error instanceof QueueFull) throw tooMany(QUEUE_SECONDS);
    throw error;
  }
}

/** argon2id with the library's defaults, which are OWASP's first choice: 19 MB, 2 passes, 1 lane. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** The same for a person who is signed in already: before all who are still to prove who they are. */
export const hashInTurn = (person: string, password: string): Promise<string> =>
  inTurn({ first: true, address: `person/${person}`, login: person }, () => hashPassword(password));

/** The hash of no password: an unknown login costs the same time as a wrong password. */
const nobody = hash(crypto.randomUUID());

/** `network`: where it comes from; `device`: the mark of a device on which this login is known. */
export type Try = { login: string; network: string; device: string | null; password: string };

/**
 * The account whose password this is, or null, counting the failure; 429 after too many. A pair of login and place is
 * tried one at a time, so that a burst of guesses gets no more than its five. A known device is a place of its own,
 * which nobody else's tries reach.
 */
export async function checkPassword<A extends { passwordHash: string }>(
  pool: Pool,
  { login, network, device, password }: Try,
  find: () => Promise<A | null>,
): Promise<A | null> {
  const place = device === null ? network : `device/${device}`;
  return inTurn({ first: device !== null, address: place, login }, async () => {
    const wrong = await findWrongTries(pool, login, place, {
      pair: PAIR_COUNTED,
      address: ADDRESS_TRIES,
      minutes: REMEMBERED_MINUTES,
    });
    const waitMs = Math.max(
      pairWaitMs(wrong.pairMs, wrong.nowMs),
      device === null ? addressWaitMs(wrong.addressMs, wrong.nowMs) : 0,
    );
    if (waitMs > 0) throw tooMany(Math.ceil(waitMs / 1000));
    const account = await find();
    const fits = await verify(account?.passwordHash ?? (await nobody), password);
    if (account !== null && fits) {
      if (wrong.pairMs.length > 0) await deleteSignInFailures(pool, login, place);
      return account;
    }
    await insertLoginFailure(pool, login, place, REMEMBERED_MINUTES);
    return null;
  });
}
