// A task to read a workbook's sheets, by the kind of workbook.
import type { Refusal } from '../../../domain/failure.ts';
import type { Sheet } from '../../../domain/paper/workbook/cell/cell.ts';
import { readDesk } from '../../../domain/paper/workbook/desk/read-desk.ts';
import { readReport } from '../../../domain/paper/workbook/report/read-report.ts';
import type { Unreadable } from './unreadable.ts';
import type { ReadingAsked, WorkbookRead } from '../../../domain/paper/workbook/reading-asked.ts';

export type Sent = { bytes: Uint8Array<ArrayBuffer>; task: ReadingAsked };
export type ReadingAnswer =
  { read: WorkbookRead[ReadingAsked['kind']] | Refusal } | { unreadable: Unreadable };

export function readTask(
  sheets: readonly Sheet[],
  task: ReadingAsked,
): WorkbookRead[ReadingAsked['kind']] | Refusal {
  const { kind, form, mark } = task;
  return kind === 'desk' ? readDesk(sheets, form, mark) : readReport(sheets, form, mark);
}
