// Events about the report: it comes in, is given back, goes up merged.
import { isSettled, type Assignment } from './assignment.ts';
import { received, restarted, retimed, VOID } from './evolving.ts';
import type { EventData, Happening, RolledUp } from './happening.ts';
import { toMillis, type Millis } from '../instant.ts';

/** A report is under review: the review clock begins anew, and what was asked for meanwhile is void. */
export function reported(a: Assignment, version: number, at: Millis): Partial<Assignment> {
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

export function returned(a: Assignment, data: EventData['returned'], event: Happening): Assignment {
  const { reason, fields, dueAt, correction } = data;
  const back = { reason, fields, at: event.at, by: event.actor ?? '' };
  if (correction) return { ...a, returned: back, correcting: false, version: a.version + 1 };
  const due =
    dueAt === undefined
      ? {}
      : { ...retimed(a, toMillis(dueAt), toMillis(event.at)), basis: { by: 'instant' as const } };
  return { ...a, ...due, phase: 'returned', returned: back, version: a.version + 1 };
}

/** A copy went up. Only one of which all below is settled moves the phase; what is approved stays so. */
export function rolledUp(a: Assignment, data: RolledUp, at: Millis): Assignment {
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
    ...received(a, at),
    returned: null,
    taken,
    pausedMs,
  };
}
