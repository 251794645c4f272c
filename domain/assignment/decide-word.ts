// Commands that move no phase: receipt, progress, urge, comment.
import { isAmended, isSettled, type Assignment } from './assignment.ts';
import type { CommandOf } from './command.ts';
import type { Target } from '../policy/policy.ts';
import { ofAmendment, type DecideContext, type Decision } from './decision.ts';
import { notOwing } from './decide-time.ts';
import { refuse, refuseFaults } from '../failure.ts';

/** A receipt once; again to take note of an amendment, or to countersign a supervision slip. */
export function acknowledge(a: Assignment): Decision {
  const isAsked = isAmended(a) || a.slips > 0;
  if (isSettled(a) && !isAsked) return refuse('ALREADY_SETTLED');
  if (a.acknowledgedAt !== null && !isAsked) return refuse('ALREADY_ACKNOWLEDGED');
  const slips = a.slips > 0 ? { slips: a.slips } : {};
  return [{ type: 'acknowledged', data: { ...ofAmendment(a), ...slips } }];
}

export function progress(a: Assignment, command: CommandOf<'progress'>): Decision {
  const refused = notOwing(a);
  if (refused) return refused;
  const { note, percent } = command;
  if (!note) return refuseFaults([{ path: 'note', code: 'REQUIRED' }]);
  return [{ type: 'progressed', data: { note, ...(percent === undefined ? {} : { percent }) } }];
}

/** The people an urge tells. */
export const URGED: readonly Target[] = ['unit.liaisonA', 'unit.liaisonB'];

export function urge(a: Assignment, { reach, called }: DecideContext, command: CommandOf<'urge'>): Decision {
  const refused = notOwing(a);
  if (refused) return refused;
  const note = command.note ? { note: command.note } : {};
  const told = called ? { notified: called.notified, below: called.of } : reach(URGED);
  return [{ type: 'urged', data: { ...note, ...told } }];
}

export function comment(command: CommandOf<'comment'>): Decision {
  if (!command.text) return refuseFaults([{ path: 'text', code: 'REQUIRED' }]);
  return [{ type: 'commented', data: { text: command.text } }];
}
