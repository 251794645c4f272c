// What is held about a person, for how long, and what is not: for everybody who is signed in.
import { z } from 'zod';
import { defineCall } from './call.ts';
import { published } from './naming.ts';

const BothLanguages = z.strictObject({ zh: z.string(), en: z.string() });

const ComplianceAnswer = published(
  'Compliance',
  z.strictObject({
    collected: z.array(
      z.strictObject({
        kind: z.string(),
        what: BothLanguages,
        /** For how long, in words. */
        kept: BothLanguages,
        /** The same in days by the present settings; null: without an end. */
        keptDays: z.number().nullable(),
        /** The operator's setting that says so. */
        setting: z.string().nullable(),
      }),
    ),
    notCollected: z.array(z.strictObject({ kind: z.string(), what: BothLanguages })),
    /** What was deleted in the last 30 days, by day (UTC) and kind, the newest first. */
    deleted: z.array(z.strictObject({ day: z.string(), kind: z.string(), gone: z.int() })),
  }),
);
export type ComplianceAnswer = z.infer<typeof ComplianceAnswer>;

export const COMPLIANCE_CALLS = {
  read: defineCall({
    method: 'get',
    path: '/compliance',
    tag: 'operations',
    summary: 'What is held about a person, for how long, and what is not',
    answers: { 200: ComplianceAnswer },
  }),
};
