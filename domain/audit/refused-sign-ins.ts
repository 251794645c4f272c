// Refused sign-ins by person and address: the first is told at once, those of the minute after it as one number.
import type { Millis } from '../instant.ts';

const WINDOW_MS = 60_000;
/** So many at once; a flood from everywhere is told as one more, of no person and from no address. */
const MAX_KEPT = 100;

export type RefusalReason = 'wrong' | 'throttled' | 'unknown' | 'oidc';
/** `person`: whose login was tried, null where no person has it. */
export type RefusedSignIn = { person: string | null; address: string | null; reason: RefusalReason };
export type CountedRefusals = RefusedSignIn & { times: number; receivedMs: Millis };

/** Bounds what a stranger can write into the log: two events a minute of each person and address, some hundreds in all. */
export class RefusedSignIns {
  private readonly kept = new Map<string, CountedRefusals & { untilMs: Millis }>();

  /** What is to be told at once; null where it is counted. */
  take(refused: RefusedSignIn, nowMs: Millis): CountedRefusals | null {
    const wanted = JSON.stringify([refused.person, refused.address]);
    const isFlood = !this.kept.has(wanted) && this.kept.size >= MAX_KEPT;
    const key = isFlood ? '' : wanted;
    const known = this.kept.get(key);
    if (known !== undefined) {
      known.times += 1;
      known.reason = refused.reason;
      return null;
    }
    const told = { ...refused, ...(isFlood ? { person: null, address: null } : {}), receivedMs: nowMs };
    this.kept.set(key, { ...told, times: 0, untilMs: nowMs + WINDOW_MS });
    return { ...told, times: 1 };
  }

  /** The numbers of the minutes that are over; with `isLast` also of those under way. */
  due(nowMs: Millis, isLast = false): CountedRefusals[] {
    const told: CountedRefusals[] = [];
    for (const [key, { untilMs, ...counted }] of this.kept) {
      if (untilMs > nowMs && !isLast) continue;
      this.kept.delete(key);
      if (counted.times > 0) told.push(counted);
    }
    return told;
  }

  get size(): number {
    return this.kept.size;
  }
}
