// Amendments of a directive that has gone out: previewed, made, and read as differences (api.md §4).
import { z } from 'zod';
import { AmendDirective } from '../domain/directive/directive.ts';
import { defineCall } from './call.ts';
import { MovesAnswer } from './moves.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';
import { BudgetWarningAnswer } from './warnings.ts';

/** What differs; a due time is ISO, a body that was not there is null. */
export const AmendedField = z.strictObject({
  field: z.enum(['title', 'body', 'dueAt']),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type AmendedField = z.infer<typeof AmendedField>;

export const AmendmentAnswer = published(
  'Amendment',
  z.strictObject({
    n: z.int(),
    note: z.string(),
    changes: z.array(AmendedField),
    by: z.string(),
    at: z.string(),
  }),
);
export type AmendmentAnswer = z.infer<typeof AmendmentAnswer>;

export const AmendmentPreview = published(
  'AmendmentPreview',
  z.strictObject({
    changes: z.array(AmendedField),
    dueAt: z.string().nullable(),
    officeDueAt: z.string().nullable(),
    /** Working time each level leaves to the one above, where the due time changes. */
    marginsMs: z.array(z.number()).nullable(),
    warnings: z.array(BudgetWarningAnswer),
    /** How many due times move, of the assignments not yet settled; at most 50 of those that get earlier. */
    moves: MovesAnswer,
  }),
);
export type AmendmentPreview = z.infer<typeof AmendmentPreview>;

const tag = 'directives';

export const AMENDMENT_CALLS = {
  amend: defineCall({
    costly: true,
    method: 'post',
    path: '/directives/{id}/amend',
    tag,
    summary: 'Changes what has gone out: down to every holder, who takes note of it anew',
    body: AmendDirective,
    bodyFaults: 'document',
    largeBody: 'directive',
    answers: { 200: AmendmentAnswer },
  }),
  preview: defineCall({
    costly: true,
    method: 'post',
    path: '/directives/{id}/amend/preview',
    tag,
    summary: 'What an amendment would change: due times that move, and warnings',
    body: AmendDirective,
    bodyFaults: 'document',
    largeBody: 'directive',
    once: false,
    answers: { 200: AmendmentPreview },
  }),
  list: defineCall({
    method: 'get',
    path: '/directives/{id}/amendments',
    tag,
    summary: 'What was changed, before and after, newest first',
    query: PageQuery,
    answers: { 200: pageAnswer(AmendmentAnswer) },
  }),
};
