// A refusal as it goes over the wire: application/problem+json (RFC 9457, api.md §2).
import { z } from 'zod';
import { FAILURES, type FailureCode } from '../domain/failure.ts';
import { published } from './naming.ts';

export const ProblemAnswer = published(
  'Problem',
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(FAILURES) as FailureCode[]),
    requestId: z.string(),
    errors: z
      .array(
        z.strictObject({
          path: z.string(),
          code: z.string(),
          message: z.string(),
          fields: z.array(z.string()).optional(),
        }),
      )
      .optional(),
  }),
);
export type ProblemAnswer = z.infer<typeof ProblemAnswer>;
