// Values that stand out among the reports at a place of the tree, for their reviewer (docs/forms/review.md).
import { Router } from 'express';
import { z } from 'zod';
import { OUTLIER_CALLS } from '../../../contract/outliers.ts';
import { compareStandings, type OutlierStanding } from '../../../domain/merge/outlier.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { findOutliers } from '../../../reading/outliers.ts';
import { pageOf, readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';
import { outlierView } from '../../views/outlier-view.ts';
import { namedIn } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';

const Position = z.tuple([z.number(), z.number(), z.string(), z.string(), z.string()]);

export function outliersRouter(deps: RouteDeps): Router {
  const router = Router();

  serve(router, OUTLIER_CALLS.list, async ({ req, query }) => {
    const { limit, cursor, basis, jump, z: deviations, least } = query;
    const { directive, id } = namedIn(req);
    const after: OutlierStanding | null = readCursor(Position, cursor);
    const actor = actorOf(req);
    const snapshot = await readSnapshot(deps, deps.pool, [{ directive, id }]);
    const row = seenRow(snapshot, id, actor, deps.now());
    const form = snapshot.directiveOf(row).items.get(row.state.item)?.form;
    if (!form) return { items: [], nextCursor: null };
    const { directory } = snapshot;
    const { found, reports } = await findOutliers(
      deps.pool,
      { directive, node: id, form, reported: basis === 'reported' },
      { directory, person: actor.person, now: deps.now() },
      { jump, z: deviations, least: least ?? null },
    );
    const from =
      after === null ? 0 : found.findIndex(({ standing }) => compareStandings(standing, after) > 0);
    const rest = from === -1 ? [] : found.slice(from, from + limit + 1);
    return pageOf(
      rest,
      limit,
      ({ standing }) => standing,
      (each) => outlierView(each, reports, directory),
    );
  });

  return router;
}
