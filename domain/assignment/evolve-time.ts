// Events about time: an extension decided, clocks that stand still and go on, due times moved from above.
import type { Assignment } from './assignment.ts';
import { asked, carriedWith, ordered, receiptAsked, retimed } from './evolving.ts';
import type { EventData, Happening } from './happening.ts';
import { toIso, toMillis, type Millis } from '../instant.ts';
import type { Clock } from '../policy/policy.ts';

/*
 * `version` rises with commands on the assignment itself; events carried down, or of a clock, leave it.
 */
export function extensionDecided(
  a: Assignment,
  data: EventData['extensionDecided'],
  event: Happening,
): Assignment {
  const { granted, dueAt } = data;
  const decided = asked(a, { extension: null });
  // Overtaken by another due time, the later one holds: nothing moves, and no clock begins anew.
  if (!granted || dueAt === undefined || toMillis(dueAt) === a.dueAt) return decided;
  return {
    ...decided,
    ...retimed(decided, toMillis(dueAt), toMillis(event.at)),
    basis: { by: 'instant' },
    orders: a.node ? ordered(a, event, shiftBelow(data, null)) : a.orders,
  };
}

export function suspended(a: Assignment, data: EventData['suspended'], event: Happening): Assignment {
  const { since, until, reason, carried } = data;
  const of = carried?.of ?? a.id;
  const order = { kind: 'suspend' as const, reason, at: since, until };
  return {
    ...a,
    suspended: {
      since: toMillis(since),
      ...a.suspended,
      until: { ...a.suspended?.until, [of]: toMillis(until) },
    },
    orders: carried === undefined && a.node ? ordered(a, event, order) : a.orders,
    carried: carriedWith(a, carried),
    version: a.version + (carried === undefined ? 1 : 0),
  };
}

export function resumed(a: Assignment, data: EventData['resumed'], event: Happening): Assignment {
  const { of, resumedAt, pausedMs, dueAt, was, acknowledgeBy, auto, carried } = data;
  const left = Object.entries(a.suspended?.until ?? {}).filter(([source]) => source !== of);
  const at = toMillis(resumedAt);
  const isRunning = left.length === 0;
  const over = Math.max(at, a.suspended?.over ?? at);
  const shifted: Partial<Assignment> = isRunning
    ? {
        suspended: null,
        dueAt: dueAt === undefined ? a.dueAt : toMillis(dueAt),
        // Counted by its rule again it would lose the time it stood still.
        basis: dueAt !== was && a.basis?.by === 'rule' ? { by: 'instant' } : a.basis,
        acknowledgeBy: acknowledgeBy === undefined ? a.acknowledgeBy : toMillis(acknowledgeBy),
        pausedMs: pausedAll(a.pausedMs, pausedMs),
        extension: waitedOn(a.extension, pausedMs),
        transfer: waitedOn(a.transfer, pausedMs),
        declining: waitedOn(a.declining, pausedMs),
        taken: takenSince(a.taken, over),
        lifted: takenSince(a.lifted, over),
      }
    : { suspended: { since: a.suspended?.since ?? at, until: Object.fromEntries(left), over } };
  const order = { kind: 'resume' as const, reason: null, at: toIso(at) };
  return {
    ...a,
    ...shifted,
    orders: carried === undefined && a.node ? ordered(a, event, order) : a.orders,
    carried: carriedWith(a, carried),
    version: a.version + (carried === undefined && !auto ? 1 : 0),
  };
}

/** Clocks that count from when something came in: the due time and the receipt's move by themselves. */
const PAUSED: readonly Clock[] = ['review', 'sign'];
const pausedAll = (paused: Assignment['pausedMs'], ms: number): Assignment['pausedMs'] =>
  ms === 0 ? paused : Object.fromEntries(PAUSED.map((clock) => [clock, (paused[clock] ?? 0) + ms]));

/** Each request has waited through the part of the pause since it was made. */
const waitedOn = <T extends { pausedMs?: number }>(request: T | null, ms: number): T | null =>
  request === null || ms === 0 ? request : { ...request, pausedMs: (request.pausedMs ?? 0) + ms };

/** The next repetition of a last rung comes at the first opening after the resumption. */
const takenSince = (taken: Assignment['taken'], at: Millis): Assignment['taken'] =>
  Object.fromEntries(
    Object.entries(taken).map(([clock, { rungs, at: last }]) => [
      clock,
      { rungs, at: last === null ? null : Math.max(last, at) },
    ]),
  );

export function rescheduled(a: Assignment, data: EventData['rescheduled'], event: Happening): Assignment {
  const { dueAt, was, basis, acknowledgeBy, carried, cause } = data;
  const isCommand = cause === 'reschedule' && carried === undefined;
  const moved: Assignment = {
    ...a,
    ...(dueAt === was ? {} : retimed(a, toMillis(dueAt), toMillis(event.at))),
    basis: basis ?? a.basis,
    carried: carriedWith(a, carried),
    version: a.version + (isCommand ? 1 : 0),
    orders: isCommand && a.node ? ordered(a, event, moveBelow(data)) : a.orders,
  };
  return receiptAsked(moved, acknowledgeBy);
}

/** The order a due time given by hand makes for the levels below: later by as much, or not later than it. */
function moveBelow(data: EventData['rescheduled']): Parameters<typeof ordered>[2] {
  const reason = data.reason ?? null;
  return data.shiftMs === undefined ? { kind: 'pull', reason, due: data.dueAt } : shiftBelow(data, reason);
}

/** The same for more time, asked for or not. */
function shiftBelow(
  { dueAt, was, shiftMs = 0, together }: Partial<EventData['rescheduled']>,
  reason: string | null,
): Parameters<typeof ordered>[2] {
  const shift = { kind: 'shift' as const, reason, ms: shiftMs };
  if (together === undefined || dueAt === undefined || was === undefined) return shift;
  return { ...shift, from: was, to: dueAt };
}

export function amended(a: Assignment, data: EventData['amended'], at: Millis): Assignment {
  const { amendment, dueAt, was, basis, acknowledgeBy, carried } = data;
  const due = dueAt === undefined || dueAt === was ? {} : retimed(a, toMillis(dueAt), at);
  const changed: Assignment = {
    ...a,
    ...due,
    basis: basis ?? a.basis,
    amended: { amendment, at, acknowledgedAt: null },
    carried: carriedWith(a, carried),
  };
  return receiptAsked(changed, acknowledgeBy);
}
