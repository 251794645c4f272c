// The reports below a node, as figures and coverage are merged from them.
import type { Db } from '../pool.ts';

/** One leaf below a node with the report that counts; `content` null where none does. */
export type LeafReport = {
  id: string;
  unit: string | null;
  phase: string;
  approved: number;
  current: number;
  content: { values?: Record<string, unknown>; rows?: Record<string, unknown> } | null;
  by: string | null;
  at: Date | null;
};

/** Leaves read at a time: bounds memory while 100,000 are merged. */
const PAGE = 5_000;

const LEAVES = `
  select a.id, a.unit, a.phase, a.approved, a.current, s.content, s.by, s.at
    from assignment a
    left join submission s on s.directive = a.directive and s.assignment = a.id
         and s.version = case when $5 then case when a.phase in ('submitted', 'approved') then a.current else a.approved end
                              else a.approved end
   where a.directive = $1 and a.id > $2 and a.id < $3 and not a.node and a.phase <> 'cancelled'
   order by a.id limit $4`;

/**
 * Leaves below a node that are not cancelled, in order of their ids, page by page.
 * With `reported`, all that is in counts; else only what is approved.
 */
export async function* leavesBelow(
  db: Db,
  directive: string,
  node: string,
  reported: boolean,
): AsyncGenerator<LeafReport[]> {
  let after = `${node}.`;
  for (;;) {
    const { rows } = await db.query<LeafReport>({
      name: 'figure/leaves_below',
      text: LEAVES,
      values: [directive, after, `${node}/`, PAGE, reported],
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.id;
  }
}
