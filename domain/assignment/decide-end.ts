// Commands that end it: cancelled by its issuer, or the collecting below it closed by its holder.
import { isSettled, type Assignment } from './assignment.ts';
import type { CommandOf } from './command.ts';
import type { Decision } from './decision.ts';
import { refuse, refuseFaults } from '../failure.ts';

export function cancel(a: Assignment, command: CommandOf<'cancel'>): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (!command.reason) return refuseFaults([{ path: 'reason', code: 'REQUIRED' }]);
  return [{ type: 'cancelled', data: { reason: command.reason } }];
}

/** The collecting ends now: what is in below passes, what is not is missing. */
export function close(a: Assignment, command: CommandOf<'close'>): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (!a.node) return refuse('NOT_A_DESK');
  if (a.phase === 'submitted') return refuse('ALREADY_SUBMITTED');
  return [
    {
      type: 'closed',
      data: { outcome: 'collecting-ended', ...(command.note ? { note: command.note } : {}) },
    },
  ];
}
