// The form library's writers: a form kept in its next version, or cloned under another name.
import { isDeepStrictEqual } from 'node:util';
import { findForm, insertForm, lockForm, type FormRow } from '../../db/queries/form.ts';
import type { Transaction } from '../../db/pool.ts';
import { refuse, refuseFaults, type Refusal } from '../../domain/failure.ts';
import { faultsOfKept, type CloneForm, type KeepForm } from '../../domain/form/library.ts';

/** The writer: a person of these offices, or of the installation itself. */
export type Keeper = { person: string; offices: readonly string[]; isAdministrator: boolean };

/** Only its own office goes on with an office's form; every keeper may go on with a form of the installation. */
export const mayGoOn = ({ offices, isAdministrator }: Keeper, office: string | null): boolean =>
  isAdministrator || office === null || offices.includes(office);

/** Keeps a new version unless it equals the latest; answers the latest then. `ifMatch` is the version expected. */
export async function keepForm(
  tx: Transaction,
  name: string,
  { title, note, ...form }: KeepForm,
  keeper: Keeper,
  ifMatch: number | null,
): Promise<FormRow | Refusal> {
  await lockForm(tx, name);
  const latest = await findForm(tx, name);
  if (latest !== null && !mayGoOn(keeper, latest.office)) return refuse('OF_ANOTHER_OFFICE');
  const isSame = latest !== null && latest.title === title && isDeepStrictEqual(latest.form, form);
  // Before the check of `ifMatch`: a client that repeats a request after a lost answer gets the same answer.
  if (isSame) return latest;
  if (ifMatch !== null && ifMatch !== (latest?.version ?? 0)) return refuse('NEWER_VERSION');
  const faults = faultsOfKept(form);
  if (faults.length > 0) return refuseFaults(faults);
  return insertForm(tx, {
    name,
    version: (latest?.version ?? 0) + 1,
    title,
    form,
    note: note ?? null,
    office: latest === null ? (keeper.offices[0] ?? null) : latest.office,
    clonedFrom: null,
    by: keeper.person,
  });
}

/** The latest version of a form as the first of another; 409 DUPLICATE where that name is taken. */
export async function cloneForm(
  tx: Transaction,
  from: FormRow,
  { name, title }: CloneForm,
  keeper: Keeper,
): Promise<FormRow | Refusal> {
  await lockForm(tx, name);
  if ((await findForm(tx, name)) !== null)
    return refuse('DUPLICATE', {
      params: { value: name },
      errors: [{ path: 'name', code: 'DUPLICATE', params: { value: name } }],
    });
  return insertForm(tx, {
    name,
    version: 1,
    title: title ?? from.title,
    form: from.form,
    note: null,
    office: keeper.offices[0] ?? null,
    clonedFrom: { name: from.name, version: from.version },
    by: keeper.person,
  });
}
