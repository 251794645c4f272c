// The assignment in the path, as far as its figures may be asked for.
import type { Request } from 'express';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import type { Form } from '../../domain/form/field.ts';
import type { Snapshot } from '../../reading/snapshot.ts';
import type { Basis } from '../../reading/summary.ts';
import { findSensitiveSight, type SensitiveSight } from '../../reading/sensitive.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { namedIn } from './reading.ts';
import { readSnapshot, shownRow } from '../../reading/seen-row.ts';

export type ShownPlace = {
  directive: string;
  id: string;
  snapshot: Snapshot;
  row: AssignmentRow;
  /** false: only the merged result is shared with the reader. */
  isWhole: boolean;
  form: Form | undefined;
  /** As of an item. */
  sensitive: SensitiveSight | null;
};

/** The assignment in the path: 404 where the reader is shown nothing of it, 403 for reports of a place that is only shared. */
export async function shownPlace(deps: RouteDeps, req: Request, basis: Basis): Promise<ShownPlace> {
  const { directive, id } = namedIn(req);
  const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id }]);
  const actor = actorOf(req);
  const { row, isWhole } = shownRow(snapshot, id, actor, deps.now());
  // A report that is not approved is not yet the node's word, and only that was shared.
  if (!isWhole && basis !== 'approved') throw refused('FORBIDDEN');
  const { terms, items } = snapshot.directiveOf(row);
  const form = items.get(row.state.item)?.form;
  const viewer = { directory: snapshot.directory, person: actor.person, now: deps.now() };
  const sensitive = await findSensitiveSight(deps.pool, viewer, { directive, office: terms.office }, [form]);
  return { directive, id, snapshot, row, isWhole, form, sensitive };
}
