// One figure over several directives (api.md §8).
import { z } from 'zod';
import { Code } from '../domain/code.ts';
import { WAYS } from '../domain/merge/over-time.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { CoverageCounts } from './places.ts';

/** Two years of weekly reports. */
const MOST_DIRECTIVES = 100;

const OverTimeQuery = z.strictObject({
  directives: z
    .string()
    .max(MOST_DIRECTIVES * 41)
    .transform((list) => list.split(','))
    .pipe(z.array(Code).min(1).max(MOST_DIRECTIVES)),
  item: Code,
  field: z.string().max(100),
  as: z.enum(WAYS).optional(),
  basis: z.enum(['approved', 'reported']).default('approved'),
  unit: Code.optional(),
});
export type OverTimeQuery = z.output<typeof OverTimeQuery>;

const OverTimeAnswer = published(
  'FigureOverTime',
  z.strictObject({
    field: z.string(),
    label: z.string(),
    timeAxis: z.enum(['flow', 'snapshot']).nullable(),
    as: z.enum(WAYS),
    basis: z.enum(['approved', 'reported']),
    unit: z.string().nullable(),
    value: z.number().nullable(),
    periods: z.array(
      z.strictObject({
        directive: z.string(),
        at: z.string(),
        value: z.number().nullable(),
        coverage: CoverageCounts,
      }),
    ),
  }),
);

export const FIGURE_CALLS = {
  overTime: defineCall({
    method: 'get',
    path: '/figures/over-time',
    tag: 'summaries',
    summary:
      'One field of one item over several directives, by when they were issued; a snapshot is never summed',
    query: OverTimeQuery,
    answers: { 200: OverTimeAnswer },
  }),
};
