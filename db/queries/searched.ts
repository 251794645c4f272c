// Searching by words: both sides of the comparison are folded as people read them (domain/comparable.ts).
import { comparable } from '../../domain/comparable.ts';

/** The pattern for `searched(column, '$n')`: it finds these words anywhere in the column; null finds everything. */
export const patternOf = (q: string | null): string | null =>
  q === null ? null : `%${comparable(q).replace(/[\\%_]/g, '\\$&')}%`;

/** SQL: does the column contain the pattern? Case and width of letters do not count. */
export const searched = (column: string, pattern: string): string =>
  `normalize(${column}, nfkc) ilike ${pattern}`;
