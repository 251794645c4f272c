// What can happen to an assignment: each event by its name, with what it records; append only, read for ever.
import type { DueBasis } from './due-basis.ts';
import type { Place } from '../organisation/organisation.ts';
import type { Clock } from '../clock/policy.ts';

/** Which order of whom an event carries out. */
export type Carried = { of: string; n: number };

/** What a roll-up says of the figures it froze. */
export type Coverage = { expected: number; reported: number; approved: number };

/** What a due time becomes, and what it was; ISO. */
type Retimed = { dueAt: string; was: string };

/** Whom a clock spoke to, and whether it had to be somebody else. */
type Told = {
  notified: string[];
  passedTo?: Place;
  /** Reminders to liaison A without an answer, this one included. */
  unanswered?: number;
  /** Posts called in because of that silence. */
  broughtIn?: string[];
  /** Of the clock of the signature: no signature is waited for, only that the holder sends it up. */
  sends?: true;
};

export type EventData = {
  issued: {
    item: string;
    parent: string | null;
    taskForce: string;
    unit: string | null;
    holder: Place;
    node: boolean;
    dueAt: string;
    acknowledgeBy: string | null;
    basis?: DueBasis;
    carried?: Record<string, number>;
  };
  /** `amendment`: its number, taken note of. `slips`: how many are countersigned with it. */
  acknowledged: { implied?: true; amendment?: number; slips?: number };
  progressed: { note: string; percent?: number };
  /** `onBehalf`: brought by the issuer, who is the actor; where the unit's leader has signed it since, `by` names him. */
  submitted: {
    version: number;
    digest: string;
    onTime: boolean;
    zeroReport?: true;
    onBehalf?: true;
    by?: string;
  };
  corrected: { version: number; digest: string; note: string };
  /** A report waits for its leader's signature; without a version it is the merged one. */
  presented: { version?: number; digest?: string; note?: string; zeroReport?: true; onBehalf?: true };
  signed: { version?: number };
  /** All is in below a node that sends nothing up by itself: the copy of that digest waits for a hand. */
  gathered: { digest: string; asks: 'signature' | 'sending' };
  /** The holder takes back what waits for review; `unsigned`: what waited for the signature, `version` null for the merged one. */
  withdrawn: { version: number | null; reason?: string; correction?: true; unsigned?: true };
  /**
   * By the issuer; `carried`: orders given so far are none of its business any more; `version`: what had been approved
   * waits for review again, and not a correction of it that was given back or taken back; `below`: what was opened below a
   * node, which owes its report again.
   */
  reopened: {
    was: 'submitted' | 'approved' | 'missing' | 'cancelled';
    reason: string;
    below?: string;
    dueAt?: string;
    acknowledgeBy?: string;
    version?: number;
    carried: Record<string, number>;
  };
  /** A node's holder has added a part of his own to what is merged from below. */
  partAdded: { version: number; digest: string; note?: string };
  /** `sameHands`: by somebody who also acts for the holder, or who handed the report in. */
  approved: { version: number; note?: string; auto?: true; carried?: Carried; sameHands?: true };
  returned: {
    version: number;
    reason: string;
    fields: string[];
    dueAt?: string;
    correction?: true;
    sameHands?: true;
  };
  extensionRequested: { dueAt: string; reason: string };
  extensionDecided: { granted: boolean; reason?: string; dueAt?: string; was?: string; shiftMs?: number };
  /** Codes of the units directly below, and how many assignments that makes in all. */
  decomposed: { units: string[]; assignments: number };
  transferRequested: { to: Place; reason: string };
  /** `ruled`: by the issuer's decision; whoever it goes to has not received it yet, and must by `acknowledgeBy`. */
  transferred: { from: Place; to: Place; reason: string; ruled?: true; acknowledgeBy?: string };
  transferDeclined: { to: Place; reason: string };
  declined: { basis: string };
  declineDecided: { accepted: boolean; reason: string; to?: Place };
  suspended: { since: string; until: string; reason: string | null; carried?: Carried };
  /** `of`: whose suspension ends; `pausedMs`: working time the clocks stood still, 0 while another still holds. */
  resumed: {
    of: string;
    resumedAt: string;
    pausedMs: number;
    dueAt?: string;
    was?: string;
    acknowledgeBy?: string;
    auto?: true;
    carried?: Carried;
  };
  /**
   * The due time moves because of something that did not happen here, or by the hand of somebody above: then with
   * `shiftMs` where it is later, without where it is earlier.
   */
  rescheduled: Retimed & {
    cause: 'extension' | 'calendar' | 'slack' | 'reschedule';
    reason?: string;
    shiftMs?: number;
    basis?: DueBasis;
    acknowledgeBy?: string;
    carried?: Carried;
  };
  amended: {
    amendment: number;
    note: string;
    acknowledgeBy?: string;
    carried: Carried;
  } & Partial<Retimed> & {
      basis?: DueBasis;
    };
  /** `below`: one of many at once, by whose call: a node's id or the directive's. Its people are told here for all they owe. */
  urged: { note?: string; notified: string[]; below?: string; passedTo?: Place };
  commented: { text: string };
  shared: { to: Place };
  cancelled: { reason: string | null; carried?: Carried };
  closed: { outcome: 'collecting-ended' | 'missing' | 'closing'; note?: string; carried?: Carried };
  receiptOverdue: { acknowledgeBy: string };
  /** `waiting`: a node that is told what it waits for, not blamed. */
  overdue: { dueAt: string; waiting?: true };
  reminded: Told & { clock: Clock; before?: string; of?: string; skipped?: number };
  escalated: Told & {
    clock: Clock;
    rung: number;
    after: string;
    of: string;
    notify: string[];
    slip?: 'blue' | 'yellow' | 'red';
    missed?: number[];
    repeated?: true;
    /** Others are waited for, not the holder: it says nothing of the unit. Left out before that was told apart. */
    others?: true;
    /** By the issuer's hand, not by the clock. */
    manual?: true;
    note?: string;
  };
  rolledUp: RolledUp;
  restated: RolledUp & { old: Record<string, unknown> };
};
export type RolledUp = {
  n: number;
  digest: string;
  final: boolean;
  coverage: Coverage;
  values: Record<string, unknown>;
  onTime: boolean;
  by?: 'holder';
};

export type EventType = keyof EventData;
/** One number for each basis figures are read on. */
export type FigureVersions = { approved: number; reported: number };
/**
 * What is taken out of figures says by how much their versions rise for good, so that none falls or comes twice. Left out
 * where nothing is, and in all that was written before.
 */
export type Losing = { lost?: FigureVersions };
/** What happened, before it has a place in a desk's log. */
export type NewEvent = { [T in EventType]: { type: T; data: EventData[T] & Losing } }[EventType];
/** `at` is an ISO instant, `actor` a person or null for the clockwork. */
export type Happening = NewEvent & { at: string; actor: string | null };
