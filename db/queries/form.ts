// Rows of `form`: every version of every kept form; no version ever changes.
import { Form } from '../../domain/form/field.ts';
import type { FormOf } from '../../domain/form/library.ts';
import type { Db, Transaction } from '../pool.ts';
import { patternOf, searched } from './searched.ts';

/** A version as lists show it: without its fields, which can be many. */
export type FormBrief = {
  name: string;
  version: number;
  title: string;
  note: string | null;
  /** The office that may go on with it; null for a form of the whole installation. */
  office: string | null;
  clonedFrom: FormOf | null;
  fields: number;
  by: string;
  at: Date;
};

export type FormRow = Omit<FormBrief, 'fields'> & { form: Form };

const HEAD = `name, version, title, note, office, cloned_from as "clonedFrom", made_by as by, made_at as at`;
const BRIEF = `${HEAD}, jsonb_array_length(form -> 'fields') as fields`;

const parsed = (row: FormRow | undefined): FormRow | null =>
  row === undefined ? null : { ...row, form: Form.parse(row.form) };

/** That version, or the latest where none is named. */
export async function findForm(db: Db, name: string, version: number | null = null): Promise<FormRow | null> {
  const { rows } = await db.query<FormRow>({
    name: 'form/find',
    text: `
      select ${HEAD}, form
        from form
       where name = $1 and ($2::int is null or version = $2)
       order by version desc
       limit 1`,
    values: [name, version],
  });
  return parsed(rows[0]);
}

/** The latest version of each whose name or title has `q` in it, by name; `after` is the last name already shown. */
export async function listForms(
  db: Db,
  q: string | null,
  after: string | null,
  limit: number,
): Promise<FormBrief[]> {
  const { rows } = await db.query<FormBrief>({
    name: 'form/list',
    text: `
      select ${BRIEF}
        from (select distinct on (name collate "C") *
                from form
               where name collate "C" > $2
               order by name collate "C", version desc) latest
       where $1::text is null or name ilike $1 or ${searched('title', '$1')}
       order by name collate "C"
       limit $3`,
    values: [patternOf(q), after ?? '', limit],
  });
  return rows;
}

/** Newest first; `before` is the last version already shown. */
export async function listVersions(
  db: Db,
  name: string,
  before: number | null,
  limit: number,
): Promise<FormBrief[]> {
  const { rows } = await db.query<FormBrief>({
    name: 'form/list_versions',
    text: `
      select ${BRIEF}
        from form
       where name = $1 and ($2::int is null or version < $2)
       order by version desc
       limit $3`,
    values: [name, before, limit],
  });
  return rows;
}

/** Locks forms of this name until the transaction ends; other writers wait. */
export async function lockForm(tx: Transaction, name: string): Promise<void> {
  await tx.query({
    name: 'form/lock',
    text: `select pg_advisory_xact_lock(hashtextextended('form/' || $1, 0))`,
    values: [name],
  });
}

export async function insertForm(tx: Transaction, row: Omit<FormRow, 'at'>): Promise<FormRow> {
  const { rows } = await tx.query<FormRow>({
    name: 'form/insert',
    text: `
      insert into form (name, version, title, form, note, office, cloned_from, made_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      returning ${HEAD}, form`,
    values: [
      row.name,
      row.version,
      row.title,
      JSON.stringify(row.form),
      row.note,
      row.office,
      row.clonedFrom === null ? null : JSON.stringify(row.clonedFrom),
      row.by,
    ],
  });
  const inserted = parsed(rows[0]);
  if (inserted === null) throw new Error('insert returned no row');
  return inserted;
}
