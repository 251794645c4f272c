// How each event changes an assignment: total over every shape ever written, and never in place.
import { issue, type Assignment } from './assignment.ts';
import { gathered, reopened, reported, returned, rolledUp, withdrawn } from './evolve-report.ts';
import { amended, extensionDecided, rescheduled, resumed, suspended } from './evolve-time.ts';
import { answered, asked, carriedWith, ENDED, ordered, received, restarted } from './evolving.ts';
import type { EventData, Happening } from './happening.ts';
import { toMillis, type Millis } from '../instant.ts';

export function evolve(a: Assignment, event: Happening): Assignment {
  const after = evolved(a, event);
  const { lost } = event.data;
  if (lost === undefined) return after;
  const { approved, reported } = after.lost;
  return { ...after, lost: { approved: approved + lost.approved, reported: reported + lost.reported } };
}

function evolved(a: Assignment, event: Happening): Assignment {
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
      const after = { ...inReview, ...reported(a, event.data.version, at, event.data.by ?? by) };
      // A report brought by the issuer says nothing of the holder.
      return event.data.onBehalf ? after : answered(after);
    }
    case 'corrected':
      return answered({ ...a, ...reported(a, event.data.version, at, by), correcting: true });
    case 'presented': {
      const { version = null, digest = null, note = null, zeroReport = false, onBehalf } = event.data;
      const brought = onBehalf ? { onBehalf } : {};
      const presented = { version, digest, note, zeroReport, ...brought, at, by };
      const after = restarted({ ...a, presented, version: a.version + 1 }, 'sign');
      return onBehalf ? after : answered(after);
    }
    case 'signed':
      return restarted({ ...a, presented: null, gathered: null, version: a.version + 1 }, 'sign');
    case 'gathered':
      return gathered(a, event.data, at);
    case 'withdrawn':
      return withdrawn(a, event.data, event);
    case 'reopened':
      return reopened(a, event.data, at);
    case 'partAdded':
      return answered({ ...a, part: event.data.version, version: a.version + 1 });
    case 'approved':
      return {
        ...a,
        ...ENDED,
        // Changes since the approved copy still wait to be sent after it.
        gathered: a.gathered,
        phase: 'approved',
        settledAt: a.settledAt ?? at,
        approved: event.data.version,
        correcting: false,
        returned: null,
        sameHands: event.data.sameHands ?? false,
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
      return answered({ ...a, node: true, presented: null, gathered: null, version: a.version + 1 });
    case 'transferRequested':
      return answered(asked(a, { transfer: { ...event.data, at, by } }));
    case 'transferDeclined':
      return asked(a, { transfer: null });
    case 'transferred':
      return transferred(a, event.data, at);
    case 'declined':
      return answered(asked(a, { declining: { reason: event.data.basis, at, by } }));
    case 'declineDecided':
      return asked(a, { declining: null });
    case 'suspended':
      return suspended(a, event.data, event);
    case 'resumed':
      return resumed(a, event.data, event);
    case 'rescheduled':
      return rescheduled(a, event.data, event);
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
        // Nothing of it counts any more, and its reports stay in the record.
        approved: 0,
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
      return rolledUp(a, event.data, event);
  }
}

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

function transferred(a: Assignment, data: EventData['transferred'], at: Millis): Assignment {
  const passed = asked(restarted(a, 'sign'), {
    holder: data.to,
    transfer: null,
    declining: null,
    unanswered: 0,
    // The new holder has the whole time to sign a waiting report.
    presented: a.presented && { ...a.presented, at },
    gathered: a.gathered && { ...a.gathered, at },
  });
  if (!data.ruled) {
    // Accepting it counts as its receipt, as it is now.
    return {
      ...passed,
      phase: a.phase === 'issued' ? 'acknowledged' : a.phase,
      ...received(a, at),
    };
  }
  if (a.phase !== 'issued' && a.phase !== 'acknowledged') return passed;
  const acknowledgeBy = data.acknowledgeBy === undefined ? null : toMillis(data.acknowledgeBy);
  const owing = { ...passed, phase: 'issued' as const, acknowledgedAt: null, acknowledgeBy, ruledAt: at };
  return restarted(owing, 'acknowledge');
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
  const { clock, rung, of, manual, slip, others, unanswered = a.unanswered } = data;
  const raised: Assignment = {
    ...a,
    escalation: a.escalation + (others ? 0 : 1),
    slips: a.slips + (slip === undefined ? 0 : 1),
    unanswered,
    // By hand it is a command; by the clock it is none.
    version: a.version + (manual ? 1 : 0),
  };
  const how = manual ? 'lifted' : 'taken';
  const rungs = Math.max(a[how][clock]?.rungs ?? 0, rung + 1);
  return { ...raised, [how]: { ...a[how], [clock]: { rungs, at: toMillis(of) } } };
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
