// A whole number of any size as JSON keeps it.
import { z } from 'zod';

/**
 * A whole number in JSON: a number where a double holds it exactly, a string of digits beyond 2⁵³.
 * One value has one form, so that equal sums are equal JSON.
 */
export const Exact = z.union([z.int(), z.string().regex(/^-?\d+$/)]);
export type Exact = z.infer<typeof Exact>;
