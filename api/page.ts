// Lists: `?limit=` and `?cursor=`, answered as `{items, nextCursor}` (api.md §2).
import { z } from 'zod';
import { refused } from './errors.ts';

export type Page<T> = { items: T[]; nextCursor: string | null };

/** A cursor is where the last page ended, opaque to the caller. */
export const writeCursor = (position: unknown): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** The position a cursor names, or null without one; 400 when it is none of ours. */
export function readCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.output<S> | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw refused('MALFORMED', { errors: [{ path: 'cursor', code: 'INVALID' }] });
  }
}

/** Cuts a list that was asked for `limit + 1` rows; the extra one only says that there is more. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  positionOf: (row: R) => unknown,
  itemOf: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(itemOf),
    nextCursor: rows.length > limit && last !== undefined ? writeCursor(positionOf(last)) : null,
  };
}

/** For lists ordered by one rising number. */
export const SeqCursor = z.number().int();
