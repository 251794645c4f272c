// The basis of a due time, kept beside its instant: planning it again starts from it.
import { z } from 'zod';
import { DueRule } from '../calendar/due-rule.ts';

/**
 * `instant`: given as an instant. `rule`: given as a rule, counted from the directive's `receivedAt`. `margin`:
 * budgeted, leaves `ms` of working time to the level above.
 */
export const DueBasis = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('instant') }),
  z.strictObject({ by: z.literal('rule'), rule: DueRule }),
  z.strictObject({ by: z.literal('margin'), ms: z.number() }),
]);
export type DueBasis = z.infer<typeof DueBasis>;
