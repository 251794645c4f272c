// The merged report a node sends up: figures and coverage from the leaves below, frozen as a copy with its digest.
import type { Composed } from '../domain/paper/document/composed.ts';
import type { Merged } from '../domain/assignment/decision.ts';
import { nameOfCode } from '../domain/organisation/organisation.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import type { Db } from '../db/pool.ts';
import { rollUpDigest } from '../reading/audit/digested.ts';
import { composeDocument, isDocument } from '../reading/document.ts';
import type { Ledger } from './ledger/ledger.ts';
import { summarise, type Summary } from '../reading/summary.ts';

/** The content of a roll-up: the figures, and for an item that asks for a document also that document. */
export type Below = Summary & { document?: Composed };

/** Merges the approved reports, each leaf once (law 3); never kept sums. */
export async function mergeBelow(db: Db, ledger: Ledger, row: AssignmentRow): Promise<Below> {
  const { directory } = ledger.held;
  const item = ledger.held.directiveOf(row).items.get(row.state.item);
  const at = {
    directive: row.directive,
    node: row.id,
    unitName: (code: string) => nameOfCode(directory, code),
  };
  const summary = await summarise(db, { ...at, form: item?.form }, 'approved');
  const document = isDocument(item) ? await composeDocument(db, { ...at, item }, 'approved') : null;
  return document === null ? summary : { ...summary, document };
}

/**
 * The copy a roll-up would freeze now, and the content kept with it. The holder's own additions go up beside the figures
 * that include them, with their note, and a document as it stands; a copy without these has the digest it always had.
 */
export function mergedOf(summary: Below, final: boolean): { merged: Merged; content: unknown } {
  const { finished, coverage, own } = summary;
  const written = summary.document === undefined ? {} : { document: summary.document };
  const { missing: _, ...counted } = coverage;
  const content = { ...finished, coverage, final, own, ...written };
  return {
    merged: { digest: rollUpDigest(content), final, coverage: counted, values: headline(finished.values) },
    content,
  };
}

/** Figures of one line each go into the event; texts and rows stay with the submission. */
export const headline = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !Array.isArray(value)));
