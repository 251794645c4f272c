// How each report of a workbook fared, as its sender is told.
import type { WorkbookReportsAnswer } from '../../contract/sheets.ts';
import type { ReportFared } from '../../command/intake/workbook-reports.ts';
import { FAILURES, type Language } from '../../domain/failure.ts';
import type { JudgedUnit } from '../../reading/workbook/desk-workbook.ts';
import type { RouteDeps } from '../deps.ts';
import { problemOf, refusalOf } from '../errors.ts';

type Verdict = WorkbookReportsAnswer['items'][number];

export function workbookVerdict(
  { log }: Pick<RouteDeps, 'log'>,
  item: JudgedUnit,
  fared: ReportFared,
  { language, requestId, index }: { language: Language; requestId: string; index: number },
): Verdict {
  const { assignment, unit, unitName, row, warnings } = item;
  // Values in the types the form gives them.
  const readings = item.readings as NonNullable<Verdict['readings']>;
  const about = {
    ...{ assignment, unit, unitName, row },
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(readings.length > 0 ? { readings } : {}),
  };
  switch (fared.is) {
    case 'in':
      return { ...about, status: 200 };
    case 'alreadyIn':
      return { ...about, status: 200, alreadyIn: true };
    case 'faulty':
      return { ...about, status: 422, problems: item.problems };
    case 'failed': {
      const { refusal } = refusalOf(fared.error);
      if (refusal.code === 'INTERNAL')
        log.error({ err: fared.error, requestId, index }, 'report of a workbook failed');
      const problem = problemOf(refusal, language, requestId);
      return { ...about, status: FAILURES[refusal.code].status, problem };
    }
  }
}
