// The person waited for (the issuer for a review, the person who must decide, the leader who signs), and since when.
import type { Assignment } from './assignment.ts';
import { addWorking, receivedAs, type Calendar } from '../calendar/calendar.ts';
import type { Millis } from '../instant.ts';
import type { Place } from '../organisation/organisation.ts';
import type { Target } from '../policy/policy.ts';
import { momentOf, type AnswerClock, type Ladder, type Moment } from '../policy/rungs.ts';

/**
 * `pausedMs`: working time the clocks have stood still since. `place`: the place asked instead of the holder. `sends`: the
 * holder must send up a report that needs no signature.
 */
export type Waiting = {
  since: Millis;
  pausedMs: number;
  whom: readonly Target[];
  place?: Place;
  sends?: true;
};

/** Of a node: is all in below, and does the directive go on? Only then is anything waited for there. */
type AtNode = { complete?: boolean; running?: boolean };

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

/** The signature, or where none is asked the sending: of what has been presented, else of what has been gathered. */
function unsigned(a: Assignment, { complete = true, running = true }: AtNode): Waiting | null {
  const pausedMs = a.pausedMs.sign ?? 0;
  if (a.presented !== null) return { since: a.presented.at, pausedMs, whom: ['unit.leader'] };
  if (a.gathered === null || !complete || !running) return null;
  const { at, asks } = a.gathered;
  return asks === 'signature'
    ? { since: at, pausedMs, whom: ['unit.leader'] }
    : { since: at, pausedMs, whom: ['unit.liaisonA'], sends: true };
}

export function waitingFor(a: Assignment, clock: AnswerClock, at: AtNode = {}): Waiting | null {
  const pausedMs = a.pausedMs[clock] ?? 0;
  switch (clock) {
    case 'review': {
      const isInReview = a.phase === 'submitted' || a.correcting;
      if (!isInReview || a.submittedAt === null) return null;
      return { since: Math.max(a.submittedAt, a.reopenedAt ?? 0), pausedMs, whom: ISSUER };
    }
    case 'decide':
      return undecided(a);
    case 'sign':
      return unsigned(a, at);
  }
}

/** Where the clock ends: the policy's time after the request came in, and as long again as clocks stood still. */
export function answerBy(
  a: Assignment,
  clock: AnswerClock,
  { calendar, ladder, ...at }: { calendar: Calendar; ladder: Ladder } & AtNode,
): (Waiting & Moment) | null {
  const waiting = waitingFor(a, clock, at);
  const within = ladder.within[clock];
  if (waiting === null || within === null) return null;
  const duration = { days: within.days, ms: within.ms + waiting.pausedMs };
  return {
    ...waiting,
    ...momentOf(() => addWorking(calendar, receivedAs(calendar, waiting.since), duration)),
  };
}
