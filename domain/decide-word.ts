// Commands that only say something: received, under way, hurry, a comment, and the issuer's own step up the ladder.
import { isAmended, isSettled, owesReceipt, type Assignment } from './assignment.ts';
import type { CommandOf } from './command.ts';
import { ofAmendment, type DecideContext, type Decision } from './decision.ts';
import { notOwing } from './decide-time.ts';
import { refuse, refuseFaults } from './failure.ts';
import { toIso } from './instant.ts';
import { inOrder } from './rungs.ts';

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

export function urge(a: Assignment, { reach }: DecideContext, command: CommandOf<'urge'>): Decision {
  const refused = notOwing(a);
  if (refused) return refused;
  const note = command.note ? { note: command.note } : {};
  return [{ type: 'urged', data: { ...note, notified: reach(['unit.liaisonA', 'unit.liaisonB']).notified } }];
}

export function comment(command: CommandOf<'comment'>): Decision {
  if (!command.text) return refuseFaults([{ path: 'text', code: 'REQUIRED' }]);
  return [{ type: 'commented', data: { text: command.text } }];
}

/** To any rung of the ladder without waiting for its time; rungs below it are passed over. */
export function escalate(a: Assignment, context: DecideContext, command: CommandOf<'escalate'>): Decision {
  const refused = notOwing(a);
  if (refused) return refused;
  const { clock, rung: index, note } = command;
  if (clock === 'acknowledge' && !owesReceipt(a)) return refuse('ALREADY_ACKNOWLEDGED');
  const { ladder, calendar } = context.clocks;
  const climbed = inOrder(ladder, calendar).rungs;
  const rungs = climbed[clock];
  if (rungs.length === 0) {
    const options = (['acknowledge', 'due'] as const).filter((name) => climbed[name].length > 0).join(', ');
    return refuseFaults([{ path: 'clock', code: 'NOT_AN_OPTION', params: { options } }]);
  }
  const rung = rungs[index];
  if (rung === undefined) {
    const params = { min: 0, max: rungs.length - 1 };
    return refuseFaults([{ path: 'rung', code: 'OUT_OF_RANGE', params }]);
  }
  return [
    {
      type: 'escalated',
      data: {
        clock,
        rung: index,
        after: rung.after,
        of: toIso(context.received),
        notify: rung.notify,
        ...context.reach(rung.notify),
        ...(rung.slip ? { slip: rung.slip } : {}),
        manual: true,
        ...(note ? { note } : {}),
      },
    },
  ];
}
