// Reads for a change of due times: open assignments from the top, and directives behind their calendar.
import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { DirectiveRequest } from '../../domain/directive/directive.ts';
import type { Order } from '../../domain/assignment/order.ts';
import type { Db } from '../pool.ts';
import { STATE_COLUMNS, stateOf, type StateRow } from './assignment-state.ts';

/** An unsettled assignment; `parentDueMs` is that of the one above it, settled or not. */
export type OpenAssignment = { id: string; parentDueMs: number | null; state: Assignment };

/** In order of their ids, so that each comes after those above it, page by page. */
export async function listOpenAssignments(
  db: Db,
  directive: string,
  after: string,
  limit: number,
): Promise<OpenAssignment[]> {
  const { rows } = await db.query<StateRow & { parentDueMs: number | null }>({
    name: 'replanning/list_open',
    text: `
      select ${STATE_COLUMNS}, floor(extract(epoch from p.due_at) * 1000)::float8 as "parentDueMs"
        from assignment a
        left join assignment p on p.directive = a.directive and p.id = a.parent
       where a.directive = $1 and not a.settled and a.id > $2
       order by a.id limit $3`,
    values: [directive, after, limit],
  });
  return rows.map((row) => ({ id: row.id, parentDueMs: row.parentDueMs, state: stateOf(row) }));
}

/** Levels below a directive: 1 is a task force's. */
export async function findDepth(db: Db, directive: string): Promise<number> {
  const { rows } = await db.query<{ depth: number }>({
    name: 'replanning/find_depth',
    text: 'select coalesce(max(level), 0)::int as depth from assignment where directive = $1',
    values: [directive],
  });
  return rows[0]?.depth ?? 0;
}

/** Open directives of a calendar, by id; `before` a version: those planned with an older one. */
export async function listDirectivesOf(
  db: Db,
  calendar: string,
  before: number,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'replanning/list_of_calendar',
    text: `select id from directive where phase = 'open' and calendar = $1 and calendar_version < $2 and id > $3
            order by id limit $4`,
    values: [calendar, before, after, limit],
  });
  return rows.map(({ id }) => id);
}

/** Open directives that were planned with an older version of their calendar, with the latest. */
export async function listOutdated(db: Db, limit: number): Promise<{ id: string; version: number }[]> {
  const { rows } = await db.query<{ id: string; version: number }>({
    name: 'replanning/list_outdated',
    text: `
      select d.id, c.version from directive d
        join (select id, max(version)::int as version from calendar group by id) c on c.id = d.calendar
       where d.phase = 'open' and d.calendar_version < c.version order by d.id limit $1`,
    values: [limit],
  });
  return rows;
}

/**
 * Stores the directive planned with another version of its calendar, and the order that plans everything below it
 * again.
 */
export async function saveReplanned(
  db: Db,
  replanned: {
    id: string;
    calendarVersion: number;
    dueAt: string;
    officeDueAt: string;
    orders: readonly Order[];
  },
): Promise<void> {
  await db.query({
    name: 'directive/save_replanned',
    text: `update directive set calendar_version = $2, due_at = $3, office_due_at = $4, orders = $5,
                  version = version + 1
            where id = $1`,
    values: [
      replanned.id,
      replanned.calendarVersion,
      replanned.dueAt,
      replanned.officeDueAt,
      JSON.stringify(replanned.orders),
    ],
  });
}

/** The due time that was asked for the directive, as it was written. */
export async function findDueRule(db: Db, id: string): Promise<DirectiveRequest['due'] | null> {
  const { rows } = await db.query<{ due: DirectiveRequest['due'] | null }>({
    name: 'directive/find_due_rule',
    text: `select request -> 'due' as due from directive where id = $1`,
    values: [id],
  });
  return rows[0]?.due ?? null;
}
