// Merged figures as one reader may know them: where a report's sensitive values are not the reader's to see, their mask.
import { aggregateName } from '../form/field-kind.ts';
import type { Field, Form } from '../form/field.ts';
import {
  isSensitive,
  isSensitiveColumn,
  MASK,
  maskedRow,
  maskedValue,
  sensitiveFields,
} from '../form/masking.ts';
import type { Json } from '../form/value.ts';
import type { Latest, MergePart, Veil } from './merge-part.ts';

/** A reader of figures: which reports' sensitive values are clear to this reader, and whether all that are merged are. */
export type FigureReader = { isClear: (assignment: string) => boolean; isAllClear: boolean };

/** Made for one field: its own values, and the cells of its columns. */
export const veilOf =
  (field: Field, { isClear }: FigureReader): Veil =>
  (assignment, value, column) => {
    const of = column ?? field;
    const isSecret = column === undefined || isSensitiveColumn(field, column);
    return !isSecret || isClear(assignment) ? value : maskedValue(of, value);
  };

const isLatest = (part: MergePart): part is { latest: Latest | null } => 'latest' in part;

/**
 * One field's figure for the reader. A list and a table keep who said what, so each entry is judged by itself; a sum, a
 * mean or a count of answers is in clear only for a reader who sees all of its reports in clear: of one report it is the value.
 */
export function figureForReader(
  field: Field,
  part: MergePart,
  finish: (veil?: Veil) => Json,
  reader: FigureReader,
): Json {
  if (!isSensitive(field) || reader.isAllClear) return finish();
  if ('entries' in part) return finish(veilOf(field, reader));
  const figure = finish();
  if (isLatest(part) && part.latest !== null && reader.isClear(part.latest.assignment)) return figure;
  return maskedFigure(field, figure);
}

/** Of a figure that was merged already, whose reports cannot be told apart any more. How many reported is no secret. */
function maskedFigure(field: Field, figure: Json): Json {
  const how = aggregateName(field.aggregate);
  if (figure === null || how === 'count') return figure;
  if (how === 'countByValue') return MASK;
  if (!Array.isArray(figure) || how === 'any') return maskedValue({ type: field.type }, figure);
  return figure.map((entry) => (isEntry(entry) ? maskedEntry(field, entry) : MASK));
}

type Entry = { [key: string]: Json };
const isEntry = (value: Json | undefined): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A unit's text or files, or a united row with the values in which its units differ. */
function maskedEntry(field: Field, entry: Entry): Entry {
  if (field.type === 'table') {
    const { sources, differences, ...row } = entry;
    const masked: Entry = maskedRow(field, row);
    if (sources !== undefined) masked['sources'] = sources;
    if (isEntry(differences)) masked['differences'] = maskedDifferences(field, differences);
    return masked;
  }
  const said = field.type === 'file' ? 'files' : 'text';
  return { ...entry, [said]: maskedValue(field, entry[said] ?? null) };
}

const maskedDifferences = (field: Field, differences: Entry): Entry =>
  Object.fromEntries(
    Object.entries(differences).map(([column, given]) => [
      column,
      Array.isArray(given)
        ? given.map((each) =>
            isEntry(each)
              ? { ...each, value: maskedRow(field, { [column]: each['value'] ?? null })[column] ?? null }
              : each,
          )
        : given,
    ]),
  );

/** Figures as they were frozen, masked whole: a copy that went up, a hand-up, an event. What is masked already stays. */
export function maskedFigures<F extends { values?: unknown; rows?: unknown }>(form: Form, figures: F): F {
  const fields = new Map(sensitiveFields(form).map((field) => [field.key, field]));
  const masked = (of: unknown): unknown =>
    isEntry(of as Json)
      ? Object.fromEntries(
          Object.entries(of as Entry).map(([key, figure]) => {
            const field = fields.get(key);
            return [key, field ? maskedFigure(field, figure) : figure];
          }),
        )
      : of;
  return {
    ...figures,
    ...('values' in figures ? { values: masked(figures.values) } : {}),
    ...('rows' in figures ? { rows: masked(figures.rows) } : {}),
  };
}
