// The verbs: one row each names the permitted relations, the phases, the parts of the record it needs, its effects, and its decider.
import type { Relation } from '../access/relation.ts';
import type { TokenScope } from '../access/token-scope.ts';
import { isAmended, isOwing, isSettled, type Assignment } from './assignment.ts';
import * as byHand from './by-hand.ts';
import { COMMANDS, type CommandOf, type Verb } from './command.ts';
import * as back from './decide-back.ts';
import * as custody from './decide-custody.ts';
import * as end from './decide-end.ts';
import * as report from './decide-report.ts';
import * as time from './decide-time.ts';
import * as word from './decide-word.ts';
import { isCorrectionPending, type AllowedContext, type DecideContext, type Decision } from './decision.ts';
import { placeOf } from './named-place.ts';
import { unitPlace, type Directory, type Place } from '../organisation/organisation.ts';

/**
 * The parts of the record a verb needs beside its own row and those above; it then goes in a transaction of its own:
 * figures of a node, the report merged from below: the desks there are locked with it
 * parts   the parts to be handed out: the desks below are locked with it
 * above   the desks above, all of them: they may have to wait once more
 */
export type Need = 'figures' | 'parts' | 'above';

type VerbRow<V extends Verb> = {
  schema: (typeof COMMANDS)[V];
  /** Of a token: what the holder does to bring in its report is `report`; what is ordered, decided or handed on is `command`. */
  scope: Extract<TokenScope, 'report' | 'command'>;
  /** Any one of these relations is enough. */
  who: readonly (keyof Relation)[];
  /** Relations that may bring it for a unit that could not do it; absent where no one may. */
  onBehalf?: readonly (keyof Relation)[];
  /** Taken while the clocks stand still; all else waits. */
  whileSuspended?: true;
  /** When it is taken of a closed directive, `inTime` for corrections or not; never unless it says so. */
  afterClosing?: (a: Assignment, inTime: boolean) => boolean;
  needs?: Need;
  /** The place it names, to be judged against the holders of that moment; undefined where it names none this time. */
  names?: (a: Assignment, command: CommandOf<V>, directory: Directory) => Place | null | undefined;
  /** It may bring an order down to the assignments below. */
  orders?: true;
  /** It may give a place custody it did not have. */
  passes?: true;
  /** Does the state of the assignment let it be done? For what is offered; `decide` asks again and says why not. */
  isOpen: (a: Assignment, context: AllowedContext) => boolean;
  decide: (a: Assignment, context: DecideContext, command: CommandOf<V>) => Decision;
};

const isInReview = (a: Assignment): boolean => a.phase === 'submitted' || a.correcting;
const isGathered = (a: Assignment): boolean => a.node && a.gathered !== null;
const isReportable = (a: Assignment): boolean => isOwing(a) || a.phase === 'approved';
const isTransferAsked = (a: Assignment): boolean => a.transfer !== null;

/** A correction that was handed in in time counts, however late it is signed, approved, returned or taken back. */
const ofCorrectionUp = (a: Assignment): boolean => isCorrectionPending(a) && a.correcting;

/** A verb without its row does not compile. */
export const VERB_TABLE: { readonly [V in Verb]: VerbRow<V> } = {
  acknowledge: {
    schema: COMMANDS.acknowledge,
    scope: 'report',
    who: ['holder'],
    isOpen: (a) => (!isSettled(a) && a.acknowledgedAt === null) || isAmended(a) || a.slips > 0,
    decide: word.acknowledge,
  },
  submit: {
    schema: COMMANDS.submit,
    scope: 'report',
    // A task force's lead unit may add a part of its own; the decider lets it do no more.
    who: ['holder', 'lead'],
    onBehalf: ['issuer'],
    afterClosing: (a, inTime) => inTime && a.phase === 'approved' && !a.node,
    needs: 'figures',
    isOpen: (a, { relation }) =>
      relation.holder
        ? isOwing(a) || (a.phase === 'approved' && !a.correcting) || isGathered(a)
        : a.node && isReportable(a),
    decide: report.submit,
  },
  sign: {
    schema: COMMANDS.sign,
    scope: 'report',
    who: ['leader'],
    afterClosing: (a) => isCorrectionPending(a) && a.presented !== null,
    needs: 'figures',
    isOpen: (a, { signs }) => signs && (a.node ? isOwing(a) || isGathered(a) : a.presented !== null),
    decide: report.sign,
  },
  approve: {
    schema: COMMANDS.approve,
    scope: 'command',
    who: ['issuer'],
    afterClosing: ofCorrectionUp,
    isOpen: isInReview,
    decide: report.approve,
  },
  return: {
    schema: COMMANDS.return,
    scope: 'command',
    who: ['issuer'],
    afterClosing: ofCorrectionUp,
    isOpen: isInReview,
    decide: report.giveBack,
  },
  withdraw: {
    schema: COMMANDS.withdraw,
    scope: 'report',
    who: ['holder'],
    afterClosing: isCorrectionPending,
    isOpen: (a) => isInReview(a) || a.presented !== null,
    decide: (a, _context, command) => back.withdraw(a, command),
  },
  reopen: {
    schema: COMMANDS.reopen,
    scope: 'command',
    who: ['issuer'],
    needs: 'above',
    isOpen: (a, context) => back.refuseReopening(a, context) === null,
    decide: back.reopen,
  },
  cancel: {
    schema: COMMANDS.cancel,
    scope: 'command',
    who: ['issuer'],
    whileSuspended: true,
    orders: true,
    isOpen: (a) => !isSettled(a),
    decide: (a, _context, command) => end.cancel(a, command),
  },
  close: {
    schema: COMMANDS.close,
    scope: 'command',
    who: ['holder'],
    orders: true,
    isOpen: (a) => isOwing(a) && a.node,
    decide: (a, _context, command) => end.close(a, command),
  },
  progress: {
    schema: COMMANDS.progress,
    scope: 'report',
    who: ['holder'],
    isOpen: isOwing,
    decide: (a, _context, command) => word.progress(a, command),
  },
  'request-extension': {
    schema: COMMANDS['request-extension'],
    scope: 'report',
    who: ['holder'],
    isOpen: (a) => isOwing(a) && a.extension === null,
    decide: time.requestExtension,
  },
  'decide-extension': {
    schema: COMMANDS['decide-extension'],
    scope: 'command',
    who: ['issuer'],
    orders: true,
    isOpen: (a) => a.extension !== null,
    decide: time.decideExtension,
  },
  reschedule: {
    schema: COMMANDS.reschedule,
    scope: 'command',
    who: ['above'],
    orders: true,
    isOpen: isOwing,
    decide: time.reschedule,
  },
  decompose: {
    schema: COMMANDS.decompose,
    scope: 'command',
    who: ['holder'],
    needs: 'parts',
    passes: true,
    isOpen: (a) => isOwing(a) && a.transfer === null && a.presented === null,
    decide: custody.decompose,
  },
  transfer: {
    schema: COMMANDS.transfer,
    scope: 'command',
    who: ['holder'],
    names: (_a, command) => placeOf(command),
    isOpen: (a) => isOwing(a) && a.transfer === null,
    decide: custody.transfer,
  },
  'accept-transfer': {
    schema: COMMANDS['accept-transfer'],
    scope: 'command',
    who: ['target'],
    names: ({ transfer }) => transfer?.to,
    passes: true,
    isOpen: isTransferAsked,
    decide: custody.acceptTransfer,
  },
  'decline-transfer': {
    schema: COMMANDS['decline-transfer'],
    scope: 'command',
    who: ['target'],
    isOpen: isTransferAsked,
    decide: (a, _context, command) => custody.declineTransfer(a, command),
  },
  decline: {
    schema: COMMANDS.decline,
    scope: 'report',
    who: ['holder'],
    isOpen: (a) => isOwing(a) && a.declining === null,
    decide: (a, _context, command) => custody.decline(a, command),
  },
  'decide-decline': {
    schema: COMMANDS['decide-decline'],
    scope: 'command',
    who: ['issuer'],
    names: (_a, { unit }) => (unit === undefined ? undefined : unitPlace(unit)),
    orders: true,
    passes: true,
    isOpen: (a) => a.declining !== null,
    decide: custody.decideDecline,
  },
  suspend: {
    schema: COMMANDS.suspend,
    scope: 'command',
    who: ['issuer'],
    orders: true,
    isOpen: (a) => !isSettled(a) && a.suspended === null,
    decide: time.suspend,
  },
  resume: {
    schema: COMMANDS.resume,
    scope: 'command',
    who: ['issuer'],
    whileSuspended: true,
    orders: true,
    isOpen: (a) => a.suspended?.until[a.id] !== undefined,
    decide: time.resume,
  },
  share: {
    schema: COMMANDS.share,
    scope: 'command',
    who: ['holder'],
    names: (_a, { to }, directory) => placeOf(to, directory),
    isOpen: (a) => a.phase !== 'cancelled',
    decide: custody.share,
  },
  urge: {
    schema: COMMANDS.urge,
    scope: 'command',
    who: ['above'],
    isOpen: isOwing,
    decide: word.urge,
  },
  comment: {
    schema: COMMANDS.comment,
    scope: 'report',
    who: ['sees'],
    whileSuspended: true,
    afterClosing: (_a, inTime) => inTime,
    isOpen: () => true,
    decide: (_a, _context, command) => word.comment(command),
  },
  escalate: {
    schema: COMMANDS.escalate,
    scope: 'command',
    who: ['above'],
    isOpen: (a, { clocks }) => byHand.nextRungs(a, clocks).length > 0,
    decide: byHand.escalate,
  },
};
