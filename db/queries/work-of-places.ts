// What there is to do at some places, counted from the assignments they hold.
import type { Place } from '../../domain/organisation/organisation.ts';
import type { Db } from '../pool.ts';

/** `dueAtMs`: the earliest due time of what is owed; null where nothing is. */
export type WorkAtPlace = {
  holder: Place;
  taskForce: string;
  dueAtMs: number | null;
  holdsNode: boolean;
  toSign: boolean;
};

/** Open work due after `sinceMs`, by place and task force: the index goes by holder and due time. */
export async function findWorkAt(db: Db, places: readonly Place[], sinceMs: number): Promise<WorkAtPlace[]> {
  const { rows } = await db.query<WorkAtPlace>({
    name: 'assignment/work_at_places',
    text: `
      select holder, task_force as "taskForce",
             (extract(epoch from min(due_at) filter (
                where phase in ('issued', 'acknowledged', 'returned') and not suspended)) * 1000)::float8 as "dueAtMs",
             bool_or(node) as "holdsNode",
             bool_or(coalesce(state -> 'presented', 'null') <> 'null'
                     or coalesce(state -> 'gathered' ->> 'asks', '') = 'signature') as "toSign"
        from assignment
       where holder = any($1) and due_at > to_timestamp($2::float8 / 1000) and not settled
       group by holder, task_force`,
    values: [places, sinceMs],
  });
  return rows;
}
