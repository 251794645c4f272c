// What is asked of an uploaded workbook, and what its reading answers, by the kind of workbook.
import type { Refusal } from '../../failure.ts';
import type { Form } from '../../form/field.ts';
import type { DeskReading } from './desk/read-desk.ts';
import type { WorkbookMark } from './marker.ts';
import type { ReportReading } from './report/read-report.ts';

/** Plain data: it goes to another thread. */
export type ReadingAsked = { kind: 'report' | 'desk'; form: Form; mark: WorkbookMark };
export type WorkbookRead = { report: ReportReading; desk: DeskReading };

/** Opens an uploaded workbook. */
export type WorkbookOpener = {
  /** Its content, or why it is refused. */
  read<K extends ReadingAsked['kind']>(
    bytes: Buffer,
    asked: ReadingAsked & { kind: K },
  ): Promise<WorkbookRead[K] | Refusal>;
};
