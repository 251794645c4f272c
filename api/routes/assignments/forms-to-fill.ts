// The form of an assignment for the person who fills it in.
import { Router } from 'express';
import { FORM_TO_FILL_CALLS } from '../../../contract/forms-to-fill.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { serve } from '../../serve.ts';
import { formToFill } from '../../views/form-to-fill.ts';
import { namedIn } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';

export function formsToFillRouter(deps: RouteDeps): Router {
  const router = Router();

  serve(router, FORM_TO_FILL_CALLS.read, async ({ req }) => {
    const named = namedIn(req);
    const actor = actorOf(req);
    const snapshot = await readSnapshot(deps, deps.pool, [named]);
    return formToFill(deps, actor, snapshot, seenRow(snapshot, named.id, actor, deps.now()));
  });

  return router;
}
