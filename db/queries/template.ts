// Rows of `template`: every version of every template of every form.
import { Mapping, type TemplateKind } from '../../domain/paper/template/template.ts';
import type { Db, Transaction } from '../pool.ts';

export type TemplateRow = {
  form: string;
  name: string;
  version: number;
  kind: TemplateKind;
  file: string;
  mapping: Mapping;
  office: string | null;
  by: string;
  at: Date;
};

const COLUMNS = `form, name, version, kind, file, mapping, office, made_by as by, made_at as at`;

const parsed = (row: TemplateRow): TemplateRow => ({ ...row, mapping: Mapping.parse(row.mapping) });

/** The latest version. */
export async function findTemplate(db: Db, form: string, name: string): Promise<TemplateRow | null> {
  const { rows } = await db.query<TemplateRow>({
    name: 'template/find',
    text: `select ${COLUMNS} from template where form = $1 and name = $2 order by version desc limit 1`,
    values: [form, name],
  });
  return rows[0] === undefined ? null : parsed(rows[0]);
}

/** The latest version of each, by name; `after` is the last name already shown. */
export async function listTemplates(
  db: Db,
  form: string,
  after: string | null,
  limit: number,
): Promise<TemplateRow[]> {
  const { rows } = await db.query<TemplateRow>({
    name: 'template/list',
    text: `
      select distinct on (name collate "C") ${COLUMNS}
        from template
       where form = $1 and name collate "C" > $2
       order by name collate "C", version desc
       limit $3`,
    values: [form, after ?? '', limit],
  });
  return rows.map(parsed);
}

/** Is it the file of a template of one of these offices, or of one of the whole installation? */
export async function isTemplateOf(db: Db, file: string, offices: readonly string[]): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'template/is_of',
    text: `select exists (select from template where file = $1 and (office is null or office = any($2))) as found`,
    values: [file, offices],
  });
  return rows[0]?.found === true;
}

/** Locks this template until the transaction ends; other writers wait. */
export async function lockTemplate(tx: Transaction, form: string, name: string): Promise<void> {
  await tx.query({
    name: 'template/lock',
    text: `select pg_advisory_xact_lock(hashtextextended('template/' || $1 || '/' || $2, 0))`,
    values: [form, name],
  });
}

export async function insertTemplate(tx: Transaction, row: Omit<TemplateRow, 'at'>): Promise<TemplateRow> {
  const { rows } = await tx.query<TemplateRow>({
    name: 'template/insert',
    text: `
      insert into template (form, name, version, kind, file, mapping, office, made_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      returning ${COLUMNS}`,
    values: [
      row.form,
      row.name,
      row.version,
      row.kind,
      row.file,
      JSON.stringify(row.mapping),
      row.office,
      row.by,
    ],
  });
  if (rows[0] === undefined) throw new Error('insert returned no row');
  return parsed(rows[0]);
}
