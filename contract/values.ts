// Values of a form's fields as they are reported, and the figures they are merged into (api.md §7, §8).
import { z } from 'zod';
import { published } from './naming.ts';

const ContactAnswer = z.strictObject({ name: z.string().optional(), phone: z.string().optional() });

/** Of a field or of a table's cell, in the type the form gives it. */
const CellAnswer = z.union([z.number(), z.string(), z.boolean(), ContactAnswer, z.null()]);

export const ReportedValue = published('ReportedValue', z.union([CellAnswer, z.array(z.string())]));
const ReportedRow = published('ReportedRow', z.record(z.string(), CellAnswer));

/** A last approved value, or a table's rows, that may be taken over. */
export const OfferedValue = z.union([ReportedValue, z.array(ReportedRow)]);

/** By field key; of a field of files their ids. */
export const ReportedValues = z.record(z.string(), ReportedValue);
export type ReportedValues = z.infer<typeof ReportedValues>;
export const ReportedRows = z.record(z.string(), z.array(ReportedRow));
export type ReportedRows = z.infer<typeof ReportedRows>;

const ContributorShape = { unit: z.string(), unitName: z.string().optional() };

/** A number, a word or a date; how many gave each value; options; texts or files with the unit each came from. */
const FigureAnswer = published(
  'Figure',
  z.union([
    CellAnswer,
    z.array(z.string()),
    z.array(z.strictObject({ ...ContributorShape, text: z.string() })),
    z.array(z.strictObject({ ...ContributorShape, files: z.array(z.string()) })),
    z.record(z.string(), z.int()),
  ]),
);

/** A row of a merged table: its cells by column, its units, and by column the differing values. */
export const MergedRow = published(
  'MergedRow',
  z
    .object({
      sources: z.array(z.string()),
      differences: z
        .record(z.string(), z.array(z.strictObject({ unit: z.string(), value: CellAnswer })))
        .optional(),
    })
    .catchall(CellAnswer),
);

/** By field key; null where nothing has been reported, never 0. */
export const FigureValues = z.record(z.string(), FigureAnswer);
export type FigureValues = z.infer<typeof FigureValues>;
export const MergedRows = z.record(z.string(), z.array(MergedRow).nullable());
export type MergedRows = z.infer<typeof MergedRows>;

/** A figure, or the rows of a merged table, or one of them. */
export const AnyFigure = z.union([FigureAnswer, MergedRow, z.array(MergedRow)]);

/** A node holder's own part, added to the figures merged from below: in the figures, and by itself. */
export const OwnPartAnswer = published(
  'OwnPart',
  z.strictObject({
    values: ReportedValues,
    rows: ReportedRows,
    note: z.string().nullable(),
    version: z.int(),
  }),
);
