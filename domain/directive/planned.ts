// What a plan is made of: the assignments as they will be issued, and the faults and warnings found on the way.
import type { DueBasis } from '../assignment/due-basis.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { DueRule } from '../calendar/due-rule.ts';
import type { TwoReadings } from '../calendar/due-reading.ts';
import type { Fault } from '../failure.ts';
import type { AskedAgain } from '../form/asked-again.ts';
import type { CostlyRule } from '../form/rule-cost.ts';
import type { ElementWarning } from '../form/element.ts';
import { toIso, type Millis } from '../instant.ts';
import type { Policy } from '../policy/policy.ts';
import type { AddresseeWarning } from './addressee.ts';
import type { BudgetWarning } from './budget.ts';
import type { Opened } from './dispatch.ts';

/** One assignment as it will be issued; times in epoch milliseconds. */
export type Planned = {
  id: string;
  /** Where it stands among all of its directive: in the order of the dispatch. */
  rank: string;
  parent: string | null;
  item: string;
  taskForce: string;
  /** null for the task force's own. */
  unit: string | null;
  node: boolean;
  dueAt: Millis;
  basis: DueBasis;
  acknowledgeBy: Millis | null;
  /** Handed out later than the directive: when, by which person, and the orders it has no part in. */
  later?: { at: Millis; by: string; carried: Record<string, number> };
  children: Planned[];
};

export type PlanWarning = {
  /**
   * DUE_IN_PAST: a due time of a copied draft has passed; it must be mended before the draft goes out.
   * DUE_OUTSIDE_HOURS: a due time given by hand lies outside working time.
   * DUE_EARLIER: moved to an earlier time, and what is below with it.
   * TWO_READINGS: "tomorrow" can mean another day than the next workday; the workday holds.
   */
  code:
    | BudgetWarning['code']
    | 'DUE_IN_PAST'
    | 'DUE_EARLIER'
    | 'DUE_OUTSIDE_HOURS'
    | 'TWO_READINGS'
    | AddresseeWarning['code']
    | ElementWarning['code']
    | AskedAgain['code']
    | CostlyRule['code'];
  path?: string;
  params: Record<string, number | string>;
};

export type Plan = {
  dueAt: Millis;
  officeDueAt: Millis;
  /** Working milliseconds each level leaves to the one above; index 0 lies between superior and office. */
  margins: number[];
  roots: Planned[];
  /** The directive's and its items' due rules that can be understood in two ways. */
  readings: TwoReadings[];
  warnings: PlanWarning[];
};

export type PlanArgs = {
  id: string;
  items: readonly Opened[];
  due: DueRule;
  calendar: Calendar;
  policy: Policy;
  /** When the superior's directive came in: due rules count from it. */
  receivedAt: Millis;
  /** When it goes out: receipts count from it, and margins unless the receipt is later still. */
  issuedAt: Millis;
  /** Only kept for now: due times that have passed are warned of, not refused. */
  isCopied?: boolean;
};

/** The assignment that hands parts out later; `parts` is how many it has handed out before: those come first. */
export type HandingOut = {
  id: string;
  rank: string;
  parts: number;
  item: string;
  taskForce: string;
  dueAt: Millis;
};

export const readingWarning = ({ path, workdaysAt, calendarDaysAt }: TwoReadings): PlanWarning => ({
  code: 'TWO_READINGS',
  path,
  params: { workdays: toIso(workdaysAt), calendarDays: toIso(calendarDaysAt) },
});

/** Warnings and faults beyond these say nothing new. */
const MAX_WARNINGS = 100;
const MAX_FAULTS = 100;

/** The faults and warnings of one plan, each place named once. */
export class PlanFindings {
  readonly faults: Fault[] = [];
  readonly warnings: PlanWarning[] = [];

  /** The units of a group share one place: it is named once. */
  fault(fault: Fault): void {
    const isNamed = this.faults.some(({ path, code }) => path === fault.path && code === fault.code);
    if (!isNamed && this.faults.length < MAX_FAULTS) this.faults.push(fault);
  }

  warn(warnings: readonly PlanWarning[]): void {
    const news = warnings.filter(
      (each) => !this.warnings.some(({ path, code }) => path === each.path && code === each.code),
    );
    this.warnings.push(...news.slice(0, Math.max(0, MAX_WARNINGS - this.warnings.length)));
  }
}
