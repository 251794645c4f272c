// Forms a directive names are looked up when it is made; from then on it has them in full.
import { findForm } from '../../db/queries/form.ts';
import type { Db } from '../../db/pool.ts';
import type { DirectiveRequest, Item, PostedDirective } from '../../domain/directive/directive.ts';
import type { Fault } from '../../domain/failure.ts';
import type { Form } from '../../domain/form/field.ts';
import type { FormOf, NamedForm } from '../../domain/form/library.ts';

type Found = { form: Form; formOf: FormOf };

const isNamed = (form: Form | NamedForm): form is NamedForm => 'name' in form;

/** The request as kept; a form kept before stays in its version. An unknown form is left out, and is a fault. */
export async function resolveForms(
  db: Db,
  posted: PostedDirective | DirectiveRequest,
): Promise<{ request: DirectiveRequest; faults: Fault[] }> {
  const faults: Fault[] = [];
  const items: Item[] = [];
  for (const [at, { form, ...item }] of posted.items.entries()) {
    if (form === undefined) {
      items.push(item);
    } else if (isNamed(form)) {
      const found = await foundForm(db, form);
      const value = form.version === undefined ? form.name : `${form.name} ${form.version}`;
      if (found === null) faults.push({ path: `items[${at}].form`, code: 'UNKNOWN_FORM', params: { value } });
      items.push({ ...item, ...found });
    } else {
      items.push({ ...item, form });
    }
  }
  return { request: { ...posted, items }, faults };
}

async function foundForm(db: Db, { name, version }: NamedForm): Promise<Found | null> {
  const row = await findForm(db, name, version ?? null);
  return row && { form: row.form, formOf: { name: row.name, version: row.version } };
}
