// Who is waited for: the issuer with a review, whoever must decide, the leader who signs; and since when.
import type { Assignment } from './assignment.ts';
import { addWorking, receivedAs, type Calendar } from '../calendar/calendar.ts';
import type { Millis } from '../instant.ts';
import type { Place } from '../organisation/organisation.ts';
import type { Target } from '../clock/policy.ts';
import { momentOf, type AnswerClock, type Ladder, type Moment } from '../clock/rungs.ts';

/** `pausedMs`: working time the clocks have stood still since. `place`: who is asked instead of the holder. */
export type Waiting = { since: Millis; pausedMs: number; whom: readonly Target[]; place?: Place };

const ISSUER: readonly Target[] = ['issuer.liaisonA', 'issuer.leader'];

/** Of several requests the earliest is waited for. */
function undecided({ extension, declining, transfer }: Assignment): Waiting | null {
  const asked: Waiting[] = [extension, declining].flatMap((ask) =>
    ask === null ? [] : [{ since: ask.at, pausedMs: ask.pausedMs ?? 0, whom: ISSUER }],
  );
  if (transfer !== null)
    asked.push({
      since: transfer.at,
      pausedMs: transfer.pausedMs ?? 0,
      whom: ['unit.liaisonA', 'unit.leader'],
      place: transfer.to,
    });
  return asked.reduce<Waiting | null>(
    (first, ask) => (first && first.since <= ask.since ? first : ask),
    null,
  );
}

export function waitingFor(a: Assignment, clock: AnswerClock): Waiting | null {
  const pausedMs = a.pausedMs[clock] ?? 0;
  switch (clock) {
    case 'review': {
      const isInReview = a.phase === 'submitted' || a.correcting;
      return isInReview && a.submittedAt !== null ? { since: a.submittedAt, pausedMs, whom: ISSUER } : null;
    }
    case 'decide':
      return undecided(a);
    case 'sign':
      return a.presented === null ? null : { since: a.presented.at, pausedMs, whom: ['unit.leader'] };
  }
}

/** Where the clock ends: the policy's time after the request came in, and as long again as clocks stood still. */
export function answerBy(
  a: Assignment,
  clock: AnswerClock,
  { calendar, ladder }: { calendar: Calendar; ladder: Ladder },
): (Waiting & Moment) | null {
  const waiting = waitingFor(a, clock);
  const within = ladder.within[clock];
  if (waiting === null || within === null) return null;
  const duration = { days: within.days, ms: within.ms + waiting.pausedMs };
  return {
    ...waiting,
    ...momentOf(() => addWorking(calendar, receivedAs(calendar, waiting.since), duration)),
  };
}
