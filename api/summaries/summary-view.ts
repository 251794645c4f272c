// Merged figures as readers see them (api.md §8).
import type { Basis, SummedPart, Summary, SummarySubject } from '../../reading/summary.ts';
import type {
  ItemSummaryAnswer,
  LineageAnswer,
  SummaryAnswer,
  SummaryPart,
} from '../../contract/summaries.ts';
import type { FigureValues, MergedRows } from '../../contract/values.ts';
import type { FigureContribution } from '../../db/queries/figure.ts';
import { taskForceOf } from '../../domain/code.ts';
import { weightOf } from '../../domain/form/field-kind.ts';
import type { Field } from '../../domain/form/field.ts';

/** The figures the form's aggregates made. Only the form tells their shape. */
const figuresView = ({
  values,
  rows,
}: SummedPart['finished']): { values: FigureValues; rows: MergedRows } => ({
  values: values as FigureValues,
  rows: rows as MergedRows,
});

const partView = ({ id, coverage, finished }: SummedPart): SummaryPart => {
  const last = id.slice(id.lastIndexOf('.') + 1);
  const isTaskForce = id.split('.').length === 3;
  return {
    assignment: id,
    ...(isTaskForce ? { taskForce: last } : { unit: last }),
    coverage,
    ...figuresView(finished),
  };
};

export function summaryView(
  summary: Summary,
  about: { of: SummarySubject; final: boolean; at: string; basis: Basis },
): SummaryAnswer | ItemSummaryAnswer {
  const { version, coverage, finished, children } = summary;
  const said = {
    final: about.final,
    version,
    at: about.at,
    basis: about.basis,
    coverage,
    ...figuresView(finished),
  };
  const parts = children.map(partView);
  return 'assignment' in about.of
    ? { ...about.of, ...said, own: summary.own as SummaryAnswer['own'], children: parts }
    : { ...about.of, ...said, children: parts };
}

/** One line of a figure's lineage: the value as it was taken in, its unit, and the place of the whole report. */
export function contributionView(
  { weight, rank: _, ...said }: FigureContribution,
  field: Field,
  nameOf: (code: string) => string,
): LineageAnswer {
  const { assignment, unit, isPart, version, at } = said;
  return {
    ...said,
    value: said.value as LineageAnswer['value'],
    unitName: nameOf(unit ?? taskForceOf(assignment)),
    ...(weightOf(field) === null ? {} : { weight: weight as number | null }),
    at: at.toISOString(),
    submission: `/api/v1/assignments/${assignment}/${isPart ? 'parts' : 'submissions'}/${version}`,
  };
}
