// Commands about the report: submitted, signed, added to, sent up, approved, given back.
import { isSettled, type Assignment } from './assignment.ts';
import type { CommandOf } from './command.ts';
import { impliedReceipt, type DecideContext, type Decision, type Merged } from './decision.ts';
import { refuse, refuseFaults } from '../failure.ts';
import type { EventData, NewEvent } from './happening.ts';
import { toIso, type Millis } from '../instant.ts';

type Submit = CommandOf<'submit'>;

/** Does a node's submit carry an own part of the holder? Without values it sends the merged report up. */
export const bringsPart = ({ values, rows }: Pick<Submit, 'values' | 'rows'>): boolean =>
  Object.keys(values ?? {}).length + Object.keys(rows ?? {}).length > 0;

export function submit(a: Assignment, context: DecideContext, command: Submit): Decision {
  if (command.onBehalf) return bring(a, context, command);
  if (a.node && bringsPart(command)) return addPart(a, context, command);
  if (!context.relation.holder) return refuse('FORBIDDEN');
  return a.node ? sendUp(a, context) : report(a, context, command);
}

/**
 * The issuer brings the report of a unit that could not do it itself. It counts as the unit's own but for two
 * points: it is no receipt, and only the unit may correct an approved report.
 */
function bring(a: Assignment, context: DecideContext, command: Submit): Decision {
  if (a.node) return refuse('NOT_ON_BEHALF');
  if (a.phase === 'submitted') return refuse('ALREADY_SUBMITTED');
  if (a.phase === 'approved') return refuse('ALREADY_SETTLED', { words: 'CORRECTED_BY_UNIT' });
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.presented !== null && !a.presented.onBehalf) return refuse('SIGNATURE_PENDING');
  if (context.findings.faults.length > 0) return refuseFaults(context.findings.faults);
  const { digest } = context.findings;
  const zeroReport = command.zeroReport ? { zeroReport: true as const } : {};
  const data = { version: nextVersion(a), digest, ...zeroReport, onBehalf: true as const };
  if (mustWait(context)) return [{ type: 'presented', data }];
  return handedIn(context, { ...data, dueAt: a.dueAt });
}

/** The next number of a report: those waiting for a signature have theirs already, or had. */
const nextVersion = (a: Assignment): number => Math.max(a.current, a.presented?.version ?? 0, a.used) + 1;

function report(a: Assignment, context: DecideContext, command: Submit): Decision {
  if (a.phase === 'submitted') return refuse('ALREADY_SUBMITTED');
  if (a.phase === 'approved') return correct(a, context, command);
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (context.findings.faults.length > 0) return refuseFaults(context.findings.faults);
  const version = nextVersion(a);
  const { digest } = context.findings;
  const zeroReport = command.zeroReport ? { zeroReport: true as const } : {};
  if (mustWait(context))
    return [...impliedReceipt(a), { type: 'presented', data: { version, digest, ...zeroReport } }];
  return [...impliedReceipt(a), ...handedIn(context, { version, digest, dueAt: a.dueAt, ...zeroReport })];
}

/** The leader's own report needs no second signature. */
const mustWait = ({ signs, relation }: DecideContext): boolean => signs && !relation.leader;

function handedIn(
  context: DecideContext,
  report: Omit<EventData['submitted'], 'onTime'> & { dueAt: Millis },
): NewEvent[] {
  const { dueAt, ...data } = report;
  const events: NewEvent[] = [{ type: 'submitted', data: { ...data, onTime: context.received <= dueAt } }];
  return [...events, ...passed(context, data.version)];
}

const passed = ({ review }: DecideContext, version: number): NewEvent[] =>
  review === 'auto' ? [{ type: 'approved', data: { version, auto: true } }] : [];

/** On an approved report a submit with a note opens a new version beside the one that counts. */
function correct(a: Assignment, context: DecideContext, command: Submit): Decision {
  if (a.correcting) return refuse('ALREADY_SUBMITTED');
  const { note } = command;
  if (!note) return refuse('ALREADY_SETTLED', { words: 'CORRECTION_NEEDS_NOTE' });
  if (context.findings.faults.length > 0) return refuseFaults(context.findings.faults);
  const version = nextVersion(a);
  const { digest } = context.findings;
  if (mustWait(context)) return [{ type: 'presented', data: { version, digest, note } }];
  return [{ type: 'corrected', data: { version, digest, note } }, ...passed(context, version)];
}

/** A node holder's own part, beside what is merged from below; once the report has passed it needs a reason. */
function addPart(a: Assignment, context: DecideContext, command: Submit): Decision {
  if (a.phase === 'submitted') return refuse('ALREADY_SUBMITTED');
  if (isSettled(a) && (a.phase !== 'approved' || !command.note)) return refuse('ALREADY_SETTLED');
  if (context.findings.faults.length > 0) return refuseFaults(context.findings.faults);
  const note = command.note ? { note: command.note } : {};
  const data = { version: a.part + 1, digest: context.findings.digest, ...note };
  return [...impliedReceipt(a), { type: 'partAdded', data }];
}

/** A node's holder sends the merged report up himself. */
function sendUp(a: Assignment, context: DecideContext): Decision {
  const refused = notReady(a, context);
  if (refused) return refused;
  if (context.findings.faults.length > 0) return refuseFaults(context.findings.faults);
  if (mustWait(context)) return [...impliedReceipt(a), { type: 'presented', data: {} }];
  return [...impliedReceipt(a), ...sentUp(a, context)];
}

function notReady(a: Assignment, { merged }: DecideContext): Decision | null {
  // Changes since the copy that went up wait to be sent after it.
  const isStale = a.gathered !== null && (a.phase === 'submitted' || a.phase === 'approved');
  if (isSettled(a) && !isStale) return refuse('ALREADY_SETTLED');
  if (a.phase === 'submitted' && !isStale) return refuse('ALREADY_SUBMITTED');
  if (merged === null) return refuse('NOTHING_REPORTED');
  // Where the collecting has ended without a report, the empty result is sent.
  const { final, coverage } = merged;
  const isEmpty = !final && coverage.approved === 0 && coverage.expected > 0 && a.part === 0;
  return isEmpty ? refuse('NOTHING_REPORTED') : null;
}

const sentUp = (a: Assignment, context: DecideContext): NewEvent[] =>
  context.merged === null
    ? []
    : rollUp(a, {
        ...context.merged,
        received: context.received,
        review: context.review,
        by: 'holder',
        old: {},
      });

/** The leader's signature lets the report leave; a node's leader may send it up without its having been presented. */
export function sign(a: Assignment, context: DecideContext): Decision {
  if (a.node) {
    if (!context.signs) return refuse('NOTHING_TO_SIGN');
    return (
      notReady(a, context) ?? [...impliedReceipt(a), { type: 'signed', data: {} }, ...sentUp(a, context)]
    );
  }
  const { presented } = a;
  if (presented?.version == null) return refuse('NOTHING_TO_SIGN');
  const { version, note } = presented;
  const digest = presented.digest ?? '';
  const signed: NewEvent = { type: 'signed', data: { version } };
  if (a.phase === 'approved')
    return [
      signed,
      { type: 'corrected', data: { version, digest, note: note ?? '' } },
      ...passed(context, version),
    ];
  const zeroReport = presented.zeroReport ? { zeroReport: true as const } : {};
  const brought = presented.onBehalf ? { onBehalf: true as const, by: presented.by } : {};
  return [signed, ...handedIn(context, { version, digest, dueAt: a.dueAt, ...zeroReport, ...brought })];
}

export type RollUpContext = Merged & {
  received: Millis;
  review: 'manual' | 'auto';
  by?: 'holder';
  /** Values of the copy before, for a restatement. */
  old: Record<string, unknown>;
};

/**
 * Sends copy n of the merged report up: `rolledUp` the first time, `restated` after it. Nothing where the digest is
 * that of the copy before, unless that was returned or taken back and the holder, or a close from above, sends it again.
 */
export function rollUp(a: Assignment, context: RollUpContext): NewEvent[] {
  if (a.phase === 'cancelled' || a.phase === 'missing') return [];
  const same = a.copy?.digest === context.digest && a.copy.final === context.final;
  const isBack = a.phase === 'returned' || a.withdrawn !== null || a.gathered !== null;
  const again = isBack && (context.by === 'holder' || (a.closing !== null && context.final));
  if (same && !again) return [];
  const data = {
    n: a.current + 1,
    digest: context.digest,
    final: context.final,
    coverage: context.coverage,
    values: context.values,
    onTime: context.received <= a.dueAt,
    ...(context.by ? { by: context.by } : {}),
  };
  const events: NewEvent[] = [
    a.copy === null ? { type: 'rolledUp', data } : { type: 'restated', data: { ...data, old: context.old } },
  ];
  if (context.final && !isSettled(a) && (context.review === 'auto' || a.closing !== null)) {
    events.push({ type: 'approved', data: { version: data.n, auto: true } });
  }
  return events;
}

/** By whose hand a copy goes up; null where it goes by itself. */
export type SendingHand = EventData['gathered']['asks'] | null;

/**
 * What the clockwork does with the merged report: it sends it up; or, where each copy needs a hand, asks for that once
 * all is in, and again when the figures have become others.
 */
export function sendOrAsk(a: Assignment, context: RollUpContext, hand: SendingHand): NewEvent[] {
  if (hand === null) return rollUp(a, context);
  if (a.phase === 'cancelled' || a.phase === 'missing' || !context.final) return [];
  const isSent = a.copy?.digest === context.digest && a.copy.final;
  if (isSent || a.gathered?.digest === context.digest) return [];
  return [{ type: 'gathered', data: { digest: context.digest, asks: hand } }];
}

/** A person may judge their own report, because few people hold many posts; the event marks it for readers. */
const hands = (a: Assignment, { relation, person }: DecideContext): { sameHands?: true } =>
  relation.holder || a.reportedBy === person ? { sameHands: true } : {};

export function approve(a: Assignment, context: DecideContext, command: CommandOf<'approve'>): Decision {
  if (a.phase !== 'submitted' && !a.correcting)
    return refuse(isSettled(a) ? 'ALREADY_SETTLED' : 'NOT_SUBMITTED');
  const note = command.note ? { note: command.note } : {};
  return [{ type: 'approved', data: { version: a.current, ...note, ...hands(a, context) } }];
}

export function giveBack(a: Assignment, context: DecideContext, command: CommandOf<'return'>): Decision {
  if (a.phase !== 'submitted' && !a.correcting)
    return refuse(isSettled(a) ? 'ALREADY_SETTLED' : 'NOT_SUBMITTED');
  const faults = [...context.findings.faults];
  if (!command.reason) faults.unshift({ path: 'reason', code: 'REQUIRED' });
  const due = command.due === undefined ? null : Date.parse(command.due);
  if (due !== null && due <= context.received)
    faults.push({ path: 'due', code: 'DUE_IN_PAST', params: { after: toIso(context.received) } });
  if (due !== null && due > context.parentDueAt)
    faults.push({
      path: 'due',
      code: 'DUE_AFTER_PARENT',
      params: { parentDueAt: toIso(context.parentDueAt) },
    });
  // What is below a node was due by the node's own time (law 2); it may get a later one, never an earlier.
  if (due !== null && a.node && due < a.dueAt)
    faults.push({ path: 'due', code: 'DUE_BEFORE_CHILDREN', params: { dueAt: toIso(a.dueAt) } });
  if (faults.length > 0 || !command.reason) return refuseFaults(faults);
  return [
    {
      type: 'returned',
      data: {
        version: a.current,
        reason: command.reason,
        fields: command.fields ?? [],
        ...(due === null || a.correcting ? {} : { dueAt: toIso(due) }),
        ...(a.correcting ? { correction: true as const } : {}),
        ...hands(a, context),
      },
    },
  ];
}
