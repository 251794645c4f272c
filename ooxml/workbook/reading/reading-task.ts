// A task to read a workbook's sheets, by the kind of workbook.
import type { Refusal } from '../../../domain/failure.ts';
import type { Form } from '../../../domain/form/field.ts';
import type { Sheet } from '../../../domain/paper/workbook/cell/cell.ts';
import type { WorkbookMark } from '../../../domain/paper/workbook/marker.ts';
import { readDesk, type DeskReading } from '../../../domain/paper/workbook/desk/read-desk.ts';
import { readReport, type ReportReading } from '../../../domain/paper/workbook/report/read-report.ts';
import type { Unreadable } from './unreadable.ts';

/** Each kind with its input; plain data, it goes to another thread. */
export type Task = { kind: 'report' | 'desk'; form: Form; mark: WorkbookMark };
export type ReadOf = { report: ReportReading; desk: DeskReading };

export type Sent = { bytes: Uint8Array<ArrayBuffer>; task: Task };
export type ReadingAnswer = { read: ReadOf[Task['kind']] | Refusal } | { unreadable: Unreadable };

export function readTask(sheets: readonly Sheet[], task: Task): ReadOf[Task['kind']] | Refusal {
  const { kind, form, mark } = task;
  return kind === 'desk' ? readDesk(sheets, form, mark) : readReport(sheets, form, mark);
}
