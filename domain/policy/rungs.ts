// The rungs and reminders of a policy: their order in a calendar, and the instants they fall on.
import {
  addWorking,
  CalendarYearUnknown,
  nextOpening,
  receivedAs,
  workdayMs,
  type Calendar,
} from '../calendar/calendar.ts';
import { readDuration, toMillis, type Duration, type Millis } from '../instant.ts';
import type { Clock, Policy, Rung } from './policy.ts';

/** Clocks that run from a question until its answer. */
export type AnswerClock = Exclude<Clock, 'acknowledge' | 'due'>;

export type CompiledRung = Rung & { duration: Duration };
export type CompiledReminder = { text: string; duration: Duration };

/** A policy with its durations read, per clock; in order only once a calendar says how long a workday is. */
export type Ladder = {
  rungs: Record<Clock, CompiledRung[]>;
  reminders: CompiledReminder[];
  acknowledgeWithin: Duration | null;
  /** For the people whose answer is waited for: the issuer, the person who decides, the leader who signs. */
  within: Record<AnswerClock, Duration | null>;
};

const optional = (text: string | null): Duration | null => (text === null ? null : readDuration(text));

export function compileLadder(policy: Policy): Ladder {
  const compiled = policy.ladder.map((rung) => ({ ...rung, duration: readDuration(rung.after) }));
  const of = (clock: Clock): CompiledRung[] => compiled.filter((rung) => rung.clock === clock);
  return {
    rungs: {
      acknowledge: of('acknowledge'),
      due: of('due'),
      review: of('review'),
      decide: of('decide'),
      sign: of('sign'),
    },
    reminders: policy.remindBefore.map((text) => ({ text, duration: readDuration(text) })),
    acknowledgeWithin: optional(policy.acknowledgeWithin),
    within: {
      review: optional(policy.reviewWithin),
      decide: optional(policy.decideWithin),
      sign: optional(policy.signWithin),
    },
  };
}

/** When the receipt is late: within the policy's time from the issue, or never asked. */
export function acknowledgeBy(calendar: Calendar, ladder: Ladder, issuedAt: Millis): Millis | null {
  if (ladder.acknowledgeWithin === null) return null;
  return addWorking(calendar, receivedAs(calendar, issuedAt), ladder.acknowledgeWithin);
}

type Ordered = Pick<Ladder, 'rungs' | 'reminders'>;
const orders = new WeakMap<Ladder, { calendar: Calendar; ordered: Ordered }>();

/**
 * Rungs soonest first, reminders earliest first. A workday is shorter than eight hours in one calendar and longer
 * in another, so `P1D` and `PT8H` change places; of two that are equally long the one in hours falls no later.
 */
export function inOrder(ladder: Ladder, calendar: Calendar): Ordered {
  const known = orders.get(ladder);
  if (known?.calendar === calendar) return known.ordered;
  const dayMs = workdayMs(calendar);
  const compare = (a: { duration: Duration }, b: { duration: Duration }): number =>
    (a.duration.days - b.duration.days) * dayMs + a.duration.ms - b.duration.ms ||
    a.duration.days - b.duration.days;
  const { acknowledge, due, review, decide, sign } = ladder.rungs;
  const ordered: Ordered = {
    rungs: {
      acknowledge: acknowledge.toSorted(compare),
      due: due.toSorted(compare),
      review: review.toSorted(compare),
      decide: decide.toSorted(compare),
      sign: sign.toSorted(compare),
    },
    reminders: ladder.reminders.toSorted((a, b) => compare(b, a)),
  };
  orders.set(ladder, { calendar, ordered });
  return ordered;
}

/** When a rung or reminder falls. In a year that is not loaded it falls when that year begins, and says so then. */
export type Moment = { at: Millis; unknown: CalendarYearUnknown | null };

export function momentOf(clock: () => Millis): Moment {
  try {
    return { at: clock(), unknown: null };
  } catch (error) {
    if (!(error instanceof CalendarYearUnknown)) throw error;
    return { at: toMillis(`${error.year}-01-01T00:00:00+08:00`), unknown: error };
  }
}

/** Has it fallen by `now`? Throws `CalendarYearUnknown` where that cannot be told. */
export function hasFallen(moment: Moment, now: Millis): boolean {
  if (moment.at > now) return false;
  if (moment.unknown) throw moment.unknown;
  return true;
}

/** After an outage of many days one repetition fires, for the latest opening that has passed; this many are looked at. */
const MAX_MISSED_DAYS = 1000;

/** The latest opening (round the clock: 24 hours more) after `after` that has passed; null where none is known to. */
export function lastRepetition(calendar: Calendar, after: Millis, now: Millis): Millis | null {
  let latest: Millis | null = null;
  for (let days = 0; days < MAX_MISSED_DAYS; days += 1) {
    const from = latest ?? after;
    const next = momentOf(() => nextOpening(calendar, from));
    if (next.unknown || next.at > now) break;
    latest = next.at;
  }
  return latest;
}
