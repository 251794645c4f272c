// Searching by words: what is searched and what is sought are compared as people read them (domain/comparable.ts).
import { comparable } from '../../domain/comparable.ts';

/** For `searched(column, '$n')`: what has these words in it, whatever stands around them; null finds everything. */
export const patternOf = (q: string | null): string | null =>
  q === null ? null : `%${comparable(q).replace(/[\\%_]/g, '\\$&')}%`;

/** SQL: has the column the pattern in it? Neither case nor width of letters counts. */
export const searched = (column: string, pattern: string): string =>
  `normalize(${column}, nfkc) ilike ${pattern}`;
