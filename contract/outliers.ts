// Outliers among the reports at a place of the tree (docs/forms/review.md).
import { z } from 'zod';
import { USUAL_THRESHOLDS } from '../domain/merge/outlier.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';
import { ReportedValue } from './values.ts';

/** A threshold in a query: digits, at most six decimals. */
const threshold = (usual: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,13}(\.\d{1,6})?$/)
    .transform(Number)
    .refine((value) => value > 0 && value <= most)
    .default(usual);

const OutliersQuery = z.strictObject({
  ...pageQuery,
  basis: z.enum(['approved', 'reported']).default('reported'),
  jump: threshold(USUAL_THRESHOLDS.jump, 1e6).meta({
    type: 'number',
    description: 'relative change against the last value',
  }),
  z: threshold(USUAL_THRESHOLDS.z, 1e6).meta({
    type: 'number',
    description: 'standard deviations from the siblings’ mean',
  }),
  least: z
    .string()
    .regex(/^\d{1,13}(\.\d{1,6})?$/)
    .transform(Number)
    .optional()
    .meta({
      type: 'number',
      description:
        'smallest difference that counts, in the field’s own unit; else 5 for an integer, 1 for a number',
    }),
});

const outlierShape = {
  assignment: z.string(),
  unit: z.string().nullable(),
  unitName: z.string(),
  field: z.string(),
  label: z.string(),
  value: ReportedValue,
  version: z.int(),
};

export const OutlierAnswer = published(
  'Outlier',
  z.discriminatedUnion('kind', [
    z.strictObject({ ...outlierShape, kind: z.literal('alert') }),
    z.strictObject({
      ...outlierShape,
      kind: z.literal('jump'),
      last: z.strictObject({ value: z.number(), at: z.string(), assignment: z.string() }),
      /** Relative to the last value; null where that was 0. */
      change: z.number().nullable(),
    }),
    z.strictObject({
      ...outlierShape,
      kind: z.literal('zScore'),
      mean: z.number(),
      deviation: z.number(),
      /** null where the siblings all say the same. */
      z: z.number().nullable(),
      siblings: z.int(),
    }),
  ]),
);
export type OutlierAnswer = z.infer<typeof OutlierAnswer>;

export const OUTLIER_CALLS = {
  list: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/outliers',
    tag: 'summaries',
    summary: 'Values that jump, stand apart from their siblings or are alarming by the form, worst first',
    query: OutliersQuery,
    answers: { 200: pageAnswer(OutlierAnswer) },
  }),
};
