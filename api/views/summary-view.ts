// Merged figures as readers see them (api.md §8).
import type { Part, Summary } from '../../command/summary.ts';
import type { Contribution } from '../../db/queries/figure.ts';
import { taskForceOf } from '../../domain/code.ts';
import { weightOf } from '../../domain/form/field-kind.ts';
import type { Field } from '../../domain/form/field.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';

const partView = ({ id, coverage, finished }: Part): Record<string, unknown> => {
  const last = id.slice(id.lastIndexOf('.') + 1);
  const isTaskForce = id.split('.').length === 3;
  return { assignment: id, ...(isTaskForce ? { taskForce: last } : { unit: last }), coverage, ...finished };
};

/** Is nothing below an assignment, or of it, still to come? */
export const isSettledBelow = (row: AssignmentRow): boolean =>
  row.state.node
    ? (row.ownDesk === null ? row.unsettled : (row.below ?? 0)) === 0
    : row.state.settledAt !== null;

/** What it was shared for: the result, without the parts it comes from. */
export const resultOf = (summary: Summary): Summary => ({
  ...summary,
  coverage: { ...summary.coverage, missing: [] },
  own: null,
  children: [],
});

export function summaryView(
  summary: Summary,
  about: { assignment: string | null; final: boolean; at: string; basis: string },
): Record<string, unknown> {
  const { version, coverage, finished, children } = summary;
  return {
    ...(about.assignment === null ? {} : { assignment: about.assignment }),
    final: about.final,
    version,
    at: about.at,
    basis: about.basis,
    coverage,
    ...finished,
    ...(about.assignment === null ? {} : { own: summary.own }),
    children: children.map(partView),
  };
}

/** One line of a figure's lineage: the value as it was taken in, whose it is, and where the whole report stands. */
export function contributionView(
  { weight, rank: _, ...said }: Contribution,
  field: Field,
  nameOf: (code: string) => string,
): Record<string, unknown> {
  const { assignment, unit, isPart, version, at } = said;
  return {
    ...said,
    unitName: nameOf(unit ?? taskForceOf(assignment)),
    ...(weightOf(field) === null ? {} : { weight }),
    at: at.toISOString(),
    submission: `/api/v1/assignments/${assignment}/${isPart ? 'parts' : 'submissions'}/${version}`,
  };
}
