// What a command does to an assignment: events, or a refusal by name, in the contract's order (api.md §2).
import type { Relation } from './access.ts';
import { isSettled, type Assignment, type NewEvent, type RolledUp } from './assignment.ts';
import { VERBS, type Command, type CommandOf, type Verb } from './command.ts';
import { refuse, refuseFaults, type Fault, type Refusal } from './failure.ts';
import { toIso, type Millis } from './instant.ts';

/** What the form found in a report, and the digest of its content. */
export type Findings = { faults: Fault[]; digest: string };

/** The merged report at a node, as its roll-up would freeze it now. */
export type Merged = Omit<RolledUp, 'n' | 'onTime' | 'by'>;

/** Everything a decision depends on besides the assignment and the command. */
export type DecideContext = {
  /** When the command was received. */
  received: Millis;
  relation: Relation;
  directive: { phase: 'open' | 'closed' | 'cancelled'; correctionsUntil: Millis | null };
  review: 'manual' | 'auto';
  /** Due time of the level above. */
  parentDueAt: Millis;
  /** `submit` of a leaf and `return`. */
  findings: Findings;
  /** `submit` of a node. */
  merged: Merged | null;
};

export type Decision = NewEvent[] | Refusal;

/** Which relation each verb asks for. */
const ACTOR: Record<Verb, 'holder' | 'issuer'> = {
  acknowledge: 'holder',
  submit: 'holder',
  close: 'holder',
  approve: 'issuer',
  return: 'issuer',
  cancel: 'issuer',
};

/** 404 for what is none of one's business, 403 for what one sees and may not do; null where one may. */
export function permit(relation: Relation, verb: Verb): Refusal | null {
  if (!relation.sees) return refuse('NOT_FOUND');
  return relation[ACTOR[verb]] ? null : refuse('FORBIDDEN');
}

export function decide(a: Assignment, context: DecideContext, command: Command): Decision {
  const refused = permit(context.relation, command.verb) ?? directiveOver(a, context, command.verb);
  if (refused) return refused;
  switch (command.verb) {
    case 'acknowledge':
      return acknowledge(a);
    case 'submit':
      return a.node ? sendUp(a, context) : submit(a, context, command);
    case 'approve':
      return approve(a, command);
    case 'return':
      return giveBack(a, context, command);
    case 'cancel':
      return cancel(a, command);
    case 'close':
      return close(a, command);
  }
}

/** After closing only corrections live: a submit on an approved report, approval or return of one (design.md §3). */
function directiveOver(
  a: Assignment,
  context: Pick<DecideContext, 'directive' | 'received'>,
  verb: Verb,
): Refusal | null {
  const { phase, correctionsUntil } = context.directive;
  if (phase === 'open') return null;
  if (phase === 'cancelled') return refuse('DIRECTIVE_CANCELLED');
  const inTime = correctionsUntil !== null && context.received < correctionsUntil;
  const correction =
    a.phase === 'approved' &&
    !a.node &&
    (verb === 'submit' || ((verb === 'approve' || verb === 'return') && a.correcting));
  return inTime && correction ? null : refuse('DIRECTIVE_CLOSED');
}

function acknowledge(a: Assignment): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.acknowledgedAt !== null) return refuse('ALREADY_ACKNOWLEDGED');
  return [{ type: 'acknowledged', data: {} }];
}

function submit(a: Assignment, context: DecideContext, command: CommandOf<'submit'>): Decision {
  if (a.phase === 'submitted') return refuse('ALREADY_SUBMITTED');
  if (a.phase === 'approved') return correct(a, context, command);
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (context.findings.faults.length > 0) return refuseFaults(context.findings.faults);
  const version = a.current + 1;
  const events: NewEvent[] = [];
  if (a.acknowledgedAt === null) events.push({ type: 'acknowledged', data: { implied: true } });
  events.push({
    type: 'submitted',
    data: {
      version,
      digest: context.findings.digest,
      onTime: context.received <= a.dueAt,
      ...(command.zeroReport ? { zeroReport: true as const } : {}),
    },
  });
  if (context.review === 'auto') events.push({ type: 'approved', data: { version, auto: true } });
  return events;
}

/** On an approved report a submit with a note opens a new version beside the one that counts. */
function correct(a: Assignment, context: DecideContext, command: CommandOf<'submit'>): Decision {
  if (a.correcting) return refuse('ALREADY_SUBMITTED');
  if (!command.note) return refuse('ALREADY_SETTLED');
  if (context.findings.faults.length > 0) return refuseFaults(context.findings.faults);
  const version = a.current + 1;
  const events: NewEvent[] = [
    { type: 'corrected', data: { version, digest: context.findings.digest, note: command.note } },
  ];
  if (context.review === 'auto') events.push({ type: 'approved', data: { version, auto: true } });
  return events;
}

/** A node's holder sends the merged report up himself. */
function sendUp(a: Assignment, context: DecideContext): Decision {
  if (isSettled(a)) return refuse('ALREADY_SETTLED');
  if (a.phase === 'submitted') return refuse('ALREADY_SUBMITTED');
  const { merged } = context;
  if (merged === null || (merged.coverage.approved === 0 && merged.coverage.expected > 0)) {
    return refuse('NOTHING_REPORTED');
  }
  if (context.findings.faults.length > 0) return refuseFaults(context.findings.faults);
  return rollUp(a, { ...merged, received: context.received, review: context.review, by: 'holder', old: {} });
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
 * that of the copy before, unless that was returned and the holder, or a close from above, sends it again.
 */
export function rollUp(a: Assignment, context: RollUpContext): NewEvent[] {
  if (a.phase === 'cancelled' || a.phase === 'missing') return [];
  const same = a.copy?.digest === context.digest && a.copy.final === context.final;
  const again = a.phase === 'returned' && (context.by === 'holder' || a.closing !== null);
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

function approve(a: Assignment, command: CommandOf<'approve'>): Decision {
  if (a.phase !== 'submitted' && !a.correcting)
    return refuse(isSettled(a) ? 'ALREADY_SETTLED' : 'NOT_SUBMITTED');
  const note = command.note ? { note: command.note } : {};
  return [{ type: 'approved', data: { version: a.current, ...note } }];
}

function giveBack(a: Assignment, context: DecideContext, command: CommandOf<'return'>): Decision {
  if (a.phase !== 'submitted' && !a.correcting)
    return refuse(isSettled(a) ? 'ALREADY_SETTLED' : 'NOT_SUBMITTED');
  const faults = [...context.findings.faults];
  if (!command.reason) faults.unshift({ path: 'reason', code: 'REQUIRED' });
  const due = command.due === undefined ? null : Date.parse(command.due);
  if (due !== null && due <= context.received) faults.push({ path: 'due', code: 'DUE_IN_PAST' });
  if (due !== null && due > context.parentDueAt) faults.push({ path: 'due', code: 'DUE_AFTER_PARENT' });
  // What is below a node was due by the node's own time (law 2); it may get a later one, never an earlier.
  if (due !== null && a.node && due < a.dueAt) faults.push({ path: 'due', code: 'DUE_BEFORE_CHILDREN' });
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
      },
    },
  ];
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
  context: Pick<DecideContext, 'relation' | 'directive' | 'received'>,
): Verb[] {
  const owed = !isSettled(a) && a.phase !== 'submitted';
  const inReview = a.phase === 'submitted' || a.correcting;
  const inState: Record<Verb, boolean> = {
    acknowledge: !isSettled(a) && a.acknowledgedAt === null,
    submit: owed || (a.phase === 'approved' && !a.node && !a.correcting),
    close: owed && a.node,
    approve: inReview,
    return: inReview,
    cancel: !isSettled(a),
  };
  return VERBS.filter(
    (verb) =>
      inState[verb] && permit(context.relation, verb) === null && directiveOver(a, context, verb) === null,
  );
}
