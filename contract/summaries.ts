// The merged figures of a directive's items and of any node, their lineage, and the same as files (api.md §8).
import { z } from 'zod';
import { Code } from '../domain/code.ts';
import { DOCX_TYPE, XLSX_TYPE } from '../domain/paper/media-types.ts';
import { defineCall, fileAnswer } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';
import { CoverageAnswer } from './places.ts';
import { FigureValues, MergedRow, MergedRows, OwnPartAnswer, ReportedValue } from './values.ts';

const BasisQuery = z.strictObject({ basis: z.enum(['approved', 'reported']).default('approved') });
const LongKey = z.string().max(100);

const SummaryPart = published(
  'SummaryPart',
  z.strictObject({
    assignment: z.string(),
    unit: z.string().optional(),
    /** Of a part at the level of task forces, instead of `unit`. */
    taskForce: z.string().optional(),
    coverage: CoverageAnswer,
    values: FigureValues,
    rows: MergedRows,
  }),
);
export type SummaryPart = z.infer<typeof SummaryPart>;

const summaryShape = {
  final: z.boolean(),
  /** Rises with every report taken in and with all that is taken back. */
  version: z.int(),
  at: z.string(),
  basis: z.enum(['approved', 'reported']),
  coverage: CoverageAnswer,
  values: FigureValues,
  rows: MergedRows,
  children: z.array(SummaryPart),
};

/** At a node of the tree. */
export const SummaryAnswer = published(
  'Summary',
  z.strictObject({ assignment: z.string(), ...summaryShape, own: OwnPartAnswer.nullable() }),
);
export type SummaryAnswer = z.infer<typeof SummaryAnswer>;

/** Of an item; an item is no assignment. */
export const ItemSummaryAnswer = published(
  'ItemSummary',
  z.strictObject({ item: z.string(), title: z.string(), ...summaryShape }),
);
export type ItemSummaryAnswer = z.infer<typeof ItemSummaryAnswer>;

/** One line of a figure's lineage: the value as it was taken in, whose it is, and where the whole report stands. */
export const LineageAnswer = published(
  'Lineage',
  z.strictObject({
    assignment: z.string(),
    unit: z.string().nullable(),
    unitName: z.string(),
    /** A node's own part, not a leaf's report. */
    isPart: z.boolean(),
    value: z.union([ReportedValue, z.array(z.record(z.string(), ReportedValue))]),
    /** Its weight in a weighted mean. */
    weight: z.number().nullable().optional(),
    version: z.int(),
    by: z.string().nullable(),
    at: z.string(),
    /** The report a value was taken over from. */
    carried: z.strictObject({ at: z.string(), assignment: z.string() }).nullable(),
    /** Where the whole report is read. */
    submission: z.string(),
  }),
);
export type LineageAnswer = z.infer<typeof LineageAnswer>;

const MAX_ROWS_A_PAGE = 10_000;
/** Rows of a page: all of them are united anew for each, so that pages are long. */
const DEFAULT_ROWS = 1_000;

const CsvQuery = z.strictObject({
  /** The key of a table field that is merged. */
  field: LongKey,
  ...BasisQuery.shape,
  /** Of a directive with several items. */
  item: Code.optional(),
});
export type CsvQuery = z.output<typeof CsvQuery>;

const RowsQuery = CsvQuery.extend({
  limit: z
    .string()
    .regex(/^[1-9]\d{0,4}$/)
    .transform(Number)
    .refine((limit) => limit <= MAX_ROWS_A_PAGE)
    .default(DEFAULT_ROWS)
    .meta({ type: 'integer', minimum: 1, maximum: MAX_ROWS_A_PAGE }),
  cursor: pageQuery.cursor,
});

const ExportQuery = z.strictObject({
  ...BasisQuery.shape,
  /** Of several items only this one. */
  item: Code.optional(),
  /** In an office's own file, kept with the item's form. */
  template: Code.optional(),
});
export type ExportQuery = z.output<typeof ExportQuery>;

/** Merged rows of one table field. */
export const RowsPage = pageAnswer(MergedRow).extend({ total: z.int() });
export type RowsPage = z.infer<typeof RowsPage>;
const DOCX = fileAnswer(DOCX_TYPE);
const XLSX = fileAnswer(XLSX_TYPE);
const tag = 'summaries';

export const SUMMARY_CALLS = {
  ofDirective: defineCall({
    costly: true,
    method: 'get',
    path: '/directives/{id}/summary',
    tag,
    summary: 'The merged figures of each item',
    query: BasisQuery,
    answers: { 200: z.strictObject({ items: z.array(ItemSummaryAnswer) }) },
  }),
  ofAssignment: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/summary',
    tag,
    summary:
      'The merged figures at this node; where they are shared with you, values, rows and coverage alone',
    query: BasisQuery,
    answers: { 200: SummaryAnswer },
  }),
  lineage: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/summary/lineage',
    tag,
    summary:
      'What a figure adds up from: the reports of leaves and the parts of nodes, each with its submission',
    query: z.strictObject({ ...pageQuery, field: LongKey, ...BasisQuery.shape }),
    answers: { 200: pageAnswer(LineageAnswer) },
  }),
  rowsOfDirective: defineCall({
    costly: true,
    method: 'get',
    path: '/directives/{id}/summary/rows',
    tag,
    summary: 'The merged rows of a table field at an item, page by page; all are united anew for each page',
    query: RowsQuery,
    answers: { 200: RowsPage },
  }),
  rowsOfAssignment: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/summary/rows',
    tag,
    summary: 'The merged rows of a table field at this node, page by page; all are united anew for each page',
    query: RowsQuery,
    answers: { 200: RowsPage },
  }),
  csvOfDirective: defineCall({
    costly: true,
    method: 'get',
    path: '/directives/{id}/summary/rows.csv',
    tag,
    summary:
      'All merged rows of a table field at an item, in UTF-8 with its mark; no cell is taken for a formula',
    query: CsvQuery,
    answers: { 200: fileAnswer('text/csv') },
  }),
  csvOfAssignment: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/summary/rows.csv',
    tag,
    summary:
      'All merged rows of a table field at this node, in UTF-8 with its mark; no cell is taken for a formula',
    query: CsvQuery,
    answers: { 200: fileAnswer('text/csv') },
  }),
  xlsxOfDirective: defineCall({
    costly: true,
    method: 'get',
    path: '/directives/{id}/summary.xlsx',
    tag,
    summary: 'The merged figures of all items as a workbook: totals as formulas, tables, coverage',
    query: ExportQuery,
    answers: { 200: XLSX },
  }),
  xlsxOfAssignment: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/summary.xlsx',
    tag,
    summary:
      'The merged figures at this node as a workbook: totals as formulas, tables, coverage; where they are shared with you, the result alone',
    query: ExportQuery,
    answers: { 200: XLSX },
  }),
  docxOfDirective: defineCall({
    costly: true,
    method: 'get',
    path: '/directives/{id}/summary.docx',
    tag,
    summary: 'The merged figures of all items as the document that is handed up',
    query: ExportQuery,
    answers: { 200: DOCX },
  }),
  docxOfAssignment: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/summary.docx',
    tag,
    summary:
      'The merged figures at this node as the document that is handed up; where they are shared with you, the result alone',
    query: ExportQuery,
    answers: { 200: DOCX },
  }),
};
