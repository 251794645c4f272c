// Small shapes that stand in many answers: a place by its name, a directive and an item by theirs, a period's counts.
import { z } from 'zod';
import { Urgency } from '../domain/directive/directive.ts';
import { published } from './naming.ts';

/** A unit or a task force. */
export const PlaceAnswer = z.strictObject({ code: z.string(), name: z.string() });
export type PlaceAnswer = z.infer<typeof PlaceAnswer>;

export const KindedPlaceAnswer = PlaceAnswer.extend({ kind: z.enum(['unit', 'taskForce']) });
export type KindedPlaceAnswer = z.infer<typeof KindedPlaceAnswer>;

export const DirectiveNameAnswer = z.strictObject({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  urgency: Urgency,
});

export const ItemNameAnswer = z.strictObject({ key: z.string(), title: z.string() });

/** Of the leaves below; the phases sum to `total`. */
export const CountsAnswer = published(
  'Counts',
  z.strictObject({
    total: z.int(),
    issued: z.int(),
    acknowledged: z.int(),
    submitted: z.int(),
    returned: z.int(),
    approved: z.int(),
    cancelled: z.int(),
    missing: z.int(),
    overdue: z.int(),
    escalated: z.int(),
    suspended: z.int(),
  }),
);
export type CountsAnswer = z.infer<typeof CountsAnswer>;

/** Of the leaves below: how many are asked, have reported, and count. */
export const CoverageCounts = z.strictObject({ expected: z.int(), reported: z.int(), approved: z.int() });

/** `missing`: assignments that owe their report, at most 500. */
export const CoverageAnswer = published('Coverage', CoverageCounts.extend({ missing: z.array(z.string()) }));
export type CoverageAnswer = z.infer<typeof CoverageAnswer>;
