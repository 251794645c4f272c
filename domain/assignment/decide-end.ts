// Commands that end an assignment: its issuer cancels it, or its holder closes the collecting below it.
import { isSettled, type Assignment } from './assignment.ts';
import type { CommandOf } from './command.ts';
import type { Decision } from './decision.ts';
import { refuse, refuseFaults } from '../failure.ts';

export function cancel(a: Assignment, command: CommandOf<'cancel'>): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (!command.reason) return refuseFaults([{ path: 'reason', code: 'REQUIRED' }]);
  return [{ type: 'cancelled', data: { reason: command.reason } }];
}

/** The collecting ends now: reports that are in below pass, the others are missing. */
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
