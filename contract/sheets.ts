// An assignment's form as a workbook to fill in offline: reading a filled-in one, and handing in its values.
import { z } from 'zod';
import { defineCall, fileAnswer } from './call.ts';
import { UPLOAD_TYPE, UploadBody } from './files.ts';
import { XLSX_TYPE } from '../domain/paper/media-types.ts';
import { published } from './naming.ts';
import { ProblemAnswer } from './problem.ts';
import { ReportedRows, ReportedValue, ReportedValues } from './values.ts';

/** `cell` as in `C7`, with its sheet before it where that is not the first: `明细!B8`; null for a fault without a cell. */
export const CellProblemAnswer = published(
  'CellProblem',
  z.strictObject({
    cell: z.string().nullable(),
    path: z.string(),
    code: z.string(),
    message: z.string(),
  }),
);

/** A cell whose value differs from its text letter by letter; `formula`: its stored result was taken. */
const CellReadingAnswer = published(
  'CellReading',
  z.strictObject({
    cell: z.string(),
    path: z.string(),
    written: z.string(),
    read: ReportedValue,
    formula: z.literal(true).optional(),
  }),
);

const Said = {
  values: ReportedValues,
  rows: ReportedRows,
  /** The text of the cell for explanations, for each rule that asked for one. */
  explanations: z.record(z.string(), z.string()),
  note: z.string().optional(),
};
const Found = { problems: z.array(CellProblemAnswer), warnings: z.array(CellProblemAnswer) };

/** `values`, `rows`, `explanations` and `note`: a submit takes them as they are. `warnings` stop nothing. */
const SheetAnswer = published(
  'Sheet',
  z.strictObject({ ...Said, ...Found, readings: z.array(CellReadingAnswer) }),
);

const OfUnit = {
  assignment: z.string(),
  unit: z.string(),
  unitName: z.string(),
  /** On the first sheet; null where only tables say something of the unit. */
  row: z.int().nullable(),
};

/** Of a desk: each unit's row judged by itself; `problems` beside them are of rows that belong to no unit. */
const DeskSheetAnswer = published(
  'DeskSheet',
  z.strictObject({
    items: z.array(
      z.strictObject({
        ...OfUnit,
        ...Said,
        ...Found,
        readings: z.array(CellReadingAnswer),
        alreadyIn: z.boolean(),
      }),
    ),
    ...Found,
  }),
);

export const AnySheetAnswer = z.union([SheetAnswer, DeskSheetAnswer]);
export type AnySheetAnswer = z.infer<typeof AnySheetAnswer>;

export const WorkbookReportsAnswer = published(
  'WorkbookReports',
  z.strictObject({
    items: z.array(
      z.strictObject({
        ...OfUnit,
        /** 200: it is in, now or before (`alreadyIn`); else why not, by the door or by its cells. */
        status: z.int(),
        alreadyIn: z.literal(true).optional(),
        problem: ProblemAnswer.optional(),
        problems: z.array(CellProblemAnswer).optional(),
        warnings: z.array(CellProblemAnswer).optional(),
        readings: z.array(CellReadingAnswer).optional(),
      }),
    ),
    ...Found,
  }),
);
export type WorkbookReportsAnswer = z.infer<typeof WorkbookReportsAnswer>;

const tag = 'assignments';

export const SHEET_CALLS = {
  workbook: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/sheet.xlsx',
    tag,
    summary:
      'The form as a workbook to fill in offline, with what has been reported or may be taken over; of a desk, a row for each unit below',
    answers: { 200: fileAnswer(XLSX_TYPE) },
  }),
  read: defineCall({
    costly: true,
    method: 'post',
    path: '/assignments/{id}/sheet',
    tag,
    summary: 'What a filled-in workbook of at most 20 MB says, every problem by its cell; changes nothing',
    body: UploadBody,
    bodyType: UPLOAD_TYPE,
    once: false,
    answers: { 200: AnySheetAnswer },
  }),
  handIn: defineCall({
    costly: true,
    method: 'post',
    path: '/assignments/{id}/sheet/reports',
    tag,
    summary:
      'Hands in what a filled-in workbook says: your own report, or of a desk, on behalf of each unit below, its row; one verdict each',
    body: UploadBody,
    bodyType: UPLOAD_TYPE,
    answers: { 200: WorkbookReportsAnswer },
  }),
};
