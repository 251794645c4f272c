// The step up the ladder by hand: each rung once, by the clock or by a place above, and the next rung is offered.
import { isOwing, owesReceipt, type Assignment, rungsTaken } from './assignment.ts';
import type { CommandOf } from './command.ts';
import type { DecideContext, Decision } from './decision.ts';
import { notOwing } from './decide-time.ts';
import type { ClockContext } from './clock-context.ts';
import type { Clock, Rung } from '../policy/policy.ts';
import { inOrder } from '../policy/rungs.ts';
import { refuse, refuseFaults } from '../failure.ts';
import { toIso } from '../instant.ts';

/** Clocks whose rungs may be taken by hand: those that call the holder to account. */
const BY_HAND = ['acknowledge', 'due'] as const satisfies readonly Clock[];

export type NextRung = Rung & { rung: number };

/** Of each clock that runs, the lowest rung not yet taken; none where no report or receipt is owed. */
export function nextRungs(a: Assignment, context: Pick<ClockContext, 'calendar' | 'ladder'>): NextRung[] {
  if (!isOwing(a)) return [];
  const { rungs } = inOrder(context.ladder, context.calendar);
  return BY_HAND.flatMap((clock) => {
    if (clock === 'acknowledge' && !owesReceipt(a)) return [];
    const rung = rungsTaken(a, clock);
    const next = rungs[clock][rung];
    if (next === undefined) return [];
    const { after, notify, slip } = next;
    return [{ clock, rung, after, notify, ...(slip ? { slip } : {}) }];
  });
}

/** To a rung above those taken, without waiting for its time; rungs between are passed over. */
export function escalate(a: Assignment, context: DecideContext, command: CommandOf<'escalate'>): Decision {
  const refused = notOwing(a);
  if (refused) return refused;
  const { clock, rung: index, note } = command;
  if (clock === 'acknowledge' && !owesReceipt(a)) return refuse('ALREADY_ACKNOWLEDGED');
  const { ladder, calendar } = context.clocks;
  const climbed = inOrder(ladder, calendar).rungs;
  const rungs = climbed[clock];
  const next = rungsTaken(a, clock);
  if (rungs.length > 0 && next >= rungs.length) return refuse('REPEATED', { words: 'RUNGS_ALL_TAKEN' });
  if (index < next) return refuse('REPEATED', { words: 'RUNG_TAKEN', params: { value: index, next } });
  if (rungs.length === 0) {
    const options = BY_HAND.filter((name) => climbed[name].length > 0).join(', ');
    return refuseFaults([{ path: 'clock', code: 'NOT_AN_OPTION', params: { options } }]);
  }
  const rung = rungs[index];
  if (rung === undefined) {
    const params = { min: next, max: rungs.length - 1 };
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
        ...context.reach(rung.notify, undefined, true),
        ...(rung.slip ? { slip: rung.slip } : {}),
        manual: true,
        ...(note ? { note } : {}),
      },
    },
  ];
}
