// A document as one reader is shown it: within bounds, as it was once sent, or as the result that was shared.
import type { Basis } from './summary.ts';
import type { ReadingDeps } from './opening.ts';
import { refusing } from '../domain/refusal-thrown.ts';
import { Composed } from '../domain/paper/document/composed.ts';
import { composeDocument, composeReport, type DocumentPlace } from './document.ts';
import type { Pool } from 'pg';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import { findSubmission } from '../db/queries/submission.ts';
import { relate } from '../domain/access/relation.ts';
import type { Snapshot } from './snapshot.ts';
import { asksSignature } from './terms.ts';

/** Text in one document; a reader takes in no more at once, and levels below have their own. */
const MAX_CHARACTERS = 20_000_000;

export async function composedWithin(pool: Pool, at: DocumentPlace, basis: Basis): Promise<Composed> {
  const document = await composeDocument(pool, at, basis, MAX_CHARACTERS);
  if (document === null) throw refusing('DOCUMENT_TOO_LARGE');
  return document;
}

/** A report's document is composed from the report; a copy sent up keeps the whole document of that moment. */
export async function documentAsSent(
  { pool, now }: Pick<ReadingDeps, 'pool' | 'now'>,
  person: string,
  { snapshot, row, at }: { snapshot: Snapshot; row: AssignmentRow; at: DocumentPlace },
  version: number,
): Promise<Composed & { at: string }> {
  const { directive, id } = row;
  const { holder } = relate(snapshot.directory, person, snapshot.standingOf(row), now());
  // Before its leader has signed a report is the holder's alone.
  const unsigned = holder || !asksSignature(snapshot.directiveOf(row), row.state);
  const reading = { directive, assignment: id, series: 'sent' as const, unsigned };
  const found = await findSubmission(pool, reading, version);
  if (!found) throw refusing('NOT_FOUND');
  if (found.kind === 'report')
    return { ...(await composeReport(pool, at, row.state.unit, found)), at: found.at.toISOString() };
  const kept = Composed.safeParse(found.content['document']);
  if (!kept.success) throw refusing('NOT_FOUND');
  return { ...kept.data, at: found.at.toISOString() };
}

/** The result that was shared, without the missing sections and without the edits of nodes. */
export const sharedResultOf = (document: Composed): Composed => ({
  ...document,
  sections: document.sections.map((section) => ({ ...section, edited: null, missing: [], moreMissing: 0 })),
});
