// Rows of `file` and `attachment`: what was uploaded, and to what it is attached.
import { inTransaction, type Db, type Pool, type Transaction } from '../pool.ts';

export type FileRow = {
  id: string;
  name: string;
  size: number;
  sha256: string;
  mediaType: string;
  by: string;
  at: Date;
};

const COLUMNS = `id, name, size, sha256, media_type as "mediaType", by, at`;

export async function insertFile(db: Db, file: Omit<FileRow, 'at'>): Promise<void> {
  await db.query({
    name: 'file/insert',
    text: `
      insert into file (id, name, size, sha256, media_type, by)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [file.id, file.name, file.size, file.sha256, file.mediaType, file.by],
  });
}

export async function findFiles(db: Db, ids: readonly string[]): Promise<FileRow[]> {
  const { rows } = await db.query<FileRow>({
    name: 'file/find_many',
    text: `select ${COLUMNS} from file where id = any($1)`,
    values: [ids],
  });
  return rows;
}

export async function findFile(db: Db, id: string): Promise<FileRow | null> {
  const { rows } = await db.query<FileRow>({
    name: 'file/find',
    text: `select ${COLUMNS} from file where id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** Those of the ids that exist, protected from the sweep until the transaction that attaches them ends. */
export async function lockFiles(tx: Transaction, ids: readonly string[]): Promise<FileRow[]> {
  const { rows } = await tx.query<FileRow>({
    name: 'file/lock',
    text: `select ${COLUMNS} from file where id = any($1) order by id for key share`,
    values: [ids],
  });
  return rows;
}

/** `assignment` is '' for a file attached to the directive itself. */
export type Attachment = { file: string; directive: string; assignment: string };

export async function insertAttachments(db: Db, attachments: readonly Attachment[]): Promise<void> {
  await db.query({
    name: 'attachment/insert',
    text: `
      insert into attachment (file, directive, assignment)
      select * from unnest($1::text[], $2::text[], $3::text[])
      on conflict do nothing`,
    values: [
      attachments.map((each) => each.file),
      attachments.map((each) => each.directive),
      attachments.map((each) => each.assignment),
    ],
  });
}

/** Detaches files of the directive itself; those its assignments have attached stay. */
export async function deleteAttachments(db: Db, directive: string): Promise<void> {
  await db.query({
    name: 'attachment/delete_of_directive',
    text: `delete from attachment where directive = $1 and assignment = ''`,
    values: [directive],
  });
}

/** The things a file is attached to, directives first, because most readers see those. */
export async function listAttachments(db: Db, file: string): Promise<Attachment[]> {
  const { rows } = await db.query<Attachment>({
    name: 'attachment/list',
    text: `
      select file, directive, assignment
        from attachment
       where file = $1
       order by assignment, directive`,
    values: [file],
  });
  return rows;
}

/**
 * Deletes the rows of files that were uploaded over `hours` ago, are attached to nothing and belong to no template;
 * answers their ids. Two statements: the second sees files attached while the first waited for locks.
 */
export async function deleteUnattached(tx: Transaction, hours: number, limit: number): Promise<string[]> {
  const { rows: idle } = await tx.query<{ id: string }>({
    name: 'file/lock_unattached',
    text: `
      select id
        from file f
       where at < now() - $1 * interval '1 hour'
         and not exists (select from attachment a where a.file = f.id)
         and not exists (select from template t where t.file = f.id)
       order by id
       limit $2
         for update skip locked`,
    values: [hours, limit],
  });
  if (idle.length === 0) return [];
  const { rows } = await tx.query<{ id: string }>({
    name: 'file/delete_unattached',
    text: `
      delete from file f
       where id = any($1)
         and not exists (select from attachment a where a.file = f.id)
         and not exists (select from template t where t.file = f.id)
      returning id`,
    values: [idle.map((row) => row.id)],
  });
  return rows.map((row) => row.id);
}

/** Two hours more than files that wait to be attached are kept: older ones are about to be swept. */
const WAITING_HOURS = 26;

/** Bytes of the files of these people that are attached to nothing and belong to no template. */
export async function sumUnattached(db: Db, people: readonly string[]): Promise<number> {
  const { rows } = await db.query<{ bytes: string }>({
    name: 'file/sum_unattached',
    text: `
      select coalesce(sum(size), 0)::text as bytes
        from file f
       where by = any($1)
         and at > now() - $2 * interval '1 hour'
         and not exists (select from attachment a where a.file = f.id)
         and not exists (select from template t where t.file = f.id)`,
    values: [people, WAITING_HOURS],
  });
  return Number(rows[0]?.bytes ?? 0);
}

/** Uploads that count together are kept one after the other. */
export async function lockUploads(tx: Transaction, name: string): Promise<void> {
  await tx.query({
    name: 'file/lock_uploads',
    text: `select pg_advisory_xact_lock(hashtextextended('upload/' || $1, 0))`,
    values: [name],
  });
}

/** Those of these ids that have no row. */
export async function listUnknownFiles(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'file/list_unknown',
    text: `select id from unnest($1::text[]) as asked (id) where not exists (select from file f where f.id = asked.id)`,
    values: [ids],
  });
  return rows.map((row) => row.id);
}

/** The queries that the sweep for orphans needs. */
export const fileRecord = (
  pool: Pool,
): {
  forgetUnattached(hours: number, limit: number): Promise<string[]>;
  listUnknown(ids: readonly string[]): Promise<string[]>;
} => ({
  forgetUnattached: (hours, limit) => inTransaction(pool, (tx) => deleteUnattached(tx, hours, limit)),
  listUnknown: (ids) => listUnknownFiles(pool, ids),
});

/** Those of the ids that are neither a file this person uploaded nor one the assignment has brought already. */
export async function listForeignFiles(
  db: Db,
  ids: readonly string[],
  { person, directive, id }: { person: string; directive: string; id: string },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'file/list_foreign',
    text: `
      select asked.id from unnest($1::text[]) as asked (id)
       where not exists (select from file f where f.id = asked.id and f.by = $2)
         and not exists (select from attachment a join file f on f.id = a.file
                          where a.file = asked.id and a.directive = $3 and a.assignment = $4)`,
    values: [ids, person, directive, id],
  });
  return rows.map((row) => row.id);
}

/** Names of those of the files that are still there, by id. */
export async function findFileNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; name: string }>({
    name: 'file/find_names',
    text: 'select id, name from file where id = any($1)',
    values: [ids],
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Every file the record knows, page by page. */
export async function listFileRows(db: Db, after: string, limit: number): Promise<FileRow[]> {
  const { rows } = await db.query<FileRow>({
    name: 'file/list',
    text: `select ${COLUMNS} from file where id > $1 order by id limit $2`,
    values: [after, limit],
  });
  return rows;
}
