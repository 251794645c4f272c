// Kept forms as readers see them: in a list, and whole.
import { z } from 'zod';
import type { FormBrief, FormRow } from '../../db/queries/form.ts';
import { Form } from '../../domain/form/field.ts';
import { FormOf } from '../../domain/form/library.ts';
import { named } from '../openapi.ts';

const Head = z.object({
  name: z.string(),
  version: z.int(),
  title: z.string(),
  note: z.string().nullable(),
  office: z.string().nullable(),
  clonedFrom: FormOf.nullable(),
  by: z.string(),
  at: z.string(),
});

export const BriefAnswer = named('KeptFormBrief', Head.extend({ fields: z.int() }));
export const KeptFormAnswer = named(
  'KeptForm',
  Head.extend({ ...Form.shape, warnings: z.array(z.looseObject({ code: z.string(), path: z.string() })) }),
);

export const briefView = ({ at, ...row }: FormBrief): z.output<typeof BriefAnswer> => ({
  ...row,
  at: at.toISOString(),
});

export const formView = (
  { form, at, ...row }: FormRow,
  warnings: z.output<typeof KeptFormAnswer>['warnings'],
): z.output<typeof KeptFormAnswer> => ({ ...row, ...form, at: at.toISOString(), warnings });
