// An assignment: its fields, its phases, and its beginning.
import type { DueBasis } from './due-basis.ts';
import type { EventData, FigureVersions } from './happening.ts';
import { toMillis, type Millis } from '../instant.ts';
import type { Order } from './order.ts';
import type { Place } from '../organisation/organisation.ts';
import type { Clock } from '../policy/policy.ts';

/*
 * phase         left by                                   ignored there
 * issued        acknowledged, submitted, cancelled, closed
 * acknowledged  submitted, rolledUp, cancelled, closed,   acknowledged
 *               transferred by a ruling (to issued)
 * submitted     approved, returned, cancelled, closed,    acknowledged, submitted
 *               withdrawn, and of a node reopened below
 *               it (to acknowledged, or issued)
 * returned      submitted, rolledUp, cancelled, closed    acknowledged
 * approved      (settled; `corrected` only opens a new version beside the approved one)
 *               reopened (to submitted; of a node where it was reopened below it to acknowledged, or issued),
 *               cancelled with a level above
 * cancelled     (settled) reopened (to acknowledged, or issued)
 * missing       (settled) reopened (to acknowledged, or issued), cancelled with a level above
 *
 * Beside the phase, each with a field of its own and over once the assignment is settled: suspended (from `suspended`
 * to the last `resumed`), extension, transfer and declining (from the request to its answer, or to the report),
 * presented (from `presented` to `signed`), gathered (from `gathered` to the copy sent), amended (from `amended` to the next `acknowledged`).
 */
export type Phase =
  'issued' | 'acknowledged' | 'submitted' | 'returned' | 'approved' | 'cancelled' | 'missing';

const SETTLED: ReadonlySet<Phase> = new Set<Phase>(['approved', 'cancelled', 'missing']);
const OWING: ReadonlySet<Phase> = new Set<Phase>(['issued', 'acknowledged', 'returned']);
export const isSettled = (assignment: Pick<Assignment, 'phase'>): boolean => SETTLED.has(assignment.phase);
/** Does the holder still owe the report? */
export const isOwing = (assignment: Pick<Assignment, 'phase'>): boolean => OWING.has(assignment.phase);
/** Has the directive been amended since the holder last took note? */
export const isAmended = ({ amended }: Pick<Assignment, 'amended'>): boolean =>
  amended !== null && amended.acknowledgedAt === null;
/** Does the holder owe a receipt, of the assignment or of its amendment? A report counts as a receipt. */
export const owesReceipt = (a: Assignment): boolean => a.phase === 'issued' || (isOwing(a) && isAmended(a));

/** How many rungs of a clock, from its foot, have been taken: by the clock or by hand. */
export const rungsTaken = (a: Assignment, clock: Clock): number =>
  Math.max(a.taken[clock]?.rungs ?? 0, a.lifted[clock]?.rungs ?? 0);

/** How far one clock has come: rungs taken, and when the last of them was due. */
export type ClockProgress = { rungs: number; at: Millis | null };

/** A request that waits for an answer; `pausedMs`: working time the clocks have stood still since. */
type Asked = { reason: string; at: Millis; by: string; pausedMs?: number };

/** Folding its events gives exactly this (law 7); plain JSON, times in epoch milliseconds. */
export type Assignment = {
  id: string;
  directive: string;
  item: string;
  parent: string | null;
  taskForce: string;
  /** The unit it was issued to; null for a task force's. */
  unit: string | null;
  holder: Place;
  /** Has handed parts out: its report is merged from below. */
  node: boolean;
  phase: Phase;
  issuedAt: Millis;
  acknowledgeBy: Millis | null;
  dueAt: Millis;
  acknowledgedAt: Millis | null;
  /** The last submission; the review clock runs from it. */
  submittedAt: Millis | null;
  settledAt: Millis | null;
  /** Of the first submission, by receipt. */
  onTime: boolean | null;
  /** Number of the last submission or roll-up; 0 before the first. */
  current: number;
  /** Number of the submission that counts; 0 before the first approval. */
  approved: number;
  /** An approved report with a newer version waiting for the issuer. */
  correcting: boolean;
  returned: { reason: string; fields: string[]; at: string; by: string } | null;
  escalation: number;
  overdue: boolean;
  reminded: number;
  taken: Partial<Record<Clock, ClockProgress>>;
  /** The last copy sent up: its digest, and whether all below was settled. */
  copy: { digest: string; final: boolean } | null;
  /** A close ordered from above: it passes without waiting for holder or issuer once all below is settled. */
  closing: string | null;
  orders: Order[];
  /** Orders taken in, by who gave them. */
  carried: Record<string, number>;
  version: number;
} & Later;

/** Fields added since the first release; at rest in most assignments. */
type Later = {
  /** How its due time came about; null where that was not yet kept. */
  basis: DueBasis | null;
  /** When it was passed to its holder by a ruling: that receipt counts from then. */
  ruledAt: Millis | null;
  /** When its due time last changed; reminders of before are not sent. */
  retimedAt: Millis | null;
  extension: (Asked & { dueAt: Millis }) | null;
  transfer: (Asked & { to: Place }) | null;
  /** "Not ours": the reason is the basis given. */
  declining: Asked | null;
  /** Since when the clocks stand still, and by whose order until when; `over`: when the last of those ended. */
  suspended: { since: Millis; until: Record<string, Millis>; over?: Millis } | null;
  /** A report that waits for the leader's signature; version null for the merged one. */
  presented: {
    version: number | null;
    digest: string | null;
    note: string | null;
    zeroReport: boolean;
    /** Brought by the issuer; left out where the unit reports itself. */
    onBehalf?: true;
    at: Millis;
    by: string;
  } | null;
  /** All is in below a node that sends nothing up by itself: since when its leader or holder is waited for, and with what. */
  gathered: { digest: string; asks: 'signature' | 'sending'; at: Millis } | null;
  /** The holder has taken the report back, and owes it again. */
  withdrawn: { reason: string | null; at: Millis; by: string } | null;
  /** The highest number of a report taken back before its signature, or left behind when an approval was: given once, and not given again. */
  used: number;
  /** When it was last opened again: the review of what had been approved counts from then. */
  reopenedAt: Millis | null;
  progress: { note: string; percent: number | null; at: Millis; by: string } | null;
  /** The last amendment of the directive, and when the holder took note of it. */
  amended: { amendment: number; at: Millis; acknowledgedAt: Millis | null } | null;
  /** Version of a node holder's own part; 0 for none. */
  part: number;
  /** What has been taken out of figures, counted into their versions for good; see figure-version.ts. */
  lost: FigureVersions;
  /** The sender of the report that waits for judgement; null for a copy that went up by itself. */
  reportedBy: string | null;
  /** The person who judged it last acts for the holder too. */
  sameHands: boolean;
  /** Other places that may see the merged result. */
  shared: Place[];
  /** Supervision slips not yet countersigned. */
  slips: number;
  /** Reminders in working hours that liaison A has not answered. */
  unanswered: number;
  /** How far the issuer's hand has climbed: what lies below is not left to the clock any more. */
  lifted: Partial<Record<Clock, ClockProgress>>;
  /** Working time a clock that has begun has stood still; what requests have waited through is kept with each. */
  pausedMs: Partial<Record<Clock, number>>;
};

export const AT_REST: Later = {
  basis: null,
  ruledAt: null,
  retimedAt: null,
  extension: null,
  transfer: null,
  declining: null,
  suspended: null,
  presented: null,
  gathered: null,
  withdrawn: null,
  used: 0,
  reopenedAt: null,
  progress: null,
  amended: null,
  part: 0,
  lost: { approved: 0, reported: 0 },
  reportedBy: null,
  sameHands: false,
  shared: [],
  slips: 0,
  unanswered: 0,
  lifted: {},
  pausedMs: {},
};

/** The assignment as its `issued` event makes it. */
export function issue(
  id: string,
  directive: string,
  event: { data: EventData['issued']; at: string },
): Assignment {
  const { data } = event;
  return {
    ...AT_REST,
    id,
    directive,
    item: data.item,
    parent: data.parent,
    taskForce: data.taskForce,
    unit: data.unit,
    holder: data.holder,
    node: data.node,
    phase: 'issued',
    issuedAt: toMillis(event.at),
    acknowledgeBy: data.acknowledgeBy === null ? null : toMillis(data.acknowledgeBy),
    dueAt: toMillis(data.dueAt),
    basis: data.basis ?? null,
    acknowledgedAt: null,
    submittedAt: null,
    settledAt: null,
    onTime: null,
    current: 0,
    approved: 0,
    correcting: false,
    returned: null,
    escalation: 0,
    overdue: false,
    reminded: 0,
    taken: {},
    copy: null,
    closing: null,
    orders: [],
    carried: data.carried ?? {},
    version: 1,
  };
}
