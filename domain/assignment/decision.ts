// The inputs of a decision, and the helpers deciders share.
import type { Relation } from '../access/relation.ts';
import { isAmended, type Assignment } from './assignment.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { ClockContext } from './clock-context.ts';
import type { Reach } from '../policy/reach.ts';
import type { Fault, Refusal } from '../failure.ts';
import type { NewEvent, RolledUp } from './happening.ts';
import type { Millis } from '../instant.ts';
import type { Place } from '../organisation/organisation.ts';

/** The form's findings in a report, and the digest of its content. `warnings` stop nothing. */
export type Findings = { faults: Fault[]; digest: string; warnings?: Fault[] };

/** The merged report at a node, as its roll-up would freeze it now. */
export type Merged = Omit<RolledUp, 'n' | 'onTime' | 'by'>;

/** The place a command names, judged against the holders of this moment. */
export type NamedPlace = {
  /** Null where the command names none, or two. */
  place: Place | null;
  known: boolean;
  isHolder: boolean;
  /** Holds an assignment above, or is the office. */
  isAbove: boolean;
  /** Holds an assignment below. */
  isBelow: boolean;
};

/** Parts to be handed out: the units directly below, all assignments they make, and what is wrong with them. */
export type DecisionParts = { units: string[]; assignments: number; faults: Fault[] };

/** One urge of many below `of`, a node or a directive: its people are told here, and not again at their others. */
export type Called = { of: string; notified: string[] };

/** Everything a decision depends on besides the assignment and the command. */
export type DecideContext = {
  /** When the command was received. */
  received: Millis;
  relation: Relation;
  /** The person who gives the command. */
  person: string;
  directive: { phase: 'open' | 'closed' | 'cancelled'; correctionsUntil: Millis | null };
  review: 'manual' | 'auto';
  /** Must the holder's leader sign before a report leaves? Not where the place has no leader. */
  signs: boolean;
  /** The levels above, top first, each after it has taken in the orders above it; none where that is the office. */
  above: readonly Pick<Assignment, 'phase' | 'suspended'>[];
  /** How many orders each above has given. */
  ordersAbove: Record<string, number>;
  /** Has the office handed figures up to the superior? */
  handedUp: boolean;
  /** Due time of the level above, after it has taken in the orders above it. */
  parentDueAt: Millis;
  calendar: Calendar;
  /** The ladder, for an escalation by hand. */
  clocks: ClockContext;
  reach: Reach;
  /** `submit` with a report of one's own, and `return`. */
  findings: Findings;
  /** `submit` or `sign` of a node. */
  merged: Merged | null;
  /** `transfer`, `accept-transfer`, `decide-decline`, `share`. */
  named: NamedPlace | null;
  /** `decompose`. */
  parts: DecisionParts | null;
  /** `urge` as one of many: the people this one tells, each once. Null for one by itself. */
  called: Called | null;
};

export type Decision = NewEvent[] | Refusal;

/** The inputs for listing the verbs possible now. */
export type AllowedContext = Pick<
  DecideContext,
  'relation' | 'directive' | 'received' | 'signs' | 'clocks' | 'above' | 'handedUp'
>;

/** Is a correction under way that was handed in in time? It counts, however late it is signed and approved. */
export const isCorrectionPending = (a: Assignment): boolean =>
  a.phase === 'approved' && !a.node && (a.correcting || a.presented !== null);

/** The receipt, and the note taken of an amendment, that every report implies. */
export function impliedReceipt(a: Assignment): NewEvent[] {
  if (a.acknowledgedAt !== null && !isAmended(a)) return [];
  return [{ type: 'acknowledged', data: { implied: true, ...ofAmendment(a) } }];
}

export const ofAmendment = (a: Assignment): { amendment?: number } =>
  isAmended(a) && a.amended !== null ? { amendment: a.amended.amendment } : {};
