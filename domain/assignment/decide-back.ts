// Commands that take something back: the holder a waiting report, the issuer an approval or the end of a leaf; and the effect on the levels above.
import { isAmended, isSettled, type Assignment } from './assignment.ts';
import type { CommandOf } from './command.ts';
import type { DecideContext, Decision } from './decision.ts';
import { refuse, refuseFaults, type Fault, type Refusal } from '../failure.ts';
import type { EventData, NewEvent } from './happening.ts';
import { toIso, toMillis, type Millis } from '../instant.ts';
import { receiptBy } from './retime.ts';

/** A report that waits for its signature comes first; an approved one with a correction never has both. */
export function withdraw(a: Assignment, command: CommandOf<'withdraw'>): Decision {
  const reason = command.reason ? { reason: command.reason } : {};
  if (a.presented !== null)
    return [{ type: 'withdrawn', data: { version: a.presented.version, ...reason, unsigned: true } }];
  if (a.correcting) return [{ type: 'withdrawn', data: { version: a.current, ...reason, correction: true } }];
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.phase !== 'submitted') return refuse('NOT_SUBMITTED');
  return [{ type: 'withdrawn', data: { version: a.current, ...reason } }];
}

/** Why it cannot be opened again; null where it can. The copies that had gone up with it are owed again (`fallBack`). */
export function refuseReopening(
  a: Assignment,
  { above, handedUp }: Pick<DecideContext, 'above' | 'handedUp'>,
): Refusal | null {
  if (!isSettled(a)) return refuse('NOT_SETTLED');
  // The assignments below it were cancelled with it: it is handed out anew.
  if (a.node && a.phase !== 'approved') return refuse('DESK_NOT_REOPENED');
  if (above.some(({ phase }) => phase === 'cancelled' || phase === 'missing')) return refuse('SETTLED_ABOVE');
  if (above.some(({ suspended }) => suspended !== null)) return refuse('SUSPENDED');
  return a.phase === 'approved' && handedUp ? refuse('HANDED_UP') : null;
}

export function reopen(a: Assignment, context: DecideContext, command: CommandOf<'reopen'>): Decision {
  const refused = refuseReopening(a, context);
  if (refused) return refused;
  const faults = faultsOf(a, context, command);
  if (faults.length > 0 || !command.reason) return refuseFaults(faults);
  const { reason } = command;
  const carried = context.ordersAbove;
  const { phase } = a;
  if (phase === 'approved') {
    const due = notAfterAbove(a, context);
    const version = a.correcting || a.current === a.approved ? {} : { version: a.approved };
    return [
      { type: 'reopened', data: { was: phase, reason, ...due, ...noteBy(a, context), ...version, carried } },
    ];
  }
  const was = phase === 'missing' ? 'missing' : 'cancelled';
  return [{ type: 'reopened', data: { was, reason, ...owedBy(a, context, command.due), carried } }];
}

/**
 * The change of a node above that has sent all up: an assignment below is open again, so the node owes its report again,
 * and the copy that is up is restated as a partial one. Null where the node owed its report anyway.
 */
export function fallBack(
  a: Assignment,
  opened: { below: string; reason: string },
  context: Pick<DecideContext, 'parentDueAt' | 'ordersAbove' | 'received' | 'calendar' | 'clocks'>,
): Extract<NewEvent, { type: 'reopened' }> | null {
  const { phase } = a;
  if (phase !== 'submitted' && phase !== 'approved') return null;
  const { ordersAbove: carried } = context;
  const due = notAfterAbove(a, context);
  const note = phase === 'approved' ? noteBy(a, context) : {};
  return { type: 'reopened', data: { was: phase, ...opened, ...due, ...note, carried } };
}

/** Settled, it had its time; open, it is due no later than the level above (law 2). */
const notAfterAbove = (
  { dueAt }: Assignment,
  { parentDueAt }: Pick<DecideContext, 'parentDueAt'>,
): Pick<EventData['reopened'], 'dueAt'> => (dueAt > parentDueAt ? { dueAt: toIso(parentDueAt) } : {});

function faultsOf(a: Assignment, context: DecideContext, { reason, due }: CommandOf<'reopen'>): Fault[] {
  const faults: Fault[] = reason ? [] : [{ path: 'reason', code: 'REQUIRED' }];
  if (due === undefined) return faults;
  // A report that waits for review again is not owed: a new time is given when it is returned.
  if (a.phase === 'approved') return [...faults, { path: 'due', code: 'DUE_OF_APPROVED' }];
  if (toMillis(due) <= context.received)
    faults.push({ path: 'due', code: 'DUE_IN_PAST', params: { after: toIso(context.received) } });
  if (toMillis(due) > context.parentDueAt) faults.push({ path: 'due', code: 'DUE_AFTER_PARENT' });
  return faults;
}

/**
 * By when it is owed now: by the time given; else by its own, where that has passed by that of the level above, as long
 * as that is still to come. The receipt is asked anew where there was none.
 */
function owedBy(
  a: Assignment,
  { received, parentDueAt, calendar, clocks }: DecideContext,
  due: string | undefined,
): Pick<EventData['reopened'], 'dueAt' | 'acknowledgeBy'> {
  const dueAt = due === undefined ? stillToCome(a.dueAt, parentDueAt, received) : toMillis(due);
  const late =
    a.acknowledgedAt === null
      ? receiptBy(calendar, clocks.ladder.acknowledgeWithin, { from: received, dueAt })
      : null;
  return {
    ...(dueAt === a.dueAt ? {} : { dueAt: toIso(dueAt) }),
    ...(late === null ? {} : { acknowledgeBy: toIso(late) }),
  };
}

/** Of an amendment that came when all was approved no receipt was asked: from now on it is, as from an amendment. */
function noteBy(
  a: Assignment,
  { received, calendar, clocks }: Pick<DecideContext, 'received' | 'calendar' | 'clocks'>,
): Pick<EventData['reopened'], 'acknowledgeBy'> {
  const late = isAmended(a)
    ? receiptBy(calendar, clocks.ladder.acknowledgeWithin, { from: received, dueAt: a.dueAt })
    : null;
  return late === null ? {} : { acknowledgeBy: toIso(late) };
}

/** The level above may have become due sooner since: never after it (law 2). */
function stillToCome(own: Millis, parentDueAt: Millis, now: Millis): Millis {
  const within = Math.min(own, parentDueAt);
  return within <= now && parentDueAt > now ? parentDueAt : within;
}
