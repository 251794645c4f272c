// A report of a document's sections on its way in: which units' sections it writes, and whether its files are readable documents.
import type { Head } from '../../db/queries/assignment.ts';
import { findLatestValues, findUnitsBelow } from '../../db/queries/document.ts';
import { findFiles } from '../../db/queries/file.ts';
import type { Pool } from '../../db/pool.ts';
import { saidInSection } from '../../domain/paper/document/contribution.ts';
import type { StoredDocument } from '../../domain/directive/document-task.ts';
import {
  faultsOfEdit,
  faultsOfReport,
  withdrawnBy,
  withEarlier,
  type Values,
} from '../../domain/paper/document/section-report.ts';
import type { Fault, FailureCode } from '../../domain/failure.ts';
import { DOCX_TYPE } from '../../domain/paper/media-types.ts';

/** The form judges `values`; `withdrawn` is kept beside the values the form keeps. */
export type Sections = {
  values: Record<string, unknown>;
  faults: Fault[];
  /** Edits taken back. */
  withdrawn: Record<string, null>;
};

/** A leaf reports all it owes; a node may edit any section that passes through it. */
export async function sectionsOf(
  db: Pool,
  document: StoredDocument,
  of: Head,
  values: Values,
): Promise<Sections> {
  if (!of.node) {
    const whole = withEarlier(document, values, await findLatestValues(db, of.directive, of.id));
    return { values: whole, faults: faultsOfReport(document, of.id, whole), withdrawn: {} };
  }
  const units = [...new Set(document.sections.flatMap((section) => section.units ?? []))];
  const below = new Set(units.length === 0 ? [] : await findUnitsBelow(db, of.directive, of.id, units));
  return {
    values,
    faults: faultsOfEdit(document, of.id, values, below),
    withdrawn: withdrawnBy(document, values),
  };
}

/** Opens a file as a document; its words are the reader's own business (ooxml/document/reading/docx-reader.ts). */
export type SectionReader = { read(file: string): Promise<{ fault: UnreadableSection } | object> };
type UnreadableSection = 'TOO_LARGE' | 'DAMAGED';

const CODES: Record<UnreadableSection, FailureCode> = {
  TOO_LARGE: 'DOCX_TOO_LARGE',
  DAMAGED: 'DOCX_UNREADABLE',
};

/** Each file is read whole once when it comes in: the person who puts the document together later cannot mend it. */
export async function sectionFileFaults(
  { pool, docx }: { pool: Pool; docx: SectionReader },
  { sections }: StoredDocument,
  values: Values,
): Promise<Fault[]> {
  const named = sections.flatMap(({ key, fileKey }) => {
    const file = saidInSection({ key, fileKey }, values)?.file ?? null;
    return file === null ? [] : [{ file, path: `values.${fileKey}[0]` }];
  });
  if (named.length === 0) return [];
  const ids = named.map(({ file }) => file);
  const rows = new Map((await findFiles(pool, ids)).map((row) => [row.id, row]));
  const faults: Fault[] = [];
  for (const { file, path } of named) {
    const row = rows.get(file);
    const params = { name: row?.name ?? file };
    if (row?.mediaType !== DOCX_TYPE) {
      faults.push({ path, code: 'NOT_A_DOCX', params });
      continue;
    }
    const read = await docx.read(file);
    if ('fault' in read) faults.push({ path, code: CODES[read.fault], params });
  }
  return faults;
}
