// The form of an assignment as its holder fills it in: fields, rules, and values that may be taken over from before.
import { z } from 'zod';
import { Form } from '../domain/form/field.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { OfferedValue } from './values.ts';

/**
 * `prefill`: last approved values still fresh; `last`: those the rules read. `version` is the assignment's, for
 * `If-Match`; `submission` the number of the report that is in, 0 for none.
 */
export const FormToFill = published(
  'FormToFill',
  z.strictObject({
    ...Form.shape,
    assignment: z.string(),
    item: z.string(),
    version: z.int(),
    submission: z.int(),
    zeroReport: z.boolean(),
    prefill: z.record(
      z.string(),
      z.strictObject({ value: OfferedValue, at: z.string(), assignment: z.string() }),
    ),
    last: z.record(z.string(), OfferedValue),
  }),
);
export type FormToFill = z.infer<typeof FormToFill>;

export const FORM_TO_FILL_CALLS = {
  read: defineCall({
    method: 'get',
    path: '/assignments/{id}/form',
    tag: 'assignments',
    summary: 'What is asked, and the last approved values that may be taken over',
    answers: { 200: FormToFill },
  }),
};
