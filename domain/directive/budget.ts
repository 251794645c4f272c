// The deadline budget: how much of the time to a superior's due each level leaves to the level above it.
import { workdayMs, workingBetween, type Calendar } from '../calendar/calendar.ts';
import { childDue } from '../policy/margin.ts';
import type { Duration, Millis } from '../instant.ts';

/**
 * `margins[0]` lies between the superior's due and the office's, `margins[k]` between level k−1 and level k
 * (1 = task force). Beyond the end the last repeats; `[]` is none.
 */
export type Margins = Duration[];

export type BudgetWarning = {
  /**
   * MARGINS_SHRUNK: the time is short, margins are `percent` of the policy's.
   * MARGINS_DROPPED: so short that all levels are due together.
   * MARGIN_USED: a due time given by hand leaves less than the margin; `leftMs`, `marginMs` of working time.
   */
  code: 'MARGINS_SHRUNK' | 'MARGINS_DROPPED' | 'MARGIN_USED';
  /** The assignment below which it holds; absent for the whole directive. */
  path?: string;
  params: Record<string, number>;
};

/** The margins that hold from a point of the tree downward. */
export type Allotment = {
  /** The factor margins are multiplied by; 0 once they are dropped. */
  factor: number;
  /** Working milliseconds between level − 1 and level (0: superior and office), already shrunk. */
  margin(level: number): number;
  warnings: BudgetWarning[];
};

export type Budget = Allotment & { officeDueAt: Millis };

/** A margin shorter than a minute is of no use: it only makes due times look odd. */
const SHORTEST_MARGIN_MS = 60_000;

/**
 * Budgets a directive whose deepest assignment is at level `depth`. Margins take at most half of the working time
 * from `windowFrom` to due, so that no level's due can fall before it: the later of receipt and issue.
 */
export function budget(
  calendar: Calendar,
  args: { windowFrom: Millis; dueAt: Millis; margins: Margins; depth: number },
): Budget {
  const allotment = allot(calendar, { ...args, level: 0, atMost: 1 });
  return { ...allotment, officeDueAt: childDue(calendar, args.dueAt, allotment.margin(0)) };
}

/**
 * Budgets anew below a node with a due time of its own, at level `level`, with `depth` the deepest level below it.
 * The smaller factor holds, so that children of a tight due time do not fall before the issue either.
 */
export function rebudget(
  calendar: Calendar,
  above: Allotment,
  args: {
    windowFrom: Millis;
    dueAt: Millis;
    parentDue: Millis;
    margins: Margins;
    level: number;
    depth: number;
    path: string;
  },
): Allotment {
  const { path, level, parentDue, dueAt } = args;
  const allotment = allot(calendar, { ...args, level: level + 1, atMost: above.factor });
  const [marginMs, leftMs] = [above.margin(level), workingBetween(calendar, dueAt, parentDue)];
  return {
    ...allotment,
    warnings: [
      ...(leftMs < marginMs ? [{ code: 'MARGIN_USED' as const, params: { leftMs, marginMs } }] : []),
      ...allotment.warnings,
    ].map((warning) => ({ ...warning, path })),
  };
}

/** Shrinks the margins of levels `level` to `depth` to fit between issue and due; `atMost` is the factor above. */
function allot(
  calendar: Calendar,
  args: { windowFrom: Millis; dueAt: Millis; margins: Margins; level: number; depth: number; atMost: number },
): Allotment {
  const { windowFrom, dueAt, margins, level, depth, atMost } = args;
  const dayMs = workdayMs(calendar);
  const wholeMs = margins.map(({ days, ms }) => days * dayMs + ms);
  const whole = (at: number): number => wholeMs[Math.min(at, wholeMs.length - 1)] ?? 0;
  const path = Array.from({ length: Math.max(0, depth - level + 1) }, (_, n) => whole(level + n));
  const sum = path.reduce((total, ms) => total + ms, 0);
  const fitting = sum === 0 ? 1 : workingBetween(calendar, windowFrom, dueAt) / 2 / sum;
  const factor = Math.min(atMost, fitting);
  const isTooShort = factor < 1 && path.some((ms) => ms > 0 && Math.round(ms * factor) < SHORTEST_MARGIN_MS);
  const isNews = factor < atMost || (isTooShort && atMost > 0);
  const params = { percent: Math.round(factor * 100) };
  return {
    factor: isTooShort ? 0 : factor,
    margin: (at) => (isTooShort ? 0 : Math.round(whole(at) * factor)),
    warnings: isNews ? [{ code: isTooShort ? 'MARGINS_DROPPED' : 'MARGINS_SHRUNK', params }] : [],
  };
}
