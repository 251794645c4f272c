// Who owes a report in a directive, or below one of its nodes: the recipients when all of them are urged.
import type { Owing } from '../../domain/assignment/urging.ts';
import type { Place } from '../../domain/organisation/organisation.ts';
import type { Db } from '../pool.ts';

/**
 * Soonest due first: leaves, and nodes that only their holder holds up. `under` null: the whole directive. An
 * assignment whose clock stands still owes nothing now.
 */
export async function listOwing(
  db: Db,
  directive: string,
  under: string | null,
  limit: number,
): Promise<Owing[]> {
  const { rows } = await db.query<Owing>({
    name: 'owing/list_owing',
    text: `
      select a.id, a.desk, a.holder, a.task_force as "taskForce"
        from assignment a left join desk o on o.id = a.own_desk
       where a.directive = $1 and ($2::text is null or (a.id > $2 || '.' and a.id < $2 || '/'))
         and a.phase in ('issued', 'acknowledged', 'returned') and not a.suspended
         and (not a.node or coalesce(o.unsettled, a.unsettled) = 0)
       order by a.due_at, a.id limit $3`,
    values: [directive, under, limit],
  });
  return rows;
}

/** The holders of a directive's nodes, by id. */
export async function findNodeHolders(db: Db, directive: string): Promise<Map<string, Place>> {
  const { rows } = await db.query<{ id: string; holder: Place }>({
    name: 'owing/find_node_holders',
    text: 'select id, holder from assignment where directive = $1 and node',
    values: [directive],
  });
  return new Map(rows.map(({ id, holder }) => [id, holder]));
}
