// Commands about custody: parts handed out, the whole passed on, "not ours", shown to others. An assignment always has a holder.
import { isSettled, type Assignment } from './assignment.ts';
import type { CommandOf } from './command.ts';
import type { DecideContext, Decision, NamedPlace } from './decision.ts';
import { notOwing } from './decide-time.ts';
import { receiptBy } from './retime.ts';
import { refuse, refuseFaults, type Fault } from '../failure.ts';
import { toIso } from '../instant.ts';
import { codeOf, isTaskForce, type Place } from '../organisation/organisation.ts';

/** Places one merged result is shown with; a list, not a broadcast. */
const MAX_SHARED = 50;

export function decompose(a: Assignment, { parts }: DecideContext): Decision {
  const refused = notOwing(a);
  if (refused) return refused;
  if (a.transfer !== null) return refuse('TRANSFER_PENDING');
  // A report that waits for the leader's signature would be lost: it is signed or taken back first.
  if (a.presented !== null) return refuse('SIGNATURE_PENDING');
  if (parts === null || parts.faults.length + parts.units.length === 0)
    return refuseFaults([{ path: 'receivers', code: 'REQUIRED' }]);
  if (parts.faults.length > 0) return refuseFaults(parts.faults);
  return [{ type: 'decomposed', data: { units: parts.units, assignments: parts.assignments } }];
}

/** The fault of the place named: none given, unknown, the holder itself, a holder above or below it. */
function faultsOf(named: NamedPlace | null, path: string): Fault[] {
  const place = named?.place ?? null;
  if (named === null || place === null) return [{ path, code: 'REQUIRED' }];
  const params = { value: codeOf(place) };
  if (!named.known)
    return [{ path, code: isTaskForce(place) ? 'UNKNOWN_TASK_FORCE' : 'UNKNOWN_UNIT', params }];
  if (named.isHolder) return [{ path, code: 'OWN_HOLDER', params }];
  if (named.isAbove || named.isBelow) return [{ path, code: 'OWN_ANCESTOR', params }];
  return [];
}

const pathOf = (place: Place | null | undefined): string =>
  place !== null && place !== undefined && isTaskForce(place) ? 'taskForce' : 'unit';

export function transfer(a: Assignment, context: DecideContext, command: CommandOf<'transfer'>): Decision {
  const refused = notOwing(a) ?? (a.transfer === null ? null : refuse('TRANSFER_PENDING'));
  if (refused) return refused;
  const { named } = context;
  const faults = faultsOf(named, pathOf(named?.place));
  if (!command.reason) faults.push({ path: 'reason', code: 'REQUIRED' });
  if (faults.length > 0 || !command.reason || !named?.place) return refuseFaults(faults);
  return [{ type: 'transferRequested', data: { to: named.place, reason: command.reason } }];
}

/** Judged again against the holders of now: the place asked may have become an ancestor meanwhile. */
export function acceptTransfer(a: Assignment, { named }: DecideContext): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.transfer === null) return refuse('NO_TRANSFER_PENDING');
  const { to, reason } = a.transfer;
  const faults = faultsOf(named, pathOf(to));
  if (faults.length > 0) return refuseFaults(faults);
  return [{ type: 'transferred', data: { from: a.holder, to, reason } }];
}

export function declineTransfer(a: Assignment, command: CommandOf<'decline-transfer'>): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.transfer === null) return refuse('NO_TRANSFER_PENDING');
  if (!command.reason) return refuseFaults([{ path: 'reason', code: 'REQUIRED' }]);
  return [{ type: 'transferDeclined', data: { to: a.transfer.to, reason: command.reason } }];
}

export function decline(a: Assignment, command: CommandOf<'decline'>): Decision {
  const refused = notOwing(a) ?? (a.declining === null ? null : refuse('DECLINE_PENDING'));
  if (refused) return refused;
  if (!command.basis) return refuseFaults([{ path: 'basis', code: 'REQUIRED' }]);
  return [{ type: 'declined', data: { basis: command.basis } }];
}

/** Accepted it is cancelled, or passes at once to the unit named; refused it stays where it is. */
export function decideDecline(
  a: Assignment,
  context: DecideContext,
  command: CommandOf<'decide-decline'>,
): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.declining === null) return refuse('NO_DECLINE_PENDING');
  const { accept, reason, unit } = command;
  const passesOn = accept && unit !== undefined;
  const faults = passesOn ? faultsOf(context.named, 'unit') : [];
  if (!accept && unit !== undefined) faults.push({ path: 'unit', code: 'INVALID' });
  if (!reason) faults.push({ path: 'reason', code: 'REQUIRED' });
  if (faults.length > 0 || !reason) return refuseFaults(faults);
  if (!accept) return [{ type: 'declineDecided', data: { accepted: false, reason } }];
  const to = passesOn ? (context.named?.place ?? null) : null;
  if (to === null)
    return [
      { type: 'declineDecided', data: { accepted: true, reason } },
      { type: 'cancelled', data: { reason } },
    ];
  const { calendar, ladder } = context.clocks;
  const by = receiptBy(calendar, ladder.acknowledgeWithin, {
    from: context.received,
    dueAt: a.dueAt,
  });
  const receipt = by === null ? {} : { acknowledgeBy: toIso(by) };
  return [
    { type: 'declineDecided', data: { accepted: true, reason, to } },
    { type: 'transferred', data: { from: a.holder, to, reason, ruled: true, ...receipt } },
  ];
}

export function share(a: Assignment, { named }: DecideContext): Decision {
  if (a.phase === 'cancelled') return refuse('ALREADY_SETTLED');
  const place = named?.place ?? null;
  if (named === null || place === null) return refuseFaults([{ path: 'to', code: 'REQUIRED' }]);
  const params = { value: codeOf(place) };
  if (!named.known)
    return refuseFaults([
      { path: 'to', code: isTaskForce(place) ? 'UNKNOWN_TASK_FORCE' : 'UNKNOWN_UNIT', params },
    ]);
  if (named.isHolder || named.isAbove || a.shared.includes(place))
    return refuse('ALREADY_SHARED', { params });
  if (a.shared.length >= MAX_SHARED)
    return refuseFaults([{ path: 'to', code: 'TOO_MANY', params: { max: MAX_SHARED } }]);
  return [{ type: 'shared', data: { to: place } }];
}
