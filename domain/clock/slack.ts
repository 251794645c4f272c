// A late part: the time left above it is divided anew among the levels that still have to pass it on.
import { isOwing, type Assignment } from '../assignment/assignment.ts';
import { addWorking, workingBetween, type Calendar } from '../calendar/calendar.ts';
import type { Millis } from '../instant.ts';
import { known } from '../assignment/retime.ts';

/** A move of less than a minute is not worth a notice. */
const WORTH_TELLING_MS = 60_000;

type Level = Pick<Assignment, 'id' | 'phase' | 'dueAt' | 'basis' | 'suspended'>;

/** A due time that was budgeted may be budgeted anew; one given by hand, or of a level that owes nothing, stands. */
const isBudgeted = (level: Level): boolean =>
  isOwing(level) && level.suspended === null && level.basis?.by === 'margin';

/**
 * New due times of the levels above a late part, lowest first: `above` those levels, lowest first, up to the office's
 * due time. The time left until the first due time that stands (a level's given by hand, or the office's) is divided in
 * the proportions it had when the part was due. So a level that waits for the late part loses no more than the levels
 * above it, none gets less time than it had, and none is due after the one above. Nothing where no time is left.
 */
export function divideSlack(
  calendar: Calendar,
  about: { now: Millis; lateDueAt: Millis; above: readonly Level[]; officeDueAt: Millis },
): { id: string; dueAt: Millis }[] {
  const { now, lateDueAt, above, officeDueAt } = about;
  const fixed = above.findIndex((level) => !isBudgeted(level));
  const moving = fixed === -1 ? above : above.slice(0, fixed);
  const end = above[moving.length]?.dueAt ?? officeDueAt;
  return known(() => divided(calendar, { now, lateDueAt, moving, end })) ?? [];
}

function divided(
  calendar: Calendar,
  about: { now: Millis; lateDueAt: Millis; moving: readonly Level[]; end: Millis },
): { id: string; dueAt: Millis }[] {
  const { now, lateDueAt, moving, end } = about;
  const whole = workingBetween(calendar, lateDueAt, end);
  const left = workingBetween(calendar, now, end);
  if (left <= 0 || left >= whole) return [];
  let limit = end;
  const moved: { id: string; dueAt: Millis }[] = [];
  // From the top: a level moved by too little to be told keeps its time, and so limits the levels below it.
  for (const { id, dueAt } of [...moving].reverse()) {
    const share = workingBetween(calendar, lateDueAt, dueAt) / whole;
    const due = Math.min(limit, addWorking(calendar, now, { days: 0, ms: Math.round(left * share) }));
    const isMoved = due - dueAt >= WORTH_TELLING_MS;
    if (isMoved) moved.unshift({ id, dueAt: due });
    limit = isMoved ? due : dueAt;
  }
  return moved;
}
