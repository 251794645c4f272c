// The merged figure of one field at one or several places of a directive, to be compared over time.
import type { Coverage } from '../domain/assignment/happening.ts';
import type { Field, Form } from '../domain/form/field.ts';
import { finishFigures } from '../domain/merge/aggregate.ts';
import type { Db } from '../db/pool.ts';
import { emptySums, pagesOf, takeLeaf, type Basis } from './summary.ts';
import { listPlacesOf } from '../db/queries/figure.ts';
import { tallyBelow } from '../db/queries/tally.ts';
import { refusing } from '../domain/refusal-thrown.ts';
import type { ReadingDeps } from './opening.ts';

/** A node with all below it, or a leaf by itself. */
export type MergedPlace = { id: string; node: boolean };

/** Only the field and its weight from the form: nothing else is merged on the way. */
function formOf(form: Form, { key, aggregate }: Field): Form {
  const weight = typeof aggregate === 'object' && 'weightedMean' in aggregate ? aggregate.weightedMean : key;
  return {
    fields: form.fields.flatMap((field) => {
      if (field.key === key) return [field];
      return field.key === weight ? [{ ...field, aggregate: 'none' as const }] : [];
    }),
    rules: [],
  };
}

/** Each leaf once: a unit's places never lie below one another. */
export async function figureOfField(
  db: Db,
  at: { directive: string; places: readonly MergedPlace[]; form: Form; field: Field },
  basis: Basis,
): Promise<{ value: unknown; coverage: Coverage }> {
  const form = formOf(at.form, at.field);
  const sums = emptySums(form);
  for (const { id, node } of at.places) {
    const place = { directive: at.directive, node: id, isLeaf: !node };
    for await (const leaves of pagesOf(db, place, basis === 'reported'))
      for (const leaf of leaves) takeLeaf(sums, leaf, (code) => code);
  }
  const { values } = finishFigures(form, sums.merger.figures());
  return { value: values[at.field.key] ?? null, coverage: sums.coverage };
}

/** Leaves read for one answer: as many as one directive may have. */
const MOST_LEAVES = 100_000;

/** Where a figure of several directives is merged: at the unit's places, or at the whole item. */
export async function placesOverTime(
  { pool, now }: Pick<ReadingDeps, 'pool' | 'now'>,
  directives: readonly string[],
  item: string,
  unit: string | undefined,
): Promise<(directive: string) => MergedPlace[]> {
  const places = unit === undefined ? null : await listPlacesOf(pool, [...directives], item, unit);
  const placesOf = (id: string): MergedPlace[] =>
    places === null ? [{ id: `${id}.${item}`, node: true }] : (places.get(id) ?? []);
  const nodes = directives.flatMap((directive) => placesOf(directive).map(({ id }) => ({ directive, id })));
  const tallies = await tallyBelow(pool, nodes, now());
  const leaves = [...tallies.values()].reduce((sum, { counts }) => sum + counts.total, 0);
  if (leaves > MOST_LEAVES) throw refusing('TOO_MANY', { params: { max: MOST_LEAVES } });
  return placesOf;
}
