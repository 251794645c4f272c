// An assignment: what it is, what can happen to it, and how each event changes it.
import type { Carried, EventData, Happening, RolledUp } from './happening.ts';
import type { Clock } from './policy.ts';
import { toMillis, type Millis } from './instant.ts';
import type { Place } from './organisation.ts';

export type { Carried, Coverage, EventData, EventType, Happening, NewEvent, RolledUp } from './happening.ts';

/*
 * phase         left by                                   ignored there
 * issued        acknowledged, submitted, cancelled, closed
 * acknowledged  submitted, rolledUp, cancelled, closed    acknowledged
 * submitted     approved, returned, cancelled, closed     acknowledged, submitted
 * returned      submitted, rolledUp, cancelled, closed    acknowledged
 * approved      (settled; `corrected` only opens a new version beside the approved one)
 * cancelled     (settled)
 * missing       (settled)
 */
export type Phase =
  'issued' | 'acknowledged' | 'submitted' | 'returned' | 'approved' | 'cancelled' | 'missing';

const SETTLED: ReadonlySet<Phase> = new Set<Phase>(['approved', 'cancelled', 'missing']);
const OWING: ReadonlySet<Phase> = new Set<Phase>(['issued', 'acknowledged', 'returned']);
export const isSettled = (assignment: Pick<Assignment, 'phase'>): boolean => SETTLED.has(assignment.phase);
/** Does the holder still owe the report? */
export const isOwing = (assignment: Pick<Assignment, 'phase'>): boolean => OWING.has(assignment.phase);

/** How far one clock has come: rungs taken, and when the last of them was due. */
export type Taken = { rungs: number; at: Millis | null };

/** What an assignment, or the directive, has ordered everything below it to take in. */
export type Order = { n: number; kind: 'cancel' | 'close'; by: string; at: string; reason: string | null };

/** Folding its events gives exactly this (law 7); plain JSON, times in epoch milliseconds. */
export type Assignment = {
  id: string;
  directive: string;
  item: string;
  parent: string | null;
  taskForce: string;
  /** The unit it was issued to; null for a task force's. */
  unit: string | null;
  holder: Place;
  /** Has handed parts out: its report is merged from below. */
  node: boolean;
  phase: Phase;
  issuedAt: Millis;
  acknowledgeBy: Millis | null;
  dueAt: Millis;
  acknowledgedAt: Millis | null;
  /** The last submission; the review clock runs from it. */
  submittedAt: Millis | null;
  settledAt: Millis | null;
  /** Of the first submission, by receipt. */
  onTime: boolean | null;
  /** Number of the last submission or roll-up; 0 before the first. */
  current: number;
  /** Number of the submission that counts; 0 before the first approval. */
  approved: number;
  /** An approved report with a newer version waiting for the issuer. */
  correcting: boolean;
  returned: { reason: string; fields: string[]; at: string; by: string } | null;
  escalation: number;
  overdue: boolean;
  reminded: number;
  taken: Partial<Record<Clock, Taken>>;
  /** The last copy sent up: its digest, and whether all below was settled. */
  copy: { digest: string; final: boolean } | null;
  /** A close ordered from above: it passes without waiting for holder or issuer once all below is settled. */
  closing: string | null;
  orders: Order[];
  /** Orders taken in, by who gave them. */
  carried: Record<string, number>;
  version: number;
};

/** The assignment as its `issued` event makes it. */
export function issue(
  id: string,
  directive: string,
  event: { data: EventData['issued']; at: string },
): Assignment {
  const { data } = event;
  return {
    id,
    directive,
    item: data.item,
    parent: data.parent,
    taskForce: data.taskForce,
    unit: data.unit,
    holder: data.holder,
    node: data.node,
    phase: 'issued',
    issuedAt: toMillis(event.at),
    acknowledgeBy: data.acknowledgeBy === null ? null : toMillis(data.acknowledgeBy),
    dueAt: toMillis(data.dueAt),
    acknowledgedAt: null,
    submittedAt: null,
    settledAt: null,
    onTime: null,
    current: 0,
    approved: 0,
    correcting: false,
    returned: null,
    escalation: 0,
    overdue: false,
    reminded: 0,
    taken: {},
    copy: null,
    closing: null,
    orders: [],
    carried: data.carried ?? {},
    version: 1,
  };
}

const carriedWith = (a: Assignment, carried: Carried | undefined): Record<string, number> =>
  carried === undefined ? a.carried : { ...a.carried, [carried.of]: carried.n };

const without = (taken: Assignment['taken'], clock: Clock): Assignment['taken'] =>
  Object.fromEntries(Object.entries(taken).filter(([name]) => name !== clock));

/** The assignment after an event; total over every shape ever written, and never in place. */
export function evolve(a: Assignment, event: Happening): Assignment {
  const at = toMillis(event.at);
  switch (event.type) {
    case 'issued':
      return issue(a.id, a.directive, event);
    case 'acknowledged':
      return {
        ...a,
        phase: a.phase === 'issued' ? 'acknowledged' : a.phase,
        acknowledgedAt: at,
        version: a.version + (event.data.implied ? 0 : 1),
      };
    case 'submitted':
      return {
        ...a,
        phase: 'submitted',
        submittedAt: at,
        onTime: a.onTime ?? event.data.onTime,
        current: event.data.version,
        returned: null,
        taken: without(a.taken, 'review'),
        version: a.version + 1,
      };
    case 'corrected':
      return {
        ...a,
        submittedAt: at,
        current: event.data.version,
        correcting: true,
        returned: null,
        taken: without(a.taken, 'review'),
        version: a.version + 1,
      };
    case 'approved':
      return {
        ...a,
        phase: 'approved',
        settledAt: a.settledAt ?? at,
        approved: event.data.version,
        correcting: false,
        returned: null,
        carried: carriedWith(a, event.data.carried),
        version: a.version + (event.data.auto ? 0 : 1),
      };
    case 'returned': {
      const { reason, fields, dueAt, correction } = event.data;
      const returned = { reason, fields, at: event.at, by: event.actor ?? '' };
      if (correction) return { ...a, returned, correcting: false, version: a.version + 1 };
      const due = dueAt === undefined ? {} : { dueAt: toMillis(dueAt), overdue: false, reminded: 0 };
      // A new due time starts its ladder anew; the old one has had its rungs (each fires once).
      const taken = dueAt === undefined ? a.taken : without(a.taken, 'due');
      return { ...a, ...due, phase: 'returned', returned, taken, version: a.version + 1 };
    }
    case 'cancelled':
      return {
        ...a,
        phase: 'cancelled',
        settledAt: at,
        correcting: false,
        orders: event.data.carried ? a.orders : ordered(a, 'cancel', event, event.data.reason),
        carried: carriedWith(a, event.data.carried),
        version: a.version + 1,
      };
    case 'closed':
      return closed(a, event.data, event);
    case 'receiptOverdue':
      return { ...a, taken: { ...a.taken, acknowledge: a.taken.acknowledge ?? { rungs: 0, at: null } } };
    case 'overdue':
      return { ...a, overdue: true };
    case 'reminded':
      if (event.data.before !== undefined)
        return { ...a, reminded: a.reminded + 1 + (event.data.skipped ?? 0) };
      return {
        ...a,
        taken: { ...a.taken, [event.data.clock]: { rungs: 0, at: toMillis(event.data.of ?? event.at) } },
      };
    case 'escalated': {
      const { clock, rung, of } = event.data;
      const rungs = Math.max(a.taken[clock]?.rungs ?? 0, rung + 1);
      return {
        ...a,
        escalation: a.escalation + 1,
        taken: { ...a.taken, [clock]: { rungs, at: toMillis(of) } },
      };
    }
    case 'rolledUp':
    case 'restated':
      return rolledUp(a, event.data, at);
  }
}

const ordered = (a: Assignment, kind: Order['kind'], event: Happening, reason: string | null): Order[] => [
  ...a.orders,
  { n: a.orders.length + 1, kind, by: event.actor ?? '', at: event.at, reason },
];

function closed(a: Assignment, data: EventData['closed'], event: Happening): Assignment {
  const carried = carriedWith(a, data.carried);
  const version = a.version + 1;
  switch (data.outcome) {
    case 'missing':
      return { ...a, phase: 'missing', settledAt: toMillis(event.at), carried, version };
    case 'closing':
      return { ...a, closing: event.actor ?? '', carried, version };
    case 'collecting-ended':
      return { ...a, orders: ordered(a, 'close', event, data.note ?? null), carried, version };
  }
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
  return {
    ...sent,
    phase: 'submitted',
    submittedAt: at,
    onTime: a.onTime ?? data.onTime,
    acknowledgedAt: a.acknowledgedAt ?? at,
    returned: null,
    taken: without(a.taken, 'review'),
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
