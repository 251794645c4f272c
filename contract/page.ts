// Lists: `?limit=` and `?cursor=`, answered as `{items, nextCursor}` (api.md §2).
import { z } from 'zod';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

/** Spread into a list's query schema: `z.strictObject({ ...pageQuery, q: … })`. */
export const pageQuery = {
  limit: z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_LIMIT, {
      params: { fault: { code: 'OUT_OF_RANGE', params: { min: 1, max: MAX_LIMIT } } },
    })
    .transform(Number)
    .default(DEFAULT_LIMIT)
    .meta({ type: 'integer', minimum: 1, maximum: MAX_LIMIT }),
  cursor: z.string().min(1).max(1000).optional(),
};
export const PageQuery = z.strictObject(pageQuery);
export type PageQuery = z.output<typeof PageQuery>;

/** The answer of a list. */
export const pageAnswer = <S extends z.ZodType>(
  item: S,
): z.ZodObject<{ items: z.ZodArray<S>; nextCursor: z.ZodNullable<z.ZodString> }, z.core.$strict> =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
