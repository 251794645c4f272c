// An outlier as it is answered: in the list of a node, and beside the report in the review.
import type { OutlierAnswer } from '../../contract/outliers.ts';
import type { ReportRow } from '../../db/queries/outlier.ts';
import { taskForceOf } from '../../domain/code.ts';
import type { FoundOutlier } from '../../domain/merge/outlier.ts';
import { nameOfCode, type Directory } from '../../domain/organisation/organisation.ts';

/** `reports`: those looked at, by assignment. */
export function outlierView(
  { outlier }: FoundOutlier,
  reports: ReadonlyMap<string, ReportRow>,
  directory: Directory,
): OutlierAnswer {
  const { unit, version } = reports.get(outlier.assignment) ?? { unit: null, version: 0 };
  const { assignment, ...said } = outlier;
  const unitName = nameOfCode(directory, unit ?? taskForceOf(assignment));
  return { assignment, unit, unitName, ...said, version } as OutlierAnswer;
}
