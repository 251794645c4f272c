// Kept forms as readers see them: in a list, and whole.
import type { KeptFormAnswer, KeptFormBrief } from '../../contract/forms.ts';
import type { FormBrief, FormRow } from '../../db/queries/form.ts';

export const briefView = ({ at, ...row }: FormBrief): KeptFormBrief => ({
  ...row,
  at: at.toISOString(),
});

export const formView = (
  { form, at, ...row }: FormRow,
  warnings: KeptFormAnswer['warnings'],
): KeptFormAnswer => ({ ...row, ...form, at: at.toISOString(), warnings });
