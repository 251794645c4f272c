// Climbing a ladder: the rungs of a clock that are left, those that fire now, the people they reach, and the repetitions after the last.
import { rungsTaken, type Assignment } from '../assignment/assignment.ts';
import { addWorking, nextOpening, receivedAs } from '../calendar/calendar.ts';
import type { EventData, NewEvent } from '../assignment/happening.ts';
import { toIso, type Millis } from '../instant.ts';
import type { Clock, Target } from '../policy/policy.ts';
import { hasFallen, inOrder, lastRepetition, momentOf } from '../policy/rungs.ts';
import type { CompiledRung, Moment } from '../policy/rungs.ts';
import type { ClockContext } from '../assignment/clock-context.ts';
import type { Reach, Reached } from '../policy/reach.ts';
import type { Waiting } from '../assignment/waiting.ts';

/** A liaison who has left two reminders in working hours without an answer is silent: liaison B is called in. */
const SILENT_AFTER = 2;

const rungsOf = (clock: Clock, { ladder, calendar }: ClockContext): CompiledRung[] =>
  inOrder(ladder, calendar).rungs[clock];

type Pending = Moment & { index: number; rung: CompiledRung };

/** Rungs not yet taken, by the clock or by hand; those that would have fallen before the issue are dropped. */
export function pending(a: Assignment, context: ClockContext, clock: Clock, base: Millis): Pending[] {
  const done = rungsTaken(a, clock);
  return rungsOf(clock, context)
    .map((rung, index) => ({ rung, index }))
    .slice(done)
    .map((left) => ({ ...left, ...momentOf(() => addWorking(context.calendar, base, left.rung.duration)) }))
    .filter(({ at }) => at >= a.issuedAt);
}

/** The instant from which the repetitions of a clock's last rung count. */
const lastTaken = (a: Assignment, clock: Clock, base: Millis): Millis =>
  Math.max(a.taken[clock]?.at ?? base, a.lifted[clock]?.at ?? base, a.issuedAt);

/** A clock without rungs still reminds the people whose answer is waited for: no report may wait for ever. */
const repeatsBare = (clock: Clock): boolean => clock !== 'acknowledge' && clock !== 'due';

/** When the clock's next rung falls; after the last, the next repetition; null where there are none. */
export function nextRung(a: Assignment, context: ClockContext, clock: Clock, base: Millis): Moment | null {
  const [next] = pending(a, context, clock, base);
  if (next) return next;
  if (rungsOf(clock, context).length === 0 && !repeatsBare(clock)) return null;
  return momentOf(() => nextOpening(context.calendar, lastTaken(a, clock, base)));
}

/** The people a reminder or rung tells. Liaison A's silence is counted in working hours; liaison B ends it. */
export function tell(
  a: Assignment,
  { calendar }: ClockContext,
  about: { clock: Clock; targets: readonly Target[]; of: Millis; isRung?: boolean },
  reach: Reach,
): Reached & Pick<EventData['reminded'], 'unanswered' | 'broughtIn'> {
  const { clock, targets, of, isRung = false } = about;
  const asksLiaison = !repeatsBare(clock) && targets.includes('unit.liaisonA');
  if (!asksLiaison) return reach(targets, undefined, isRung);
  const received = momentOf(() => receivedAs(calendar, of));
  const isInHours = received.unknown === null && received.at === of;
  const isCalledIn = a.unanswered >= SILENT_AFTER && !targets.includes('unit.liaisonB');
  const counted = isInHours ? { unanswered: a.unanswered + 1 } : {};
  if (!isCalledIn) return { ...reach(targets, undefined, isRung), ...counted };
  return { ...callingIn(targets, isRung, reach), ...counted };
}

/** Liaison B beside those named; where there is none, the next above in the tree. */
function callingIn(
  targets: readonly Target[],
  isRung: boolean,
  reach: Reach,
): Reached & Pick<EventData['reminded'], 'broughtIn'> {
  const second = reach(['unit.liaisonB'], undefined, true);
  if (second.passedTo === undefined)
    return { ...reach([...targets, 'unit.liaisonB'], undefined, isRung), broughtIn: ['unit.liaisonB'] };
  const first = reach(targets, undefined, isRung);
  const notified = [...new Set([...first.notified, ...second.notified])].sort();
  return { notified, passedTo: second.passedTo };
}

export function climb(
  a: Assignment,
  context: ClockContext,
  clock: Clock,
  base: Millis,
  now: Millis,
  reach: Reach,
  waiting?: Waiting,
): NewEvent[] {
  const { calendar } = context;
  const rungs = rungsOf(clock, context);
  const fire = (rung: CompiledRung, index: number, of: Millis, how: How): NewEvent => {
    const told = tell(a, context, { clock, targets: rung.notify, of, isRung: true }, reach);
    return { type: 'escalated', data: { ...escalation(rung, index, of, told, how), ...sending(waiting) } };
  };
  const fallen = pending(a, context, clock, base).filter(({ at, unknown }) => at <= now && !unknown);
  const highest = fallen.at(-1);
  if (highest) {
    // The last rung may have missed repetitions too: it fires once, for the latest of them.
    const isLast = highest.index === rungs.length - 1;
    const of = (isLast ? lastRepetition(calendar, highest.at, now) : null) ?? highest.at;
    const missed = fallen.filter(({ at }) => at < highest.at).map(({ index }) => index);
    return fallen
      .filter(({ at }) => at === highest.at)
      .map(({ rung, index }, n) => fire(rung, index, of, { missed: n === 0 ? missed : [] }));
  }
  const last = rungs.at(-1);
  if (last === undefined && (!repeatsBare(clock) || a.taken[clock] === undefined)) return [];
  const next = nextRung(a, context, clock, base);
  if (next === null || !hasFallen(next, now)) return [];
  const repeat = lastRepetition(calendar, lastTaken(a, clock, base), now) ?? next.at;
  if (last !== undefined) return [fire(last, rungs.length - 1, repeat, { missed: [], repeated: true })];
  const told = waiting === undefined ? reach([]) : reach(waiting.whom, waiting.place);
  return [{ type: 'reminded', data: { clock, of: toIso(repeat), ...told, ...sending(waiting) } }];
}

/** `sends`: the holder is asked to send the report up, not to sign it. */
export const sending = (waiting: Waiting | undefined): { sends?: true } =>
  waiting?.sends ? { sends: true } : {};

/** The issuer reviews, and the person asked decides: a late review or decision is not the unit's fault. */
const isOthers = (clock: Clock): boolean => clock === 'review' || clock === 'decide';

type How = { missed: number[]; repeated?: true };

function escalation(
  rung: CompiledRung,
  index: number,
  of: Millis,
  told: Reached,
  how: How,
): EventData['escalated'] {
  return {
    clock: rung.clock,
    rung: index,
    after: rung.after,
    of: toIso(of),
    notify: rung.notify,
    ...told,
    ...(rung.slip ? { slip: rung.slip } : {}),
    ...(how.missed.length > 0 ? { missed: how.missed } : {}),
    ...(how.repeated ? { repeated: true as const } : {}),
    ...(isOthers(rung.clock) ? { others: true as const } : {}),
  };
}
