// A version of an assignment's submission: a report, a node's own part, or the merged copy that went up.
import { z } from 'zod';
import { published } from './naming.ts';
import { CoverageAnswer } from './places.ts';
import { FigureValues, MergedRows, OwnPartAnswer, ReportedRows, ReportedValues } from './values.ts';

const CarriedAnswer = z.strictObject({ at: z.string(), assignment: z.string() });

/** Null for a copy that went up by itself. */
const HandedIn = { version: z.int(), by: z.string().nullable(), at: z.string() };
const Words = {
  attachments: z.array(z.string()),
  note: z.string().nullable(),
  explanations: z.record(z.string(), z.string()),
};

export const ReportAnswer = published(
  'Report',
  z.strictObject({
    ...HandedIn,
    kind: z.enum(['report', 'part']),
    values: ReportedValues,
    rows: ReportedRows,
    ...Words,
    /** By field: taken over from that report. */
    carried: z.record(z.string(), CarriedAnswer).optional(),
    zeroReport: z.literal(true).optional(),
    onBehalf: z.literal(true).optional(),
    /** Rules that only warn and did not hold when it came in. */
    warnings: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  }),
);

export const RolledUpAnswer = published(
  'RolledUpReport',
  z.strictObject({
    ...HandedIn,
    kind: z.literal('roll-up'),
    values: FigureValues,
    rows: MergedRows,
    ...Words,
    coverage: CoverageAnswer,
    /** Was all below settled? */
    final: z.boolean(),
    own: OwnPartAnswer.nullable().optional(),
  }),
);

export const SubmissionAnswer = z.discriminatedUnion('kind', [ReportAnswer, RolledUpAnswer]);
export type SubmissionAnswer = z.infer<typeof SubmissionAnswer>;
