// Counts and coverage of the leaves below a node or a whole directive, computed when read.
import type { Db } from '../pool.ts';
import { BELOW, findRank, RANK } from './rank.ts';

export type Counts = {
  total: number;
  issued: number;
  acknowledged: number;
  submitted: number;
  returned: number;
  approved: number;
  cancelled: number;
  missing: number;
  overdue: number;
  escalated: number;
  suspended: number;
};

/** Leaves with a report that counts or waits; while a correction is under way the approved report stays in. */
export type BranchTally = {
  counts: Counts;
  coverage: { expected: number; reported: number; approved: number };
};

const phase = (name: string): string => `count(*) filter (where a.phase = '${name}')::int as ${name}`;

/** By node; a directive is the node of its own id. Nodes without leaves below count 0. */
export async function tallyBelow(
  db: Db,
  nodes: readonly { directive: string; id: string }[],
  nowMs: number,
): Promise<Map<string, BranchTally>> {
  if (nodes.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; reported: number; taken: number } & Counts>({
    name: 'tally/below',
    text: `
      select n.id, t.* from unnest($1::text[], $2::text[]) as n (directive, id)
       cross join lateral (
         select count(*)::int as total, ${['issued', 'acknowledged', 'submitted', 'returned', 'approved', 'cancelled', 'missing'].map(phase).join(', ')},
                count(*) filter (where a.phase in ('issued', 'acknowledged', 'returned')
                                   and not a.suspended
                                   and a.due_at < to_timestamp($3::float8 / 1000))::int as overdue,
                count(*) filter (where a.escalation > 0)::int as escalated,
                count(*) filter (where a.suspended)::int as suspended,
                count(*) filter (where a.approved > 0 or a.phase = 'submitted')::int as reported,
                count(*) filter (where a.approved > 0)::int as taken
           from assignment a
          where a.directive = n.directive and a.id > n.id || '.' and a.id < n.id || '/' and not a.node) t`,
    values: [nodes.map(({ directive }) => directive), nodes.map(({ id }) => id), nowMs],
  });
  return new Map(
    rows.map(({ id, reported, taken, ...counts }) => [
      id,
      { counts, coverage: { expected: counts.total - counts.cancelled, reported, approved: taken } },
    ]),
  );
}

/** Leaves that owe their report, in order of their ranks. */
export async function findMissing(
  db: Db,
  node: { directive: string; id: string },
  limit: number,
): Promise<string[]> {
  const rank = await findRank(db, node.directive, node.id);
  if (rank === null) return [];
  const { rows } = await db.query<{ id: string }>({
    name: 'tally/missing',
    text: `
      select a.id from assignment a
       where a.directive = $1 and ${BELOW('$2')} and not a.node and a.approved = 0
         and a.phase not in ('submitted', 'cancelled')
       order by ${RANK} limit $3`,
    values: [node.directive, rank, limit],
  });
  return rows.map(({ id }) => id);
}

/** Leaves below a node that are not cancelled, in order of their ranks. */
export async function listLeaves(
  db: Db,
  node: { directive: string; id: string },
  limit: number,
): Promise<string[]> {
  const rank = await findRank(db, node.directive, node.id);
  if (rank === null) return [];
  const { rows } = await db.query<{ id: string }>({
    name: 'tally/list_leaves',
    text: `
      select a.id from assignment a
       where a.directive = $1 and ${BELOW('$2')} and not a.node and a.phase <> 'cancelled'
       order by ${RANK} limit $3`,
    values: [node.directive, rank, limit],
  });
  return rows.map(({ id }) => id);
}

/** Leaves of a directive that have been issued. */
export async function countLeaves(db: Db, directive: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    name: 'tally/leaves',
    text: 'select count(*)::int as count from assignment where directive = $1 and not node',
    values: [directive],
  });
  return rows[0]?.count ?? 0;
}
