// Desks as the sentinel sees them: those behind, when they were last nudged, and those that still need a workflow.
import type { Db } from '../pool.ts';

/**
 * Desks whose mark or planned wake has waited for so long and whose next nudge is due, oldest first. Nudges come 1, 2,
 * 4 … 60 times that far apart (5, 10, 20 … 300 s).
 */
export async function findBehind(db: Db, behindMs: number, limit: number): Promise<BehindDesk[]> {
  const { rows } = await db.query<BehindDesk>({
    name: 'desk/find_behind',
    text: `
      select id, directive, kind, node, issued, nudges,
             coalesce(extract(epoch from clock_timestamp() - least(
               case when asked <> looked then asked_at end, planned_at)), 0)::float8 as "behindSeconds"
        from desk
       where not ended
         and ((asked <> looked and asked_at < clock_timestamp() - $1 * interval '1 millisecond')
              or planned_at < clock_timestamp() - $1 * interval '1 millisecond')
         and (nudged_at is null
              or nudged_at < clock_timestamp() - least(60, 2 ^ least(nudges - 1, 6)) * $1 * interval '1 millisecond')
       order by least(case when asked <> looked then asked_at end, planned_at) limit $2`,
    values: [behindMs, limit],
  });
  return rows;
}

export type BehindDesk = {
  id: string;
  directive: string;
  kind: 'directive' | 'taskForce' | 'unit';
  node: string | null;
  issued: boolean;
  nudges: number;
  behindSeconds: number;
};

/**
 * Counts a nudge. A row that somebody holds is left out: its desk is being written, and the sentinel, which takes rows
 * of many desks, must not wait for one with others in its hands (a deadlock).
 */
export async function saveNudged(db: Db, desks: readonly string[]): Promise<void> {
  await db.query({
    name: 'desk/save_nudged',
    text: `
      with behind as (select id from desk where id = any($1) order by id for update skip locked)
      update desk d set nudges = d.nudges + 1, nudged_at = clock_timestamp() from behind where d.id = behind.id`,
    values: [desks],
  });
}

/** The input of a nudge. */
export async function findNudged(
  db: Db,
  desks: readonly string[],
): Promise<Omit<BehindDesk, 'behindSeconds'>[]> {
  const { rows } = await db.query<Omit<BehindDesk, 'behindSeconds'>>({
    name: 'desk/find_nudged',
    text: 'select id, directive, kind, node, issued, nudges from desk where id = any($1) and not ended',
    values: [desks],
  });
  return rows;
}

/** Every desk that still needs a workflow, page by page. */
export async function findOpenDesks(
  db: Db,
  after: string,
  limit: number,
): Promise<Omit<BehindDesk, 'behindSeconds'>[]> {
  const { rows } = await db.query<Omit<BehindDesk, 'behindSeconds'>>({
    name: 'desk/find_open',
    text: 'select id, directive, kind, node, issued, nudges from desk where not ended and id > $1 order by id limit $2',
    values: [after, limit],
  });
  return rows;
}

/** Which of these workflow ids belong to no desk, or to a desk that is over. */
export async function findUnknownDesks(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'desk/find_unknown',
    text: `select id from unnest($1::text[]) as run (id)
            where not exists (select from desk d where d.id = run.id and not d.ended)`,
    values: [ids],
  });
  return rows.map(({ id }) => id);
}

/**
 * Of the next desks in order of their ids: those that ended with something left to do, and have not looked for so long.
 * None should: a desk ends only with a turn that leaves nothing (savePlanned). `last` is where the next slice begins.
 */
export async function findEndedEarly(
  db: Db,
  about: { after: string; limit: number; restedMs: number },
): Promise<{ last: string | null; ids: string[]; isEnd: boolean }> {
  const { rows } = await db.query<{ last: string | null; ids: string[]; isEnd: boolean }>({
    name: 'desk/find_ended_early',
    text: `
      with slice as (select * from desk where id > $1 order by id limit $2)
      select max(s.id) as last, count(*) < $2 as "isEnd",
             coalesce(array_agg(s.id) filter (
               where s.ended and s.looked_at < clock_timestamp() - $3 * interval '1 millisecond'
                 and (s.asked <> s.looked or s.unsettled > 0 or not s.issued
                      or (s.parent is not null and not s.complete)
                      or d.phase not in ('closed', 'cancelled')
                      or exists (select from assignment a
                                  where a.directive = s.directive and a.id = s.node and a.own_desk = s.id
                                    and not a.settled))), '{}') as ids
        from slice s join directive d on d.id = s.directive`,
    values: [about.after, about.limit, about.restedMs],
  });
  return rows[0] ?? { last: null, ids: [], isEnd: true };
}

/** Desks that have ended turn again; answers which. One whose row is held waits for the next time. */
export async function reviveDesks(db: Db, desks: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'desk/revive',
    text: `
      with early as (select id from desk where id = any($1) and ended order by id for update skip locked)
      update desk d set ended = false, asked = d.asked + 1, asked_at = clock_timestamp(), nudges = 0, nudged_at = null
        from early where d.id = early.id returning d.id`,
    values: [desks],
  });
  return rows.map(({ id }) => id);
}
