// How each event changes an assignment: total over every shape ever written, and never in place.
import { isSettled, issue, type Assignment } from './assignment.ts';
import type { Carried, EventData, Happening, RolledUp } from './happening.ts';
import { toIso, toMillis, type Millis } from './instant.ts';
import type { Order } from './order.ts';
import type { Clock } from './policy.ts';

export function evolve(a: Assignment, event: Happening): Assignment {
  const at = toMillis(event.at);
  const by = event.actor ?? '';
  switch (event.type) {
    case 'issued':
      return issue(a.id, a.directive, event);
    case 'acknowledged':
      return acknowledged(a, event.data, at);
    case 'progressed': {
      const { note, percent = null } = event.data;
      return answered({ ...a, progress: { note, percent, at, by }, version: a.version + 1 });
    }
    case 'submitted': {
      const inReview: Assignment = { ...a, phase: 'submitted', onTime: a.onTime ?? event.data.onTime };
      return answered({ ...inReview, ...reported(a, event.data.version, at) });
    }
    case 'corrected':
      return answered({ ...a, ...reported(a, event.data.version, at), correcting: true });
    case 'presented': {
      const { version = null, digest = null, note = null, zeroReport = false } = event.data;
      const presented = { version, digest, note, zeroReport, at, by };
      return answered(restarted({ ...a, presented, version: a.version + 1 }, 'sign'));
    }
    case 'signed':
      return restarted({ ...a, presented: null, version: a.version + 1 }, 'sign');
    case 'partAdded':
      return answered({ ...a, part: event.data.version, version: a.version + 1 });
    case 'approved':
      return {
        ...a,
        ...ENDED,
        phase: 'approved',
        settledAt: a.settledAt ?? at,
        approved: event.data.version,
        correcting: false,
        returned: null,
        carried: carriedWith(a, event.data.carried),
        version: a.version + (event.data.auto ? 0 : 1),
      };
    case 'returned':
      return returned(a, event.data, event);
    case 'extensionRequested': {
      const { dueAt, reason } = event.data;
      return answered(asked(a, { extension: { dueAt: toMillis(dueAt), reason, at, by } }));
    }
    case 'extensionDecided':
      return extensionDecided(a, event.data, event);
    case 'decomposed':
      return answered({ ...a, node: true, presented: null, version: a.version + 1 });
    case 'transferRequested':
      return answered(asked(a, { transfer: { ...event.data, at, by } }));
    case 'transferDeclined':
      return asked(a, { transfer: null });
    case 'transferred':
      return asked(a, {
        holder: event.data.to,
        transfer: null,
        declining: null,
        // Whoever takes it over has received it, as it is now.
        phase: a.phase === 'issued' ? 'acknowledged' : a.phase,
        acknowledgedAt: a.acknowledgedAt ?? at,
        amended: a.amended === null ? null : { ...a.amended, acknowledgedAt: a.amended.acknowledgedAt ?? at },
        unanswered: 0,
      });
    case 'declined':
      return answered(asked(a, { declining: { reason: event.data.basis, at, by } }));
    case 'declineDecided':
      return asked(a, { declining: null });
    case 'suspended':
      return suspended(a, event.data, event);
    case 'resumed':
      return resumed(a, event.data, event);
    case 'rescheduled':
      return rescheduled(a, event.data, at);
    case 'amended':
      return amended(a, event.data, at);
    case 'urged':
    case 'commented':
      return { ...a, version: a.version + 1 };
    case 'shared':
      return { ...a, shared: [...a.shared, event.data.to], version: a.version + 1 };
    case 'cancelled':
      return {
        ...a,
        ...ENDED,
        phase: 'cancelled',
        settledAt: at,
        correcting: false,
        orders: event.data.carried
          ? a.orders
          : ordered(a, event, { kind: 'cancel', reason: event.data.reason }),
        carried: carriedWith(a, event.data.carried),
        version: a.version + 1,
      };
    case 'closed':
      return closed(a, event.data, event);
    case 'receiptOverdue':
      return { ...a, taken: { ...a.taken, acknowledge: a.taken.acknowledge ?? { rungs: 0, at: null } } };
    case 'overdue':
      return { ...a, overdue: true };
    case 'reminded': {
      const { clock, before, of, skipped = 0, unanswered = a.unanswered } = event.data;
      if (before !== undefined) return { ...a, reminded: a.reminded + 1 + skipped, unanswered };
      return { ...a, unanswered, taken: { ...a.taken, [clock]: { rungs: 0, at: toMillis(of ?? event.at) } } };
    }
    case 'escalated':
      return escalated(a, event.data);
    case 'rolledUp':
    case 'restated':
      return rolledUp(a, event.data, at);
  }
}

/** Requests nobody need answer any more, and clocks that stand still for nothing, once it is settled or reported. */
const VOID = { extension: null, transfer: null, declining: null, presented: null } as const;
const ENDED = { ...VOID, suspended: null } as const;

const carriedWith = (a: Assignment, carried: Carried | undefined): Record<string, number> =>
  carried === undefined ? a.carried : { ...a.carried, [carried.of]: carried.n };

const without = <T>(record: Partial<Record<Clock, T>>, clock: Clock): Partial<Record<Clock, T>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== clock));

/** A clock begins anew: no rung of it has been taken, it has stood still for no time. */
const restarted = (a: Assignment, clock: Clock): Assignment => ({
  ...a,
  taken: without(a.taken, clock),
  lifted: without(a.lifted, clock),
  pausedMs: without(a.pausedMs, clock),
});

/** The holder has been heard of: liaison A is not silent. */
const answered = (a: Assignment): Assignment => (a.unanswered === 0 ? a : { ...a, unanswered: 0 });

/** A request has come or been answered: the clock begins anew if another than before is now the first to wait. */
function asked(a: Assignment, changes: Partial<Assignment>): Assignment {
  const after = { ...a, ...changes, version: a.version + 1 };
  return firstAsked(a) === firstAsked(after) ? after : restarted(after, 'decide');
}
const firstAsked = ({ extension, transfer, declining }: Assignment): Millis =>
  Math.min(...[extension, transfer, declining].map((request) => request?.at ?? Infinity));

const ordered = (
  a: Assignment,
  event: Pick<Happening, 'at' | 'actor'>,
  // What a kind carries beside its text is its caller's to give; the rest is counted and signed here.
  order: { kind: Order['kind']; reason: string | null; at?: string; until?: string; ms?: number },
): Order[] => [
  ...a.orders,
  { n: a.orders.length + 1, by: event.actor ?? '', at: event.at, ...order } as Order,
];

/** A new due time starts its ladder anew; the old one has had its rungs (each fires once). */
const retimed = (
  a: Assignment,
  dueAt: Millis,
  at: Millis,
): Pick<Assignment, 'dueAt' | 'overdue' | 'reminded' | 'retimedAt' | 'taken' | 'lifted'> => ({
  dueAt,
  overdue: false,
  reminded: 0,
  retimedAt: at,
  taken: without(a.taken, 'due'),
  lifted: without(a.lifted, 'due'),
});

function acknowledged(a: Assignment, data: EventData['acknowledged'], at: Millis): Assignment {
  const isOfAmendment = data.amendment !== undefined && a.amended !== null;
  return answered({
    ...a,
    phase: a.phase === 'issued' ? 'acknowledged' : a.phase,
    acknowledgedAt: a.acknowledgedAt ?? at,
    amended: isOfAmendment && a.amended !== null ? { ...a.amended, acknowledgedAt: at } : a.amended,
    slips: data.slips === undefined ? a.slips : 0,
    version: a.version + (data.implied ? 0 : 1),
  });
}

/** A report is under review: the review clock begins anew, and what was asked for meanwhile is void. */
function reported(a: Assignment, version: number, at: Millis): Partial<Assignment> {
  const { taken, pausedMs } = restarted(a, 'review');
  return {
    ...VOID,
    submittedAt: at,
    current: version,
    returned: null,
    taken,
    pausedMs,
    version: a.version + 1,
  };
}

function returned(a: Assignment, data: EventData['returned'], event: Happening): Assignment {
  const { reason, fields, dueAt, correction } = data;
  const back = { reason, fields, at: event.at, by: event.actor ?? '' };
  if (correction) return { ...a, returned: back, correcting: false, version: a.version + 1 };
  const due =
    dueAt === undefined
      ? {}
      : { ...retimed(a, toMillis(dueAt), toMillis(event.at)), basis: { by: 'instant' as const } };
  return { ...a, ...due, phase: 'returned', returned: back, version: a.version + 1 };
}

function extensionDecided(a: Assignment, data: EventData['extensionDecided'], event: Happening): Assignment {
  const { granted, dueAt, shiftMs = 0 } = data;
  const decided = asked(a, { extension: null });
  if (!granted || dueAt === undefined) return decided;
  return {
    ...decided,
    ...retimed(decided, toMillis(dueAt), toMillis(event.at)),
    basis: { by: 'instant' },
    orders: a.node ? ordered(a, event, { kind: 'shift', reason: null, ms: shiftMs }) : a.orders,
  };
}

function suspended(a: Assignment, data: EventData['suspended'], event: Happening): Assignment {
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
    version: a.version + 1,
  };
}

function resumed(a: Assignment, data: EventData['resumed'], event: Happening): Assignment {
  const { of, resumedAt, pausedMs, dueAt, was, acknowledgeBy, carried } = data;
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
    version: a.version + 1,
  };
}

/** Clocks that count from when something came in: the due time and the receipt's move by themselves. */
const PAUSED: readonly Clock[] = ['review', 'sign'];
const pausedAll = (paused: Assignment['pausedMs'], ms: number): Assignment['pausedMs'] =>
  ms === 0 ? paused : Object.fromEntries(PAUSED.map((clock) => [clock, (paused[clock] ?? 0) + ms]));

/** Each request has waited through what it has seen of it. */
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

function rescheduled(a: Assignment, data: EventData['rescheduled'], at: Millis): Assignment {
  const { dueAt, was, basis, acknowledgeBy, carried } = data;
  const moved: Assignment = {
    ...a,
    ...(dueAt === was ? {} : retimed(a, toMillis(dueAt), at)),
    basis: basis ?? a.basis,
    carried: carriedWith(a, carried),
    version: a.version + 1,
  };
  if (acknowledgeBy === undefined) return moved;
  return { ...restarted(moved, 'acknowledge'), acknowledgeBy: toMillis(acknowledgeBy) };
}

function amended(a: Assignment, data: EventData['amended'], at: Millis): Assignment {
  const { amendment, dueAt, was, basis, acknowledgeBy, carried } = data;
  const due = dueAt === undefined || dueAt === was ? {} : retimed(a, toMillis(dueAt), at);
  const changed: Assignment = {
    ...a,
    ...due,
    basis: basis ?? a.basis,
    amended: { amendment, at, acknowledgedAt: null },
    carried: carriedWith(a, carried),
    version: a.version + 1,
  };
  if (acknowledgeBy === undefined) return changed;
  return { ...restarted(changed, 'acknowledge'), acknowledgeBy: toMillis(acknowledgeBy) };
}

function closed(a: Assignment, data: EventData['closed'], event: Happening): Assignment {
  const carried = carriedWith(a, data.carried);
  const version = a.version + 1;
  switch (data.outcome) {
    case 'missing':
      return { ...a, ...ENDED, phase: 'missing', settledAt: toMillis(event.at), carried, version };
    case 'closing':
      return { ...a, closing: event.actor ?? '', carried, version };
    case 'collecting-ended':
      return {
        ...a,
        orders: ordered(a, event, { kind: 'close', reason: data.note ?? null }),
        carried,
        version,
      };
  }
}

function escalated(a: Assignment, data: EventData['escalated']): Assignment {
  const { clock, rung, of, manual, slip, unanswered = a.unanswered } = data;
  const raised: Assignment = {
    ...a,
    escalation: a.escalation + 1,
    slips: a.slips + (slip === undefined ? 0 : 1),
    unanswered,
    // By hand it is a command; by the clock it is none.
    version: a.version + (manual ? 1 : 0),
  };
  const how = manual ? 'lifted' : 'taken';
  const rungs = Math.max(a[how][clock]?.rungs ?? 0, rung + 1);
  return { ...raised, [how]: { ...a[how], [clock]: { rungs, at: toMillis(of) } } };
}

/** A copy went up. Only one of which all below is settled moves the phase; what is approved stays so. */
function rolledUp(a: Assignment, data: RolledUp, at: Millis): Assignment {
  const sent = {
    ...a,
    current: data.n,
    copy: { digest: data.digest, final: data.final },
    version: a.version + 1,
  };
  if (!data.final || isSettled(a)) return a.phase === 'approved' ? { ...sent, approved: data.n } : sent;
  const { taken, pausedMs } = restarted(a, 'review');
  return {
    ...sent,
    ...VOID,
    phase: 'submitted',
    submittedAt: at,
    onTime: a.onTime ?? data.onTime,
    acknowledgedAt: a.acknowledgedAt ?? at,
    returned: null,
    taken,
    pausedMs,
  };
}

/** The assignment that a sequence of its events makes, first event `issued`; null for none. */
export function fold(id: string, directive: string, events: readonly Happening[]): Assignment | null {
  let state: Assignment | null = null;
  for (const event of events) {
    if (event.type === 'issued') state = issue(id, directive, event);
    else if (state !== null) state = evolve(state, event);
  }
  return state;
}
