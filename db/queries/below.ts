// What lies directly below the nodes a person holds: the nodes, their children, and what waits there.
import type { ReadingSeats } from '../../domain/access/seating.ts';
import type { Db } from '../pool.ts';
import { RANK } from './rank.ts';
import { SEAT_PLACES, SEATED, seatValues } from './sight.ts';

/** Nodes these seats hold, those still open first, then by due time. */
export async function listHeldNodes(
  db: Db,
  reading: ReadingSeats,
  limit: number,
): Promise<{ directive: string; id: string }[]> {
  const { rows } = await db.query<{ directive: string; id: string }>({
    name: 'below/list_held_nodes',
    text: `
      select a.directive, a.id from assignment a join directive d on d.id = a.directive
       where a.holder = any(${SEAT_PLACES}) and ${SEATED('a')} and a.node and a.phase <> 'cancelled' and d.phase = 'open'
       order by a.due_at, ${RANK} limit $3`,
    values: [...seatValues(reading), limit],
  });
  return rows;
}

export type WaitingBelow = { node: string; toReview: number; toDecide: number; unacknowledged: number };

export async function countBelow(
  db: Db,
  nodes: readonly { directive: string; id: string }[],
): Promise<Map<string, WaitingBelow>> {
  if (nodes.length === 0) return new Map();
  const { rows } = await db.query<WaitingBelow>({
    name: 'below/count',
    text: `
      select n.id as node, w.* from unnest($1::text[], $2::text[]) as n (directive, id)
       cross join lateral (
         select count(*) filter (where a.phase = 'submitted' or a.state ->> 'correcting' = 'true')::int as "toReview",
                count(*) filter (where a.asked)::int as "toDecide",
                count(*) filter (where a.phase = 'issued')::int as unacknowledged
           from assignment a
          where a.directive = n.directive and a.id > n.id || '.' and a.id < n.id || '/' and a.parent = n.id) w`,
    values: [nodes.map(({ directive }) => directive), nodes.map(({ id }) => id)],
  });
  return new Map(rows.map((row) => [row.node, row]));
}

/** Direct children of a node in order of their ranks. */
export async function listChildren(
  db: Db,
  node: { directive: string; id: string },
  after: string | null,
  limit: number,
): Promise<{ directive: string; id: string; rank: string }[]> {
  const { rows } = await db.query<{ directive: string; id: string; rank: string }>({
    name: 'below/list_children',
    text: `
      select a.directive, a.id, ${RANK} as rank from assignment a
       where a.directive = $1 and a.id > $2 || '.' and a.id < $2 || '/' and a.parent = $2
         and ($3::text is null or ${RANK} > $3)
       order by ${RANK} limit $4`,
    values: [node.directive, node.id, after, limit],
  });
  return rows;
}
