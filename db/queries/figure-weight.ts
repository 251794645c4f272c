// How much must be read to merge the reports below a place.
import type { Db } from '../pool.ts';
import { COUNTING } from './figure.ts';

/** `bytes` as they are stored; a long report is stored compressed. */
export type FigureWeight = { assignments: number; bytes: number };

export async function weighBelow(
  db: Db,
  at: { directive: string; node: string },
  reported: boolean,
): Promise<FigureWeight> {
  const { rows } = await db.query<FigureWeight>({
    name: 'figure_weight/below',
    text: `
      select count(*)::int as assignments, coalesce(sum(pg_column_size(s.content)), 0)::float8 as bytes
        from assignment a
        left join submission s on s.directive = a.directive and s.assignment = a.id and ${COUNTING('$4')}
       where a.directive = $1 and (a.id = $2 or a.id > $2 || '.' and a.id < $3) and a.phase <> 'cancelled'`,
    values: [at.directive, at.node, `${at.node}/`, reported],
  });
  return rows[0] ?? { assignments: 0, bytes: 0 };
}
