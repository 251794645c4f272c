// The clocks of an assignment: receipt, reminders, due time, answers waited for, the rungs after them; when it next wakes.
import { isOwing, owesReceipt, type Assignment } from '../assignment/assignment.ts';
import { subtractWorking } from '../calendar/calendar.ts';
import { climb, nextRung, sending, tell } from './climbing.ts';
import type { ClockContext } from '../assignment/clock-context.ts';
import type { Reach } from '../policy/reach.ts';
import { evolve } from '../assignment/evolve.ts';
import type { NewEvent } from '../assignment/happening.ts';
import { toIso, toMillis, type Millis } from '../instant.ts';
import {
  hasFallen,
  inOrder,
  lastRepetition,
  momentOf,
  type AnswerClock,
  type Moment,
} from '../policy/rungs.ts';
import { resumption } from '../assignment/suspension.ts';
import { answerBy, type Waiting } from '../assignment/waiting.ts';

/** `parentDueAt`: of the level above, once that level has taken in the orders from above it. */
export type WakeContext = ClockContext & { parentDueAt: Millis };

const awaitsReceipt = (a: Assignment, context: ClockContext): a is Assignment & { acknowledgeBy: Millis } =>
  context.running && a.acknowledgeBy !== null && owesReceipt(a);

const owes = (a: Assignment, context: ClockContext): boolean => context.running && isOwing(a);

/** A node's own rungs run only while its holder causes the delay: all is in below and the holder has not sent it up. */
const holdsUp = (a: Assignment, context: ClockContext): boolean =>
  !a.node ||
  (context.complete && (context.rollUp === 'manual' || a.phase === 'returned' || a.withdrawn !== null));

const ANSWERS: readonly AnswerClock[] = ['review', 'decide', 'sign'];

/** After its end a directive has only corrections, and those are reviewed and signed in time. */
const answers = (context: ClockContext): readonly AnswerClock[] =>
  context.running ? ANSWERS : ANSWERS.filter((clock) => clock !== 'decide');

/** The reminders still to come: not yet sent, and after the issue, the last new due time, and the last time the report came back. */
function remindersLeft(
  a: Assignment,
  { calendar, ladder }: ClockContext,
): (Moment & { index: number; text: string })[] {
  const { returned, withdrawn } = a;
  const owedAgainAt = Math.max(
    returned === null ? 0 : toMillis(returned.at),
    withdrawn?.at ?? 0,
    a.reopenedAt ?? 0,
  );
  const since = Math.max(a.issuedAt, a.retimedAt ?? 0, owedAgainAt);
  return inOrder(ladder, calendar)
    .reminders.map(({ text, duration }, index) => ({
      index,
      text,
      ...momentOf(() => subtractWorking(calendar, a.dueAt, duration)),
    }))
    .filter(({ index, at }) => index >= a.reminded && at > since);
}

/** When its own suspension ends by itself; an assignment suspended from above waits for the order to go on. */
const ownSuspensionEnds = (a: Assignment): Millis | null => a.suspended?.until[a.id] ?? null;

/** The earliest instant at which `wake` has something to do; null when nothing of the policy is left to come (law 5). */
export function nextWake(a: Assignment, context: ClockContext): Millis | null {
  if (a.suspended !== null) return ownSuspensionEnds(a);
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
  for (const clock of answers(context)) {
    const by = answerBy(a, clock, context);
    if (by) add(a.taken[clock] ? nextRung(a, context, clock, by.at) : by);
  }
  return times.length === 0 ? null : Math.min(...times);
}

/** Everything due by `now`, each once; of several rungs missed the highest fires and names the others. */
export function wake(a: Assignment, context: WakeContext, now: Millis, reach: Reach): NewEvent[] {
  if (a.suspended !== null) return goOn(a, context, now, reach);
  const events: NewEvent[] = [];
  if (awaitsReceipt(a, context) && a.acknowledgeBy <= now) {
    if (!a.taken.acknowledge) {
      events.push({ type: 'receiptOverdue', data: { acknowledgeBy: toIso(a.acknowledgeBy) } });
    }
    events.push(...climb(a, context, 'acknowledge', a.acknowledgeBy, now, reach));
  }
  if (owes(a, context)) events.push(...owed(a, context, now, reach));
  for (const clock of answers(context)) events.push(...unanswered(a, context, clock, now, reach));
  return events;
}

/** A suspension that has run out ends at its time, however late that is noticed; then follows all that is due since. */
function goOn(a: Assignment, context: WakeContext, now: Millis, reach: Reach): NewEvent[] {
  const until = ownSuspensionEnds(a);
  if (until === null || until > now) return [];
  const data = resumption(a, a.id, until, context.parentDueAt, context.calendar);
  const event: NewEvent = { type: 'resumed', data: { ...data, auto: true } };
  return [event, ...wake(evolve(a, { ...event, at: toIso(now), actor: null }), context, now, reach)];
}

function owed(a: Assignment, context: ClockContext, now: Millis, reach: Reach): NewEvent[] {
  const own = holdsUp(a, context);
  if (now < a.dueAt) {
    const last = own ? remindersLeft(a, context).findLast((reminder) => hasFallen(reminder, now)) : undefined;
    if (last === undefined) return [];
    const skipped = last.index - a.reminded;
    const told = tell(a, context, { clock: 'due', targets: ['unit.liaisonA'], of: last.at }, reach);
    const data = { clock: 'due' as const, before: last.text, ...told };
    return [{ type: 'reminded', data: skipped > 0 ? { ...data, skipped } : data }];
  }
  const events: NewEvent[] = [];
  if (!a.overdue) {
    const waiting = a.node && !context.complete ? { waiting: true as const } : {};
    events.push({ type: 'overdue', data: { dueAt: toIso(a.dueAt), ...waiting } });
    if (a.node && context.rollUp === 'manual') {
      const data = { clock: 'due' as const, of: toIso(a.dueAt), ...reach(['unit.liaisonA']) };
      events.push({ type: 'reminded', data });
    }
  }
  if (own) events.push(...climb(a, context, 'due', a.dueAt, now, reach));
  return events;
}

function unanswered(
  a: Assignment,
  context: ClockContext,
  clock: AnswerClock,
  now: Millis,
  reach: Reach,
): NewEvent[] {
  const by = answerBy(a, clock, context);
  if (!by || !hasFallen(by, now)) return [];
  const first = a.taken[clock] ? [] : [firstReminder(context, clock, by, now, reach)];
  return [...first, ...climb(a, context, clock, by.at, now, reach, by)];
}

/** Tells the people waited for. Where no rung follows, the reminder itself repeats: only the latest opening missed counts. */
function firstReminder(
  context: ClockContext,
  clock: AnswerClock,
  by: Waiting & Moment,
  now: Millis,
  reach: Reach,
): NewEvent {
  const repeats = inOrder(context.ladder, context.calendar).rungs[clock].length === 0;
  const of = (repeats ? lastRepetition(context.calendar, by.at, now) : null) ?? by.at;
  return { type: 'reminded', data: { clock, of: toIso(of), ...reach(by.whom, by.place), ...sending(by) } };
}
