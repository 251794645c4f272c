// The state of one assignment of a summary, and why its report is missing from the figures.
import type { Phase } from '../../assignment/assignment.ts';
import type { Millis } from '../../instant.ts';

/** Which reports count: those the issuer has approved, or all that are in. */
export type Basis = 'approved' | 'reported';

/** The data of an assignment beside its figures; times are ISO instants. */
export type ReportStanding = {
  phase: Phase;
  /** The version that counts, and the newest; 0 before the first. */
  approved: number;
  current: number;
  issuedAt: string | null;
  acknowledgedAt: string | null;
  submittedAt: string | null;
  settledAt: string | null;
  dueAt: string;
  /** Of the first report, by receipt. */
  onTime: boolean | null;
  suspended: boolean;
  extensionAsked: boolean;
  declining: boolean;
  transferAsked: boolean;
  awaitsSignature: boolean;
  returnedFor: string | null;
};

/** Why nothing of it is in the figures; `waiting` has reported and is not yet approved. */
export type Absence =
  | 'waiting'
  | 'missing'
  | 'cancelled'
  | 'suspended'
  | 'declining'
  | 'transferAsked'
  | 'extensionAsked'
  | 'awaitsSignature'
  | 'returned'
  | 'notAcknowledged'
  | 'notReported';

/** As coverage counts: an approved report, or one that waits for review (api.md §4). */
export const isReported = ({ phase, approved }: ReportStanding): boolean =>
  approved > 0 || phase === 'submitted';

/** Null where a report of it is in the figures. A present obstacle is named before the phase. */
export function absenceOf(standing: ReportStanding, basis: Basis): Absence | null {
  if (standing.phase === 'cancelled') return 'cancelled';
  if (isReported(standing)) return standing.approved === 0 && basis === 'approved' ? 'waiting' : null;
  if (standing.phase === 'missing') return 'missing';
  if (standing.suspended) return 'suspended';
  if (standing.declining) return 'declining';
  if (standing.transferAsked) return 'transferAsked';
  if (standing.extensionAsked) return 'extensionAsked';
  if (standing.awaitsSignature) return 'awaitsSignature';
  if (standing.phase === 'returned') return 'returned';
  return standing.phase === 'issued' ? 'notAcknowledged' : 'notReported';
}

const OWING: ReadonlySet<Phase> = new Set<Phase>(['issued', 'acknowledged', 'returned']);

/** Past due with the report still owed; never while its clocks stand still. */
export const isLate = ({ phase, suspended, dueAt }: ReportStanding, now: Millis): boolean =>
  OWING.has(phase) && !suspended && Date.parse(dueAt) < now;
