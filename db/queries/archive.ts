// What the archive of a directive reads beside its log: the ends of its desks' logs, all content, and its files.
import type { Db } from '../pool.ts';
import type { ChainEnd } from './checkpoint.ts';
import type { SubmissionRow } from './submission.ts';

/** In the order of their names, byte by byte. */
export async function listDeskEnds(db: Db, directive: string): Promise<ChainEnd[]> {
  const { rows } = await db.query<ChainEnd>({
    name: 'archive/list_desks',
    text: `select id as chain, seq, encode(hash, 'hex') as hash from desk where directive = $1 order by id collate "C"`,
    values: [directive],
  });
  return rows;
}

export type ContentPlace = Pick<SubmissionRow, 'assignment' | 'kind' | 'version'>;

/** Every version of every report, part and merged report, after `after`. */
export async function listContentsAfter(
  db: Db,
  directive: string,
  after: ContentPlace | null,
  limit: number,
): Promise<SubmissionRow[]> {
  const { rows } = await db.query<SubmissionRow>({
    name: 'archive/list_contents',
    text: `
      select assignment, version, kind, content, by, at from submission
       where directive = $1 and ($2::text is null or (assignment, kind, version) > ($2, $3, $4))
       order by assignment, kind, version limit $5`,
    values: [directive, after?.assignment ?? null, after?.kind ?? '', after?.version ?? 0, limit],
  });
  return rows;
}

export type ArchivedFile = { id: string; name: string };

/** Each file attached anywhere in the directive once, after `after`. */
export async function listFilesOf(
  db: Db,
  directive: string,
  after: string,
  limit: number,
): Promise<ArchivedFile[]> {
  const { rows } = await db.query<ArchivedFile>({
    name: 'archive/list_files',
    text: `
      select id, name from file
       where id > $2 and exists (select from attachment a where a.directive = $1 and a.file = file.id)
       order by id limit $3`,
    values: [directive, after, limit],
  });
  return rows;
}
