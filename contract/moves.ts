// How many open assignments a change from above moves, and which get earlier.
import { z } from 'zod';

export const MovesAnswer = z.strictObject({
  /** Assignments not yet settled. */
  total: z.int(),
  earlier: z.int(),
  later: z.int(),
  same: z.int(),
  /** Those that get earlier, most of all first; at most 50. */
  examples: z.array(z.strictObject({ assignment: z.string(), was: z.string(), dueAt: z.string() })),
});
