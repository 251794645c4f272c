// The same directive again, as a draft of its own (api.md §4).
import { Router } from 'express';
import { DRAFT_CALLS } from '../../../contract/directives.ts';
import { storeDirective } from '../../../command/directive/storing.ts';
import { findDirective, findRequest } from '../../../db/queries/directive.ts';
import { copyOf } from '../../../domain/directive/directive.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { officeOf } from '../../access/directive-access.ts';
import { directiveView } from '../../views/directive-view.ts';
import { Refused, refused } from '../../errors.ts';
import { once } from '../../once.ts';
import { withWarnings, type TakenIn } from '../../preparing.ts';
import { newDirectiveId, prepareFor } from '../../../command/directive/preparing.ts';
import { serve } from '../../serve.ts';

export function copiesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  serve(router, DRAFT_CALLS.copy, async ({ req, body }) => {
    const { directive } = await officeOf(deps, req);
    const copy = body();
    const given = copy.id ?? newDirectiveId(deps.now());
    return once(pool, req, {
      work: async (tx) => {
        const stored = await findRequest(tx, directive.id);
        if (!stored) throw refused('NOT_FOUND');
        // Checked as any draft is: units, policies and deadlines may have changed.
        const request = copyOf(stored, { ...copy, id: given });
        const { prepared, warnings } = await prepareFor(deps, actorOf(req).person, request, given, true);
        const about = { actor: actorOf(req), issuedAt: null, isDraftKept: false };
        const refusal = await storeDirective(tx, prepared, about);
        if (refusal) throw new Refused(refusal);
        return { status: 201, kept: { id: given, warnings } };
      },
      present: (db, kept: TakenIn) =>
        withWarnings(req, kept, async (id) => {
          const draft = await findDirective(db, id);
          if (!draft) throw refused('NOT_FOUND');
          return directiveView(draft, undefined, []);
        }),
    });
  });

  return router;
}
