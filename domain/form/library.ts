// Forms kept by name and version: keeping, cloning, and how a directive names one.
import { z } from 'zod';
import { Code } from '../code.ts';
import type { Fault } from '../failure.ts';
import { faultsOfForm } from './field-faults.ts';
import { Form } from './field.ts';
import { compileForm } from './form.ts';

/** As a column of the database holds it. */
const FormVersion = z.int().min(1).max(2_147_483_647);

/** A kept form as a directive asks for it; without a version the latest when the directive is made. */
export const NamedForm = z.strictObject({ name: Code, version: FormVersion.optional() });
export type NamedForm = z.infer<typeof NamedForm>;

/** The exact version an item was made with. */
export const FormOf = z.strictObject({ name: Code, version: FormVersion });
export type FormOf = z.infer<typeof FormOf>;

/** `PUT /forms/{name}`. */
export const KeepForm = z.strictObject({
  title: z.string().trim().min(1).max(200),
  ...Form.shape,
  /** The purpose of this version. */
  note: z.string().trim().min(1).max(2000).optional(),
});
export type KeepForm = z.infer<typeof KeepForm>;

/** `POST /forms/{name}/clone`. */
export const CloneForm = z.strictObject({
  name: Code,
  title: KeepForm.shape.title.optional(),
});
export type CloneForm = z.infer<typeof CloneForm>;

/** The faults that keep a form out of the library, by their places in the request. */
export function faultsOfKept({ fields, rules }: Form): Fault[] {
  const form = { fields, rules };
  return [...faultsOfForm(form, 'form'), ...compileForm(form, 'form').faults].map((fault) => ({
    ...fault,
    path: fault.path.replace(/^form\./, ''),
  }));
}
