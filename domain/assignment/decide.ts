// What a command does to an assignment: events, or a refusal by name, in the contract's order (api.md §2).
import { isAmended, isOwing, isSettled, type Assignment } from './assignment.ts';
import { VERBS, type Command, type CommandOf, type Verb } from './command.ts';
import * as byHand from './by-hand.ts';
import * as back from './decide-back.ts';
import * as custody from './decide-custody.ts';
import * as report from './decide-report.ts';
import * as time from './decide-time.ts';
import * as word from './decide-word.ts';
import {
  directiveOver,
  isOnBehalf,
  permit,
  standsStill,
  type DecideContext,
  type Decision,
} from './decision.ts';
import { refuse, refuseFaults } from '../failure.ts';

export function decide(a: Assignment, context: DecideContext, command: Command): Decision {
  const refused =
    permit(context.relation, command.verb, isOnBehalf(command)) ??
    directiveOver(a, context, command.verb) ??
    standsStill(a, command.verb);
  return refused ?? decideVerb(a, context, command);
}

function decideVerb(a: Assignment, context: DecideContext, command: Command): Decision {
  switch (command.verb) {
    case 'acknowledge':
      return word.acknowledge(a);
    case 'progress':
      return word.progress(a, command);
    case 'urge':
      return word.urge(a, context, command);
    case 'comment':
      return word.comment(command);
    case 'escalate':
      return byHand.escalate(a, context, command);
    case 'submit':
      return report.submit(a, context, command);
    case 'sign':
      return report.sign(a, context);
    case 'approve':
      return report.approve(a, context, command);
    case 'return':
      return report.giveBack(a, context, command);
    case 'request-extension':
      return time.requestExtension(a, context, command);
    case 'decide-extension':
      return time.decideExtension(a, context, command);
    case 'reschedule':
      return time.reschedule(a, context, command);
    case 'suspend':
      return time.suspend(a, context, command);
    case 'resume':
      return time.resume(a, context);
    case 'decompose':
      return custody.decompose(a, context);
    case 'transfer':
      return custody.transfer(a, context, command);
    case 'accept-transfer':
      return custody.acceptTransfer(a, context);
    case 'decline-transfer':
      return custody.declineTransfer(a, command);
    case 'decline':
      return custody.decline(a, command);
    case 'decide-decline':
      return custody.decideDecline(a, context, command);
    case 'share':
      return custody.share(a, context);
    case 'withdraw':
      return back.withdraw(a, command);
    case 'reopen':
      return back.reopen(a, context, command);
    case 'cancel':
      return cancel(a, command);
    case 'close':
      return close(a, command);
  }
}

function cancel(a: Assignment, command: CommandOf<'cancel'>): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (!command.reason) return refuseFaults([{ path: 'reason', code: 'REQUIRED' }]);
  return [{ type: 'cancelled', data: { reason: command.reason } }];
}

/** The collecting ends now: what is in below passes, what is not is missing. */
function close(a: Assignment, command: CommandOf<'close'>): Decision {
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

/** What the actor may do to it now; the door asks `decide` again. */
export function allowed(
  a: Assignment,
  context: Pick<
    DecideContext,
    'relation' | 'directive' | 'received' | 'signs' | 'clocks' | 'parent' | 'handedUp'
  >,
): Verb[] {
  const owing = isOwing(a);
  const open = !isSettled(a);
  const inReview = a.phase === 'submitted' || a.correcting;
  const isApproved = a.phase === 'approved';
  const isGathered = a.node && a.gathered !== null;
  const { holder } = context.relation;
  const inState: Record<Verb, boolean> = {
    acknowledge: (open && a.acknowledgedAt === null) || isAmended(a) || a.slips > 0,
    progress: owing,
    submit: holder ? owing || (isApproved && !a.correcting) || isGathered : a.node && (owing || isApproved),
    sign: context.signs && (a.node ? owing || isGathered : a.presented !== null),
    withdraw: inReview || a.presented !== null,
    reopen: back.refuseReopening(a, context) === null,
    'request-extension': owing && a.extension === null,
    decompose: owing && a.transfer === null && a.presented === null,
    transfer: owing && a.transfer === null,
    decline: owing && a.declining === null,
    close: owing && a.node,
    share: a.phase !== 'cancelled',
    approve: inReview,
    return: inReview,
    'decide-extension': a.extension !== null,
    'decide-decline': a.declining !== null,
    suspend: open && a.suspended === null,
    resume: a.suspended?.until[a.id] !== undefined,
    cancel: open,
    reschedule: owing,
    urge: owing,
    escalate: byHand.nextRungs(a, context.clocks).length > 0,
    'accept-transfer': a.transfer !== null,
    'decline-transfer': a.transfer !== null,
    comment: true,
  };
  return VERBS.filter(
    (verb) =>
      inState[verb] &&
      permit(context.relation, verb) === null &&
      directiveOver(a, context, verb) === null &&
      standsStill(a, verb) === null,
  );
}
