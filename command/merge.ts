// The merged report a node sends up: figures and coverage from the leaves below, frozen as a copy with its digest.
import type { Merged } from '../domain/assignment/decision.ts';
import { nameOfCode } from '../domain/organisation/organisation.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import type { Db } from '../db/pool.ts';
import { digestOf } from './chain.ts';
import type { Ledger } from './ledger/ledger.ts';
import { summarise, type OwnPart, type Summary } from './summary.ts';

/** From the approved reports, each leaf once (law 3); never from kept sums. */
export function mergeBelow(db: Db, ledger: Ledger, row: AssignmentRow): Promise<Summary> {
  const { directory } = ledger;
  return summarise(
    db,
    {
      directive: row.directive,
      node: row.id,
      form: ledger.directiveOf(row).items.get(row.state.item)?.form,
      unitName: (code) => nameOfCode(directory, code),
    },
    'approved',
  );
}

/**
 * The copy a roll-up would freeze now, and the content kept with it. What the holder has added goes up beside the
 * figures it is in, with its note; a copy without such a part has the digest it always had.
 */
export function mergedOf(summary: Summary, final: boolean): { merged: Merged; content: unknown } {
  const { finished, coverage, own } = summary;
  const { missing: _, ...counted } = coverage;
  const digest = digestOf({
    ...finished,
    coverage: counted,
    final,
    ...(own === null ? {} : { own: said(own) }),
  });
  return {
    merged: { digest, final, coverage: counted, values: headline(finished.values) },
    content: { ...finished, coverage, final, own },
  };
}

/** The same part added once more, as another version, says nothing new. */
const said = ({ values, rows, note }: OwnPart): Omit<OwnPart, 'version'> => ({ values, rows, note });

/** Figures of one line each go into the event; texts and rows stay with the submission. */
export const headline = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !Array.isArray(value)));
