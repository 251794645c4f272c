// Commands about time: an extension asked for and decided, clocks that stand still and go on.
import { isSettled, type Assignment } from './assignment.ts';
import { workingBetween } from '../calendar/calendar.ts';
import { receiptPulled } from './retime.ts';
import type { CommandOf } from './command.ts';
import type { DecideContext, Decision } from './decision.ts';
import { refuse, refuseFaults, type Fault, type Refusal } from '../failure.ts';
import { toIso, toMillis, type Millis } from '../instant.ts';
import { momentOf } from '../policy/rungs.ts';
import { resumption } from './suspension.ts';

/** More time, or a transfer, is of use only while the report is still owed. */
export function notOwing(a: Assignment): Refusal | null {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  return a.phase === 'submitted' ? refuse('ALREADY_SUBMITTED') : null;
}

/** A due time that can be: after now, not after the level above, in a year that is known. */
function faultsOfTime(a: Assignment, context: DecideContext, due: Millis): Fault[] {
  const { received, parentDueAt, calendar } = context;
  if (due <= received) return [{ path: 'due', code: 'DUE_IN_PAST', params: { after: toIso(received) } }];
  if (due > parentDueAt)
    return [{ path: 'due', code: 'DUE_AFTER_PARENT', params: { parentDueAt: toIso(parentDueAt) } }];
  return unknownYear('due', () => workingBetween(calendar, Math.min(a.dueAt, due), Math.max(a.dueAt, due)));
}

/** A later due time: one that can be, and after the present one. */
function faultsOfDue(a: Assignment, context: DecideContext, due: Millis): Fault[] {
  if (due > context.received && due <= context.parentDueAt && due <= a.dueAt)
    return [{ path: 'due', code: 'DUE_NOT_LATER', params: { dueAt: toIso(a.dueAt) } }];
  return faultsOfTime(a, context, due);
}

/** The year the calendar itself names: it begins at midnight in China. */
function unknownYear(path: string, worked: () => number): Fault[] {
  const { unknown } = momentOf(worked);
  return unknown === null ? [] : [{ path, code: 'CALENDAR_YEAR_UNKNOWN', params: { year: unknown.year } }];
}

const required = (path: string): Fault => ({ path, code: 'REQUIRED' });

export function requestExtension(
  a: Assignment,
  context: DecideContext,
  command: CommandOf<'request-extension'>,
): Decision {
  const refused =
    notOwing(a) ??
    (a.extension === null
      ? null
      : refuse('EXTENSION_PENDING', { params: { dueAt: toIso(a.extension.dueAt) } }));
  if (refused) return refused;
  const { due, reason } = command;
  const faults = due === undefined ? [required('due')] : faultsOfDue(a, context, toMillis(due));
  if (!reason) faults.push(required('reason'));
  if (faults.length > 0 || due === undefined || !reason) return refuseFaults(faults);
  return [{ type: 'extensionRequested', data: { dueAt: toIso(toMillis(due)), reason } }];
}

/**
 * The issuer may grant another time than was asked for. The assignments below move with it. Where its due time has
 * moved past the time asked for meanwhile, the request can still be granted: the later of the two holds.
 */
export function decideExtension(
  a: Assignment,
  context: DecideContext,
  command: CommandOf<'decide-extension'>,
): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.extension === null) return refuse('NO_EXTENSION_PENDING');
  const reason = command.reason ? { reason: command.reason } : {};
  if (!command.grant) return [{ type: 'extensionDecided', data: { granted: false, ...reason } }];
  const due = command.due === undefined ? a.extension.dueAt : toMillis(command.due);
  if (a.extension.dueAt <= a.dueAt && due <= a.dueAt) {
    const same = toIso(a.dueAt);
    return [
      { type: 'extensionDecided', data: { granted: true, dueAt: same, was: same, shiftMs: 0, ...reason } },
    ];
  }
  const faults = faultsOfDue(a, context, due);
  if (faults.length > 0) return refuseFaults(faults);
  const moved = { dueAt: toIso(due), was: toIso(a.dueAt) };
  const shiftMs = workingBetween(context.calendar, a.dueAt, due);
  return [
    { type: 'extensionDecided', data: { granted: true, ...moved, shiftMs, together: true, ...reason } },
  ];
}

/** Another due time by a place above. Later: the assignments below move with it. Earlier: they are pulled in as far as they must. */
export function reschedule(
  a: Assignment,
  context: DecideContext,
  command: CommandOf<'reschedule'>,
): Decision {
  const refused = notOwing(a);
  if (refused) return refused;
  const { reason } = command;
  const due = command.due === undefined ? null : toMillis(command.due);
  const faults = due === null ? [required('due')] : faultsOfTime(a, context, due);
  if (due === a.dueAt && faults.length === 0) faults.push({ path: 'due', code: 'NOTHING_CHANGES' });
  if (!reason) faults.push(required('reason'));
  if (faults.length > 0 || due === null || !reason) return refuseFaults(faults);
  const later =
    due > a.dueAt ? { shiftMs: workingBetween(context.calendar, a.dueAt, due), together: true as const } : {};
  const moved = {
    dueAt: toIso(due),
    was: toIso(a.dueAt),
    ...receiptPulled(a, due),
    basis: { by: 'instant' as const },
  };
  return [{ type: 'rescheduled', data: { ...moved, cause: 'reschedule', reason, ...later } }];
}

export function suspend(a: Assignment, context: DecideContext, command: CommandOf<'suspend'>): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  const { until, reason } = command;
  const faults: Fault[] = [];
  if (until === undefined) faults.push(required('until'));
  else {
    const end = toMillis(until);
    if (end <= context.received)
      faults.push({ path: 'until', code: 'UNTIL_IN_PAST', params: { after: toIso(context.received) } });
    else faults.push(...unknownYear('until', () => workingBetween(context.calendar, context.received, end)));
  }
  if (!reason) faults.push(required('reason'));
  if (faults.length > 0 || until === undefined || !reason) return refuseFaults(faults);
  const since = toIso(context.received);
  return [{ type: 'suspended', data: { since, until: toIso(toMillis(until)), reason } }];
}

/** Ends the suspension given here; one from further above is ended there. */
export function resume(a: Assignment, context: DecideContext): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.suspended === null) return refuse('NOT_SUSPENDED');
  if (a.suspended.until[a.id] === undefined) return refuse('SUSPENDED_ABOVE');
  const { received, parentDueAt, calendar } = context;
  return [{ type: 'resumed', data: resumption(a, a.id, received, parentDueAt, calendar) }];
}
