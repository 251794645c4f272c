// The items of a directive as places of figures: each with its form, and whether anything below is still to come.
import type { ReadingDeps } from './opening.ts';
import type { Form } from '../domain/form/field.ts';
import { tallyBelow } from '../db/queries/tally.ts';
import type { DirectiveRow } from '../db/queries/directive.ts';
import type { Viewer } from './gate.ts';
import { findSensitiveSight, type SensitiveSight } from './sensitive.ts';
import { isFinal } from './summary.ts';

export type ItemPlace = {
  directive: string;
  /** `<directive>.<item>` */
  node: string;
  key: string;
  title: string;
  form: Form | undefined;
  final: boolean;
  /** What of it is clear to the reader; null: no form asks anything sensitive. */
  sensitive: SensitiveSight | null;
};

/** Each item of a directive, and whether nothing below it is still to come. */
export async function itemPlaces(
  { pool, now }: Pick<ReadingDeps, 'pool' | 'now'>,
  viewer: Viewer,
  { id, office, phase, items }: DirectiveRow,
): Promise<ItemPlace[]> {
  const places = items.map((item) => ({ ...item, node: `${id}.${item.key}` }));
  const tallies = await tallyBelow(
    pool,
    places.map(({ node }) => ({ directive: id, id: node })),
    now(),
  );
  const forms = items.map(({ form }) => form);
  const sensitive = await findSensitiveSight(pool, viewer, { directive: id, office }, forms);
  return places.map(({ node, key, title, form }) => {
    const final = isFinal(phase, tallies.get(node)?.counts);
    return { directive: id, node, key, title, form, final, sensitive };
  });
}
