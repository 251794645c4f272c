// Warnings: about accepted content, or a preview of it, that deserves a second look.
import { z } from 'zod';
import { WARNINGS } from '../domain/directive/warning-words.ts';
import { published } from './naming.ts';

const BUDGET_CODES = ['MARGINS_SHRUNK', 'MARGINS_DROPPED', 'MARGIN_USED'] as const;

/** Of due times; `path` is the assignment; the warning holds below it. */
export const BudgetWarningAnswer = published(
  'BudgetWarning',
  z.strictObject({
    code: z.enum(BUDGET_CODES),
    path: z.string().optional(),
    params: z.record(z.string(), z.number()),
  }),
);

/** Of a plan, with its words in the reader's language. */
export const PlanWarningAnswer = published(
  'PlanWarning',
  z.strictObject({
    code: z.enum(WARNINGS),
    path: z.string().optional(),
    params: z.record(z.string(), z.union([z.number(), z.string()])),
    message: z.string(),
  }),
);
export type PlanWarningAnswer = z.infer<typeof PlanWarningAnswer>;

/** Of a report: a rule that only warns; of a command: its effects. They stop nothing. */
export const CommandWarningAnswer = published(
  'CommandWarning',
  z.strictObject({
    path: z.string(),
    code: z.string(),
    message: z.string(),
    fields: z.array(z.string()).optional(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
);
export type CommandWarningAnswer = z.infer<typeof CommandWarningAnswer>;
