// The clocks of an assignment: receipt, reminders, due time and review, the rungs after them, and when it next wakes.
import { isOwing, type Assignment, type NewEvent } from './assignment.ts';
import {
  addWorking,
  CalendarYearUnknown,
  nextOpening,
  receivedAs,
  subtractWorking,
  type Calendar,
} from './calendar.ts';
import { elapsedMs, readDuration, toIso, toMillis, type Duration, type Millis } from './instant.ts';
import type { Place } from './organisation.ts';
import type { Clock, Policy, Rung, Target } from './policy.ts';

type CompiledRung = Rung & { duration: Duration };

/** A policy with its durations read and its rungs in order, per clock. */
export type Ladder = {
  rungs: Record<Clock, CompiledRung[]>;
  /** Longest first, so that their instants ascend. */
  reminders: { text: string; duration: Duration }[];
  acknowledgeWithin: Duration | null;
  reviewWithin: Duration | null;
};

const optional = (text: string | null): Duration | null => (text === null ? null : readDuration(text));

export function compileLadder(policy: Policy): Ladder {
  const compiled = policy.ladder
    .map((rung) => ({ ...rung, duration: readDuration(rung.after) }))
    .sort((a, b) => elapsedMs(a.duration) - elapsedMs(b.duration));
  const of = (clock: Clock): CompiledRung[] => compiled.filter((rung) => rung.clock === clock);
  return {
    rungs: { acknowledge: of('acknowledge'), due: of('due'), review: of('review'), decide: of('decide') },
    reminders: policy.remindBefore
      .map((text) => ({ text, duration: readDuration(text) }))
      .sort((a, b) => elapsedMs(b.duration) - elapsedMs(a.duration)),
    acknowledgeWithin: optional(policy.acknowledgeWithin),
    reviewWithin: optional(policy.reviewWithin),
  };
}

/** Whom a rung or reminder reaches now: people, and the place it passed to where the posts named were empty. */
export type Reached = { notified: string[]; passedTo?: Place };

/** All that the clocks of one assignment depend on besides itself. */
export type ClockContext = {
  calendar: Calendar;
  ladder: Ladder;
  /** False once the directive is closed or cancelled: then only the review of corrections is timed. */
  running: boolean;
  /** A node: is everything below settled? */
  complete: boolean;
  rollUp: 'auto' | 'manual';
};

/** When the receipt is late: within the policy's time from the issue, or never asked. */
export function acknowledgeBy(calendar: Calendar, ladder: Ladder, issuedAt: Millis): Millis | null {
  if (ladder.acknowledgeWithin === null) return null;
  return addWorking(calendar, receivedAs(calendar, issuedAt), ladder.acknowledgeWithin);
}

const awaitsReceipt = (a: Assignment, context: ClockContext): a is Assignment & { acknowledgeBy: Millis } =>
  context.running && a.phase === 'issued' && a.acknowledgeBy !== null;

const owes = (a: Assignment, context: ClockContext): boolean => context.running && isOwing(a);

/** A node's own rungs run only for what it holds up itself: all is in below and its holder has not sent it up. */
const holdsUp = (a: Assignment, context: ClockContext): boolean =>
  !a.node || (context.complete && (context.rollUp === 'manual' || a.phase === 'returned'));

/** Where the issuer's clock ends: `reviewWithin` after the report under review came in. */
function reviewBy(a: Assignment, { calendar, ladder }: ClockContext): Millis | null {
  const waits = a.phase === 'submitted' || a.correcting;
  if (!waits || a.submittedAt === null || ladder.reviewWithin === null) return null;
  return addWorking(calendar, receivedAs(calendar, a.submittedAt), ladder.reviewWithin);
}

const rungAt = (calendar: Calendar, base: Millis, rung: CompiledRung): Millis =>
  addWorking(calendar, base, rung.duration);

/** When the clock's next rung is due; after the last, the next repetition; null where there are none. */
function nextRung(a: Assignment, context: ClockContext, clock: Clock, base: Millis): Millis | null {
  const rungs = context.ladder.rungs[clock];
  const taken = a.taken[clock];
  const next = rungs[taken?.rungs ?? 0];
  if (next !== undefined) return rungAt(context.calendar, base, next);
  // Without rungs only the issuer's review clock repeats, by its reminder: nobody may sit on a report for ever.
  if (rungs.length === 0 && clock !== 'review') return null;
  return nextOpening(context.calendar, taken?.at ?? base);
}

/** Indices and instants of the reminders still to come: after the issue, not yet sent. */
function remindersLeft(
  a: Assignment,
  { calendar, ladder }: ClockContext,
): { index: number; at: Millis; text: string }[] {
  return ladder.reminders
    .map(({ text, duration }, index) => ({ index, text, at: subtractWorking(calendar, a.dueAt, duration) }))
    .filter(({ index, at }) => index >= a.reminded && at > a.issuedAt);
}

/** The earliest instant at which `wake` has something to do; null when nothing of the policy is left to come (law 5). */
export function nextWake(a: Assignment, context: ClockContext): Millis | null {
  const times = clocks(a, context)
    .map(untilKnown)
    .filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

function clocks(a: Assignment, context: ClockContext): (() => Millis | null)[] {
  const running: (() => Millis | null)[] = [];
  if (awaitsReceipt(a, context)) {
    const base = a.acknowledgeBy;
    running.push(() => (a.taken.acknowledge ? nextRung(a, context, 'acknowledge', base) : base));
  }
  if (owes(a, context)) {
    if (!a.overdue) running.push(() => a.dueAt);
    if (holdsUp(a, context)) {
      running.push(() =>
        a.overdue ? nextRung(a, context, 'due', a.dueAt) : (remindersLeft(a, context)[0]?.at ?? null),
      );
    }
  }
  running.push(() => {
    const review = reviewBy(a, context);
    return review !== null && a.taken.review ? nextRung(a, context, 'review', review) : review;
  });
  return running;
}

/** A clock that runs into a year nobody has loaded wakes when that year begins, and says so then. */
function untilKnown(clock: () => Millis | null): Millis | null {
  try {
    return clock();
  } catch (error) {
    if (error instanceof CalendarYearUnknown) return toMillis(`${error.year}-01-01T00:00:00+08:00`);
    throw error;
  }
}

/** What is due by `now`, each thing once; of several rungs missed the highest fires and names the others. */
export function wake(
  a: Assignment,
  context: ClockContext,
  now: Millis,
  reach: (targets: readonly Target[]) => Reached,
): NewEvent[] {
  const events: NewEvent[] = [];
  if (awaitsReceipt(a, context) && a.acknowledgeBy <= now) {
    if (!a.taken.acknowledge) {
      events.push({ type: 'receiptOverdue', data: { acknowledgeBy: toIso(a.acknowledgeBy) } });
    }
    events.push(...climb(a, context, 'acknowledge', a.acknowledgeBy, now, reach));
  }
  if (owes(a, context)) events.push(...owed(a, context, now, reach));
  const review = reviewBy(a, context);
  if (review !== null && review <= now) {
    if (!a.taken.review) {
      const data = {
        clock: 'review' as const,
        of: toIso(review),
        ...reach(['issuer.liaisonA', 'issuer.leader']),
      };
      events.push({ type: 'reminded', data });
    }
    events.push(...climb(a, context, 'review', review, now, reach));
  }
  return events;
}

function owed(
  a: Assignment,
  context: ClockContext,
  now: Millis,
  reach: (targets: readonly Target[]) => Reached,
): NewEvent[] {
  const own = holdsUp(a, context);
  if (now < a.dueAt) {
    const passed = own ? remindersLeft(a, context).filter((reminder) => reminder.at <= now) : [];
    const last = passed.at(-1);
    if (last === undefined) return [];
    const skipped = last.index - a.reminded;
    const data = { clock: 'due' as const, before: last.text, ...reach(['unit.liaisonA']) };
    return [{ type: 'reminded', data: skipped > 0 ? { ...data, skipped } : data }];
  }
  const events: NewEvent[] = [];
  if (!a.overdue) {
    events.push({ type: 'overdue', data: { dueAt: toIso(a.dueAt) } });
    if (a.node && context.rollUp === 'manual') {
      const data = { clock: 'due' as const, of: toIso(a.dueAt), ...reach(['unit.liaisonA']) };
      events.push({ type: 'reminded', data });
    }
  }
  if (own) events.push(...climb(a, context, 'due', a.dueAt, now, reach));
  return events;
}

function climb(
  a: Assignment,
  context: ClockContext,
  clock: Clock,
  base: Millis,
  now: Millis,
  reach: (targets: readonly Target[]) => Reached,
): NewEvent[] {
  const rungs = context.ladder.rungs[clock];
  const taken = a.taken[clock];
  const done = taken?.rungs ?? 0;
  const instants = rungs.slice(done).map((rung) => rungAt(context.calendar, base, rung));
  const fired = instants.filter((at) => at <= now).length;
  if (fired > 0) {
    const index = done + fired - 1;
    const missed = Array.from({ length: fired - 1 }, (_, offset) => done + offset);
    return [escalated(rungs[index] as CompiledRung, index, instants[fired - 1] as Millis, reach, missed)];
  }
  if (done < rungs.length) return [];
  const repeat = lastRepetition(context.calendar, taken?.at ?? base, now);
  if (repeat === null) return [];
  const last = rungs.at(-1);
  if (last !== undefined) return [{ ...escalated(last, rungs.length - 1, repeat, reach, [], true) }];
  if (clock !== 'review' || taken === undefined) return [];
  return [
    { type: 'reminded', data: { clock, of: toIso(repeat), ...reach(['issuer.liaisonA', 'issuer.leader']) } },
  ];
}

function escalated(
  rung: CompiledRung,
  index: number,
  of: Millis,
  reach: (targets: readonly Target[]) => Reached,
  missed: number[],
  repeated = false,
): NewEvent {
  return {
    type: 'escalated',
    data: {
      clock: rung.clock,
      rung: index,
      after: rung.after,
      of: toIso(of),
      notify: rung.notify,
      ...reach(rung.notify),
      ...(rung.slip ? { slip: rung.slip } : {}),
      ...(missed.length > 0 ? { missed } : {}),
      ...(repeated ? { repeated: true as const } : {}),
    },
  };
}

/** After an outage of many days one repetition fires, for the latest opening that has passed. */
const MAX_MISSED_DAYS = 1000;

function lastRepetition(calendar: Calendar, after: Millis, now: Millis): Millis | null {
  let latest: Millis | null = null;
  for (let days = 0; days < MAX_MISSED_DAYS; days += 1) {
    const next: Millis = nextOpening(calendar, latest ?? after);
    if (next > now) break;
    latest = next;
  }
  return latest;
}
