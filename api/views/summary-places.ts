// The places whose figures a reader may ask for: the items of a directive, or one assignment.
import type { Request } from 'express';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import type { DirectiveRow } from '../../db/queries/directive.ts';
import { tallyBelow } from '../../db/queries/tally.ts';
import type { Form } from '../../domain/form/field.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import { isFinal, type Basis } from '../../reading/summary.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { namedIn } from './reading.ts';
import { readSnapshot, shownRow } from '../../reading/seen-row.ts';

export type ItemPlace = {
  directive: string;
  /** `<directive>.<item>` */
  node: string;
  key: string;
  title: string;
  form: Form | undefined;
  final: boolean;
};

/** Each item of a directive, and whether nothing below it is still to come. */
export async function itemPlaces(
  { pool, now }: Pick<RouteDeps, 'pool' | 'now'>,
  { id, phase, items }: DirectiveRow,
): Promise<ItemPlace[]> {
  const places = items.map((item) => ({ ...item, node: `${id}.${item.key}` }));
  const tallies = await tallyBelow(
    pool,
    places.map(({ node }) => ({ directive: id, id: node })),
    now(),
  );
  return places.map(({ node, key, title, form }) => {
    const final = isFinal(phase, tallies.get(node)?.counts);
    return { directive: id, node, key, title, form, final };
  });
}

export type ShownPlace = {
  directive: string;
  id: string;
  snapshot: Snapshot;
  row: AssignmentRow;
  /** false: only the merged result is shared with the reader. */
  isWhole: boolean;
};

/** The assignment in the path: 404 where the reader is shown nothing of it, 403 for reports of a place that is only shared. */
export async function shownPlace(deps: RouteDeps, req: Request, basis: Basis): Promise<ShownPlace> {
  const { directive, id } = namedIn(req);
  const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id }]);
  const { row, isWhole } = shownRow(snapshot, id, actorOf(req), deps.now());
  // A report that is not approved is not yet the node's word, and only that was shared.
  if (!isWhole && basis !== 'approved') throw refused('FORBIDDEN');
  return { directive, id, snapshot, row, isWhole };
}
