// Events about the report: it comes in, is given back, goes up merged.
import { isSettled, type Assignment } from './assignment.ts';
import { answered, receiptAsked, received, restarted, retimed, retimedByHand, VOID } from './evolving.ts';
import type { EventData, Happening, RolledUp } from './happening.ts';
import { toMillis, type Millis } from '../instant.ts';

/** A report is under review: the review clock begins anew, and requests made meanwhile are void. */
export function reported(a: Assignment, version: number, at: Millis, by: string): Partial<Assignment> {
  const { taken, pausedMs } = restarted(a, 'review');
  return {
    ...VOID,
    submittedAt: at,
    current: version,
    reportedBy: by,
    returned: null,
    taken,
    pausedMs,
    version: a.version + 1,
  };
}

export function returned(a: Assignment, data: EventData['returned'], event: Happening): Assignment {
  const { reason, fields, dueAt, correction, sameHands = false } = data;
  const back = { reason, fields, at: event.at, by: event.actor ?? '' };
  if (correction)
    return { ...a, returned: back, correcting: false, reportedBy: null, sameHands, version: a.version + 1 };
  return {
    ...a,
    ...retimedByHand(a, dueAt, toMillis(event.at)),
    phase: 'returned',
    returned: back,
    reportedBy: null,
    sameHands,
    version: a.version + 1,
  };
}

/** All is in below, and the copy waits for a hand: the clock of the signature runs from here. */
export const gathered = (a: Assignment, data: EventData['gathered'], at: Millis): Assignment => ({
  ...restarted(a, 'sign'),
  gathered: { ...data, at },
});

/** Taken back by its holder, who owes it again; a correction leaves what has been approved as it is. */
export function withdrawn(a: Assignment, data: EventData['withdrawn'], event: Happening): Assignment {
  const { version, reason = null, correction, unsigned } = data;
  const at = toMillis(event.at);
  const back = answered({ ...a, reportedBy: null, version: a.version + 1 });
  if (unsigned) return restarted({ ...back, presented: null, used: Math.max(a.used, version ?? 0) }, 'sign');
  if (correction) return { ...back, correcting: false };
  return {
    ...back,
    phase: a.acknowledgedAt === null ? 'issued' : 'acknowledged',
    submittedAt: null,
    withdrawn: { reason, at, by: event.actor ?? '' },
  };
}

/** Opened again: an approved report waits for review as before; a missing or cancelled assignment is owed as if newly issued, and so is a node above an opened one. */
export function reopened(a: Assignment, data: EventData['reopened'], at: Millis): Assignment {
  const { was, dueAt, acknowledgeBy, version = a.current } = data;
  const open: Assignment = {
    ...a,
    ...retimedByHand(a, dueAt, at),
    settledAt: null,
    current: version,
    used: Math.max(a.used, version < a.current ? a.current : 0),
    approved: 0,
    correcting: false,
    closing: null,
    reopenedAt: at,
    carried: { ...a.carried, ...data.carried },
    version: a.version + 1,
  };
  if (data.below !== undefined) {
    const owing: Assignment = {
      ...open,
      ...VOID,
      phase: a.acknowledgedAt === null ? 'issued' : 'acknowledged',
      submittedAt: null,
      returned: null,
      // Restated as a partial copy.
      copy: a.copy && { ...a.copy, final: false },
    };
    return receiptAsked(owing, acknowledgeBy);
  }
  if (was === 'approved')
    return receiptAsked(restarted({ ...open, phase: 'submitted' }, 'review'), acknowledgeBy);
  const owed: Assignment = {
    ...open,
    ...retimed(open, open.dueAt, at),
    phase: a.acknowledgedAt === null ? 'issued' : 'acknowledged',
    submittedAt: null,
    returned: null,
  };
  if (a.acknowledgedAt !== null || acknowledgeBy === undefined) return owed;
  return receiptAsked({ ...owed, ruledAt: at }, acknowledgeBy);
}

/** A copy went up. Only one of which all below is settled moves the phase; what is approved stays so. */
export function rolledUp(a: Assignment, data: RolledUp, event: Happening): Assignment {
  const at = toMillis(event.at);
  const sent = {
    ...a,
    current: data.n,
    copy: { digest: data.digest, final: data.final },
    gathered: null,
    version: a.version + 1,
  };
  if (!data.final || isSettled(a)) return a.phase === 'approved' ? { ...sent, approved: data.n } : sent;
  const { taken, pausedMs } = restarted(a, 'review');
  return {
    ...sent,
    ...VOID,
    reportedBy: data.by === 'holder' ? event.actor : null,
    phase: 'submitted',
    submittedAt: at,
    onTime: a.onTime ?? data.onTime,
    ...received(a, at),
    returned: null,
    taken,
    pausedMs,
  };
}
