// The pace of costly calls: by person and by network, in a reserve that an office does not use up, and few at a time.
import type { Request } from 'express';
import { LRUCache } from 'lru-cache';
import { createTurns } from '../command/turns.ts';
import { takeToken, type Bucket, type Rate } from '../domain/access/token-bucket.ts';
import { refuse } from '../domain/failure.ts';
import { actorOf } from './access/authenticate.ts';
import { networkFrom } from './address.ts';
import { Refused } from './errors.ts';

export type PaceOfCalls = {
  /** A page that previews at every keystroke asks five times a second. */
  person: Rate;
  /** A whole district may sit behind one address. */
  network: Rate;
};
export const USUAL_PACE: PaceOfCalls = {
  person: { burst: 600, aSecond: 10 },
  network: { burst: 6_000, aSecond: 100 },
};

/** A browser has six requests under way to one server. A summary waits in a queue of eight: others find room in it. */
const MOST_AT_ONCE = 6;
/** More people than ask within a minute; a forgotten one begins with a full reserve. */
const KEPT = 10_000;

export type Pace = {
  /** 429 with `Retry-After` for a person, or a network, that asks too fast. */
  demand(req: Request): void;
  /** Does the work, or answers 429 while too much of this person's is under way. */
  inTurn<T>(req: Request, work: () => Promise<T>): Promise<T>;
};

export function createPace(pace: PaceOfCalls, nowMs = (): number => performance.now()): Pace {
  const buckets = new LRUCache<string, Bucket>({ max: KEPT });
  const turns = createTurns(MOST_AT_ONCE);

  function take(key: string, rate: Rate): void {
    const { bucket, waitSeconds } = takeToken(buckets.get(key), rate, nowMs());
    buckets.set(key, bucket);
    if (waitSeconds === 0) return;
    throw new Refused(refuse('TOO_MANY_REQUESTS', { params: { seconds: waitSeconds } }), {
      headers: { 'retry-after': String(waitSeconds) },
    });
  }

  return {
    demand(req) {
      take(`person ${actorOf(req).person}`, pace.person);
      take(`network ${networkFrom(req)}`, pace.network);
    },
    inTurn: (req, work) => turns.take(actorOf(req).person, work),
  };
}
