// The end of a suspension: the times from which an assignment's clocks go on.
import { owesReceipt, type Assignment } from './assignment.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { EventData } from './happening.ts';
import { toIso, type Millis } from '../instant.ts';
import { pausedBetween, shifted } from './retime.ts';

/**
 * The end of one suspension. With the last of them the clocks go on: due times move by the working time suspended,
 * never past the level above.
 */
export function resumption(
  a: Assignment,
  of: string,
  resumedAt: Millis,
  parentDueAt: Millis,
  calendar: Calendar,
): EventData['resumed'] {
  const base = { of, resumedAt: toIso(resumedAt) };
  const isLast = Object.keys(a.suspended?.until ?? {}).every((source) => source === of);
  if (a.suspended === null || !isLast) return { ...base, pausedMs: 0 };
  // Another may have ended later, and been noticed sooner.
  const over = Math.max(resumedAt, a.suspended.over ?? resumedAt);
  const pausedMs = pausedBetween(calendar, a.suspended.since, over);
  const dueAt = shifted(calendar, a.dueAt, pausedMs, parentDueAt);
  const receipt =
    a.acknowledgeBy === null || !owesReceipt(a)
      ? {}
      : { acknowledgeBy: toIso(shifted(calendar, a.acknowledgeBy, pausedMs, dueAt)) };
  return { ...base, pausedMs, dueAt: toIso(dueAt), was: toIso(a.dueAt), ...receipt };
}
