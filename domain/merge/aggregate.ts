// Merging reports into figures: parts that may be merged in any order and grouping, finished once at the end.
import { z } from 'zod';
import type { Aggregate, Field, Form } from '../form/field.ts';
import { aggregateName } from '../form/field-kind.ts';
import { AGGREGATE_TABLE } from './aggregate-table.ts';
import type { Measure, Report, RunningMerge, Veil } from './merge-part.ts';
import { MergePart, Source } from './merge-part.ts';
import { figureForReader, type FigureReader } from './masked-figures.ts';
import type { Json } from '../form/value.ts';

export { MergePart, Source };
export type { Report };

/** Field key → part, for every field whose aggregate is not `none`. Payload safe; equal figures are equal JSON. */
export const Figures = z.record(z.string(), MergePart);
export type Figures = z.infer<typeof Figures>;

/** The figures a reader sees: null where nothing has been reported, never 0. */
export type Finished = { values: Record<string, Json>; rows: Record<string, Json> };

const measureOf = (aggregate: Aggregate): Measure<MergePart> | null =>
  AGGREGATE_TABLE[aggregateName(aggregate)].measure;

/** The fields that are merged, each with how. */
function* measured(form: Form): Generator<[Field, Measure<MergePart>]> {
  for (const field of form.fields) {
    const measure = measureOf(field.aggregate);
    if (measure) yield [field, measure];
  }
}

/** One report's contribution. */
export function figuresOf(form: Form, report: Report, source: Source): Figures {
  const figures: Figures = {};
  for (const [field, measure] of measured(form)) figures[field.key] = measure.of(field, report, source);
  return figures;
}

/** Commutative and associative; without a part it holds the identity. */
export interface Merger {
  /** Adds one report. */
  add(report: Report, source: Source): void;
  /** Adds the figures of a whole part of the tree. */
  merge(figures: Figures): void;
  figures(): Figures;
}

/** Merges 100,000 reports in 100,000 steps. */
export function createMerger(form: Form): Merger {
  const running: { field: Field; measure: Measure<MergePart>; tally: RunningMerge<MergePart> }[] = [];
  for (const [field, measure] of measured(form)) running.push({ field, measure, tally: measure.tally() });
  return {
    add(report, source) {
      for (const { field, measure, tally } of running) tally.add(measure.of(field, report, source));
    },
    merge(figures) {
      for (const { field, tally } of running) {
        const part = Object.hasOwn(figures, field.key) ? figures[field.key] : undefined;
        if (part) tally.add(part);
      }
    },
    figures: () => Object.fromEntries(running.map(({ field, tally }) => [field.key, tally.part()])),
  };
}

/**
 * Sums back to numbers, means divided and rounded to six decimals, rows united. Without a reader all of it is true: so
 * copies are digested and rules are run.
 */
export function finishFigures(form: Form, figures: Figures, reader?: FigureReader): Finished {
  const finished: Finished = { values: {}, rows: {} };
  for (const [field, measure] of measured(form)) {
    const part = Object.hasOwn(figures, field.key) ? figures[field.key] : undefined;
    const finish = (veil?: Veil): Json => (part ? measure.finish(part, field, veil) : null);
    const figure = part && reader ? figureForReader(field, part, finish, reader) : finish();
    (field.type === 'table' ? finished.rows : finished.values)[field.key] = figure;
  }
  return finished;
}
