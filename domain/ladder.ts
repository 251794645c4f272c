// The clocks of an assignment: receipt, reminders, due time and review, the rungs after them, and when it next wakes.
import { isOwing, type Assignment, type NewEvent } from './assignment.ts';
import { addWorking, nextOpening, receivedAs, subtractWorking, type Calendar } from './calendar.ts';
import { toIso, toMillis, type Millis } from './instant.ts';
import type { Place } from './organisation.ts';
import type { Clock, Target } from './policy.ts';
import { hasFallen, inOrder, lastRepetition, momentOf } from './rungs.ts';
import type { CompiledRung, Ladder, Moment } from './rungs.ts';

export { acknowledgeBy, compileLadder, type Ladder } from './rungs.ts';

/** Whom a rung or reminder reaches now: people, and the place it passed to where the posts named were empty. */
export type Reached = { notified: string[]; passedTo?: Place };
type Reach = (targets: readonly Target[]) => Reached;

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

const awaitsReceipt = (a: Assignment, context: ClockContext): a is Assignment & { acknowledgeBy: Millis } =>
  context.running && a.phase === 'issued' && a.acknowledgeBy !== null;

const owes = (a: Assignment, context: ClockContext): boolean => context.running && isOwing(a);

/** A node's own rungs run only for what it holds up itself: all is in below and its holder has not sent it up. */
const holdsUp = (a: Assignment, context: ClockContext): boolean =>
  !a.node || (context.complete && (context.rollUp === 'manual' || a.phase === 'returned'));

/** Where the issuer's clock ends: `reviewWithin` after the report under review came in. */
function reviewBy(a: Assignment, { calendar, ladder }: ClockContext): Moment | null {
  const { submittedAt } = a;
  const { reviewWithin } = ladder;
  const waits = a.phase === 'submitted' || a.correcting;
  if (!waits || submittedAt === null || reviewWithin === null) return null;
  return momentOf(() => addWorking(calendar, receivedAs(calendar, submittedAt), reviewWithin));
}

const rungsOf = (clock: Clock, { ladder, calendar }: ClockContext): CompiledRung[] =>
  inOrder(ladder, calendar).rungs[clock];

type Pending = Moment & { index: number; rung: CompiledRung };

/** Rungs not yet taken; those that would have fallen before the issue are dropped. */
function pending(a: Assignment, context: ClockContext, clock: Clock, base: Millis): Pending[] {
  const done = a.taken[clock]?.rungs ?? 0;
  return rungsOf(clock, context)
    .map((rung, index) => ({ rung, index }))
    .slice(done)
    .map((left) => ({ ...left, ...momentOf(() => addWorking(context.calendar, base, left.rung.duration)) }))
    .filter(({ at }) => at >= a.issuedAt);
}

/** What the repetitions of a clock's last rung count from. */
const lastTaken = (a: Assignment, clock: Clock, base: Millis): Millis =>
  Math.max(a.taken[clock]?.at ?? base, a.issuedAt);

/** When the clock's next rung falls; after the last, the next repetition; null where there are none. */
function nextRung(a: Assignment, context: ClockContext, clock: Clock, base: Millis): Moment | null {
  const [next] = pending(a, context, clock, base);
  if (next) return next;
  // Without rungs only the issuer's review clock repeats, by its reminder: nobody may sit on a report for ever.
  if (rungsOf(clock, context).length === 0 && clock !== 'review') return null;
  return momentOf(() => nextOpening(context.calendar, lastTaken(a, clock, base)));
}

/** The reminders still to come: not yet sent, and not of a time when nobody owed, before the issue or a return. */
function remindersLeft(
  a: Assignment,
  { calendar, ladder }: ClockContext,
): (Moment & { index: number; text: string })[] {
  const since = a.returned === null ? a.issuedAt : Math.max(a.issuedAt, toMillis(a.returned.at));
  return inOrder(ladder, calendar)
    .reminders.map(({ text, duration }, index) => ({
      index,
      text,
      ...momentOf(() => subtractWorking(calendar, a.dueAt, duration)),
    }))
    .filter(({ index, at }) => index >= a.reminded && at > since);
}

/** The earliest instant at which `wake` has something to do; null when nothing of the policy is left to come (law 5). */
export function nextWake(a: Assignment, context: ClockContext): Millis | null {
  const times: Millis[] = [];
  const add = (moment: Moment | null | undefined): void => {
    if (moment) times.push(moment.at);
  };
  if (awaitsReceipt(a, context)) {
    if (a.taken.acknowledge) add(nextRung(a, context, 'acknowledge', a.acknowledgeBy));
    else times.push(a.acknowledgeBy);
  }
  if (owes(a, context)) {
    const own = holdsUp(a, context);
    if (!a.overdue) times.push(a.dueAt);
    if (own) add(a.overdue ? nextRung(a, context, 'due', a.dueAt) : remindersLeft(a, context)[0]);
  }
  const review = reviewBy(a, context);
  if (review) add(a.taken.review ? nextRung(a, context, 'review', review.at) : review);
  return times.length === 0 ? null : Math.min(...times);
}

/** What is due by `now`, each thing once; of several rungs missed the highest fires and names the others. */
export function wake(a: Assignment, context: ClockContext, now: Millis, reach: Reach): NewEvent[] {
  const events: NewEvent[] = [];
  if (awaitsReceipt(a, context) && a.acknowledgeBy <= now) {
    if (!a.taken.acknowledge) {
      events.push({ type: 'receiptOverdue', data: { acknowledgeBy: toIso(a.acknowledgeBy) } });
    }
    events.push(...climb(a, context, 'acknowledge', a.acknowledgeBy, now, reach));
  }
  if (owes(a, context)) events.push(...owed(a, context, now, reach));
  const review = reviewBy(a, context);
  if (review && hasFallen(review, now)) {
    if (!a.taken.review) events.push(reviewReminder(context, review.at, now, reach));
    events.push(...climb(a, context, 'review', review.at, now, reach));
  }
  return events;
}

function owed(a: Assignment, context: ClockContext, now: Millis, reach: Reach): NewEvent[] {
  const own = holdsUp(a, context);
  if (now < a.dueAt) {
    const last = own ? remindersLeft(a, context).findLast((reminder) => hasFallen(reminder, now)) : undefined;
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

/** The issuer's first reminder. Where no rung follows it is itself what repeats: only the latest opening missed counts. */
function reviewReminder(context: ClockContext, base: Millis, now: Millis, reach: Reach): NewEvent {
  const repeats = rungsOf('review', context).length === 0;
  const of = (repeats ? lastRepetition(context.calendar, base, now) : null) ?? base;
  return {
    type: 'reminded',
    data: { clock: 'review', of: toIso(of), ...reach(['issuer.liaisonA', 'issuer.leader']) },
  };
}

function climb(
  a: Assignment,
  context: ClockContext,
  clock: Clock,
  base: Millis,
  now: Millis,
  reach: Reach,
): NewEvent[] {
  const { calendar } = context;
  const rungs = rungsOf(clock, context);
  const fallen = pending(a, context, clock, base).filter(({ at, unknown }) => at <= now && !unknown);
  const highest = fallen.at(-1);
  if (highest) {
    // The last rung may have missed repetitions as well: it fires once, for the latest of them.
    const isLast = highest.index === rungs.length - 1;
    const of = (isLast ? lastRepetition(calendar, highest.at, now) : null) ?? highest.at;
    const missed = fallen.filter(({ at }) => at < highest.at).map(({ index }) => index);
    return fallen
      .filter(({ at }) => at === highest.at)
      .map(({ rung, index }, n) => escalated(rung, index, of, reach, { missed: n === 0 ? missed : [] }));
  }
  const last = rungs.at(-1);
  if (last === undefined && (clock !== 'review' || a.taken.review === undefined)) return [];
  const next = nextRung(a, context, clock, base);
  if (next === null || !hasFallen(next, now)) return [];
  const repeat = lastRepetition(calendar, lastTaken(a, clock, base), now) ?? next.at;
  if (last !== undefined)
    return [escalated(last, rungs.length - 1, repeat, reach, { missed: [], repeated: true })];
  const data = { clock, of: toIso(repeat), ...reach(['issuer.liaisonA', 'issuer.leader']) };
  return [{ type: 'reminded', data }];
}

function escalated(
  rung: CompiledRung,
  index: number,
  of: Millis,
  reach: Reach,
  how: { missed: number[]; repeated?: true },
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
      ...(how.missed.length > 0 ? { missed: how.missed } : {}),
      ...(how.repeated ? { repeated: true as const } : {}),
    },
  };
}
