// Every notice on its way out of the house, and its outcome: the reader's own, or all for people who read all.
import { Router } from 'express';
import { DELIVERY_CALLS } from '../../../contract/deliveries.ts';
import { listDeliveries } from '../../../db/queries/delivery.ts';
import { readsEverything } from '../../../reading/gate.ts';
import { actorOf } from '../../access/authenticate.ts';
import { demandFacet, grantsTo } from '../../access/right.ts';
import { viewerOf } from '../../access/viewer.ts';
import { deliveryAnswer } from '../../views/delivery-answer.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf } from '../../errors.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

export function deliveriesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, DELIVERY_CALLS.list, async ({ req, query }) => {
    const { limit, cursor, state, channel, person } = query;
    const reader = actorOf(req).person;
    const viewer = await viewerOf(deps, req);
    const mayReadAll = readsEverything(viewer);
    if (person !== undefined) demandFacet('deliveriesOfAnother', await grantsTo(deps, req, person));
    const rows = await listDeliveries(pool, {
      person: person ?? (mayReadAll ? null : reader),
      state: state ?? null,
      channel: channel ?? null,
      before: readCursor(SeqCursor, cursor),
      limit: limit + 1,
    });
    const language = languageOf(req);
    return pageOf(
      rows,
      limit,
      ({ id }) => id,
      (row) => deliveryAnswer(row, viewer.directory, language),
    );
  });

  return router;
}
