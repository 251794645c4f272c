// What a person owes, as the first screen shows it: the route of the API and the page that is painted read it here alike.
import { WORK_GROUPS, type OwedItem, type WorkAnswer } from '../../contract/work.ts';
import { listHeld } from '../../db/queries/assignment.ts';
import { findHorizon } from '../../db/queries/stream.ts';
import { countOwed, countWaiting } from '../../db/queries/work.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { dayOf, startOf } from '../../domain/calendar/day.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import { writePosition } from '../../domain/stream-position.ts';
import { readingOf } from '../../reading/gate.ts';
import { readSnapshot } from '../../reading/seen-row.ts';
import type { RouteDeps } from '../deps.ts';
import { assignmentClock, calendarTerms } from './assignment-clock.ts';
import { viewAll } from './reading.ts';

const OWED = ['issued', 'acknowledged', 'returned'];

type Group = (typeof WORK_GROUPS)[number];

/** Days and weeks are China's; a week ends on Sunday. */
export function endsOf(now: Millis): { todayEndMs: Millis; weekEndMs: Millis } {
  const day = dayOf(now);
  // Day 0 was a Thursday: Monday is 0 here.
  const weekday = (day + 3) % 7;
  return { todayEndMs: startOf(day + 1), weekEndMs: startOf(day + 7 - weekday) };
}

function groupOf(dueAt: Millis, now: Millis): Group {
  const { todayEndMs, weekEndMs } = endsOf(now);
  if (dueAt < now) return 'overdue';
  if (dueAt < todayEndMs) return 'today';
  return dueAt < weekEndMs ? 'week' : 'later';
}

export async function workView(deps: RouteDeps, actor: Actor, limit: number): Promise<WorkAnswer> {
  const now = deps.now();
  const directory = await deps.directory.current(deps.pool);
  const reading = readingOf({ directory, person: actor.person, now });
  // Before the lists are read: what happens meanwhile is told again rather than missed.
  const position = writePosition({ kind: 'below', ...(await findHorizon(deps.pool)) });
  const [listed, counts, waiting] = await Promise.all([
    listHeld(deps.pool, {
      reading,
      phases: OWED,
      overdueAtMs: null,
      directive: null,
      unit: null,
      suspended: null,
      asked: null,
      sought: null,
      after: null,
      limit,
    }),
    countOwed(deps.pool, reading, { nowMs: now, ...endsOf(now) }),
    countWaiting(deps.pool, reading),
  ]);
  const snapshot = await readSnapshot(deps, deps.pool, listed);
  const rows = listed.flatMap(({ id }) => snapshot.rows.get(id) ?? []);
  const context = { snapshot, actor, now };
  const views = await viewAll(deps, actor, snapshot, rows);
  const items = views.map((view, n): OwedItem => {
    const { submission: _submission, presented: _presented, ...rest } = view;
    const row = rows[n];
    if (row === undefined) throw new Error('a view without its row');
    return { ...rest, ...assignmentClock(context, row) };
  });
  const totals: Record<Group, number> = {
    overdue: counts.overdue,
    today: counts.today,
    week: counts.week,
    later: counts.owed - counts.overdue - counts.today - counts.week,
  };
  return {
    now: toIso(now),
    groups: WORK_GROUPS.map((key) => ({
      key,
      total: totals[key],
      items: items.filter(({ dueAt }) => groupOf(Date.parse(dueAt), now) === key),
    })),
    counts: {
      owed: counts.owed,
      unacknowledged: counts.unacknowledged,
      returned: counts.returned,
      suspended: counts.suspended,
      asked: counts.asked,
      ...waiting,
      toSign: items.filter(({ allowed }) => allowed.includes('sign')).length,
      slips: items.reduce((sum, { slips }) => sum + slips, 0),
    },
    position,
    calendars: calendarTerms(context, rows),
  };
}
