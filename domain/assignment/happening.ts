// The events of an assignment: each by its name, with its data; append only, read for ever.
import { z } from 'zod';
import { Clock } from '../policy/policy.ts';
import { DueBasis } from './due-basis.ts';

/** A field not yet recorded, or that does not apply, is left out; it is never undefined. */
const later = <T extends z.ZodType>(schema: T): z.ZodExactOptional<T> => schema.exactOptional();
const Mark = z.literal(true).exactOptional();
const Text = z.string();
/** ISO; as they were written, in any form. */
const At = z.string();
const Count = z.int().min(0);
const Unit = z.templateLiteral(['unit/', z.string()]);
export const PlaceText = z.union([Unit, z.templateLiteral(['taskForce/', z.string()])]);

/** The giver and number of the order an event carries out. */
const Carried = z.strictObject({ of: Text, n: Count });
export type Carried = z.infer<typeof Carried>;
/** Orders taken in, by who gave them. */
const Orders = z.record(Text, Count);

/** A roll-up's data about the figures it froze. */
const Coverage = z.strictObject({ expected: Count, reported: Count, approved: Count });
export type Coverage = z.infer<typeof Coverage>;

/** The people a clock told, and the place it passed to where the posts named were empty. */
const told = {
  notified: z.array(Text),
  passedTo: later(PlaceText),
  /** Reminders to liaison A without an answer, this one included. */
  unanswered: later(Count),
  /** Posts called in because of that silence. */
  broughtIn: later(z.array(Text)),
  /** Of the clock of the signature: no signature is waited for, only that the holder sends it up. */
  sends: Mark,
};

const rolledUp = {
  n: Count,
  digest: Text,
  final: z.boolean(),
  coverage: Coverage,
  values: z.record(Text, z.unknown()),
  onTime: z.boolean(),
  by: later(z.literal('holder')),
};
export type RolledUp = z.infer<z.ZodObject<typeof rolledUp>>;

/** One number for each basis figures are read on. */
const FigureVersions = z.strictObject({ approved: z.number(), reported: z.number() });
export type FigureVersions = z.infer<typeof FigureVersions>;
/**
 * An event that takes something out of figures says by how much their versions rise for good, so that none falls or
 * comes twice. Left out where nothing is taken out, and in events of before.
 */
export type Losing = { lost?: FigureVersions };
const recorded = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject({ ...shape, lost: later(FigureVersions) });

/** Each reads every shape ever written of it: add types and optional fields, never rename, never require. */
export const EVENT_DATA = {
  issued: recorded({
    item: Text,
    parent: Text.nullable(),
    taskForce: Text,
    unit: Text.nullable(),
    holder: PlaceText,
    node: z.boolean(),
    dueAt: At,
    acknowledgeBy: At.nullable(),
    basis: later(DueBasis),
    carried: later(Orders),
  }),
  /** `amendment`: its number, taken note of. `slips`: how many are countersigned with it. */
  acknowledged: recorded({ implied: Mark, amendment: later(Count), slips: later(Count) }),
  progressed: recorded({ note: Text, percent: later(z.number()) }),
  /** `onBehalf`: brought by the issuer, who is the actor; where the unit's leader has signed it since, `by` names him. */
  submitted: recorded({
    version: Count,
    digest: Text,
    onTime: z.boolean(),
    zeroReport: Mark,
    onBehalf: Mark,
    by: later(Text),
  }),
  corrected: recorded({ version: Count, digest: Text, note: Text }),
  /** A report waits for its leader's signature; without a version it is the merged one. */
  presented: recorded({
    version: later(Count),
    digest: later(Text),
    note: later(Text),
    zeroReport: Mark,
    onBehalf: Mark,
  }),
  signed: recorded({ version: later(Count) }),
  /** All is in below a node that sends nothing up by itself: the copy of that digest waits for a hand. */
  gathered: recorded({ digest: Text, asks: z.enum(['signature', 'sending']) }),
  /** The holder takes back what waits for review; `unsigned`: what waited for the signature, `version` null for the merged one. */
  withdrawn: recorded({
    version: Count.nullable(),
    reason: later(Text),
    correction: Mark,
    unsigned: Mark,
  }),
  /**
   * By the issuer; `carried`: orders given so far are none of its business any more; `version`: what had been approved
   * waits for review again, and not a correction of it that was given back or taken back; `below`: what was opened below a
   * node, which owes its report again.
   */
  reopened: recorded({
    was: z.enum(['submitted', 'approved', 'missing', 'cancelled']),
    below: later(Text),
    version: later(Count),
    reason: Text,
    dueAt: later(At),
    acknowledgeBy: later(At),
    carried: Orders,
  }),
  /** A node's holder has added a part of his own to what is merged from below. */
  partAdded: recorded({ version: Count, digest: Text, note: later(Text) }),
  /** `sameHands`: by a person who also acts for the holder, or who handed the report in. */
  approved: recorded({
    version: Count,
    note: later(Text),
    auto: Mark,
    carried: later(Carried),
    sameHands: Mark,
  }),
  returned: recorded({
    version: Count,
    reason: Text,
    fields: z.array(Text),
    dueAt: later(At),
    correction: Mark,
    sameHands: Mark,
  }),
  extensionRequested: recorded({ dueAt: At, reason: Text }),
  /** `together`: what is due below at the very same time goes along, however little of the way is working time. */
  extensionDecided: recorded({
    granted: z.boolean(),
    reason: later(Text),
    dueAt: later(At),
    was: later(At),
    shiftMs: later(z.number()),
    together: Mark,
  }),
  /** Codes of the units directly below, and how many assignments that makes in all. */
  decomposed: recorded({ units: z.array(Text), assignments: Count }),
  transferRequested: recorded({ to: PlaceText, reason: Text }),
  /** `ruled`: by the issuer's decision; the new holder has not received it yet, and must by `acknowledgeBy`. */
  transferred: recorded({
    from: PlaceText,
    to: PlaceText,
    reason: Text,
    ruled: Mark,
    acknowledgeBy: later(At),
  }),
  transferDeclined: recorded({ to: PlaceText, reason: Text }),
  declined: recorded({ basis: Text }),
  declineDecided: recorded({ accepted: z.boolean(), reason: Text, to: later(PlaceText) }),
  suspended: recorded({ since: At, until: At, reason: Text.nullable(), carried: later(Carried) }),
  /** `of`: whose suspension ends; `pausedMs`: working time the clocks stood still, 0 while another still holds. */
  resumed: recorded({
    of: Text,
    resumedAt: At,
    pausedMs: z.number(),
    dueAt: later(At),
    was: later(At),
    acknowledgeBy: later(At),
    auto: Mark,
    carried: later(Carried),
  }),
  /**
   * The due time moves because of something that did not happen here, or by a place above: then with
   * `shiftMs` where it is later (`together` as in an extension), without where it is earlier.
   */
  rescheduled: recorded({
    dueAt: At,
    was: At,
    cause: z.enum(['extension', 'calendar', 'slack', 'reschedule']),
    reason: later(Text),
    shiftMs: later(z.number()),
    together: Mark,
    basis: later(DueBasis),
    acknowledgeBy: later(At),
    carried: later(Carried),
  }),
  amended: recorded({
    amendment: Count,
    note: Text,
    acknowledgeBy: later(At),
    carried: Carried,
    dueAt: later(At),
    was: later(At),
    basis: later(DueBasis),
  }),
  /** `below`: one of many at once, by whose call: a node's id or the directive's. Its people are told here for all they owe. */
  urged: recorded({
    note: later(Text),
    notified: z.array(Text),
    below: later(Text),
    passedTo: later(PlaceText),
  }),
  commented: recorded({ text: Text }),
  shared: recorded({ to: PlaceText }),
  cancelled: recorded({ reason: Text.nullable(), carried: later(Carried) }),
  closed: recorded({
    outcome: z.enum(['collecting-ended', 'missing', 'closing']),
    note: later(Text),
    carried: later(Carried),
  }),
  receiptOverdue: recorded({ acknowledgeBy: At }),
  /** `waiting`: a node that is told what it waits for, not blamed. */
  overdue: recorded({ dueAt: At, waiting: Mark }),
  reminded: recorded({
    ...told,
    clock: Clock,
    before: later(Text),
    of: later(At),
    skipped: later(Count),
  }),
  escalated: recorded({
    ...told,
    clock: Clock,
    rung: Count,
    after: Text,
    of: At,
    notify: z.array(Text),
    slip: later(z.enum(['blue', 'yellow', 'red'])),
    missed: later(z.array(Count)),
    repeated: Mark,
    /** Others are waited for, not the holder: it says nothing of the unit. Left out before that was told apart. */
    others: Mark,
    /** By the issuer's hand, not by the clock. */
    manual: Mark,
    note: later(Text),
  }),
  rolledUp: recorded(rolledUp),
  restated: recorded({ ...rolledUp, old: z.record(Text, z.unknown()) }),
} as const;

export type EventType = keyof typeof EVENT_DATA;
export type EventData = { [T in EventType]: z.infer<(typeof EVENT_DATA)[T]> };
/** An event before it has a place in a desk's log. */
export type NewEvent = { [T in EventType]: { type: T; data: EventData[T] & Losing } }[EventType];
/** `at` is an ISO instant, `actor` a person or null for the clockwork. */
export type Happening = NewEvent & { at: string; actor: string | null };
