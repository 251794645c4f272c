// The order of a directive's assignments in SQL: ranks (domain/directive/rank.ts), and how they find what lies below a
// place.
import { rankAbove } from '../../domain/directive/rank.ts';
import type { Db } from '../pool.ts';

/**
 * The rank of assignment `a`; one issued before ranks existed sorts by its id. Written as in the index, so that it is
 * used.
 */
export const RANK = 'coalesce(a.rank, a.id)';

/** SQL: is the assignment `a` below the place with this rank? The slash is the character after the point. */
export const BELOW = (rank: string): string => `${RANK} > ${rank} || '.' and ${RANK} < ${rank} || '/'`;

/** SQL: is it that place itself, or below it? The first two conditions only bound the index. */
export const WITHIN = (rank: string): string =>
  `${RANK} >= ${rank} and ${RANK} < ${rank} || '/' and (${RANK} = ${rank} or ${RANK} > ${rank} || '.')`;

/**
 * The rank of an assignment, an item (`<directive>.<item>`) or a directive, by its id or the beginning of the ids below
 * it; null where nothing of it has been issued.
 */
export async function findRank(db: Db, directive: string, place: string): Promise<string | null> {
  const { rows } = await db.query<{ rank: string }>({
    name: 'rank/find',
    text: `
      select ${RANK} as rank from assignment a where a.directive = $1 and a.id = $2
      union all
      (select ${RANK} from assignment a where a.directive = $1 and a.id > $2 || '.' and a.id < $2 || '/'
        order by a.id limit 1)
      limit 1`,
    values: [directive, place],
  });
  const [first] = rows;
  return first === undefined ? null : rankAbove(first.rank, place.split('.').length - 1);
}
