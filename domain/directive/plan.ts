// A directive's plan: every assignment with its deadlines, before anything goes out.
import { budget, rebudget, type Allotment } from './budget.ts';
import { childDue } from '../policy/margin.ts';
import { CalendarYearUnknown, receivedAs, resolveDue, type DueRule } from '../calendar/calendar.ts';
import { childId, levelOf } from '../code.ts';
import { rankBelow } from './rank.ts';
import type { DispatchBranch } from './dispatch.ts';
import type { DueBasis } from '../assignment/due-basis.ts';
import { known, receiptWithin } from '../assignment/retime.ts';
import { farDue } from './given-times.ts';
import { twoReadings, type TwoReadings } from '../calendar/due-reading.ts';
import type { Fault } from '../failure.ts';
import { readDuration, shownInstant, toIso, type Millis } from '../instant.ts';
import { acknowledgeBy, compileLadder } from '../policy/rungs.ts';
import {
  PlanFindings,
  readingWarning,
  type HandingOut,
  type Plan,
  type PlanArgs,
  type Planned,
} from './planned.ts';

/**
 * Times every branch. Faults: a due time after the one above it (law 2), one that is not after the issue, a year the
 * calendar does not know.
 */
export function planDirective(args: PlanArgs): { plan: Plan | null; faults: Fault[] } {
  try {
    return new Planning(args).run();
  } catch (error) {
    if (!(error instanceof CalendarYearUnknown)) throw error;
    return {
      plan: null,
      faults: [{ path: 'due', code: 'CALENDAR_YEAR_UNKNOWN', params: { year: error.year } }],
    };
  }
}

/** Parts handed out later, below an assignment: timed from now, within its own due time. */
export function planBelow(
  args: Omit<PlanArgs, 'id' | 'items' | 'due'>,
  parent: HandingOut,
  branches: readonly DispatchBranch[],
): { planned: Planned[]; faults: Fault[] } {
  try {
    return new Planning({ ...args, id: '', items: [], due: toIso(parent.dueAt) }).below(parent, branches);
  } catch (error) {
    if (!(error instanceof CalendarYearUnknown)) throw error;
    const fault: Fault = { path: 'receivers', code: 'CALENDAR_YEAR_UNKNOWN', params: { year: error.year } };
    return { planned: [], faults: [fault] };
  }
}

const depthOf = (branches: readonly DispatchBranch[]): number =>
  branches.reduce((deepest, branch) => Math.max(deepest, 1 + depthOf(branch.children)), 0);

const basisOf = (rule: DueRule): DueBasis =>
  typeof rule === 'string' ? { by: 'instant' } : { by: 'rule', rule };

class Planning {
  private readonly found = new PlanFindings();
  private readonly args: PlanArgs;
  private readonly receiptBy: Millis | null;
  private readonly margins;
  /** Where the time to divide begins: time that was over before the issue is of no use. */
  private readonly windowFrom: Millis;
  /** Siblings without a due time of their own share theirs: one calculation a node, not one a leaf. */
  private readonly shared = new Map<string, Millis>();

  constructor(args: PlanArgs) {
    this.args = args;
    this.receiptBy = acknowledgeBy(args.calendar, compileLadder(args.policy), args.issuedAt);
    this.margins = args.policy.margins.map(readDuration);
    this.windowFrom = Math.max(args.receivedAt, args.issuedAt);
  }

  run(): { plan: Plan | null; faults: Fault[] } {
    const { calendar, receivedAt, items, id } = this.args;
    const dueAt = resolveDue(calendar, receivedAt, this.args.due);
    const depth = Math.max(0, ...items.map((item) => depthOf(item.taskForces)));
    const whole = budget(calendar, { windowFrom: this.windowFrom, dueAt, margins: this.margins, depth });
    this.found.warn(whole.warnings);
    this.looked(dueAt, 'due');
    const roots = items.flatMap((item, n) => {
      const base = childId(id, item.key);
      const officeDue =
        item.due === undefined
          ? whole.officeDueAt
          : this.explicit(item.due, whole.officeDueAt, `${item.path}.due`);
      const allotment =
        item.due === undefined
          ? whole
          : // Level 0 stands against the superior's due: the office's margin is used up only beyond the office's own.
            this.rebudgeted(whole, officeDue, dueAt, 0, depthOf(item.taskForces), item.path);
      return item.taskForces.map((branch, nth) =>
        this.branch(branch, {
          rank: rankBelow(rankBelow(id, n), nth),
          parent: null,
          base,
          item: item.key,
          taskForce: branch.code,
          level: 1,
          parentDue: officeDue,
          allotment,
        }),
      );
    });
    if (this.found.faults.length > 0) return { plan: null, faults: this.found.faults };
    const readings = this.readings();
    // First: these warnings are about the request, the others about the plan made from it.
    const warnings = [...readings.map(readingWarning), ...this.found.warnings];
    const margins = Array.from({ length: depth + 1 }, (_, level) => whole.margin(level));
    return {
      plan: { dueAt, officeDueAt: whole.officeDueAt, margins, roots, readings, warnings },
      faults: [],
    };
  }

  below(parent: HandingOut, branches: readonly DispatchBranch[]): { planned: Planned[]; faults: Fault[] } {
    const { id, rank, parts, item, taskForce, dueAt } = parent;
    const level = levelOf(id);
    const whole: Allotment = { factor: 1, margin: () => 0, warnings: [] };
    const allotment = this.rebudgeted(whole, dueAt, dueAt, level, level + depthOf(branches), id);
    const at = { parent: id, base: id, item, taskForce, level: level + 1, parentDue: dueAt, allotment };
    this.toCome(dueAt, 'receivers');
    const planned = branches.map((branch, nth) =>
      this.branch(branch, { ...at, rank: rankBelow(rank, parts + nth) }),
    );
    return { planned, faults: this.found.faults };
  }

  private branch(
    branch: DispatchBranch,
    at: {
      rank: string;
      parent: string | null;
      base: string;
      item: string;
      taskForce: string;
      level: number;
      parentDue: Millis;
      allotment: Allotment;
    },
  ): Planned {
    const id = childId(at.base, branch.code);
    let { allotment } = at;
    let dueAt: Millis;
    let basis: DueBasis;
    if (branch.due === undefined) {
      basis = { by: 'margin', ms: allotment.margin(at.level) };
      dueAt = this.budgeted(at.parentDue, basis.ms);
    } else {
      basis = basisOf(branch.due);
      dueAt = this.explicit(branch.due, at.parentDue, `${branch.path}.due`);
      const deepest = at.level + depthOf(branch.children);
      allotment = this.rebudgeted(allotment, dueAt, at.parentDue, at.level, deepest, id);
    }
    const below = { ...at, parent: id, base: id, level: at.level + 1, parentDue: dueAt, allotment };
    return {
      id,
      rank: at.rank,
      parent: at.parent,
      item: at.item,
      taskForce: at.taskForce,
      unit: at.level === 1 ? null : branch.code,
      node: branch.children.length > 0,
      dueAt,
      basis,
      acknowledgeBy:
        this.receiptBy === null ? null : receiptWithin(this.receiptBy, { from: this.args.issuedAt, dueAt }),
      children: branch.children.map((child, nth) =>
        this.branch(child, { ...below, rank: rankBelow(at.rank, nth) }),
      ),
    };
  }

  private readings(): TwoReadings[] {
    const { calendar, receivedAt, due, items } = this.args;
    const given = [
      { path: 'due', rule: due },
      ...items.map((item) => ({ path: `${item.path}.due`, rule: item.due })),
    ];
    return given.flatMap((each) => twoReadings(calendar, receivedAt, each) ?? []);
  }

  private budgeted(parentDue: Millis, marginMs: number): Millis {
    const key = `${parentDue}/${marginMs}`;
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const dueAt = childDue(this.args.calendar, parentDue, marginMs);
    this.shared.set(key, dueAt);
    return dueAt;
  }

  private explicit(rule: DueRule, parentDue: Millis, path: string): Millis {
    try {
      const dueAt = resolveDue(this.args.calendar, this.args.receivedAt, rule);
      if (dueAt > parentDue) {
        this.found.fault({ path, code: 'DUE_AFTER_PARENT', params: { parentDueAt: toIso(parentDue) } });
      } else this.looked(dueAt, path);
      return dueAt;
    } catch (error) {
      if (!(error instanceof CalendarYearUnknown)) throw error;
      this.found.fault({ path, code: 'CALENDAR_YEAR_UNKNOWN', params: { year: error.year } });
      return parentDue;
    }
  }

  /** A due time given by hand: is it still to come, and is anybody at work then? */
  private looked(dueAt: Millis, path: string): void {
    if (!this.toCome(dueAt, path)) return;
    const fault = farDue(dueAt, this.args.issuedAt, path);
    if (fault) this.found.fault(fault);
    if (known(() => receivedAs(this.args.calendar, dueAt)) === dueAt) return;
    this.found.warn([{ code: 'DUE_OUTSIDE_HOURS', path, params: { dueAt: toIso(dueAt) } }]);
  }

  /**
   * An assignment due at the issue or before is late at birth. A budgeted one never is, below a due time that is still to
   * come: margins take at most half of the time between (`budget`).
   */
  private toCome(dueAt: Millis, path: string): boolean {
    const { issuedAt, isCopied } = this.args;
    if (dueAt > issuedAt) return true;
    if (isCopied) this.found.warn([{ code: 'DUE_IN_PAST', path, params: { dueAt: toIso(dueAt) } }]);
    else
      this.found.fault({
        path,
        code: 'DUE_BEFORE_ISSUE',
        params: { dueAt: shownInstant(dueAt), issuedAt: shownInstant(issuedAt) },
      });
    return false;
  }

  private rebudgeted(
    above: Allotment,
    dueAt: Millis,
    parentDue: Millis,
    level: number,
    depth: number,
    path: string,
  ): Allotment {
    const allotment = rebudget(this.args.calendar, above, {
      windowFrom: this.windowFrom,
      dueAt,
      parentDue,
      margins: this.margins,
      level,
      depth,
      path,
    });
    this.found.warn(allotment.warnings);
    return allotment;
  }
}
